"""Checks of what people type: each gives the clean value or the problem for its field (SEC-04)."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import datetime
from typing import Any

import nh3
import phonenumbers
from stdnum.in_ import pan

from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.reading import numbers
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.services.id_numbers import without_aadhaar

# Spaces, control characters, and halves of characters, which no database keeps.
_ODD = r"\s\x00-\x1f\x7f-\x9f\ud800-\udfff"
_EMAIL = re.compile(rf"[^@{_ODD}]{{1,64}}@[^@.{_ODD}]+(\.[^@.{_ODD}]+)+", re.ASCII)
_IFSC = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}")
_ACCOUNT = re.compile(r"[0-9]{9,18}")
_VPA = re.compile(r"[A-Za-z0-9._-]{2,256}@[A-Za-z][A-Za-z0-9]{1,63}")
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


def email_address(value: object) -> str | None:
    """A lower-case email address, or None when it has not the form of one."""
    text = value.strip().lower() if isinstance(value, str) else ""
    return text if len(text) <= 254 and _EMAIL.fullmatch(text) else None


def indian_mobile(value: object) -> str | None:
    """An Indian mobile number as +91XXXXXXXXXX, or None."""
    if not isinstance(value, str) or len(value) > 20:
        return None
    try:
        number = phonenumbers.parse(value, "IN")
    except phonenumbers.NumberParseException:
        return None
    national = str(number.national_number)
    return f"+91{national}" if number.country_code == 91 and re.fullmatch(r"[6-9]\d{9}", national) else None


def ifsc(value: object) -> str | None:
    """An IFSC in capitals, or None."""
    text = value.strip().upper() if isinstance(value, str) else ""
    return text if _IFSC.fullmatch(text) else None


def bank_account(value: object) -> str | None:
    """A bank account number of 9 to 18 digits as text (leading zeros count), or None."""
    text = re.sub(r"[\s-]", "", value) if isinstance(value, str) else ""
    return text if _ACCOUNT.fullmatch(text) else None


def upi_id(value: object) -> str | None:
    """A UPI id in lower case, or None."""
    text = value.strip().lower() if isinstance(value, str) else ""
    return text if _VPA.fullmatch(text) else None


def holder_name(value: object) -> str | None:
    """An account holder's name as a bank takes it, or None."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if _HOLDER.fullmatch(text) and (text[-1].isalnum() or text.endswith(".")) else None


def persons_pan(value: object) -> str | None:
    """The PAN of a person in capitals, or None; a company's or a firm's is not a cleaner's own (LAW-04)."""
    text = re.sub(r"[\s-]", "", value).upper() if isinstance(value, str) and len(value) <= 20 else ""
    return text if pan.is_valid(text) and text[3] == "P" else None
