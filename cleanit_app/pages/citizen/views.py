"""What the citizen's pages share: ids from addresses, words of payments, refunds and their dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.statuses import CampaignStatus, RefundStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.catalogue import KEYS
from cleanit_app.i18n.formats import IST, day, day_time, rupees
from cleanit_app.reads.ledger.money import MoneyState, RefundItem, TransactionDetail, TransactionItem
from cleanit_app.state.base import NOTHING
from cleanit_app.state.money_summary import parts_of

# state of the money → (colour, icon) of its chip
MONEY_CHIPS = {
    MoneyState.WAITING: ("plain", "hourglass"),
    MoneyState.TRY_FAILED: ("bad", "circle-alert"),
    MoneyState.NOT_PAID: ("plain", "ban"),
    MoneyState.HELD: ("held", "lock"),
    MoneyState.PAID_OUT: ("rel", "check"),
    MoneyState.REFUND_ON_THE_WAY: ("ref", "undo-2"),
    MoneyState.REFUND_STUCK: ("bad", "life-buoy"),
    MoneyState.REFUNDED: ("ref", "check"),
}


@dataclass(frozen=True)
class FactView:
    """One line of a receipt: what and how it is."""

    name: str
    value: str


@dataclass(frozen=True)
class RefundView:
    """Money that goes back, in one sentence with its date."""

    state: str
    text: str


def id_in(part: str) -> UUID:
    """The id in a part of an address; NotFound when it is none."""
    try:
        return UUID(part)
    except ValueError as nonsense:
        raise NotFound from nonsense


def on_day(when: date, now: datetime) -> str:
    """An Indian calendar day in words."""
    return day(datetime.combine(when, time(12), IST), now)


def method_words(method: str | None) -> str:
    """How something was paid."""
    key = f"gave.method_{method}"
    return say(key) if key in KEYS else method or ""


def spaced(reference: str | None) -> str:
    """A bank's number in groups of four, as people read it aloud."""
    text = reference or ""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4)) if text.isdigit() else text


def refund_view(refund: RefundItem, now: datetime) -> RefundView:
    """What is said of a refund: on its way until when, stuck, or back since when."""
    amount = rupees(refund.amount_paise)
    if refund.status is RefundStatus.COMPLETED and refund.completed_at:
        return RefundView("done", say("gave.refund_done", amount=amount, when=day(refund.completed_at, now)))
    if refund.status is RefundStatus.MANUAL:
        return RefundView("stuck", say("gave.refund_stuck", amount=amount))
    if refund.due_on < ist_date(now):
        return RefundView("stuck", say("gave.refund_late", amount=amount, day=on_day(refund.due_on, now)))
    coming = say("gave.refund_coming", amount=amount, day=on_day(refund.due_on, now))
    if refund.fee_withheld_paise:
        coming = say("gave.refund_less", said=coming, fee=rupees(refund.fee_withheld_paise))
    return RefundView("coming", coming)


def receipt_facts(
    number: str | None, method: str | None, reference: str | None, paid_at: datetime | None, now: datetime
) -> list[FactView]:
    """The lines of a receipt that are known."""
    lines = [
        (say("gave.receipt"), number or ""),
        (say("gave.paid_by"), method_words(method)),
        (say("gave.upi_ref" if method == "upi" else "gave.bank_ref"), spaced(reference)),
        (say("gave.when"), day_time(paid_at, now) if paid_at else NOTHING),
    ]
    return [FactView(name, value) for name, value in lines if value]


@dataclass(frozen=True)
class DiscView:
    """One disc of the money rail: a state of `progress.RailState`, words, and a date that may be empty."""

    state: str
    label: str
    date: str


def rail_view(detail: TransactionDetail, now: datetime) -> list[DiscView]:
    """Held, checked, paid out or refunded: where the money of one contribution is, with its dates."""
    item = detail.item
    held = DiscView("done", say("gave.rail_held"), _on(detail.held_at, now))
    if item.state is MoneyState.HELD:
        return _rail_of_held(detail, held, now)
    if item.state is MoneyState.PAID_OUT:
        return [
            held,
            DiscView("done", say("gave.rail_checked"), _on(detail.verified_at, now)),
            DiscView("done", say("gave.rail_paid"), _on(detail.cleaner_paid_at, now)),
        ]
    gone = DiscView("gone", say(_why_back(item)), NOTHING)
    return [held, gone, _rail_of_refund(item, now)]


def _rail_of_held(detail: TransactionDetail, held: DiscView, now: datetime) -> list[DiscView]:
    if detail.item.checked:
        checked = DiscView("done", say("gave.rail_checked"), _on(detail.verified_at, now))
        return [held, checked, DiscView("now", say("gave.rail_paying"), NOTHING)]
    end = DiscView("todo", say("gave.rail_end"), NOTHING)
    if detail.completed_at:
        return [held, DiscView("now", say("gave.rail_checking"), _on(detail.completed_at, now)), end]
    return [DiscView("now", held.label, held.date), DiscView("todo", say("gave.rail_work"), NOTHING), end]


def _rail_of_refund(item: TransactionItem, now: datetime) -> DiscView:
    if item.state is MoneyState.REFUND_STUCK:
        return DiscView("bad", say("gave.REFUND_STUCK"), NOTHING)
    if item.state is MoneyState.REFUNDED:
        ends = [r.completed_at for r in item.refunds if r.completed_at]
        return DiscView("ref", say("gave.rail_back"), _on(max(ends, default=None), now))
    due = max((r.due_on for r in item.refunds), default=None)
    return DiscView("ref", say("gave.rail_coming"), say("gave.by", day=on_day(due, now)) if due else NOTHING)


def _why_back(item: TransactionItem) -> str:
    if item.kept_paise:
        return "gave.rail_ended"
    if any(r.cause == "TAKEN_BACK" for r in item.refunds):
        return "gave.rail_taken_back"
    return "gave.rail_full" if any(r.cause == "SURPLUS" for r in item.refunds) else "gave.rail_late"


def _on(at: datetime | None, now: datetime) -> str:
    return day(at, now) if at else NOTHING


def trail_of(item: TransactionItem, now: datetime) -> str:
    """What moves this money next, in one line."""
    if item.state is MoneyState.WAITING:
        return say("money_trail.open")
    if item.state is MoneyState.TRY_FAILED:
        return say("money_trail.failed")
    if item.state is MoneyState.HELD and item.checked:
        return say("money_trail.paying")
    if item.state is MoneyState.HELD:
        known = item.campaign_status in (CampaignStatus.ACTIVE, CampaignStatus.FUNDED, CampaignStatus.COMPLETED)
        return say(f"money_trail.{item.campaign_status.value}") if known else NOTHING
    if item.state is not MoneyState.PAID_OUT:
        return NOTHING  # its refunds say it themselves
    return say("money_trail.paid_out", day=_on(item.cleaner_paid_on, now), **parts_of([item]))
