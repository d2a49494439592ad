"""One campaign with everything its page shows: photos, money, neighbours, job, what has happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.money import percent_of, split_raised
from cleanit_app.domain.names import first_name
from cleanit_app.domain.pay import PayStands
from cleanit_app.domain.statuses import (
    CREATOR_MAY_CANCEL,
    CampaignRefundStatus,
    CampaignStatus,
    JobStatus,
    PayoutStatus,
    may_be_corrected,
    takes_contributions,
    time_is_over,
)
from cleanit_app.reads.campaigns.discovery import OVER
from cleanit_app.reads.campaigns.timeline import TimelineStep, timeline
from cleanit_app.reads.paging import about_one, ask, ask_list
from cleanit_app.reads.payouts.pay import PAY_COLUMNS, pay_of
from cleanit_app.reads.photos.photos import PhotoView, maybe_photo, photo_columns, photo_of, withheld
from cleanit_app.reads.photos.visibility import may_see
from cleanit_app.services.unit_of_work import UnitOfWork

CONTRIBUTORS_SHOWN = 100


@dataclass(frozen=True)
class ContributorView:
    """Somebody who gave; without a name when the person wished so. `paise` is what the campaign kept."""

    name: str | None
    paise: int
    at: datetime
    is_you: bool


@dataclass(frozen=True)
class JobSummary:
    """The work a campaign pays for; `under_review` while somebody disputes its result."""

    id: UUID
    status: JobStatus
    pay_paise: int
    fee_paise: int
    expires_at: datetime
    cleaner_id: UUID | None
    cleaner_name: str | None  # the first name alone, for everybody reads it
    cleaner_public: bool  # has a page of the own that everybody may read
    claimed_at: datetime | None
    deadline: datetime | None
    completed_at: datetime | None
    verified_at: datetime | None
    payout_status: PayoutStatus | None
    payout_scheduled_for: datetime | None  # when it leaves by itself; None while no clock runs
    paid_at: datetime | None
    under_review: bool
    pay_stands: PayStands | None = None
    held: bool = False  # an admin decides before anybody may take it (JOB-08)


@dataclass(frozen=True)
class CampaignMoney:
    """Where a campaign's money is, as sums of ledger lines in paise."""

    held_paise: int
    owed_paise: int  # approved, on its way to the cleaner
    paid_out_paise: int
    fee_paise: int
    refunded_paise: int
    refunds_under_way_paise: int


@dataclass(frozen=True)
class Viewer:
    """What the one who looks has to do with the campaign."""

    is_creator: bool
    is_admin: bool
    own_kept_paise: int
    own_stays_paise: int  # of it, without what goes back because a part of the work was not done
    own_contribution_id: UUID | None
    may_cancel: bool
    may_contribute: bool
    may_dispute: bool
    may_correct: bool = False  # words and place, while nobody gave for what they say (LAW-03)
    time_is_over: bool = False  # closing tonight: no new contributions, though it still collects by its status


@dataclass(frozen=True)
class CampaignDetail:
    """Everything a campaign's page shows; amounts in paise."""

    id: UUID
    title: str
    description: str
    address: str
    latitude: float
    longitude: float
    status: CampaignStatus
    refund_status: CampaignRefundStatus
    target_paise: int
    raised_paise: int
    missing_paise: int
    percent: int
    pay_paise: int
    fee_paise: int
    fee_bps: int
    creator_id: UUID
    creator_name: str  # empty for whoever does not want to be named (LAW-07)
    created_at: datetime
    activated_at: datetime | None
    expires_at: datetime | None
    funded_at: datetime | None
    completed_at: datetime | None
    closed_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    possible_spam: bool | None
    before: PhotoView
    after: PhotoView | None
    contributor_count: int
    contributors: tuple[ContributorView, ...]
    job: JobSummary | None
    money: CampaignMoney
    timeline: tuple[TimelineStep, ...]
    viewer: Viewer
    corrections: int = 0  # how often its creator changed what it says
    corrected_at: datetime | None = None


@about_one
def campaign_detail(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID) -> CampaignDetail:
    """One campaign with all its page shows, for anybody once it was let in.

    NotFound for one that waits or was declined, unless its creator or an admin who approves asks. The
    after-photo is shown once approved; before that only to those with a part in it and to who checks. So is the
    before-photo of one that was taken back.
    """
    row = _main_row(uow, actor, campaign_id)
    mine = row.creator_id == actor.id
    checks = actor.may(Permission.VERIFY_JOBS) or actor.may(Permission.APPROVE_CAMPAIGNS)
    if row.activated_at is None and not mine and not checks:
        raise NotFound(what="Campaign")
    over = row.status == CampaignStatus.CANCELLED or (row.before_withdrawn and row.status in OVER)
    hidden = over and not may_see(uow, actor=actor, photo_id=row.photo_id)
    steps = timeline(uow, campaign_id)
    contributors = _contributors(uow, actor, campaign_id)
    may_dispute = actor.may(Permission.DISPUTE_RESULTS) and _questionable(row, mine, uow.now)
    found = _detail(row, actor, mine, checks, contributors, steps, may_dispute, uow.now)
    if found.after and row.after_withdrawn and not may_see(uow, actor=actor, photo_id=found.after.id):
        found = replace(found, after=None)
    return replace(found, before=withheld(found.before)) if hidden else found


def _main_row(uow: UnitOfWork, actor: Actor, campaign_id: UUID) -> Row[Any]:
    rows = ask(
        uow,
        f"""SELECT c.*, u.name AS creator_name, u.credited AS creator_credited, w.credited AS j_credited,
              {photo_columns("p", "before")}, {photo_columns("a", "after")},
              j.id AS j_id, j.status AS j_status, j.amount_paise AS j_pay, j.platform_fee_paise AS j_fee,
              j.review_since IS NOT NULL AS j_held,
              j.expires_at AS j_expires_at, j.claimed_by AS j_claimed_by, w.name AS j_cleaner,
              (w.credited AND w.status = 'ACTIVE' AND EXISTS (SELECT FROM cleaners k
                WHERE k.user_id = w.id AND k.status = 'ACTIVE')) AS j_cleaner_public,
              u.gallery_consent IS FALSE AS before_withdrawn, w.gallery_consent IS FALSE AS after_withdrawn,
              j.claimed_at AS j_claimed_at, j.completion_deadline AS j_deadline, j.completed_at AS j_completed_at,
              j.verified_at AS j_verified_at, j.paid_at AS j_paid_at, o.status AS o_status, {PAY_COLUMNS},
              mine.kept AS own_kept, mine.split_off AS own_split_off,
              mine.newest AS own_newest, n.contributors, {_MONEY},
              e.number AS corrections, e.at AS corrected_at,
              x.open AS disputes, x.mine AS own_disputes
            FROM campaigns c JOIN users u ON u.id = c.creator_id JOIN photos p ON p.id = c.photo_id
            LEFT JOIN jobs j ON j.id = c.job_id LEFT JOIN users w ON w.id = j.claimed_by
            LEFT JOIN photos a ON a.id = j.completion_photo_id
            LEFT JOIN payouts o ON o.job_id = j.id
            LEFT JOIN LATERAL (SELECT number, at FROM campaign_corrections WHERE campaign_id = c.id
                               ORDER BY number DESC LIMIT 1) e ON true
            CROSS JOIN LATERAL (
              SELECT coalesce(sum(kept_paise), 0)::bigint AS kept,
                     coalesce((SELECT sum(amount_paise) FROM refunds WHERE campaign_id = c.id
                               AND contributor_id = :me AND cause = 'SPLIT'), 0)::bigint AS split_off,
                     (array_agg(id ORDER BY (status = 'SUCCESS') DESC, id DESC))[1] AS newest
              FROM contributions WHERE contributor_id = :me AND campaign_id = c.id AND status <> 'LAPSED') mine
            CROSS JOIN LATERAL (SELECT count(DISTINCT contributor_id) AS contributors FROM contributions
                                WHERE campaign_id = c.id AND kept_paise > 0) n
            CROSS JOIN LATERAL (SELECT count(*) AS open, count(*) FILTER (WHERE raised_by = :me) AS mine
                                FROM disputes WHERE payout_id = o.id AND status = 'OPEN') x
            WHERE c.id = :id""",
        id=campaign_id,
        me=actor.id,
    )
    if not rows:
        raise NotFound(what="Campaign")
    return rows[0]


_BY_KIND = """(SELECT coalesce({sign}sum(l.amount_paise), 0)::bigint FROM ledger_transfers t
  JOIN ledger_lines l ON l.transfer_id = t.id AND l.account IN ({accounts})
  WHERE t.campaign_id = c.id AND t.kind IN ({kinds})) AS {name}"""
_OF_REFUNDS = """(SELECT coalesce({sign}sum(l.amount_paise), 0)::bigint FROM refunds r
  JOIN ledger_lines l ON l.account = 'REFUND_CLEARING' AND l.subject_id = r.id {join}
  WHERE r.campaign_id = c.id AND r.cause IN ('CAMPAIGN_ENDED', 'SPLIT')) AS {name}"""
_MONEY = ", ".join(
    (
        """(SELECT coalesce(-sum(l.amount_paise), 0)::bigint FROM ledger_lines l
            WHERE l.account = 'HELD' AND l.subject_id = c.id) AS held""",
        """(SELECT coalesce(-sum(l.amount_paise), 0)::bigint FROM ledger_transfers t
            JOIN ledger_lines l ON l.transfer_id = t.id AND l.account IN ('CLEANER_PAYABLE', 'PAYOUT_CLEARING')
            WHERE t.campaign_id = c.id) AS owed""",
        _BY_KIND.format(
            sign="",
            accounts="'PAYOUT_CLEARING'",
            kinds="'PAYOUT_PROCESSED', 'PAYOUT_REVERSED'",
            name="paid_out",
        ),
        _BY_KIND.format(
            sign="-", accounts="'FEE_INCOME', 'GST_OUTPUT'", kinds="'PAYOUT_OWED', 'PAYOUT_TAKEN_BACK'", name="fee"
        ),
        _OF_REFUNDS.format(
            sign="",
            join="JOIN ledger_transfers t ON t.id = l.transfer_id AND t.kind = 'REFUND_PROCESSED'",
            name="refunded",
        ),
        _OF_REFUNDS.format(sign="-", join="", name="refunding"),
    )
)


def _questionable(row: Row[Any], mine: bool, now: datetime) -> bool:
    """Whether who looks may dispute the result now: the 24 hours run, the pay is here, and no doubt of theirs waits."""
    here = row.j_status == JobStatus.VERIFIED and row.o_status in (PayoutStatus.PENDING, PayoutStatus.MANUAL)
    has_part = mine or row.own_kept > 0
    return here and has_part and not row.own_disputes and now < row.j_verified_at + LIMITS.payout_cooling


def _contributors(uow: UnitOfWork, actor: Actor, campaign_id: UUID) -> tuple[ContributorView, ...]:
    rows = ask_list(
        uow,
        "contributors of a campaign",
        """SELECT CASE WHEN g.anonymous THEN NULL ELSE u.name END AS name, g.kept_paise, g.paid_at,
                  g.contributor_id = :me AS is_you
           FROM contributions g JOIN users u ON u.id = g.contributor_id
           WHERE g.campaign_id = :id AND g.kept_paise > 0 AND g.paid_at IS NOT NULL
           ORDER BY g.paid_at DESC, g.id DESC LIMIT :size""",
        id=campaign_id,
        me=actor.id,
        size=CONTRIBUTORS_SHOWN,
    )
    return tuple(rows.read(lambda r: ContributorView(r.name, r.kept_paise, r.paid_at, bool(r.is_you))))


def _detail(
    row: Row[Any],
    actor: Actor,
    mine: bool,
    checks: bool,
    contributors: Sequence[ContributorView],
    steps: tuple[TimelineStep, ...],
    may_dispute: bool,
    now: datetime,
) -> CampaignDetail:
    status = CampaignStatus(row.status)
    open_to_contributions = takes_contributions(status, row.expires_at, now)
    before = photo_of(row, "before")
    involved = mine or checks or bool(row.own_kept) or (actor.id is not None and actor.id == row.j_claimed_by)
    shown = row.j_status in (JobStatus.VERIFIED, JobStatus.PAID) or involved
    pay, fee = split_raised(row.raised_paise if row.funded_at else row.target_paise, row.fee_bps)
    return CampaignDetail(
        id=row.id,
        title=row.title,
        description=row.description,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        status=status,
        refund_status=CampaignRefundStatus(row.refund_status),
        target_paise=row.target_paise,
        raised_paise=row.raised_paise,
        missing_paise=row.target_paise - row.raised_paise,
        percent=percent_of(row.raised_paise, row.target_paise),
        pay_paise=pay if row.j_pay is None else row.j_pay,
        fee_paise=fee if row.j_fee is None else row.j_fee,
        fee_bps=row.fee_bps,
        creator_id=row.creator_id,
        creator_name=row.creator_name if row.creator_credited or mine or checks else "",
        created_at=row.created_at,
        activated_at=row.activated_at,
        expires_at=row.expires_at,
        funded_at=row.funded_at,
        completed_at=row.completed_at,
        closed_at=row.closed_at,
        cancelled_at=row.cancelled_at,
        cancel_reason=row.cancel_reason,
        possible_spam=row.possible_spam if checks else None,
        before=before,
        after=maybe_photo(row, "after") if shown else None,
        contributor_count=row.contributors,
        contributors=tuple(contributors),
        job=_job(row, now, named=row.j_credited or checks or row.j_claimed_by == actor.id),
        money=CampaignMoney(row.held, row.owed, row.paid_out, row.fee, row.refunded, row.refunding),
        timeline=steps,
        viewer=Viewer(
            is_creator=mine,
            is_admin=checks,
            own_kept_paise=row.own_kept,
            own_stays_paise=row.own_kept - row.own_split_off,
            own_contribution_id=row.own_newest,
            may_cancel=mine and status in CREATOR_MAY_CANCEL and row.raised_paise == 0,
            may_contribute=actor.may(Permission.CONTRIBUTE) and not mine and open_to_contributions,
            may_dispute=may_dispute,
            may_correct=mine and may_be_corrected(status, row.raised_paise, row.expires_at, now),
            time_is_over=time_is_over(status, row.expires_at, now),
        ),
        corrections=row.corrections or 0,
        corrected_at=row.corrected_at,
    )


def _job(row: Row[Any], now: datetime, *, named: bool) -> JobSummary | None:
    """The job as everybody sees it; `named` says whether its cleaner is, who may not want that (LAW-07)."""
    if row.j_id is None:
        return None
    pay = pay_of(row, now)
    return JobSummary(
        id=row.j_id,
        status=JobStatus(row.j_status),
        pay_paise=row.j_pay,
        fee_paise=row.j_fee,
        expires_at=row.j_expires_at,
        cleaner_id=row.j_claimed_by,
        cleaner_name=first_name(row.j_cleaner) if named else None,
        cleaner_public=bool(row.j_cleaner_public),
        claimed_at=row.j_claimed_at,
        deadline=row.j_deadline,
        completed_at=row.j_completed_at,
        verified_at=row.j_verified_at,
        payout_status=PayoutStatus(row.o_status) if row.o_status else None,
        payout_scheduled_for=pay.leaves_at if pay else None,
        pay_stands=pay.stands if pay else None,
        paid_at=row.j_paid_at,
        under_review=row.disputes > 0,
        held=row.j_held,
    )
