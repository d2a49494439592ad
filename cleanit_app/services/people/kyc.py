"""Cleaners: let in by an admin, and where their pay goes (LAW-08, SEC-07)."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import (
    AccountChanged,
    AccountRefused,
    NotAllowed,
    OwnInterest,
    PayoutDetailsMissing,
    PhoneNotConfirmed,
)
from cleanit_app.domain.events import AccountChecked, CleanerKycChanged, PayoutAccountChanged
from cleanit_app.domain.identity import RefusalGround
from cleanit_app.domain.reading import identifiers
from cleanit_app.domain.statuses import AccountCheckStatus, KycStatus
from cleanit_app.models import Cleaner, User
from cleanit_app.ports import BankDetails, FieldCipher, UpiDetails
from cleanit_app.services import input_validation
from cleanit_app.services.id_numbers import holds_aadhaar
from cleanit_app.services.payouts import payouts
from cleanit_app.services.payouts.fund_accounts import payout_details
from cleanit_app.services.people import bank_account_checks, identity
from cleanit_app.services.unit_of_work import UnitOfWork


def activate_cleaner(uow: UnitOfWork, *, actor: Actor, cleaner_id: UUID) -> Cleaner:
    """Let a cleaner take jobs whose ID was found good; nobody lets in the own account.

    IdentityMissing without an ID, PhoneNotConfirmed before a code has shown whose phone it is (LAW-08).
    """
    actor.must(Permission.MANAGE_KYC)
    if cleaner_id == actor.user_id:
        raise OwnInterest
    cleaner = uow.lock(Cleaner, cleaner_id)
    cleaner.status.check_move(KycStatus.PENDING if cleaner.status is KycStatus.REJECTED else KycStatus.ACTIVE)
    if uow.get(User, cleaner_id).phone_verified_at is None:
        raise PhoneNotConfirmed
    identity.accept_latest(uow, cleaner=cleaner, by=actor)
    if cleaner.status is KycStatus.REJECTED:
        cleaner.move_to(KycStatus.PENDING, by=actor, at=uow.now, why="looked at again")
    if cleaner.status is KycStatus.PENDING:
        cleaner.move_to(KycStatus.VERIFIED, by=actor, at=uow.now, why="an admin saw the ID")
    cleaner.move_to(KycStatus.ACTIVE, by=actor, at=uow.now, why="checked by an admin")
    uow.record(CleanerKycChanged(cleaner.id, cleaner.status.value), by=actor)
    return cleaner


def reject_cleaner(
    uow: UnitOfWork, *, actor: Actor, cleaner_id: UUID, reason: str, ground: RefusalGround | None = None
) -> Cleaner:
    """Do not let a cleaner take jobs (any more); `ground` says what is wrong with the ID, for the next try."""
    actor.must(Permission.MANAGE_KYC)
    if cleaner_id == actor.user_id:
        raise OwnInterest
    cleaner = uow.lock(Cleaner, cleaner_id)
    cleaner.status.check_move(KycStatus.REJECTED)
    identity.refuse_latest(uow, cleaner=cleaner, ground=ground, by=actor)
    why = input_validation.said("reason", reason, 300)
    cleaner.move_to(KycStatus.REJECTED, by=actor, at=uow.now, why=why)
    told = CleanerKycChanged(cleaner.id, cleaner.status.value, ground.value if ground else None, why)
    uow.record(told, by=actor)
    return cleaner


def check_payout_details(
    *, account_number: object = None, ifsc: object = None, vpa: object = None, holder_name: object = None
) -> BankDetails | UpiDetails:
    """Check a bank account or a UPI id as typed; InvalidFields names every problem at once."""
    form = input_validation.Form()
    holder = input_validation.holder_name(holder_name)
    if holder is None or holds_aadhaar(holder):
        form.problem("holderName", "holder_form")
    if vpa:
        upi = form.read("vpa", identifiers.upi_id, vpa)
        form.done()
        return UpiDetails(holder or "", upi or "")
    account = form.read("accountNumber", identifiers.account_number, account_number)
    code = form.read("ifsc", identifiers.ifsc, ifsc)
    form.done()
    return BankDetails(holder or "", account or "", code or "")


def save_payout_details(
    uow: UnitOfWork, *, actor: Actor, details: BankDetails | UpiDetails, cipher: FieldCipher
) -> Cleaner:
    """Keep where a cleaner's pay goes, encrypted; people see only the end of it.

    Not confirmed before the bank has named its owner, or an admin has looked (PAY-04). A changed account asks for a
    password typed a moment ago (ConfirmFirst), waits a day, and its owner is told.
    """
    actor.must(Permission.MANAGE_SELF)
    user = uow.get(User, actor.user_id)
    cleaner = uow.first(Cleaner, Cleaner.id == user.id, lock=True)
    if cleaner is None:
        raise NotAllowed
    if _is_kept_already(cleaner, details, cipher):
        _ask_again_after_a_no(uow, cleaner)
        return cleaner
    changed = cleaner.payout_details is not None
    if changed:
        actor.must_be_fresh()
    cleaner.payout_kind = "UPI" if isinstance(details, UpiDetails) else "BANK"
    cleaner.payout_details = cipher.lock(json.dumps(details.__dict__), context=f"cleaners:payout_details:{user.id}")
    cleaner.payout_mask = _mask(details)
    cleaner.payout_holder = details.holder_name
    cleaner.payout_changed_at = uow.now
    cleaner.payout_verified_at = None
    cleaner.razorpay_fund_account_id = None
    cleaner.payout_usable_at = None
    if changed:
        # Whoever took over a phone must not be paid before its owner has heard of it.
        cleaner.payout_usable_at = uow.now + LIMITS.changed_account_wait
        told = PayoutAccountChanged(cleaner.id, cleaner.payout_mask, cleaner.payout_usable_at.isoformat())
        uow.record(told, by=actor)
    uow.flush()
    bank_account_checks.begin_check(uow, cleaner=cleaner)
    return cleaner


def _is_kept_already(cleaner: Cleaner, details: BankDetails | UpiDetails, cipher: FieldCipher) -> bool:
    """Whether the same details stand already, so that a repeated click asks no bank twice and makes nobody wait."""
    if cleaner.payout_mask != _mask(details):
        return False
    try:
        return payout_details(cleaner, cipher) == details
    except ValueError:  # locked with a key that is gone: what was typed now takes its place
        return False


def _ask_again_after_a_no(uow: UnitOfWork, cleaner: Cleaner) -> None:
    """The same details were given again: if a bank refused them since it was last asked, it is asked anew (PAY-07)."""
    if cleaner.payout_verified_at is not None:
        return
    check = bank_account_checks.latest_check(uow, cleaner_id=cleaner.id)
    asked_at = check.created_at if check else None
    refused = check is not None and check.status in (AccountCheckStatus.INVALID, AccountCheckStatus.MATCHES)
    if refused or payouts.was_refused(uow, cleaner_id=cleaner.id, since=asked_at):
        bank_account_checks.begin_check(uow, cleaner=cleaner)


def _mask(details: BankDetails | UpiDetails) -> str:
    if isinstance(details, UpiDetails):
        name, _, bank = details.vpa.partition("@")
        return f"{name[:2]}•••@{bank}"
    return f"•••• {details.account_number[-4:]} ({details.ifsc[:4]})"


def confirm_payout_details(uow: UnitOfWork, *, actor: Actor, cleaner_id: UUID, seen: datetime | None) -> Cleaner:
    """An admin confirms that the account looked at belongs to the cleaner (PAY-04).

    `seen` is when the details that were looked at had been given: AccountChanged when others stand there now.
    AccountRefused after a bank's no.
    """
    actor.must(Permission.MANAGE_KYC)
    actor.must_prove()  # from here on pay may go there
    if cleaner_id == actor.user_id:
        raise OwnInterest
    cleaner = uow.lock(Cleaner, cleaner_id)
    if cleaner.payout_details is None:
        raise PayoutDetailsMissing
    if cleaner.payout_changed_at != seen:
        raise AccountChanged
    check = bank_account_checks.latest_check(uow, cleaner_id=cleaner_id)
    if check is not None and check.status is AccountCheckStatus.INVALID:
        raise AccountRefused
    cleaner.payout_verified_at = uow.now
    uow.record(AccountChecked(cleaner.id, AccountCheckStatus.MATCHES.value, check.score if check else None), by=actor)
    return cleaner
