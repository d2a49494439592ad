"""A person's phone and mailbox: shown to be one's own by a code, and changed the same way (LAW-08)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.codes import CONTACTS, CodePurpose, ContactKind, masked, sendings_to
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotFound
from cleanit_app.domain.events import ContactChanged
from cleanit_app.domain.limits import Use, guessing
from cleanit_app.domain.reading import identifiers
from cleanit_app.models import OneTimeCode, User
from cleanit_app.ports import KeyedHash, Limits
from cleanit_app.services import input_validation
from cleanit_app.services.accounts.contact_owners import is_free
from cleanit_app.services.accounts.erasure_hashes import recognise
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.auth.codes import spend_code, want_code
from cleanit_app.services.auth.rate_limits import give_back, take
from cleanit_app.services.auth.sign_in import secret_hash
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

GUESSES = 10


@open_before_terms
def ask_to_confirm(
    open_uow: OpenUow, limits: Limits, *, actor: Actor, field: str, contact: object = None, language: str = "en"
) -> UUID:
    """Send a code to one's own `phone` or `email`, or to the new one in `contact`; gives back the wish's id.

    A new one asks for a password typed a moment ago (ConfirmFirst). InvalidFields for what is no number or address,
    NotFound without any, TooManyRequests for asking too often. Whether somebody else has it is not told here.
    """
    actor.must(Permission.MANAGE_SELF)
    kind = _kind(field)
    with open_uow() as uow:
        present, now = getattr(uow.get(User, actor.user_id), kind.field), uow.now
    wanted = _read(kind, contact) if contact else present
    if wanted is None:
        raise NotFound(what=field)
    if wanted != present:
        actor.must_be_fresh()
    number = sendings_to(f"{actor.user_id}:{secret_hash(wanted).hex()}")
    person = sendings_to(f"of:{actor.user_id}")[1:]  # so that nobody lets us write to many numbers
    take(limits, [*number, *person], now)
    with open_uow() as uow:
        return want_code(uow, purpose=kind.purpose, user_id=actor.user_id, destination=wanted, language=language).id


@open_before_terms
def confirm_contact(
    open_uow: OpenUow, limits: Limits, keyed: KeyedHash, *, actor: Actor, code_id: object, code: object
) -> None:
    """Type the code that came: the contact is one's own from now on, and a new one takes the old one's place.

    InvalidFields for a code that does not fit, or when another account has the contact.
    """
    actor.must(Permission.MANAGE_SELF)
    guess = [Use(f"contact:{actor.user_id}", guessing(GUESSES))]
    with open_uow() as uow:
        now = uow.now
    take(limits, guess, now)
    purposes = {CodePurpose.OWN_PHONE, CodePurpose.OWN_EMAIL}
    with open_uow() as uow:
        one_time_code = spend_code(uow, keyed=keyed, code_id=code_id, typed=code, purposes=purposes)
    if one_time_code is None or one_time_code.user_id != actor.user_id:
        raise InvalidFields({"code": FieldProblem("code_wrong")})
    give_back(limits, guess)
    with open_uow() as uow:
        _own(uow, keyed, actor, one_time_code)


def _own(uow: UnitOfWork, keyed: KeyedHash, actor: Actor, one_time_code: OneTimeCode) -> None:
    kind = next(k for k in CONTACTS.values() if k.purpose == one_time_code.purpose)
    user = uow.lock(User, actor.user_id)
    if getattr(user, kind.field) == one_time_code.destination:
        setattr(user, f"{kind.field}_verified_at", uow.now)
        return
    if not is_free(uow, one_time_code.destination):
        raise InvalidFields({kind.field: FieldProblem(f"{kind.field}_taken")})
    setattr(user, kind.field, one_time_code.destination)
    setattr(user, f"{kind.field}_verified_at", uow.now)
    recognise(uow, keyed, user=user, contact=one_time_code.destination)
    uow.record(ContactChanged(user.id, kind.field, masked(one_time_code.destination)), by=actor)


def _kind(field: str) -> ContactKind:
    if field not in CONTACTS:
        raise NotFound(what=field)
    return CONTACTS[field]


def _read(kind: ContactKind, contact: object) -> str:
    reader = identifiers.phone if kind.field == "phone" else identifiers.email
    return input_validation.one(kind.field, reader, contact)
