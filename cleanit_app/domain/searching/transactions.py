"""What somebody looks for among transactions: one line of ids, a phone number, an amount and a day, in any mixture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cleanit_app.domain.calendar import day_looked_for
from cleanit_app.domain.reading import identifiers, numbers
from cleanit_app.domain.reading.signs import folded, maybe

MOST_WORDS = 8
_MOST_DIGITS = 7  # of an amount in rupees; longer numbers are phones and references
_MARKED = re.compile(r"(?:₹|rs\.?|inr)([0-9].*)", re.I | re.A)
_GLUED = re.compile(r"(₹|\brs\.?|\binr)\s+", re.I)
_WITH_PAISE = re.compile(r"[0-9][0-9,]{0,12}\.[0-9]{2}", re.A)  # pay has paise, contributions have none
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})-(\d{2})-(\d{2})", re.A)


@dataclass(frozen=True)
class TransactionQuestion:
    """Every part must hold: any of `ids` or `words` (in each spelling) or the phone; the amount; the day in India."""

    words: tuple[str, ...] = ()
    ids: tuple[UUID, ...] = ()
    phone: str | None = None
    amount_paise: int | None = None
    day: date | None = None

    @property
    def names_things(self) -> bool:
        """Whether something is named, and not only an amount and a day."""
        return bool(self.words or self.ids or self.phone)


def transaction_question(typed: str) -> TransactionQuestion:
    """What a line asks for; an amount is marked ₹, or a number of at most seven digits."""
    line = folded(typed[:200].replace("\0", ""))
    if phone := maybe(identifiers.phone, line):
        return TransactionQuestion(phone=phone, words=(phone,))
    parts = _GLUED.sub(r"\1", line).split()[:MOST_WORDS]
    if (grouped := _grouped(line, parts)) is not None:
        return TransactionQuestion(_spelt([grouped, *parts]))
    days, amounts = [_day(part) for part in parts], [_amount(part) for part in parts]
    named = [p for p, day, paise in zip(parts, days, amounts, strict=True) if day is None and paise is None]
    ids = {part: one for part in named if (one := _id(part))}
    return TransactionQuestion(
        words=_spelt(part for part in named if part not in ids),
        ids=tuple(ids.values()),
        amount_paise=next((paise for paise in amounts if paise is not None), None),
        day=next((day for day in days if day is not None), None),
    )


def _spelt(words: Iterable[str]) -> tuple[str, ...]:
    """Words as typed, in capitals and in small letters: numbers are kept in one of these."""
    return tuple(dict.fromkeys(form for word in words for form in (word, word.upper(), word.lower())))


def _grouped(line: str, parts: Sequence[str]) -> str | None:
    """A number that was pasted in groups, or with its label: `UTR 4123 4567 8901`."""
    alone = len(parts) > 1 and not any(_day(part) or _MARKED.fullmatch(part) for part in parts)
    return maybe(identifiers.bank_reference, line) if alone else None


def _amount(part: str) -> int | None:
    marked = _MARKED.fullmatch(part)
    plain = marked[1] if marked else part
    if not marked and sum(sign.isdigit() for sign in plain.partition(".")[0]) > _MOST_DIGITS:
        return None
    if (whole := maybe(numbers.rupees, plain)) is not None:
        return whole
    return int(re.sub(r"[,.]", "", plain)) if _WITH_PAISE.fullmatch(plain) else None


def _day(part: str) -> date | None:
    if not (found := _DAY.fullmatch(part)):
        return None
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return day_looked_for(f"{year}-{int(month):02}-{int(day):02}")
    except ValueError:
        return None


def _id(part: str) -> UUID | None:
    try:
        return UUID(part) if len(part) == 36 else None
    except ValueError:
        return None
