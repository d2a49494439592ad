"""What people do about a case: open one, note, hand over, hold the pay, decide; nothing of it by itself (OPS-04)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, OwnInterest
from cleanit_app.domain.events import FraudCaseClosed, FraudCaseHandedOver, FraudCaseOpened
from cleanit_app.domain.fraud import FraudKind
from cleanit_app.domain.statuses import FraudCaseStatus
from cleanit_app.models import Campaign, DeskNote, FraudCase, Job, User, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.payouts import holds
from cleanit_app.services.unit_of_work import UnitOfWork


def report_person(
    uow: UnitOfWork,
    *,
    actor: Actor,
    user_id: UUID,
    note: object,
    job_id: UUID | None = None,
    campaign_id: UUID | None = None,
) -> FraudCase:
    """Open a case about somebody with what was seen; compliance is told. Nobody opens one about oneself."""
    actor.must(Permission.LOOK_INTO_FRAUD)
    if user_id == actor.user_id:
        raise OwnInterest
    user, said = uow.get(User, user_id), _said("note", note)
    job = uow.get(Job, job_id) if job_id else None
    where = job.campaign_id if job else campaign_id
    campaign = uow.get(Campaign, where) if where else None
    case = uow.add(
        FraudCase(
            id=new_id(),
            kind_of_case=FraudKind.REPORTED.value,
            person_id=user.id,
            people=[user.id],
            job_id=job.id if job else None,
            campaign_id=campaign.id if campaign else None,
            notes=said,
            opened_by=actor.user_id,
            opened_at=uow.now,
        )
    )
    case.begin(by=actor, at=uow.now, why=said)
    uow.record(FraudCaseOpened(case.id, case.person_id, case.kind_of_case), by=actor)
    return case


def note_in_case(uow: UnitOfWork, *, actor: Actor, case_id: UUID, note: object) -> DeskNote:
    """Write something down in a case, also in a closed one."""
    actor.must(Permission.LOOK_INTO_FRAUD)
    case, said = uow.get(FraudCase, case_id), _said("note", note)
    _refuse_own(case, actor)
    uow.audit(actor, "NoteWritten", subject_id=case.id)
    return uow.add(DeskNote(id=new_id(), subject_id=case.id, author_id=actor.user_id, note=said, at=uow.now))


def hand_over(uow: UnitOfWork, *, actor: Actor, case_id: UUID, reason: object) -> FraudCase:
    """Give an open case to compliance, who are told; MoveRefused for one that is with them or closed."""
    actor.must(Permission.LOOK_INTO_FRAUD)
    case, why = _locked(uow, actor, case_id), _said("reason", reason)
    case.move_to(FraudCaseStatus.WITH_COMPLIANCE, by=actor, at=uow.now, why=why)
    uow.record(FraudCaseHandedOver(case.id, case.person_id, why), by=actor)
    return case


def hold_pay(uow: UnitOfWork, *, actor: Actor, case_id: UUID, reason: object) -> FraudCase:
    """Keep back all pay of the person that has not arrived, and what becomes due while the case is open.

    Finance lets each payout go again (see `holds`). MoveRefused for a closed case; holding twice changes nothing.
    """
    actor.must(Permission.MANAGE_KYC)
    seen, why = uow.get(FraudCase, case_id), _said("reason", reason)
    _refuse_own(seen, actor)
    holds.hold_pay_of(uow, cleaner_id=seen.person_id)  # payouts before the case, as everywhere
    case = _locked(uow, actor, case_id)
    case.status.check_move(FraudCaseStatus.CONFIRMED)
    if not case.holds_pay:
        case.holds_pay = True
        uow.audit(actor, "CasePayHeld", subject_id=case.id, user_id=str(case.person_id), reason=why)
        uow.add(DeskNote(id=new_id(), subject_id=case.id, author_id=actor.user_id, note=why, at=uow.now))
    return case


def close_case(uow: UnitOfWork, *, actor: Actor, case_id: UUID, confirmed: bool, reason: object) -> FraudCase:
    """Decide a case with the reason: it was fraud, or it was not; what follows is done by the verbs for that."""
    actor.must(Permission.MANAGE_KYC)
    case, why = _locked(uow, actor, case_id), _said("reason", reason)
    target = FraudCaseStatus.CONFIRMED if confirmed else FraudCaseStatus.UNFOUNDED
    case.status.check_move(target)
    case.closed_at, case.closed_by = uow.now, actor.user_id
    case.move_to(target, by=actor, at=uow.now, why=why)
    uow.record(FraudCaseClosed(case.id, case.person_id, confirmed, why), by=actor)
    return case


def _locked(uow: UnitOfWork, actor: Actor, case_id: UUID) -> FraudCase:
    case = uow.lock(FraudCase, case_id)
    _refuse_own(case, actor)
    return case


def _refuse_own(case: FraudCase, actor: Actor) -> None:
    """Nobody has a hand in a case about oneself."""
    if actor.user_id in case.people:
        raise OwnInterest


def _said(field: str, typed: object) -> str:
    said = input_validation.said(field, typed, LIMITS.desk_note_length[1], lines=True)
    if not said:
        raise InvalidFields({field: FieldProblem(f"{field}_missing")})
    return said
