"""What a person gave, where it is now, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.money import split_raised
from cleanit_app.domain.names import first_name
from cleanit_app.domain.provider import BANK_MAY_STILL_PAY
from cleanit_app.domain.statuses import CampaignStatus, ContributionStatus, RefundStatus, takes_contributions
from cleanit_app.reads.paging import Page, about_one, ask, ask_list, one_page, page_size, read_cursor
from cleanit_app.reads.photos.photos import PhotoView, maybe_photo, photo_columns, photo_of
from cleanit_app.services.unit_of_work import UnitOfWork


class MoneyState(StrEnum):
    """Where the money of one contribution is, in one word for its chip."""

    WAITING = "WAITING"
    TRY_FAILED = "TRY_FAILED"
    NOT_PAID = "NOT_PAID"
    HELD = "HELD"
    PAID_OUT = "PAID_OUT"
    REFUND_ON_THE_WAY = "REFUND_ON_THE_WAY"
    REFUND_STUCK = "REFUND_STUCK"
    REFUNDED = "REFUNDED"


@dataclass(frozen=True)
class RefundItem:
    """Money that goes back; promised by `due_on`, an Indian calendar day."""

    id: UUID
    amount_paise: int
    cause: str
    status: RefundStatus
    created_at: datetime
    due_on: date
    completed_at: datetime | None
    reference: str | None
    fee_withheld_paise: int = 0  # what the gateway took and the policy keeps; not part of `amount_paise`


@dataclass(frozen=True)
class TransactionItem:
    """One contribution of mine and where it is now; `kept_paise` is what the campaign took."""

    id: UUID
    campaign_id: UUID
    campaign_title: str
    campaign_status: CampaignStatus
    amount_paise: int
    kept_paise: int
    anonymous: bool
    state: MoneyState
    created_at: datetime
    paid_at: datetime | None
    receipt_number: str | None
    refunds: tuple[RefundItem, ...]
    cleaner_paid_on: datetime | None = None  # once the money reached the cleaner's bank
    checked: bool = False  # the work was accepted and nobody disputes it: the cleaner is paid next
    to_cleaner_paise: int = 0  # of what was kept, without what runs Cleanit
    status: ContributionStatus = ContributionStatus.SUCCESS
    razorpay_payment_id: str | None = None

    @property
    def stays_paise(self) -> int:
        """What of it is for the work: without what goes back because a part of that was not done."""
        return self.kept_paise - split_off(self.refunds)


@dataclass(frozen=True)
class MyTotals:
    """All I gave and where it is, as sums of ledger lines in paise.

    The four parts make up `given_paise`, less gateway fees where the policy keeps them. `paid_out_paise` went to the
    cleaner and, the fee of it, to run Cleanit; what is still on its way there is held.
    """

    given_paise: int
    held_paise: int
    paid_out_paise: int
    refund_on_the_way_paise: int
    refunded_paise: int

    @property
    def stayed_paise(self) -> int:
        """What I gave without what came back or is coming back: held for cleanups, or paid out."""
        return self.held_paise + self.paid_out_paise


@dataclass(frozen=True)
class MyTransactions:
    """A page of contributions with the totals over all of them (PAY-10)."""

    page: Page[TransactionItem]
    totals: MyTotals


_REFUNDS = """
(SELECT coalesce(json_agg(json_build_object('id', r.id, 'amount', r.amount_paise - r.fee_withheld_paise,
    'withheld', r.fee_withheld_paise, 'cause', r.cause,
    'status', r.status, 'created', r.created_at, 'due', r.due_on, 'completed', r.completed_at,
    'reference', coalesce(r.razorpay_refund_id, r.by_hand_reference)) ORDER BY r.id), '[]'::json)
 FROM refunds r WHERE r.contribution_id = g.id) AS refunds
"""
ITEM = f"""
SELECT g.*, c.title, c.fee_bps, c.status AS campaign_status, e.status AS escrow, e.released_for, e.released_at,
       w.paid_at AS work_paid_at,
       coalesce(w.status IN ('VERIFIED', 'PAID'), false) AND NOT EXISTS (SELECT FROM disputes doubt
         WHERE doubt.job_id = w.id AND doubt.status = 'OPEN') AS work_checked, {_REFUNDS}
FROM contributions g JOIN campaigns c ON c.id = g.campaign_id
LEFT JOIN jobs w ON w.id = c.job_id
LEFT JOIN escrow_transactions e ON e.contribution_id = g.id
"""


def my_transactions(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> MyTransactions:
    """What I gave, newest first, each with its state and refunds, and the totals (PAY-10)."""
    actor.must(Permission.MANAGE_SELF)
    size = page_size(limit)
    keys = read_cursor(cursor, UUID)
    rows = ask_list(
        uow,
        "my contributions",
        f"""{ITEM} WHERE g.contributor_id = :me AND g.status IN ('PENDING', 'SUCCESS')
            {"AND g.id < CAST(:last AS uuid)" if keys else ""} ORDER BY g.id DESC LIMIT :size""",
        me=actor.user_id,
        size=size + 1,
        **({"last": keys[0]} if keys else {}),
    )
    return MyTransactions(one_page(rows, size, item_of, lambda row: (row.id,)), _totals(uow, actor))


def _totals(uow: UnitOfWork, actor: Actor) -> MyTotals:
    """Sums of ledger lines; a contribution's escrow row says which heap its kept part lies on."""
    row = ask(
        uow,
        """WITH given AS (
             SELECT g.id, e.status AS escrow, e.released_for = 'PAYOUT' AS leaves,
                    w.paid_at IS NOT NULL AS arrived,
                    EXISTS (SELECT FROM refunds r WHERE r.contribution_id = g.id
                            AND r.cause = 'CAMPAIGN_ENDED') AS ends,
                    -sum(l.amount_paise) FILTER (WHERE l.account = 'HELD')
                      - coalesce((SELECT sum(s.amount_paise) FROM refunds s
                                  WHERE s.contribution_id = g.id AND s.cause = 'SPLIT'), 0) AS kept,
                    -sum(l.amount_paise) AS paise
             FROM contributions g JOIN payments p ON p.contribution_id = g.id
             JOIN ledger_transfers t ON t.business_key = 'captured:' || p.razorpay_payment_id
             JOIN ledger_lines l ON l.transfer_id = t.id AND l.account IN ('HELD', 'SURPLUS')
             LEFT JOIN escrow_transactions e ON e.contribution_id = g.id
             LEFT JOIN campaigns c ON c.id = g.campaign_id LEFT JOIN jobs w ON w.id = c.job_id
             WHERE g.contributor_id = :me GROUP BY g.id, e.status, e.released_for, w.paid_at),
           back AS (
             SELECT sum(l.amount_paise) AS paise FROM refunds r
             JOIN ledger_lines l ON l.account = 'REFUND_CLEARING' AND l.subject_id = r.id
             JOIN ledger_transfers t ON t.id = l.transfer_id AND t.kind = 'REFUND_PROCESSED'
             WHERE r.contributor_id = :me)
           SELECT coalesce(sum(paise), 0)::bigint AS given,
             coalesce(sum(kept) FILTER (WHERE (escrow = 'HELD' AND NOT ends)
                                        OR (leaves AND NOT arrived)), 0)::bigint AS held,
             coalesce(sum(kept) FILTER (WHERE leaves AND arrived), 0)::bigint AS paid_out,
             coalesce((SELECT paise FROM back), 0)::bigint AS refunded,
             coalesce((SELECT sum(fee_withheld_paise) FROM refunds WHERE contributor_id = :me
                       AND status IN ('PROCESSING', 'COMPLETED')), 0)::bigint AS withheld FROM given""",
        me=actor.user_id,
    )[0]
    on_the_way = row.given - row.held - row.paid_out - row.refunded - row.withheld
    return MyTotals(row.given, row.held, row.paid_out, on_the_way, row.refunded)


def item_of(row: Row[Any]) -> TransactionItem:
    """A row of ITEM as a contribution."""
    refunds = refunds_of(row)
    return TransactionItem(
        id=row.id,
        campaign_id=row.campaign_id,
        campaign_title=row.title,
        campaign_status=CampaignStatus(row.campaign_status),
        amount_paise=row.amount_paise,
        kept_paise=row.kept_paise,
        anonymous=row.anonymous,
        state=state_of(row, refunds),
        created_at=row.created_at,
        paid_at=row.paid_at,
        receipt_number=row.receipt_number,
        refunds=refunds,
        cleaner_paid_on=row.work_paid_at if row.released_for == "PAYOUT" else None,
        checked=row.work_checked,
        to_cleaner_paise=split_raised(row.kept_paise - split_off(refunds), row.fee_bps)[0],
        status=ContributionStatus(row.status),
        razorpay_payment_id=row.razorpay_payment_id,
    )


def split_off(refunds: tuple[RefundItem, ...]) -> int:
    """What of a contribution goes back because a part of the work was not done."""
    return sum(one.amount_paise for one in refunds if one.cause == "SPLIT")


def my_contributions_to(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID) -> tuple[TransactionItem, ...]:
    """What I gave to one campaign and where it is now, newest first (20 at the most)."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask_list(
        uow,
        "my contributions to a campaign",
        f"""{ITEM} WHERE g.contributor_id = :me AND g.campaign_id = :campaign AND g.status = 'SUCCESS'
            ORDER BY g.id DESC LIMIT 20""",
        me=actor.user_id,
        campaign=campaign_id,
    )
    return tuple(rows.read(item_of))


def refunds_of(row: Row[Any]) -> tuple[RefundItem, ...]:
    """The refunds in a row of ITEM."""
    return tuple(
        RefundItem(
            id=UUID(r["id"]),
            amount_paise=r["amount"],
            cause=r["cause"],
            status=RefundStatus(r["status"]),
            created_at=datetime.fromisoformat(r["created"]),
            due_on=date.fromisoformat(r["due"]),
            completed_at=datetime.fromisoformat(r["completed"]) if r["completed"] else None,
            reference=r["reference"],
            fee_withheld_paise=r["withheld"],
        )
        for r in row.refunds
    )


def state_of(row: Row[Any], refunds: tuple[RefundItem, ...]) -> MoneyState:
    """The state of the whole contribution; a part that was too much does not hide where the rest is.

    What is on its way to the cleaner is held until the bank says that it has arrived, as in the public sums.
    """
    if row.status != ContributionStatus.SUCCESS:
        if row.status == ContributionStatus.LAPSED:
            return MoneyState.NOT_PAID
        failed = row.failed_at and row.failure_reason not in BANK_MAY_STILL_PAY
        return MoneyState.TRY_FAILED if failed else MoneyState.WAITING
    going_back = [r for r in refunds if r.cause == "CAMPAIGN_ENDED"] if row.kept_paise else list(refunds)
    if any(r.status is RefundStatus.MANUAL for r in going_back):
        return MoneyState.REFUND_STUCK
    if going_back:
        done = all(r.status is RefundStatus.COMPLETED for r in going_back)
        return MoneyState.REFUNDED if done else MoneyState.REFUND_ON_THE_WAY
    arrived = row.released_for == "PAYOUT" and row.work_paid_at is not None
    return MoneyState.PAID_OUT if arrived else MoneyState.HELD


@dataclass(frozen=True)
class TransactionDetail:
    """One contribution of mine with its whole way; `released_at` is when it left for the cleaner."""

    item: TransactionItem
    upi_reference: str | None
    payment_id: str | None
    method: str | None
    held_at: datetime | None
    released_at: datetime | None
    campaign_address: str
    completed_at: datetime | None
    verified_at: datetime | None
    cleaner_name: str | None
    cleaner_paid_at: datetime | None
    before: PhotoView
    after: PhotoView | None
    may_take_back: bool = False


@about_one
def transaction_detail(uow: UnitOfWork, *, actor: Actor, contribution_id: UUID) -> TransactionDetail:
    """One contribution of mine with its dates, references and what became of it; NotFound for others'."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask(
        uow,
        f"""SELECT i.*, c.address, c.expires_at, j.completed_at, j.verified_at,
              j.paid_at AS cleaner_paid_at, u.name AS cleaner,
              pay.reference, pay.method, pay.razorpay_payment_id AS pay_id,
              {photo_columns("p", "before")}, {photo_columns("a", "after")}
            FROM ({ITEM} WHERE g.id = :id AND g.contributor_id = :me) i
            JOIN campaigns c ON c.id = i.campaign_id JOIN photos p ON p.id = c.photo_id
            LEFT JOIN jobs j ON j.id = c.job_id LEFT JOIN users u ON u.id = j.claimed_by
            LEFT JOIN photos a ON a.id = j.completion_photo_id AND j.status IN ('VERIFIED', 'PAID')
            LEFT JOIN payments pay ON pay.razorpay_payment_id = i.razorpay_payment_id""",
        id=contribution_id,
        me=actor.user_id,
    )
    if not rows:
        raise NotFound(what="Contribution")
    found = _transaction_detail(rows[0])
    collects = takes_contributions(found.item.campaign_status, rows[0].expires_at, uow.now)
    return replace(found, may_take_back=uow.policy.contribution_back and collects and found.item.kept_paise > 0)


def _transaction_detail(row: Row[Any]) -> TransactionDetail:
    before = photo_of(row, "before")
    return TransactionDetail(
        item=item_of(row),
        upi_reference=row.reference,
        payment_id=row.pay_id,
        method=row.method,
        held_at=row.paid_at,
        released_at=row.released_at if row.released_for == "PAYOUT" else None,
        campaign_address=row.address,
        completed_at=row.completed_at,
        verified_at=row.verified_at,
        cleaner_name=first_name(row.cleaner),
        cleaner_paid_at=row.cleaner_paid_at,
        before=before,
        after=maybe_photo(row, "after"),
    )
