"""Amounts, times and distances as people read them; Indian grouping, Indian time, in the language spoken."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from cleanit_app.i18n.amounts import lakhs, rupees, share
from cleanit_app.i18n.catalogue import say, spoken_language
from cleanit_app.i18n.locales import locale_of

__all__ = [
    "ago",
    "clock",
    "dated",
    "dated_time",
    "day",
    "day_time",
    "distance",
    "file_size",
    "initials",
    "lakhs",
    "lasted",
    "percent",
    "rupees",
    "rupees_short",
    "share",
    "time_left",
    "time_left_exact",
]

IST = ZoneInfo("Asia/Kolkata")


def rupees_short(paise: int) -> str:
    """An amount in paise for the axis of a chart: ``₹90k``, ``₹4.8 L``, ``₹1.2 Cr``."""
    whole = paise / 100
    for size, unit in ((10_000_000, " Cr"), (100_000, " L"), (1_000, "k")):
        if whole >= size:
            return f"₹{whole / size:.1f}".removesuffix(".0") + unit
    return rupees(paise)


def percent(part: int, whole: int) -> int:
    """``part`` of ``whole`` in whole percent, never rounded up, so 99.9 % is not called funded."""
    return 0 if whole <= 0 else max(0, part * 100 // whole)


def _in_india(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time without its zone cannot be shown")
    return at.astimezone(IST)


# CLDR names the times of day as they stand alone; said of an hour, Marathi bends them: "at night", not "night".
_BENT = {
    "मध्यरात्र": "मध्यरात्री",
    "पहाट": "पहाटे",
    "सकाळ": "सकाळी",
    "मध्यान्ह": "दुपारी",
    "दुपार": "दुपारी",
    "संध्याकाळ": "संध्याकाळी",
    "रात्र": "रात्री",
}


def _written(at: datetime, pattern: str) -> str:
    """A moment by a pattern of the language (CLDR's letters), in India."""
    said = format_datetime(_in_india(at), say(pattern), tzinfo=IST, locale=locale_of(spoken_language()))
    first, blank, rest = said.partition(" ")
    return f"{_BENT[first]}{blank}{rest}" if spoken_language() == "mr" and first in _BENT else said


def clock(at: datetime) -> str:
    """The time of day in India: ``4:16 pm``, ``शाम 4:16 बजे``; full hours lose their ``:00``."""
    return _written(at, "format.clock" if _in_india(at).minute else "format.full_hour")


def dated(at: datetime) -> str:
    """A day in India on paper, which is read years later: ``25 Nov 2026``, ``25 नवंबर 2026``."""
    return _written(at, "format.day_of_year")


def dated_time(at: datetime) -> str:
    """Day and time in India on paper: ``25 Nov 2026, 4 pm``."""
    return say("format.day_and_clock", day=dated(at), clock=clock(at))


def day(at: datetime, now: datetime) -> str:
    """The day in India on a page: ``25 Nov``, ``25 नवंबर``; with its year when ``now`` is in another one."""
    return _written(at, "format.day") if _in_india(now).year == _in_india(at).year else dated(at)


def day_time(at: datetime, now: datetime) -> str:
    """Day and time in India on a page: ``25 Nov, 4 pm``, ``25 नवंबर, शाम 4 बजे``; the year as `day` has it."""
    return say("format.day_and_clock", day=day(at, now), clock=clock(at))


def time_left(until: datetime, now: datetime) -> str:
    """How long is left, in its largest unit: ``9 days left``, ``3 h left``, ``12 min left``."""
    minutes = int((until - now).total_seconds() // 60)
    if minutes <= 0:
        return say("time.over")
    if minutes < 60:
        return say("time.minutes_left", n=minutes)
    if minutes < 48 * 60:
        return say("time.hours_left", n=minutes // 60)
    return say("time.days_left", n=minutes // (24 * 60))


def time_left_exact(until: datetime, now: datetime) -> str:
    """How long is left for a deadline that matters: ``4 d 6 h left``; under a day as `time_left`."""
    hours = int((until - now).total_seconds() // 3600)
    if hours < 24:
        return time_left(until, now)
    return say("time.days_hours_left", days=hours // 24, hours=hours % 24)


def lasted(time: timedelta) -> str:
    """How long something took or lies apart: ``4 d 14 h``, ``51 h`` up to three days, ``13 min``."""
    minutes = int(abs(time).total_seconds() // 60)
    if minutes < 60:
        return say("time.minutes", n=minutes)
    hours = minutes // 60
    if hours < 72:
        return say("time.hours", n=hours)
    return say("time.days_hours", days=hours // 24, hours=hours % 24)


def ago(at: datetime, now: datetime) -> str:
    """How long ago: ``Just now``, ``22 min ago``, ``2 hours ago``, ``Yesterday``, after a week the day."""
    past = now - at
    if past < timedelta(minutes=1):
        return say("time.now")
    if past < timedelta(hours=1):
        return say("time.minutes_ago", n=past // timedelta(minutes=1))
    if past < timedelta(days=1):
        return say("time.hours_ago", n=past // timedelta(hours=1))
    days = (_in_india(now).date() - _in_india(at).date()).days
    return say("time.days_ago", n=days) if days <= 7 else day(at, now)


def distance(metres: float) -> str:
    """A distance on the ground: ``350 m`` and ``350 मीटर``, from one kilometre on ``1.2 km``."""
    if metres < 995:
        return say("place.metres", n=round(metres))
    km = metres / 1000
    return say("place.km", n=lakhs(round(km)) if km >= 10 else f"{km:.1f}".removesuffix(".0"))


def file_size(size: int) -> str:
    """The size of a file in bytes as ``310 KB`` or ``1.8 MB``."""
    return f"{max(1, round(size / 1000))} KB" if size < 995_000 else f"{size / 1_000_000:.1f} MB"


def initials(name: str) -> str:
    """The letters for a person without a picture: ``Asha Verma`` is ``AV``."""
    words = [word for word in name.split() if word]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"
