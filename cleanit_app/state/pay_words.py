"""How a cleaner's pay stands, in the words of its cleaner, of everybody and of finance: one answer, three voices."""

from __future__ import annotations

from datetime import datetime

from cleanit_app.domain.pay import PayStands
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time

NOTHING = ""


def own_pay(stands: PayStands, leaves_at: datetime | None, now: datetime) -> str:
    """What the cleaner reads of the own pay; a day only while it leaves by itself."""
    when = day_time(leaves_at, now) if leaves_at else NOTHING
    match stands:
        case PayStands.WAITS:
            return say("payout.now_wait", when=when)
        case PayStands.AGAIN:
            return say("payout.now_again", when=when)
    return say(
        {
            PayStands.KEPT: "payout.now_held",
            PayStands.STOPPED: "payout.now_stopped",
            PayStands.ACCOUNT: "earn.unconfirmed",
            PayStands.PERSON: "payout.now_manual",
            PayStands.SENT: "payout.now_sent",
            PayStands.PAID: "payout.now_paid",
            PayStands.CANCELLED: "payout.now_cancelled",
        }[stands]
    )


def neighbours_pay(stands: PayStands, leaves_at: datetime | None, now: datetime) -> str:
    """What everybody reads of it under a cleanup: when it leaves, that it waits, or that it is on its way."""
    if stands is PayStands.WAITS and leaves_at:
        return say("campaign.note_payout", when=day_time(leaves_at, now))
    return say("campaign.note_on_its_way" if stands is PayStands.SENT else "campaign.note_waits")


def neighbours_step(stands: PayStands, leaves_at: datetime | None, now: datetime) -> str:
    """The same at its stone of the timeline, in few words."""
    if stands is PayStands.WAITS and leaves_at:
        return day_time(leaves_at, now)
    return say("step.PAY_SENT" if stands is PayStands.SENT else "step.PAY_WAITS")
