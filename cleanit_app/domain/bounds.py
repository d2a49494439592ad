"""What values from outside may be: one set of ranges for files, providers, forms and the CHECKs of every table.

A value outside is no value: whoever reads it says `None`, refuses it or parks it, but never stores it.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from typing import Any

FIRST_YEAR, YEAR_AFTER_LAST = 2000, 2200
FIRST_MOMENT = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
MOMENT_AFTER_LAST = datetime(YEAR_AFTER_LAST, 1, 1, tzinfo=UTC)
FIRST_DAY, DAY_AFTER_LAST = FIRST_MOMENT.date(), MOMENT_AFTER_LAST.date()
MOST_PAISE = 10**13
"""Ten thousand crore rupees: more than Cleanit will ever move at once, and exact in every browser."""
MOST_NUMBER = 2**31 - 1
MOST_FLOAT = 1e9
SIGNS_A_LETTER = 8  # vowels, joiners and marks of one letter; a name so long fits its column
SHORT, LONG = 512, 20_000
"""Characters of a name, id, link or reason, and of what people write; the forms ask for less."""


def moment_within(at: datetime | None) -> datetime | None:
    """The moment itself when it lies in this century or the next; None for any other (JOB-10)."""
    return at if at is not None and FIRST_MOMENT <= at < MOMENT_AFTER_LAST else None


def day_within(on: date | None) -> date | None:
    """The day itself when it lies in this century or the next; None for any other."""
    return on if on is not None and FIRST_DAY <= on < DAY_AFTER_LAST else None


def number_within(value: float | None, least: float, most: float) -> float | None:
    """The number itself when it is finite and in a range; None for any other."""
    return value if value is not None and math.isfinite(value) and least <= value <= most else None


def whole_paise(value: Any, *, least: int = 0) -> int:
    """An amount that somebody else's JSON says: a whole number of paise, never text, a truth or a fraction (PAY-01).

    ValueError for everything else and for what is below `least` or beyond MOST_PAISE.
    """
    if type(value) is not int or not least <= value <= MOST_PAISE:
        raise ValueError(f"no amount in paise: {shown(value)}")
    return value


def paise_or_nothing(value: Any) -> int:
    """An amount as `whole_paise` reads it; nothing when it is not said."""
    return 0 if value is None else whole_paise(value)


def moment_of_epoch(value: Any) -> datetime:
    """The moment that whole seconds since 1970 say; ValueError for another kind of value or a moment out of range."""
    if type(value) is not int or not FIRST_MOMENT.timestamp() <= value < MOMENT_AFTER_LAST.timestamp():
        raise ValueError(f"no moment: {shown(value)}")
    return datetime.fromtimestamp(value, UTC)


def text_within(value: Any, *, most: int = SHORT) -> str:
    """Text that a table can hold: not empty, not too long, no NUL and no half characters; else ValueError."""
    if not isinstance(value, str) or not 0 < len(value) <= most or not storable(value):
        raise ValueError(f"no text of at most {most} characters: {shown(value)}")
    return value


def maybe_text(value: Any, *, most: int = SHORT) -> str | None:
    """Text as `text_within` reads it; None for what is absent or empty."""
    return None if value is None or value == "" else text_within(value, most=most)


def storable(value: str) -> bool:
    """Whether the database can hold a text: it knows neither NUL nor half of a pair of surrogates."""
    return "\x00" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


_PROVIDER_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)


def provider_id(value: Any) -> str:
    """The id of something at a provider: up to 64 letters, digits and `_.-`; else ValueError."""
    if not isinstance(value, str) or not _PROVIDER_ID.fullmatch(value):
        raise ValueError(f"no id: {shown(value)}")
    return value


def said(value: Any, *, most: int = SHORT) -> str | None:
    """Words of somebody else that only people read: cut to fit, with a sign for what no table can hold.

    None for what is no text, for no sum may wait for its description.
    """
    if not isinstance(value, str) or not value:
        return None
    return "".join("\ufffd" if char == "\x00" or "\ud800" <= char <= "\udfff" else char for char in value[:most])


def shown(value: Any) -> str:
    """The beginning of an odd value in ASCII, for a sentence about it."""
    return ascii(value)[:60]


def room(letters: int) -> int:
    """How many code points a text of so many letters may take, for browsers and tables (CAM-02)."""
    return letters * SIGNS_A_LETTER
