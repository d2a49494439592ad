"""What the citizen's pages share: ids from addresses, words of payments, refunds and their dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.statuses import CampaignStatus, RefundStatus
from cleanit_app.i18n import Both, pair
from cleanit_app.i18n.catalogue import KEYS
from cleanit_app.i18n.formats import IST, day, day_time, rupees
from cleanit_app.reads.ledger.money import MoneyState, RefundItem, TransactionDetail, TransactionItem
from cleanit_app.state.base import NOTHING

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

    name: Both
    value: Both


@dataclass(frozen=True)
class RefundView:
    """Money that goes back, in one sentence with its date."""

    state: str
    text: Both


def id_in(part: str) -> UUID:
    """The id in a part of an address; NotFound when it is none."""
    try:
        return UUID(part)
    except ValueError as nonsense:
        raise NotFound from nonsense


def same(text: str) -> Both:
    """A text that is the same in both languages: a number, a name."""
    return Both(text, text)


def on_day(when: date, now: datetime) -> Both:
    """An Indian calendar day in words."""
    return day(datetime.combine(when, time(12), IST), now)


def method_words(method: str | None) -> Both:
    """How something was paid."""
    key = f"gave.method_{method}"
    return pair(key) if key in KEYS else same(method or "")


def spaced(reference: str | None) -> str:
    """A bank's number in groups of four, as people read it aloud."""
    text = reference or ""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4)) if text.isdigit() else text


def refund_view(refund: RefundItem, now: datetime) -> RefundView:
    """What is said of a refund: on its way until when, stuck, or back since when."""
    amount = rupees(refund.amount_paise)
    if refund.status is RefundStatus.COMPLETED and refund.completed_at:
        return RefundView("done", pair("gave.refund_done", amount=amount, when=day(refund.completed_at, now)))
    if refund.status is RefundStatus.MANUAL:
        return RefundView("stuck", pair("gave.refund_stuck", amount=amount))
    if refund.due_on < ist_date(now):
        return RefundView("stuck", pair("gave.refund_late", amount=amount, day=on_day(refund.due_on, now)))
    coming = pair("gave.refund_coming", amount=amount, day=on_day(refund.due_on, now))
    if refund.fee_withheld_paise:
        coming = pair("gave.refund_less", said=coming, fee=rupees(refund.fee_withheld_paise))
    return RefundView("coming", coming)


def receipt_facts(
    number: str | None, method: str | None, reference: str | None, paid_at: datetime | None, now: datetime
) -> list[FactView]:
    """The lines of a receipt that are known."""
    lines = [
        (pair("gave.receipt"), same(number or "")),
        (pair("gave.paid_by"), method_words(method)),
        (pair("gave.upi_ref" if method == "upi" else "gave.bank_ref"), same(spaced(reference))),
        (pair("gave.when"), day_time(paid_at, now) if paid_at else NOTHING),
    ]
    return [FactView(name, value) for name, value in lines if value.en]


@dataclass(frozen=True)
class DiscView:
    """One disc of the money rail: a state of `progress.RailState`, words, and a date that may be empty."""

    state: str
    label: Both
    date: Both


def rail_view(detail: TransactionDetail, now: datetime) -> list[DiscView]:
    """Held, checked, paid out or refunded: where the money of one contribution is, with its dates."""
    item = detail.item
    held = DiscView("done", pair("gave.rail_held"), _on(detail.held_at, now))
    if item.state is MoneyState.HELD:
        return _rail_of_held(detail, held, now)
    if item.state is MoneyState.PAID_OUT:
        paid = detail.cleaner_paid_at
        end = ("done", "gave.rail_paid") if paid else ("now", "gave.rail_paying")
        return [
            held,
            DiscView("done", pair("gave.rail_checked"), _on(detail.verified_at, now)),
            DiscView(end[0], pair(end[1]), _on(paid, now)),
        ]
    gone = DiscView("gone", pair(_why_back(item)), NOTHING)
    return [held, gone, _rail_of_refund(item, now)]


def _rail_of_held(detail: TransactionDetail, held: DiscView, now: datetime) -> list[DiscView]:
    if detail.verified_at:
        checked = DiscView("done", pair("gave.rail_checked"), _on(detail.verified_at, now))
        return [held, checked, DiscView("now", pair("gave.rail_paying"), NOTHING)]
    end = DiscView("todo", pair("gave.rail_end"), NOTHING)
    if detail.completed_at:
        return [held, DiscView("now", pair("gave.rail_checking"), _on(detail.completed_at, now)), end]
    return [DiscView("now", held.label, held.date), DiscView("todo", pair("gave.rail_work"), NOTHING), end]


def _rail_of_refund(item: TransactionItem, now: datetime) -> DiscView:
    if item.state is MoneyState.REFUND_STUCK:
        return DiscView("bad", pair("gave.REFUND_STUCK"), NOTHING)
    if item.state is MoneyState.REFUNDED:
        ends = [r.completed_at for r in item.refunds if r.completed_at]
        return DiscView("ref", pair("gave.rail_back"), _on(max(ends, default=None), now))
    due = max((r.due_on for r in item.refunds), default=None)
    return DiscView("ref", pair("gave.rail_coming"), pair("gave.by", day=on_day(due, now)) if due else NOTHING)


def _why_back(item: TransactionItem) -> str:
    if item.kept_paise:
        return "gave.rail_ended"
    return "gave.rail_full" if any(r.cause == "SURPLUS" for r in item.refunds) else "gave.rail_late"


def _on(at: datetime | None, now: datetime) -> Both:
    return day(at, now) if at else NOTHING


def trail_of(item: TransactionItem, now: datetime) -> Both:
    """What moves this money next, in one line."""
    if item.state is MoneyState.WAITING:
        return pair("money_trail.open")
    if item.state is MoneyState.TRY_FAILED:
        return pair("money_trail.failed")
    if item.state is MoneyState.HELD:
        known = item.campaign_status in (CampaignStatus.ACTIVE, CampaignStatus.FUNDED, CampaignStatus.COMPLETED)
        return pair(f"money_trail.{item.campaign_status.value}") if known else NOTHING
    if item.state is not MoneyState.PAID_OUT:
        return NOTHING  # its refunds say it themselves
    if item.cleaner_paid_on is None:
        return pair("money_trail.paying")
    return pair("money_trail.paid_out", day=day(item.cleaner_paid_on, now))
