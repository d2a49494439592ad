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
_GAP = r"(?:[\s.\-\u2010-\u2015\u200c\u200d]|&(?:nbsp|#160|#xa0|shy);){0,3}"
_TWELVE_DIGITS = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{11}}(?!\d)", re.I)
# Numbers of twelve digits that money carries with it, named just before or behind; one in ten looks like an Aadhaar.
_NAMED = (
    r"u\.?t\.?r\.?|rrn|upi|g(?:oogle ?)?pay|phone ?pe|paytm|bhim"
    r"|ref(?:erence)?|txn|tx|transaction|imps|neft|rtgs|order|receipt|invoice|bill|account|a/c|acct?|awb"
    r"|consumer|rs|inr|यूटीआर|यूपीआई|यू\.?पी\.?आई|संदर्भ|रेफ़?रेंस|रेफ़?|लेनदेन|ट्रांज़?ैक्शन|ऑर्डर|रसीद|बिल|खाता|खाते|रु"
)
_NAMED_BEFORE = re.compile(rf"(?<![^\W_])(?:{_NAMED})(?![^\W\d_])[^\d\n]{{0,16}}$|(?:[₹₨]|\+) ?$", re.I)
_NAMED_BEHIND = re.compile(rf"^[\s(\[:,-]{{1,3}}(?:(?:by|via|through|is|as|on) )?(?:{_NAMED})(?![^\W\d_])", re.I)
_AADHAAR_SAID = re.compile(r"a+dh?a+r|uidai|(?<![^\W_])uid(?![^\W_])|आधार", re.I)
_MOBILE = re.compile(r"[6-9][0-9]{9}")


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
    """Whether what looks like an Aadhaar number stands in a text, in whatever digits and with whatever gaps."""
    return isinstance(text, str) and bool(_aadhaars(_plain(text)))


def without_aadhaar(text: str) -> str:
    """The text with all but the last four digits of each Aadhaar number blotted out.

    Spared is what is named as a payment's reference, an account or an amount, and what is dialled as a mobile number.
    """
    plain = _plain(text)
    for found in reversed(_aadhaars(plain)):
        if not _is_something_else(plain, found):
            text = f"{text[: found.start()]}XXXX XXXX {_digits(found)[-4:]}{text[found.end() :]}"
    return text


def _aadhaars(plain: str) -> list[re.Match[str]]:
    return [found for found in _TWELVE_DIGITS.finditer(plain) if aadhaar.is_valid(_digits(found))]


def _digits(found: re.Match[str]) -> str:
    return re.sub(r"&#?\w+;|\D", "", found.group())


def _is_something_else(plain: str, found: re.Match[str]) -> bool:
    before, behind = plain[max(0, found.start() - 40) : found.start()], plain[found.end() : found.end() + 16]
    named = _NAMED_BEFORE.search(before)
    if any(not named or said.start() > named.start() for said in _AADHAAR_SAID.finditer(before)):
        return False
    return bool(named or _NAMED_BEHIND.search(behind)) or _is_dialled(found)


def _is_dialled(found: re.Match[str]) -> bool:
    """Whether it is grouped as ten digits of a mobile number and two more, the country's 91 or something beside it."""
    groups = [len(part) for part in re.split(r"&#?\w+;|\D+", found.group()) if part]
    digits = _digits(found)
    if len(groups) == 1:
        return digits.startswith("91") and bool(_MOBILE.fullmatch(digits[2:]))
    if len(set(groups)) == 1:
        return False
    ends = {sum(groups[: n + 1]) for n in range(len(groups))}
    return (10 in ends and bool(_MOBILE.match(digits))) or (2 in ends and bool(_MOBILE.fullmatch(digits[2:])))


def _plain(text: str) -> str:
    return "".join(_digit(letter) for letter in text)


def _digit(letter: str) -> str:
    """A digit of any script as 0 to 9, anything else as it is: one letter for one letter."""
    value = unicodedata.digit(letter, None)
    return letter if value is None else str(value)
