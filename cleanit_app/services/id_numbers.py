"""Numbers of IDs: their forms, their masks, and the one that is never kept (LAW-08)."""

from __future__ import annotations

import re
import unicodedata

from stdnum.in_ import aadhaar

from cleanit_app.domain.identity import DocumentKind
from cleanit_app.domain.reading import identifiers
from cleanit_app.domain.reading.signs import folded, maybe

_FORMS = {
    DocumentKind.VOTER_ID: re.compile(r"[A-Z]{3}[0-9]{7}"),
    DocumentKind.DRIVING_LICENCE: re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{7,12}"),
    DocumentKind.PASSPORT: re.compile(r"[A-Z][0-9]{7}"),
}
_GAP = r"[\s.\-\u2010-\u2015\u200c\u200d]{0,3}"
_TWELVE_DIGITS = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{11}}(?!\d)")


def document_number(kind: DocumentKind, typed: object) -> str | None:
    """The number of an ID in capitals without spaces, or None when it has not the form of one."""
    if kind is DocumentKind.PAN:
        return maybe(identifiers.pan, typed)
    text = re.sub("[ /.-]", "", folded(typed)).upper()
    return text if _FORMS[kind].fullmatch(text) else None


def number_mask(number: str) -> str:
    """What people see of a number: its last three characters."""
    return "•" * (len(number) - 3) + number[-3:]


def holds_aadhaar(text: object) -> bool:
    """Whether an Aadhaar number stands in a text, in whatever digits and with whatever gaps."""
    return isinstance(text, str) and any(True for _ in _aadhaars(text))


def without_aadhaar(text: str) -> str:
    """The text with all but the last four digits of each Aadhaar number blotted out."""
    for start, end, last in reversed(list(_aadhaars(text))):
        text = f"{text[:start]}XXXX XXXX {last}{text[end:]}"
    return text


def _aadhaars(text: str) -> list[tuple[int, int, str]]:
    plain = "".join(_digit(letter) for letter in text)
    found = []
    for match in _TWELVE_DIGITS.finditer(plain):
        digits = re.sub(r"\D", "", match.group())
        if aadhaar.is_valid(digits):
            found.append((match.start(), match.end(), digits[-4:]))
    return found


def _digit(letter: str) -> str:
    """A digit of any script as 0 to 9, anything else as it is: one letter for one letter."""
    value = unicodedata.digit(letter, None)
    return letter if value is None else str(value)
