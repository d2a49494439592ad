"""Checks of what people type: each gives the clean value or the problem for its field (SEC-04)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

import nh3

from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.reading import identifiers, numbers
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
        """Plain text of a length in characters, HTML taken out (CAM-02); problems `<key>_missing/_short/_long`."""
        clean = plain_text(value, lines=lines)
        if not clean:
            self.problem(field, f"{key}_missing")
        elif len(clean) < length[0]:
            self.problem(field, f"{key}_short", least=length[0], missing=length[0] - len(clean))
        elif len(clean) > length[1]:
            self.problem(field, f"{key}_long", most=length[1], over=len(clean) - length[1])
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
        try:
            return float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
        except ValueError:
            return None


def moment(value: object) -> datetime | None:
    """A moment as machines write it; None for anything else."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def plain_text(value: object, *, lines: bool = False) -> str:
    """Text without tags, control characters and doubled spaces, in NFC; line breaks only when `lines`.

    All free text comes through here, so an Aadhaar number that somebody typed is kept nowhere (LAW-08).
    """
    if not isinstance(value, str):
        return ""
    whole = value.encode("utf-8", "ignore").decode()  # without halves of characters
    text = unicodedata.normalize("NFC", html.unescape(nh3.clean(whole, tags=set())))
    kept = "".join(c for c in text if c in "\n\u200c\u200d" or unicodedata.category(c)[0] != "C")
    if not lines:
        return without_aadhaar(" ".join(kept.split()))
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in kept.split("\n"))).strip()
    return without_aadhaar(tidy)


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
