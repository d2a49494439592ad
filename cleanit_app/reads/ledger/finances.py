"""The money of the whole house, for finance admins: every sum from the ledger, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import IST, ist_date, next_payout_run
from cleanit_app.reads.ledger.money_lists import (
    SHOWN,
    MovementItem,
    PayoutToDo,
    RefundToDo,
    newest_movements,
    payouts_to_do,
    refunds_to_do,
)
from cleanit_app.reads.paging import ask, ask_list
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MoneyCount:
    """How many things and how much they are together, in paise."""

    count: int
    paise: int


@dataclass(frozen=True)
class AccountBalance:
    """The balance of one account of the ledger in paise, debit positive."""

    account: str
    paise: int


@dataclass(frozen=True)
class FinancialOverview:
    """All money as sums of ledger lines in paise (PAY-12), and what waits for somebody."""

    captured_paise: int
    raised_paise: int
    held_paise: int
    surplus_paise: int
    owed_to_cleaners_paise: int
    payouts_under_way_paise: int
    paid_out_paise: int
    refunds_under_way_paise: int
    refunded_paise: int
    fees_paise: int
    fees_this_month_paise: int
    gst_paise: int
    gateway_fees_paise: int
    payout_fees_paise: int
    accounts: tuple[AccountBalance, ...]
    payouts_pending: MoneyCount
    payouts_processing: MoneyCount
    payouts_manual: MoneyCount
    refunds_open: MoneyCount
    refunds_manual: MoneyCount
    next_run: datetime
    payouts: tuple[PayoutToDo, ...]
    refunds: tuple[RefundToDo, ...]
    movements: tuple[MovementItem, ...]


# What each figure is: the account, the kinds of movements (all when empty), and the sign that makes it positive.
_FIGURES: dict[str, tuple[str, tuple[str, ...], int]] = {
    "raised": ("HELD", ("PAYMENT_CAPTURED",), -1),
    "late": ("SURPLUS", ("PAYMENT_CAPTURED",), -1),
    "held": ("HELD", (), -1),
    "surplus": ("SURPLUS", (), -1),
    "owed": ("CLEANER_PAYABLE", (), -1),
    "paying": ("PAYOUT_CLEARING", (), -1),
    "paid": ("PAYOUT_CLEARING", ("PAYOUT_PROCESSED", "PAYOUT_REVERSED"), 1),
    "refunding": ("REFUND_CLEARING", (), -1),
    "refunded": ("REFUND_CLEARING", ("REFUND_PROCESSED",), 1),
    "fees": ("FEE_INCOME", (), -1),
    "gst": ("GST_OUTPUT", (), -1),
    "gateway_fees": ("GATEWAY_FEES", (), 1),
    "payout_fees": ("PAYOUT_FEES", (), 1),
}


def _next_leaving(uow: UnitOfWork) -> datetime:
    """The run in which the first payout that waits leaves; the next run while none waits that may."""
    first = ask(uow, "SELECT min(scheduled_for) AS at FROM payouts WHERE status = 'PENDING' AND held_at IS NULL")
    return next_payout_run(max(first[0].at or uow.now, uow.now))


def financial_overview(uow: UnitOfWork, *, actor: Actor) -> FinancialOverview:
    """Every sum of the house from the ledger, what waits, and the newest movements (PAY-12)."""
    actor.must(Permission.SEE_FINANCES)
    sums = dict(
        ask_list(
            uow,
            "sums of the ledger",
            """SELECT l.account, t.kind, sum(l.amount_paise) AS paise,
                 coalesce(sum(l.amount_paise) FILTER (WHERE t.created_at >= CAST(:month AS timestamptz)), 0)
                   AS this_month
               FROM ledger_lines l JOIN ledger_transfers t ON t.id = l.transfer_id GROUP BY l.account, t.kind""",
            month=_month_start(uow.now),
        ).read(lambda r: ((r.account, r.kind), (int(r.paise), int(r.this_month))))
    )
    figure = {name: _figure(sums, *rule) for name, rule in _FIGURES.items()}
    fees_now = -sum(month for (account, _), (_, month) in sums.items() if account in ("FEE_INCOME", "GST_OUTPUT"))
    waiting = _waiting(uow)
    return FinancialOverview(
        captured_paise=figure["raised"] + figure["late"],
        raised_paise=figure["raised"],
        held_paise=figure["held"],
        surplus_paise=figure["surplus"],
        owed_to_cleaners_paise=figure["owed"],
        payouts_under_way_paise=figure["paying"],
        paid_out_paise=figure["paid"],
        refunds_under_way_paise=figure["refunding"],
        refunded_paise=figure["refunded"],
        fees_paise=figure["fees"] + figure["gst"],
        fees_this_month_paise=fees_now,
        gst_paise=figure["gst"],
        gateway_fees_paise=figure["gateway_fees"],
        payout_fees_paise=figure["payout_fees"],
        accounts=_balances(sums),
        payouts_pending=waiting.get("payout PENDING", MoneyCount(0, 0)),
        payouts_processing=waiting.get("payout PROCESSING", MoneyCount(0, 0)),
        payouts_manual=waiting.get("payout MANUAL", MoneyCount(0, 0)),
        refunds_open=_together(waiting, "refund PENDING", "refund PROCESSING", "refund MANUAL"),
        refunds_manual=waiting.get("refund MANUAL", MoneyCount(0, 0)),
        next_run=_next_leaving(uow),
        payouts=payouts_to_do(uow, actor=actor, limit=SHOWN).items,
        refunds=refunds_to_do(uow, actor=actor, limit=SHOWN).items,
        movements=newest_movements(uow),
    )


def _month_start(now: datetime) -> datetime:
    first = ist_date(now).replace(day=1)
    return datetime.combine(first, time(0), tzinfo=IST).astimezone(UTC)


def _figure(sums: dict[tuple[str, str], tuple[int, int]], account: str, kinds: tuple[str, ...], sign: int) -> int:
    return sign * sum(
        all_time for (a, kind), (all_time, _) in sums.items() if a == account and kind in (kinds or (kind,))
    )


def _balances(sums: dict[tuple[str, str], tuple[int, int]]) -> tuple[AccountBalance, ...]:
    accounts = sorted({account for account, _ in sums})
    return tuple(AccountBalance(a, _figure(sums, a, (), 1)) for a in accounts)


def _together(waiting: dict[str, MoneyCount], *names: str) -> MoneyCount:
    some = [waiting[name] for name in names if name in waiting]
    return MoneyCount(sum(m.count for m in some), sum(m.paise for m in some))


def _waiting(uow: UnitOfWork) -> dict[str, MoneyCount]:
    rows = ask_list(
        uow,
        "money waiting",
        """SELECT 'payout ' || status AS name, count(*) AS number, sum(amount_paise)::bigint AS paise FROM payouts
           WHERE status IN ('PENDING', 'PROCESSING', 'MANUAL') GROUP BY status
           UNION ALL SELECT 'refund ' || status, count(*), sum(amount_paise)::bigint FROM refunds
           WHERE status IN ('PENDING', 'PROCESSING', 'MANUAL') GROUP BY status""",
    )
    return dict(rows.read(lambda row: (row.name, MoneyCount(row.number, row.paise))))
