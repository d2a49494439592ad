"""Joining: an account opens with a code that came to its phone or mailbox, and nobody learns who has one (SEC-04)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.codes import SIGN_UP_ENDS, SIGN_UP_LIFE, CodePurpose, asked_at, guessed_at, sendings_to
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.limits import Use
from cleanit_app.domain.reading import identifiers
from cleanit_app.models import OneTimeCode, PendingAccount, User, new_id
from cleanit_app.ports import KeyedHash, Limits
from cleanit_app.services import input_validation
from cleanit_app.services.accounts.accounts import NewAccount, Signature, register
from cleanit_app.services.accounts.contact_owners import is_free
from cleanit_app.services.accounts.erasure_hashes import recognise
from cleanit_app.services.auth.codes import as_id, spend_code, want_again, want_code
from cleanit_app.services.auth.passwords import check_password, hash_password
from cleanit_app.services.auth.rate_limits import give_back, take
from cleanit_app.services.auth.sign_in import SignedIn, Tries, Visitor, open_session, secret_hash
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork


@dataclass(frozen=True)
class Asked:
    """A wish to join that waits: the id its account will have, and the id that goes with the code."""

    user_id: UUID
    code_id: UUID


def check_new_account(
    *, name: object, email: object, phone: object, password: object, role: object, accept_terms: object
) -> NewAccount:
    """Check what somebody typed to join and hash the password; InvalidFields names every problem at once.

    Hashing takes long, so this happens before any transaction is opened.
    """
    form = input_validation.Form()
    clean_name = form.name("name", name)
    mail = form.read("email", identifiers.email, email) if email else None
    mobile = form.read("phone", identifiers.phone, phone) if phone else None
    if not email and not phone:
        form.problem("phone", "contact_missing")
    check_password(form, password)
    if role not in (Role.CITIZEN, Role.CLEANER):
        form.problem("role", "role_unknown")
    if accept_terms is not True:
        form.problem("acceptTerms", "terms_missing")
    form.done()
    return NewAccount(clean_name, mail, mobile, Role(str(role)), hash_password(str(password)))


def ask_to_join(
    open_uow: OpenUow, limits: Limits, *, account: NewAccount, signature: Signature, language: str
) -> Asked:
    """Keep a wish to join and have a code sent to the phone, or to the mailbox of who gave none.

    Whether somebody has that contact already is not looked up here, so nothing in the answer or its time can tell.
    A mailbox given beside a phone is not kept: it is added later, with a code of its own. TooManyRequests for asking
    too often.
    """
    contact = account.phone or account.email or ""
    with open_uow() as uow:
        now = uow.now
    take(limits, _sendings(contact), now)
    with open_uow() as uow:
        one_time_code = want_code(uow, purpose=CodePurpose.JOIN, user_id=None, destination=contact, language=language)
        uow.flush()
        waits = uow.add(
            PendingAccount(
                id=new_id(),
                code_id=one_time_code.id,
                name=account.name,
                role=account.role.value,
                password_hash=account.password_hash,
                terms_version=signature.version or uow.policy.terms.version,
                address_hash=signature.address_hash,
                text_hash=signature.text_hash,
                created_at=uow.now,
                expires_at=uow.now + SIGN_UP_LIFE,
            )
        )
    return Asked(waits.id, one_time_code.id)


def ask_again(open_uow: OpenUow, limits: Limits, *, code_id: object, visitor: Visitor, tries: Tries) -> UUID:
    """Have another code sent for the same wish; only the last one fits. Gives back the id that goes with it.

    InvalidFields for a wish that is over or was never made, TooManyRequests for asking too often.
    """
    with open_uow() as uow:
        known, now = _waiting(uow, code_id), uow.now
    if known is None:
        raise InvalidFields({"code": FieldProblem("joining_over")})
    contact = known[0].destination
    take(limits, [*_sendings(contact), asked_at(visitor.address, tries.per_address)], now)
    with open_uow() as uow:
        again = _waiting(uow, code_id, lock=True)
        if again is None:
            raise InvalidFields({"code": FieldProblem("joining_over")})
        one_time_code, waits = again
        want_again(uow, one_time_code)
        waits.expires_at = min(uow.now + SIGN_UP_LIFE, waits.created_at + SIGN_UP_ENDS)
        return one_time_code.id


def open_account(
    open_uow: OpenUow,
    limits: Limits,
    keyed: KeyedHash,
    *,
    code_id: object,
    code: object,
    visitor: Visitor,
    with_cookie: bool,
    tries: Tries,
) -> SignedIn:
    """Open the account whose code was typed, and sign in; its phone or mailbox counts as confirmed (LAW-08).

    InvalidFields for a code that does not fit (any more). Who typed the right one holds the contact, so that person
    is told when there is an account with it already. Of two who type theirs at once one is first.
    """
    guess = [guessed_at(visitor.address, tries.per_address)]
    with open_uow() as uow:
        now = uow.now
    take(limits, guess, now)
    problem, opened = "code_wrong", None
    with open_uow() as uow:
        one_time_code = spend_code(uow, keyed=keyed, code_id=code_id, typed=code, purposes={CodePurpose.JOIN})
        waits = (
            uow.first(PendingAccount, PendingAccount.code_id == one_time_code.id, lock=True) if one_time_code else None
        )
        if one_time_code is not None and waits is not None:
            user = _open(uow, keyed, waits, one_time_code)
            if user is None:
                problem = "contact_has_account"
            else:
                # A browser's own secret is made anew: one that came with it was never given by us to this person.
                fresh = replace(visitor, device="")
                opened = open_session(uow, user_id=user.id, visitor=fresh, with_cookie=with_cookie)
            uow.session.delete(waits)
    if problem == "contact_has_account" or opened is not None:
        give_back(limits, guess)
    if opened is None:
        raise InvalidFields({"code": FieldProblem(problem)})
    return opened


def _open(uow: UnitOfWork, keyed: KeyedHash, waits: PendingAccount, one_time_code: OneTimeCode) -> User | None:
    """The new account of a wish; None when another has its contact."""
    contact = one_time_code.destination
    if not is_free(uow, contact):
        return None
    mail, phone = (contact, None) if "@" in contact else (None, contact)
    account = NewAccount(waits.name, mail, phone, Role(waits.role), waits.password_hash)
    signed = Signature(waits.address_hash, waits.text_hash, waits.terms_version, waits.created_at)
    user = register(uow, actor=Actor(), account=account, signature=signed, user_id=waits.id)
    recognise(uow, keyed, user=user, contact=contact)
    user.language = one_time_code.language
    user.phone_verified_at, user.email_verified_at = uow.now if phone else None, uow.now if mail else None
    return user


def _waiting(uow: UnitOfWork, code_id: object, *, lock: bool = False) -> tuple[OneTimeCode, PendingAccount] | None:
    one_time_code = uow.first(
        OneTimeCode, OneTimeCode.id == as_id(code_id), OneTimeCode.purpose == CodePurpose.JOIN, lock=lock
    )
    if one_time_code is None or one_time_code.used_at is not None:
        return None
    waits = uow.first(PendingAccount, PendingAccount.code_id == one_time_code.id, PendingAccount.expires_at > uow.now)
    return (one_time_code, waits) if waits else None


def _sendings(contact: str) -> list[Use]:
    return sendings_to(secret_hash(contact).hex())


def clear_pending_accounts(uow: UnitOfWork, *, limit: int) -> int:
    """Forget wishes to join whose time is over, with their codes and contacts; gives back how many."""
    over = select(col(PendingAccount.code_id)).where(col(PendingAccount.expires_at) <= uow.now)
    oldest = over.order_by(col(PendingAccount.expires_at)).limit(limit)
    gone = delete(OneTimeCode).where(col(OneTimeCode.id).in_(oldest)).returning(col(OneTimeCode.id))
    return len(list(uow.run(gone).scalars()))
