"""Days and hours as India counts them: midnights, runs of pay, business days and financial years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cleanit_app.domain.business_limits import LIMITS

IST = ZoneInfo("Asia/Kolkata")
# Banks rest on these days everywhere in India (month, day); others differ from state to state.
NATIONAL_HOLIDAYS = frozenset({(1, 26), (8, 15), (10, 2)})


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def ist_date(at: datetime) -> date:
    """The Indian calendar day of a moment."""
    return at.astimezone(IST).date()


FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
"""Between them lies every day that somebody can look for; each has a midnight before and after it."""


def day_looked_for(typed: str) -> date:
    """A day as `YYYY-MM-DD`; ValueError when it is none, or none between the first and the last there is here."""
    day = date.fromisoformat(typed)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(day)
    return day


def midnight(day: date) -> datetime:
    """The moment an Indian day begins."""
    return datetime.combine(day, time(0), tzinfo=IST)


def next_midnight(after: datetime) -> datetime:
    """The first Indian midnight at or after a moment: when the clock decides campaigns (CAM-10)."""
    begin = midnight(ist_date(after))
    return begin if begin >= after else begin + timedelta(days=1)


def next_payout_run(after: datetime) -> datetime:
    """The first 10 AM Indian time at or after a moment (PAY-04)."""
    day = ist_date(after)
    run = datetime.combine(day, time(LIMITS.payout_hour), tzinfo=IST)
    return run if run >= after else run + timedelta(days=1)


def last_payout_run(before: datetime) -> datetime:
    """The last 10 AM Indian time at or before a moment (PAY-04)."""
    run = next_payout_run(before)
    return run if run == before else run - timedelta(days=1)


def add_business_days(day: date, days: int) -> date:
    """The day that is `days` business days in India after `day` (PAY-09)."""
    while days:
        day += timedelta(days=1)
        days -= is_business_day(day)
    return day


def is_business_day(day: date) -> bool:
    """Whether banks work everywhere in India: Monday to Friday but the three national holidays (PAY-09)."""
    return day.weekday() < 5 and (day.month, day.day) not in NATIONAL_HOLIDAYS


def business_days_between(first: date, last: date) -> int:
    """How many business days in India came after `first` up to and with `last` (PAY-09)."""
    days = max(0, (last - first).days)
    return sum(is_business_day(first + timedelta(days=n)) for n in range(1, days + 1))


def financial_year(day: date) -> str:
    """The Indian financial year of a day, as `2627` for April 2026 to March 2027."""
    first = day.year - (day.month < 4)
    return f"{first % 100:02d}{(first + 1) % 100:02d}"


def year_of(financial_year_name: str) -> tuple[date, date]:
    """First and last day of a financial year like `2627`; ValueError when it is none."""
    name = financial_year_name
    if len(name) != 4 or not (name.isascii() and name.isdigit()) or int(name[2:]) != (int(name[:2]) + 1) % 100:
        raise ValueError(f"no financial year: {name}")
    first = 2000 + int(name[:2])
    return date(first, 4, 1), date(first + 1, 3, 31)


def quarter_days(financial_year_name: str, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter, 1 (April to June) to 4, of a financial year; ValueError when there is none."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"no quarter: {quarter}")
    begins, _ = year_of(financial_year_name)
    first = date(begins.year + (quarter == 4), 3 * quarter % 12 + 1, 1)
    after = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def quarter_of(day: date) -> int:
    """The quarter of the financial year that a day lies in, 1 to 4."""
    return (day.month - 4) % 12 // 3 + 1


@dataclass(frozen=True)
class TaxQuarterDays:
    """A quarter of a financial year (`2627`, 1 to 4) with the moments it begins and is over."""

    year: str
    number: int
    since: datetime
    until: datetime

    @property
    def tax_year(self) -> str:
        """As it is written: `2026-27`."""
        return f"20{self.year[:2]}-{self.year[2:]}"
