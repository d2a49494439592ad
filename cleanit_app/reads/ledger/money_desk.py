"""What finance must look at: stopped flows, stuck and overdue refunds, money that grows old, odd payments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.provider import REFUND_LIMIT
from cleanit_app.reads.paging import ask, ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_AT_ONCE, SHOWN = 500, 50


@dataclass(frozen=True)
class FlowState:
    """Whether a flow of money is stopped, by whom and why."""

    flow: MoneyFlow
    stopped_at: datetime | None
    stopped_by: str
    reason: str


def money_flows(uow: UnitOfWork, *, actor: Actor) -> tuple[FlowState, ...]:
    """Both flows, payouts first."""
    actor.must(Permission.SEE_FINANCES)
    rows = ask_list(
        uow,
        "flows of money",
        "SELECT s.*, u.name FROM money_switches s LEFT JOIN users u ON u.id = s.stopped_by ORDER BY flow",
    )
    return tuple(rows.read(lambda r: FlowState(MoneyFlow(r.flow), r.stopped_at, r.name or "", r.reason or "")))


@dataclass(frozen=True)
class ManualPayout:
    """A payout that a person said has left, with the bank's number."""

    id: UUID
    campaign_id: UUID
    title: str
    name: str
    amount_paise: int
    reference: str
    paid_at: datetime


def paid_by_hand(uow: UnitOfWork, *, actor: Actor) -> tuple[ManualPayout, ...]:
    """Payouts paid by hand, newest first: a bank may send one back days later (OPS-01)."""
    actor.must(Permission.SEE_FINANCES)
    rows = ask_list(
        uow,
        "paid by hand",
        """SELECT o.*, c.title, u.name FROM payouts o JOIN campaigns c ON c.id = o.campaign_id
           JOIN users u ON u.id = o.cleaner_id WHERE o.paid_by_hand
           ORDER BY o.paid_at DESC, o.id DESC LIMIT :size""",
        size=SHOWN,
    )
    return tuple(
        rows.read(lambda r: ManualPayout(r.id, r.campaign_id, r.title, r.name, r.amount_paise, r.utr or "", r.paid_at))
    )


@dataclass(frozen=True)
class RefundPlan:
    """What sending all stuck refunds again would do: which, how many, how much; and what stands apart.

    `too_old` are those that only a bank transfer helps, `overdue` those past their promised day.
    """

    refund_ids: tuple[UUID, ...]
    count: int
    paise: int
    too_old: int
    overdue: int


def refund_plan(uow: UnitOfWork, *, actor: Actor) -> RefundPlan:
    """A dry run: nothing moves (OPS-01, PAY-09). Own money and calls that nobody understands are left out."""
    actor.must(Permission.SEE_FINANCES)
    oldest = uow.now - REFUND_LIMIT
    rows = ask_list(
        uow,
        "refund plan",
        """SELECT r.id, r.amount_paise - r.fee_withheld_paise AS paise,
             p.captured_at < CAST(:oldest AS timestamptz) AS old
           FROM refunds r JOIN payments p ON p.id = r.payment_id
           WHERE r.status = 'MANUAL' AND r.contributor_id <> :me ORDER BY r.due_on, r.id LIMIT :most""",
        oldest=oldest,
        me=actor.user_id,
        most=MOST_AT_ONCE,
    )
    stuck = rows.read(lambda row: (row.id, int(row.paise), bool(row.old)))
    again = [(refund_id, paise) for refund_id, paise, old in stuck if not old]
    overdue = ask(
        uow,
        """SELECT count(*) AS n FROM refunds
           WHERE status IN ('PENDING', 'PROCESSING', 'MANUAL') AND due_on < CAST(:today AS date)""",
        today=ist_date(uow.now),
    )[0].n
    ids, sums = [one for one, _ in again], [paise for _, paise in again]
    return RefundPlan(tuple(ids), len(again), sum(sums), len(stuck) - len(again), overdue)


@dataclass(frozen=True)
class OldMoney:
    """A campaign whose held money will soon be too old to be refunded; `refund_until` is the last moment."""

    campaign_id: UUID
    title: str
    status: str
    count: int
    paise: int
    refund_until: datetime


def old_money(uow: UnitOfWork, *, actor: Actor) -> tuple[OldMoney, ...]:
    """Held money older than 150 days by campaign, the oldest first (decision 11 of the money rules)."""
    actor.must(Permission.SEE_FINANCES)
    rows = ask_list(
        uow,
        "old money",
        """SELECT e.campaign_id, c.title, c.status, count(*) AS n, sum(e.amount_paise)::bigint AS paise,
             min(e.held_at) AS oldest
           FROM escrow_transactions e JOIN campaigns c ON c.id = e.campaign_id
           WHERE e.status = 'HELD' AND e.held_at <= CAST(:old AS timestamptz)
           GROUP BY e.campaign_id, c.title, c.status ORDER BY oldest LIMIT :size""",
        old=uow.now - LIMITS.old_money,
        size=SHOWN,
    )
    return tuple(rows.read(lambda r: OldMoney(r.campaign_id, r.title, r.status, r.n, r.paise, r.oldest + REFUND_LIMIT)))


@dataclass(frozen=True)
class OddPayment:
    """A payment that looks odd: by which rule, what was found, whose it is (SEC-10)."""

    id: UUID
    rule: str
    found: int
    name: str
    campaign_id: UUID
    title: str
    amount_paise: int
    raised_at: datetime


def odd_payments(uow: UnitOfWork, *, actor: Actor) -> tuple[OddPayment, ...]:
    """Odd payments that nobody has looked at, newest first."""
    actor.must(Permission.SEE_FINANCES)
    rows = ask_list(
        uow,
        "odd payments",
        """SELECT f.*, u.name, c.title, g.amount_paise FROM payment_flags f JOIN users u ON u.id = f.user_id
           JOIN campaigns c ON c.id = f.campaign_id JOIN contributions g ON g.id = f.contribution_id
           WHERE f.seen_at IS NULL ORDER BY f.id DESC LIMIT :size""",
        size=SHOWN,
    )
    return tuple(
        rows.read(
            lambda r: OddPayment(r.id, r.rule, r.found, r.name, r.campaign_id, r.title, r.amount_paise, r.raised_at)
        )
    )
