"""Checks of what people type: each gives the clean value or the problem for its field (SEC-04)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from cleanit_app.domain.bounds import room
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, ReasonTooLong
from cleanit_app.domain.reading import identifiers, numbers, words
from cleanit_app.domain.reading.signs import Unreadable, Value, folded, maybe
from cleanit_app.services.id_numbers import without_aadhaar

# The provider takes no other letters in the name of an account holder.
_HOLDER = re.compile(r"[A-Za-z0-9 ’'_/().-]{3,50}")


class Form:
    """Collects problems field by field, so that a person sees all of them at once."""

    def __init__(self) -> None:
        self.problems: dict[str, FieldProblem] = {}

    def problem(self, field: str, key: str, **values: Any) -> None:
        """Note a problem; the first one of a field stays."""
        self.problems.setdefault(field, FieldProblem(key, **values))

    def done(self) -> None:
        """Raise InvalidFields if there was any problem."""
        if self.problems:
            raise InvalidFields(self.problems)

    def read(self, field: str, reader: Callable[[object], Value], value: object) -> Value | None:
        """What a reader makes of a value; None when it is none of its kind, with the reader's problem."""
        try:
            return reader(value)
        except Unreadable as unread:
            self.problems.setdefault(field, unread.problem)
            return None

    def text(self, field: str, value: object, length: tuple[int, int], key: str, *, lines: bool = False) -> str:
        """Plain text of a length in letters as people count them, HTML taken out (CAM-02).

        Problems `<key>_missing/_short/_long`, and `text_marks` for heaps of marks. Between least and most it counts
        as the browser may have counted that the text comes from: what a page let through is taken.
        """
        (least, most), clean = length, plain_text(value, lines=lines)
        if not words.is_seen(clean):
            self.problem(field, f"{key}_missing")
        elif (count := words.most_letters(clean)) < least:
            self.problem(field, f"{key}_short", least=least, missing=least - count)
        elif (count := words.letters(clean)) > most:
            self.problem(field, f"{key}_long", most=most, over=count - most)
        elif words.is_heaped(clean) or len(clean) > room(most):
            self.problem(field, "text_marks")
        return clean

    def name(self, field: str, value: object) -> str:
        """The name of a person: some letters, plain text (SEC-04)."""
        clean = self.text(field, value, LIMITS.name_length, "name")
        if not words.has_letter(clean):
            self.problem(field, "name_missing")
        return clean

    def whole(self, field: str, value: object, least: int, most: int, key: str) -> int:
        """A whole number between two bounds; problems `<key>_missing/_low/_high`."""
        try:
            number = numbers.whole(value)
        except Unreadable:
            self.problem(field, f"{key}_missing")
            return least
        if number < least:
            self.problem(field, f"{key}_low", least_paise=least)
        elif number > most:
            self.problem(field, f"{key}_high", most_paise=most)
        return number

    def degrees(self, field: str, value: object) -> float | None:
        """A coordinate as a float, or None when it is not a number."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value) if abs(value) < 1000 else None
        return float(text) if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", text := folded(value)) else None


def moment(value: object) -> datetime | None:
    """A moment as machines write it; None for anything else."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def plain_text(value: object, *, lines: bool = False) -> str:
    """Free text as it is kept: as typed, without tags and what nobody sees; line breaks only when `lines`.

    All of it comes through here, so an Aadhaar number that somebody typed is kept nowhere (LAW-08).
    """
    return without_aadhaar(words.plain(value, lines=lines))


def said(field: str, value: object, most: int, *, lines: bool = False) -> str:
    """A reason or note in free text, "" when nothing can be read in it; ReasonTooLong above `most` letters."""
    clean = plain_text(value, lines=lines)
    if not words.is_seen(clean):
        return ""
    if (count := words.letters(clean)) > most:
        raise ReasonTooLong(most=most, over=count - most)
    if words.is_heaped(clean) or len(clean) > room(most):
        raise InvalidFields({field: FieldProblem("text_marks")})
    return clean


def one(field: str, reader: Callable[[object], Value], value: object) -> Value:
    """What a reader makes of a single field's value; InvalidFields with the reader's problem."""
    try:
        return reader(value)
    except Unreadable as unread:
        raise InvalidFields({field: unread.problem}) from None


def email_address(value: object) -> str | None:
    """An email address as accounts keep it, or None."""
    return maybe(identifiers.email, value)


def indian_mobile(value: object) -> str | None:
    """An Indian mobile number as +91XXXXXXXXXX, or None."""
    return maybe(identifiers.phone, value)


def holder_name(value: object) -> str | None:
    """An account holder's name as a bank takes it, or None."""
    text = folded(value)
    return text if _HOLDER.fullmatch(text) and (text[-1].isalnum() or text.endswith(".")) else None
