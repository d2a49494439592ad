"""A town with a row of everything, and all that can happen to it: each event in each of its forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain import events as e
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.codes import CodePurpose
from cleanit_app.domain.disputes import DisputeAbout, DisputeSide, LeftToFinance
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.fraud import FraudKind
from cleanit_app.domain.identity import RefusalGround
from cleanit_app.domain.limits import Burst
from cleanit_app.domain.money_returns import ReturnCause
from cleanit_app.domain.statuses import AccountCheckStatus, KycStatus
from cleanit_app.domain.support import Topic
from cleanit_app.models import BulkRun, Campaign, Cleaner, Contribution, Dispute, FraudCase, Job, Payout, Refund, new_id
from cleanit_app.services.bulk.runs import order_bulk_refunds
from cleanit_app.services.notifications.relay import choose_notifications
from cleanit_app.services.payments.payments import apply_payment
from cleanit_app.services.review.questions import raise_question
from cleanit_app.services.support.messages import Words
from cleanit_app.services.support.tickets import open_ticket
from cleanit_app.services.unit_of_work import UnitOfWork
from tests.factories import Town

PAID, SEVERAL = 95_000, 3


@dataclass(frozen=True)
class Cast:
    """Who and what the events speak of."""

    campaign: Campaign
    job: Job
    payout: Payout
    gift: Contribution
    refund: Refund
    cleaner: Actor
    admin: Actor
    taken: Job
    ticket_id: UUID
    case: UUID
    dispute_id: UUID
    run_id: UUID
    notices: tuple[UUID, ...]


def _verified_without_an_account(town: Town) -> None:
    """Work that was accepted while nobody knows where its pay may go."""
    other = town.cleaner("Sunita Devi")
    town.verified(other)
    with town.uow() as uow:
        uow.lock(Cleaner, other.user_id).payout_verified_at = None


def _run_over_many(uow: UnitOfWork, town: Town, campaign: Campaign) -> UUID:
    return order_bulk_refunds(
        uow, actor=town.admin(), campaign_ids=[campaign.id], typed_count=1, reason="The ward does it",
        idempotency_key="run of the cast",
    ).id  # fmt: skip


def _notice(uow: UnitOfWork, town: Town, *, marketing: bool) -> UUID:
    said = {"en": "The pump is repaired.", "hi": "पंप ठीक हो गया है।", "mr": "पंप दुरुस्त झाला आहे."}
    run = BulkRun(
        id=new_id(), action="NOTICES", started_by=town.admin().user_id, idempotency_key=f"notice {marketing}",
        reason="told", total=1, started_at=uow.now, notice=said, marketing=marketing,
    )  # fmt: skip
    return uow.add(run).id


def cast(town: Town) -> Cast:
    """A cleanup that was verified, a gift to another that was too much, and an admin of each duty."""
    for duty in AdminDuty:
        town.admin(duty)
    cleaner = town.cleaner()
    with town.uow() as uow:  # says yes to marketing too
        choose_notifications(uow, actor=cleaner, off=[])
    job = town.verified(cleaner)
    _verified_without_an_account(town)
    taken = town.claimed(cleaner)
    for _ in range(2):  # so much that the PAN is wanted
        town.claimed(cleaner, 5_000_000)
    full = town.campaign(target_paise=100_000)
    for wish in (town.wish(full, 70_000), town.wish(full, 70_000)):
        with town.uow() as uow:
            apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    other = town.campaign()
    with town.uow() as uow:
        return Cast(
            uow.get(Campaign, job.campaign_id),
            job,
            uow.run(select(Payout).where(col(Payout.job_id) == job.id)).scalar_one(),
            uow.run(select(Contribution).where(Contribution.campaign_id == job.campaign_id)).scalars().first(),
            uow.run(select(Refund)).scalar_one(),
            cleaner,
            town.admin(AdminDuty.FINANCE, name="Farah Khan"),
            taken,
            open_ticket(uow, actor=cleaner, topic=Topic.PAYMENT, words=Words("My pay did not come.")).id,
            _case_about(uow, cleaner),
            _dispute(uow, cleaner, job).id,
            _run_over_many(uow, town, other),
            tuple(_notice(uow, town, marketing=marketing) for marketing in (True, False)),
        )


def _case_about(uow: UnitOfWork, cleaner: Actor) -> UUID:
    case = FraudCase(
        id=new_id(), kind_of_case=FraudKind.GPS_SPOOFED, person_id=cleaner.user_id, people=[cleaner.user_id],
        opened_at=uow.now,
    )  # fmt: skip
    return uow.add(case).id


def all_that_can_happen(c: Cast) -> Iterator[e.Event]:
    """Each event that somebody hears of, in each form that is told otherwise."""
    yield from _of_campaigns(c.campaign.id, c.campaign.creator_id, c)
    yield from _of_jobs(c.job.id, c.campaign.id, c.cleaner.user_id, c)
    yield from _of_payouts(c.payout.id, c.campaign.id, c.cleaner.user_id, c)
    yield from _of_refunds(c.refund.id, c.campaign.id, c.gift, c)
    yield from _of_people(c.cleaner.user_id, c)
    yield from _of_the_house(c.campaign.id, c)
    yield from _of_support(c.ticket_id, c)
    yield from _of_disputes(c.dispute_id, c)
    yield e.BulkRunEnded(c.run_id, c.admin.user_id, SEVERAL, 1, 0)
    for notice in c.notices:
        yield e.NoticeGoesOut(notice, c.cleaner.user_id)
    yield e.BulkRunStopped(c.run_id, "NOT_ALLOWED")


def _of_campaigns(campaign: UUID, creator: UUID, c: Cast) -> Iterator[e.Event]:
    yield e.CampaignCreated(campaign, creator, waits_for_approval=True)
    yield e.CampaignCorrected(campaign, creator, "description", collects=True)
    yield e.CampaignCorrected(campaign, creator, "description", collects=False)
    yield e.CampaignApproved(campaign, creator)
    yield e.CampaignDeclined(campaign, creator, "not a public place")
    yield e.CampaignCancelled(campaign, creator, "the owner cleaned it")
    yield e.CampaignExpired(campaign, creator, 40_000)
    yield e.CampaignRefunded(campaign, creator)
    yield e.ContributionReceived(campaign, c.gift.id, c.gift.contributor_id, 30_000, 20_000)
    yield e.ContributionReceived(campaign, c.gift.id, c.gift.contributor_id, 20_000, 0)
    yield e.ContributionTakenBack(campaign, c.gift.id, c.gift.contributor_id, 20_000, 40_000)
    yield e.CampaignFunded(campaign, c.job.id, 100_000)
    yield e.CampaignFunded(campaign, c.job.id, 85_000)


def _of_jobs(job: UUID, campaign: UUID, cleaner: UUID, c: Cast) -> Iterator[e.Event]:
    yield e.JobAvailable(job, campaign, PAID)
    yield e.JobClaimed(job, campaign, cleaner)
    yield e.JobUnclaimed(job, campaign, cleaner, "ill")
    yield e.JobUnclaimed(job, campaign, cleaner, e.CLEANER_SUSPENDED)
    yield e.JobCompleted(job, campaign, cleaner)
    yield e.ReviewBegun(job, campaign)
    yield e.ReviewEscalated(job, campaign, "Is this the same wall?")
    yield e.JobVerified(job, campaign, cleaner, c.payout.id, PAID)
    yield e.JobRejected(c.taken.id, c.taken.campaign_id, cleaner, "POOR_QUALITY", may_retry=True)
    yield e.JobRejected(job, campaign, cleaner, "WRONG_LOCATION", may_retry=False)
    for held in (True, False):
        yield e.JobAutoReleased(job, campaign, cleaner, held=held)
    yield e.JobCancelled(job, campaign, cleaner)
    yield e.JobExpired(job, campaign, c.campaign.creator_id)
    yield e.DeadlineNear(job, campaign, cleaner, 24)
    yield e.DeadlineNear(job, campaign, cleaner, 1)
    yield e.VerificationSlow("QUEUE_LONG", None, 51)
    yield e.VerificationSlow("OVER_48_H", job, 51)
    yield e.VerificationSlow("AVERAGE_LONG", None, 51)
    yield e.FraudSuspected(c.case, job, cleaner)
    for kind in FraudKind:
        yield e.FraudCaseOpened(c.case, cleaner, kind)
    yield e.FraudCaseHandedOver(c.case, cleaner, "two phones, one hand")


def _of_payouts(payout: UUID, campaign: UUID, cleaner: UUID, c: Cast) -> Iterator[e.Event]:
    job = c.job.id
    yield e.PayoutSucceeded(payout, job, campaign, cleaner, PAID)
    yield e.PayoutFailed(payout, job, campaign, cleaner, PAID, "bank_away", needs_person=False)
    yield e.PayoutFailed(payout, job, campaign, cleaner, PAID, "bank_away", needs_person=True)
    yield e.PayoutDetailsWrong(payout, cleaner, PAID, "ifsc_wrong")
    yield e.PayoutDetailsWrong(None, cleaner, PAID, "account_closed")
    yield e.PayoutHeld(payout, campaign, cleaner, PAID, "we look at the photo again")
    yield e.PayoutReleased(payout, campaign, cleaner, PAID)
    yield e.ApprovalTakenBack(job, campaign, cleaner, payout, PAID, "another place", goes_on=True)
    yield e.DecisionFellThrough(job, campaign, c.admin.id, "CLAIM_OVER")
    for left in LeftToFinance:
        yield e.ResultLeftToFinance(c.dispute_id, campaign, left.value, PAID)
    yield e.DisputeOpened(new_id(), job, campaign, payout, cleaner, PAID, "it is still there")
    for upheld, goes_on in ((True, False), (False, True), (False, False)):
        yield e.DisputeDecided(
            new_id(), job, campaign, payout, cleaner, c.campaign.creator_id, PAID, upheld, goes_on, "seen"
        )
    yield e.PayoutAccountChanged(cleaner, "ra•••@okbank", "2026-11-25T06:00:00+00:00")
    for status in (AccountCheckStatus.MATCHES, AccountCheckStatus.DIFFERS):
        yield e.AccountChecked(cleaner, status, 40)


def _of_refunds(refund: UUID, campaign: UUID, gift: Contribution, c: Cast) -> Iterator[e.Event]:
    for why in ReturnCause:
        yield e.MoneyComesBack(refund, campaign, gift.id, gift.contributor_id, 40_000, why)
    yield e.RefundProcessed(refund, campaign, gift.contributor_id, 40_000)
    yield e.RefundStuck(refund, campaign, gift.contributor_id, 40_000, "bank_away")
    yield e.TransferUnsure(c.payout.id, None, campaign, PAID, "bank_away")
    yield e.TransferUnsure(None, refund, campaign, 40_000, "bank_away")
    for flow in MoneyFlow:
        yield e.MoneyWaits(flow, campaign, PAID, "bank_away")
        yield e.MoneyFlowStopped(flow, "we look first")
        yield e.MoneyFlowResumed(flow)


def _of_people(cleaner: UUID, c: Cast) -> Iterator[e.Event]:
    for status in (KycStatus.VERIFIED, KycStatus.ACTIVE, KycStatus.REJECTED):
        yield e.CleanerKycChanged(cleaner, status)
    yield e.CleanerKycChanged(cleaner, KycStatus.REJECTED, RefusalGround.UNREADABLE)
    yield e.IdentityChecked(cleaner, new_id(), "FOUND")
    yield e.NameAsked(cleaner, new_id())
    yield e.NameDecided(cleaner, accepted=True, account_waits=False, reason="")
    yield e.NameDecided(cleaner, accepted=True, account_waits=True, reason="")
    yield e.NameDecided(cleaner, accepted=False, account_waits=False, reason="the ID shows another name")
    yield e.CleanerSuspended(cleaner, "three jobs not finished")
    yield e.AccountFlagged(cleaner, 4)
    yield e.PersonSuspended(c.admin.user_id, "left")
    yield e.PersonReinstated(c.admin.user_id, "came back")
    yield e.PhotoWasInfected(c.campaign.photo_id, c.campaign.creator_id, "Eicar")
    yield e.SignInsFailed(cleaner, 10)
    yield e.SignInsLocked(cleaner, 11, "2026-11-25T10:00:00+00:00")
    for burst in Burst:
        yield e.BurstSeen(burst.value, 10)
    yield e.PasswordChanged(cleaner, by_code=False)
    yield e.PasswordChanged(cleaner, by_code=True)
    yield e.ContactChanged(cleaner, "phone", "•••••10")
    yield e.ContactChanged(cleaner, "email", "r•••@example.in")
    for purpose in (CodePurpose.JOIN, CodePurpose.RESET_PASSWORD, CodePurpose.OWN_PHONE):
        yield e.CodeAskedElsewhere(cleaner, purpose, "•••••10")
    yield e.DataExported(cleaner)
    yield e.ErasureAsked(cleaner, "2026-12-01T06:00:00+00:00")
    yield e.ErasureTakenBack(cleaner)
    yield e.AccountErased(cleaner)
    yield e.BannedPersonJoined(cleaner, new_id())
    yield e.SecondFactorChanged(c.admin.user_id, stands=True)
    yield e.SecondFactorChanged(c.admin.user_id, stands=False)
    yield e.RecoveryCodeUsed(c.admin.user_id, 7)
    yield e.AdminMade(c.admin.user_id, "FINANCE")
    yield e.AdminDutiesChanged(c.admin.user_id, "")
    yield e.TermsRenewed("2099-01-01")


def _dispute(uow: UnitOfWork, cleaner: Actor, job: Job) -> Dispute:
    """A cleaner's question about the own pay."""
    payout = uow.first(Payout, Payout.job_id == job.id)
    assert payout is not None
    return raise_question(
        uow, actor=cleaner, about=DisputeAbout.FEE, reason="Why was tax kept back?", subject_id=payout.id
    )


def _of_disputes(dispute: UUID, c: Cast) -> Iterator[e.Event]:
    raiser, other = c.cleaner.user_id, c.campaign.creator_id
    for about in DisputeAbout:
        for side in (other, None):
            yield e.QuestionRaised(dispute, raiser, side, about)
            yield e.DisputeAppealed(dispute, raiser, side, about)
            for upheld in (True, False):
                yield e.QuestionDecided(dispute, raiser, side, about, upheld, "we looked again")
        yield e.DisputeLate(dispute, about, SEVERAL)
    for speaks in DisputeSide:
        yield e.DisputeSaid(dispute, raiser, other, speaks)
    yield e.WorkSplit(dispute, c.campaign.id, raiser, c.payout.id, PAID, 40_000, "one side is clean")


def _of_support(ticket: UUID, c: Cast) -> Iterator[e.Event]:
    person = c.cleaner.user_id
    for asker in (person, None):
        yield e.SupportAsked(ticket, asker, "PAYMENT")
        yield e.SupportAnswered(ticket, asker)
        yield e.SupportClosed(ticket, asker)
        yield e.SupportReopened(ticket, asker)
    for admin in (c.admin.user_id, None):
        yield e.SupportWrittenTo(ticket, admin, "JOB")
    yield e.SupportHandedOver(ticket, c.admin.user_id, "Meera Joshi")
    for waiting in (1, SEVERAL):
        yield e.SupportLate(ticket, waiting)


def _of_the_house(campaign: UUID, c: Cast) -> Iterator[e.Event]:
    yield e.PaymentLooksOdd(new_id(), campaign, c.gift.contributor_id, 20_000, "MANY_GIFTS")
    yield e.MismatchesFound(new_id(), SEVERAL)
    yield e.BooksWrong(new_id(), SEVERAL)
    yield e.ReconciliationLate(37)
    yield e.TransactionsExported(c.admin.user_id)
    yield e.TaxQuarterTaken(c.admin.user_id, "2026-27 Q3")
    at = "2026-12-01T06:00:00+00:00"
    yield e.BannerSet(new_id(), "INFO", at, at)
    yield e.BannerEnded(new_id())
    for event in (e.HelpArticleWritten, e.HelpArticlePublished, e.HelpArticleWithdrawn):
        yield event(new_id(), "When the refund comes")
    yield e.CannedAnswerChanged(new_id(), c.admin.user_id, "When the refund comes", False, "many ask twice")
    for name, was, value in (("questions_a_day", 10, 20), ("fee_bps", 500, 450), ("added_most_paise", 100, 0)):
        yield e.SettingChosen(new_id(), c.admin.user_id, name, was, value, at, "many ask twice")
    yield e.MessageUnknown(new_id(), "payment.captured")
    yield e.MessageParked(new_id(), "payout.processed")
