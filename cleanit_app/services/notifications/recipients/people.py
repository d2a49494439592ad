"""Who hears of papers, suspensions, terms, copies of one's data, and admins with their duties."""

from __future__ import annotations

from cleanit_app.domain.actors import Role
from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.events import (
    AccountErased,
    AccountFlagged,
    AdminDutiesChanged,
    AdminMade,
    BannedPersonJoined,
    CleanerKycChanged,
    CleanerSuspended,
    DataExported,
    ErasureAsked,
    ErasureTakenBack,
    IdentityChecked,
    IdentityHandedIn,
    NameAsked,
    NameDecided,
    PersonReinstated,
    PersonSuspended,
    PhotoWasInfected,
    TermsRenewed,
)
from cleanit_app.domain.notifications import terms_dedupe_key
from cleanit_app.models import User
from cleanit_app.notification_kinds import people as kinds
from cleanit_app.services.notifications.audiences import (
    ADMINS,
    COMPLIANCE,
    NOT_ACCEPTED,
    ONE,
    SENIOR,
    Draft,
    Tellers,
    named,
    nobody,
    one,
)
from cleanit_app.services.unit_of_work import UnitOfWork

_KYC = {"VERIFIED": kinds.KYC_VERIFIED, "ACTIVE": kinds.KYC_ACTIVE, "REJECTED": kinds.KYC_REJECTED}


def _kyc(_uow: UnitOfWork, e: CleanerKycChanged) -> list[Draft]:
    kind = _KYC.get(e.status)
    if kind is kinds.KYC_REJECTED and (e.ground or e.reason):
        because = {"ground": e.ground, "notes": e.reason}
        return [Draft(kinds.KYC_REJECTED_BECAUSE, ONE, one(e.cleaner_id), because)]
    return [Draft(kind, ONE, one(e.cleaner_id))] if kind else []


def _identity_checked(uow: UnitOfWork, e: IdentityChecked) -> list[Draft]:
    values, once = named(uow, e.cleaner_id), f"identity:{e.document_id}"
    return [Draft(kinds.IDENTITY_TO_CHECK, ADMINS, COMPLIANCE, values, once)]


def _name_asked(uow: UnitOfWork, e: NameAsked) -> list[Draft]:
    return [Draft(kinds.NAME_ASKED, ADMINS, COMPLIANCE, named(uow, e.cleaner_id), once=f"name:{e.change_id}")]


def _name_decided(_uow: UnitOfWork, e: NameDecided) -> list[Draft]:
    if not e.accepted:
        return [Draft(kinds.NAME_REFUSED, ONE, one(e.cleaner_id), {"reason": e.reason})]
    kind = kinds.NAME_ACCEPTED_ACCOUNT if e.account_waits else kinds.NAME_ACCEPTED
    return [Draft(kind, ONE, one(e.cleaner_id))]


def _photo_infected(uow: UnitOfWork, e: PhotoWasInfected) -> list[Draft]:
    return [
        Draft(kinds.PHOTO_INFECTED, ONE, one(e.owner_id)),
        Draft(kinds.PHOTO_INFECTED_ADMIN, ADMINS, COMPLIANCE, named(uow, e.owner_id)),
    ]


def _cleaner_suspended(_uow: UnitOfWork, e: CleanerSuspended) -> list[Draft]:
    values = {"reason": e.reason}
    return [
        Draft(kinds.CLEANER_SUSPENDED, ONE, one(e.cleaner_id), values),
        Draft(kinds.CLEANER_SUSPENDED_ADMIN, ADMINS, COMPLIANCE, values),
    ]


def _flagged(uow: UnitOfWork, e: AccountFlagged) -> list[Draft]:
    values = {**named(uow, e.cleaner_id), "n": e.rejections}
    return [Draft(kinds.ACCOUNT_FLAGGED, ADMINS, COMPLIANCE, values, subject=e.cleaner_id)]


def _suspended(uow: UnitOfWork, e: PersonSuspended) -> list[Draft]:
    drafts = [Draft(kinds.PERSON_SUSPENDED, ONE, one(e.user_id), {"reason": e.reason})]
    user = uow.get(User, e.user_id)
    if user.role == Role.ADMIN:
        values = {**named(uow, user.id), "reason": e.reason}
        drafts.append(Draft(kinds.ADMIN_SUSPENDED_ADMIN, ADMINS, SENIOR, values))
    return drafts


def _reinstated(_uow: UnitOfWork, e: PersonReinstated) -> list[Draft]:
    return [Draft(kinds.PERSON_REINSTATED, ONE, one(e.user_id))]


def _terms(_uow: UnitOfWork, e: TermsRenewed) -> list[Draft]:
    bound = {"version": e.version}
    return [Draft(kinds.TERMS_RENEWED, NOT_ACCEPTED, bound, bound, terms_dedupe_key(e.version))]


def _exported(uow: UnitOfWork, e: DataExported) -> list[Draft]:
    values, day = named(uow, e.user_id), f"{e.user_id}:{ist_date(uow.now)}"
    return [
        Draft(kinds.DATA_EXPORTED, ONE, one(e.user_id)),
        Draft(kinds.DATA_EXPORTED_ADMIN, ADMINS, SENIOR, values, once=day),  # once a day is enough
    ]


def _erasure_asked(uow: UnitOfWork, e: ErasureAsked) -> list[Draft]:
    return [Draft(kinds.ERASURE_ASKED_ADMIN, ADMINS, SENIOR, {**named(uow, e.user_id), "until_at": e.at})]


def _erasure_taken_back(_uow: UnitOfWork, e: ErasureTakenBack) -> list[Draft]:
    return [Draft(kinds.ERASURE_TAKEN_BACK, ONE, one(e.user_id))]


def _erased(_uow: UnitOfWork, e: AccountErased) -> list[Draft]:
    return [Draft(kinds.ACCOUNT_ERASED_ADMIN, ADMINS, SENIOR, {"id": str(e.user_id)[-12:]})]


def _banned_joined(uow: UnitOfWork, e: BannedPersonJoined) -> list[Draft]:
    return [Draft(kinds.BANNED_PERSON_JOINED, ADMINS, COMPLIANCE, named(uow, e.user_id))]


def _admin_made(uow: UnitOfWork, e: AdminMade) -> list[Draft]:
    values = {**named(uow, e.user_id), "duties": e.duties}
    return [
        Draft(kinds.ADMIN_MADE, ONE, one(e.user_id), values),
        Draft(kinds.ADMIN_MADE_ADMIN, ADMINS, SENIOR, values),
    ]


def _duties(uow: UnitOfWork, e: AdminDutiesChanged) -> list[Draft]:
    values = {**named(uow, e.user_id), "duties": e.duties or "-"}
    return [
        Draft(kinds.DUTIES_CHANGED, ONE, one(e.user_id), values),
        Draft(kinds.DUTIES_CHANGED_ADMIN, ADMINS, SENIOR, values),
    ]


TELLERS: Tellers = {
    CleanerKycChanged: _kyc,
    IdentityHandedIn: nobody,
    IdentityChecked: _identity_checked,
    NameAsked: _name_asked,
    NameDecided: _name_decided,
    PhotoWasInfected: _photo_infected,
    CleanerSuspended: _cleaner_suspended,
    AccountFlagged: _flagged,
    PersonSuspended: _suspended,
    PersonReinstated: _reinstated,
    TermsRenewed: _terms,
    DataExported: _exported,
    ErasureAsked: _erasure_asked,
    ErasureTakenBack: _erasure_taken_back,
    AccountErased: _erased,
    BannedPersonJoined: _banned_joined,
    AdminMade: _admin_made,
    AdminDutiesChanged: _duties,
}
