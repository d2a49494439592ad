"""Identifiers: phones, mailboxes, accounts, codes. Blanks and dashes that group a number are understood, no more."""

from __future__ import annotations

import re
import unicodedata

import idna
import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum.in_ import pan as stdnum_pan

from cleanit_app.domain.reading.signs import Unreadable, folded

_AROUND = ",;<>\"'()[]“”‘’ "
_LABEL = re.compile(r"(?:UTR|RRN|REF|UPI)(?: ?(?:REF|NO|NUMBER|ID)\b)*[ .:#]+", re.I | re.A)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_LANDLINES = frozenset({PhoneNumberType.FIXED_LINE})
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
# Letters of an international domain: Latin ones, or those of one script of India. Others look like Latin ones.
_SCRIPTS = ("LATIN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA",
            "MALAYALAM", "ARABIC", "OL", "MEETEI")  # fmt: skip


def _pasted(typed: object, scheme: str = "") -> str:
    """What was typed without what stands around a pasted value, and without its scheme."""
    text = _DASHES.sub("-", folded(typed)).strip(_AROUND)
    return text[len(scheme) :].strip(_AROUND) if scheme and text.lower().startswith(scheme) else text


def _ungrouped(typed: object) -> str:
    """A number that people write in groups, with capitals and without the blanks and dashes between them."""
    return re.sub("[ -]", "", _pasted(typed)).upper()


def phone(typed: object) -> str:
    """An Indian mobile number as +91XXXXXXXXXX; Unreadable for a landline and anything else."""
    text = _pasted(typed, "tel:")
    if not re.fullmatch(r"\+?[0-9 ().-]+", text):
        raise Unreadable("phone_form")
    found = re.fullmatch(r"(?:\+91|0091|91(?=0?[0-9]{10}$))?0?([0-9]{10})", re.sub("[ ().-]", "", text))
    if not found:
        raise Unreadable("phone_form")
    if found[1][0] in "12345" or phonenumbers.number_type(phonenumbers.parse(f"+91{found[1]}")) in _LANDLINES:
        raise Unreadable("phone_landline" if found[1][0] != "0" else "phone_form")
    if found[1][0] not in "6789":
        raise Unreadable("phone_form")
    return f"+91{found[1]}"


def email(typed: object) -> str:
    """An email address in small letters, its domain as the mail system knows it (IDNA); one address, one text.

    Before the @ stand plain letters only, in each part of the domain letters of one script (no look-alikes).
    """
    text = _pasted(typed, "mailto:").rstrip(".").lower()
    local, at, domain = text.rpartition("@")
    if not at or len(text) > 254 or " " in text:
        raise Unreadable("email_form")
    if not local.isascii():
        raise Unreadable("email_letters")
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise Unreadable("email_form")
    return f"{local}@{_domain(domain)}"


def _domain(typed: str) -> str:
    try:
        plain = idna.encode(unicodedata.normalize("NFC", typed), uts46=True, std3_rules=True).decode()
        labels = idna.decode(plain).split(".")
    except (idna.IDNAError, UnicodeError):
        raise Unreadable("email_form") from None
    if len(labels) < 2 or labels[-1].isdigit():
        raise Unreadable("email_form")
    if not all(_is_of_one_script(label) for label in labels):
        raise Unreadable("email_letters")
    return plain


def _is_of_one_script(label: str) -> bool:
    scripts = {unicodedata.name(c, "?").split()[0] for c in label if unicodedata.category(c)[0] == "L"}
    return len(scripts) < 2 and scripts <= set(_SCRIPTS)


def account_number(typed: object) -> str:
    """A bank account number of 9 to 18 digits as text; leading zeros count."""
    text = _ungrouped(typed)
    if not re.fullmatch("[0-9]{9,18}", text):
        raise Unreadable("account_form")
    return text


def ifsc(typed: object) -> str:
    """An IFSC in capitals; its fifth sign is a zero, and the letter O there is refused, not guessed."""
    text = _ungrouped(typed)
    if re.fullmatch("[A-Z]{4}O[A-Z0-9]{6}", text):
        raise Unreadable("ifsc_zero")
    if not re.fullmatch("[A-Z]{4}0[A-Z0-9]{6}", text):
        raise Unreadable("ifsc_form")
    return text


def upi_id(typed: object) -> str:
    """A UPI id in small letters."""
    text = _pasted(typed).lower()
    if not re.fullmatch(r"[a-z0-9._-]{2,256}@[a-z][a-z0-9]{1,63}", text):
        raise Unreadable("vpa_form")
    return text


def pan(typed: object) -> str:
    """The PAN of a person in capitals; a company's or a firm's is not a cleaner's own (LAW-04)."""
    text = _ungrouped(typed)
    if not text.isascii() or not stdnum_pan.is_valid(text) or text[3] != "P":
        raise Unreadable("pan_form")
    return text


def code(typed: object) -> str:
    """The digits of a one-time code, in groups or not."""
    text = _ungrouped(typed)
    if not re.fullmatch("[0-9]{4,10}", text):
        raise Unreadable("code_form")
    return text


def recovery_code(typed: object) -> str:
    """A recovery code of the second factor in capitals, without its dashes."""
    text = _ungrouped(typed)
    if not re.fullmatch("[A-Z0-9]{8,32}", text):
        raise Unreadable("recovery_code_form")
    return text


def bank_reference(typed: object) -> str:
    """The number under which a bank knows a transfer (UTR), in capitals and without the label pasted with it."""
    text = _pasted(typed)
    label = _LABEL.match(text)
    text = re.sub(" ", "", text[label.end() :] if label else text).upper()
    if not re.fullmatch("[A-Z0-9][A-Z0-9/-]{5,29}", text):
        raise Unreadable("reference_form")
    return text
