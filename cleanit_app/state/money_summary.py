"""The way of one's own money in one line: held, paid to the cleaner, or on its way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from cleanit_app.domain.calendar import IST, ist_date
from cleanit_app.domain.statuses import RefundStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day, rupees
from cleanit_app.reads.payments.contributions import MoneyState, TransactionItem

NOTHING = ""


def way_of(items: Sequence[TransactionItem], now: datetime) -> str:
    """One line for each place where the money of these contributions is; most people read one."""
    lines = [_line(state, [i for i in items if i.state is state], now) for state in MoneyState]
    said = [line for line in lines if line]
    return " ".join(said)


_TONES = {
    MoneyState.REFUND_STUCK: "err",
    MoneyState.HELD: "warn",
    MoneyState.REFUND_ON_THE_WAY: "refund",
    MoneyState.PAID_OUT: "ok",
    MoneyState.REFUNDED: "refund",
}
"""The colour of a line about one's money, the most pressing first; blue is a refund's alone."""


def tone_of(items: Sequence[TransactionItem]) -> str:
    """The tone of what `way_of` says; nothing where it says nothing."""
    found = {item.state for item in items}
    return next((tone for state, tone in _TONES.items() if state in found), NOTHING)


def joy_of(items: Sequence[TransactionItem], place: str) -> str:
    """What one's money did at a place that is clean and checked; nothing of money that went back."""
    did = sum(i.stays_paise for i in items if i.state in (MoneyState.HELD, MoneyState.PAID_OUT))
    return say("joy.did_this", place=place, amount=rupees(did)) if did else NOTHING


def parts_of(items: Iterable[TransactionItem]) -> dict[str, str]:
    """What of these goes to the cleaner and what runs Cleanit: an amount paid to a cleaner never has the fee in it."""
    found = list(items)
    to_cleaner = sum(item.to_cleaner_paise for item in found)
    return {"cleaner": rupees(to_cleaner), "run": rupees(sum(item.stays_paise for item in found) - to_cleaner)}


def _line(state: MoneyState, items: list[TransactionItem], now: datetime) -> str:
    if not items:
        return NOTHING
    refunds = [r for i in items for r in i.refunds]
    back = state in (MoneyState.REFUND_ON_THE_WAY, MoneyState.REFUNDED, MoneyState.REFUND_STUCK)
    amount = rupees(sum(r.amount_paise for r in refunds) if back else sum(i.stays_paise for i in items))
    if state is MoneyState.PAID_OUT:
        paid = max(i.cleaner_paid_on for i in items if i.cleaner_paid_on)
        return say("way.PAID_OUT", amount=amount, day=day(paid, now), **parts_of(items))
    if state is MoneyState.HELD and all(i.checked for i in items):
        return say("way.PAYING", amount=amount)
    if state is MoneyState.REFUND_ON_THE_WAY:
        due = max(r.due_on for r in refunds)
        late = due < ist_date(now)
        return (
            say("way.REFUND_STUCK", amount=amount)
            if late
            else say("way.REFUND_ON_THE_WAY", amount=amount, day=day(_noon(due), now))
        )
    if state is MoneyState.REFUNDED:
        done = max(r.completed_at for r in refunds if r.status is RefundStatus.COMPLETED and r.completed_at)
        return say("way.REFUNDED", amount=amount, day=day(done, now))
    return say(f"way.{state.value}", amount=amount) if state in (MoneyState.HELD, MoneyState.REFUND_STUCK) else NOTHING


def _noon(when: date) -> datetime:
    return datetime.combine(when, time(12), IST)
