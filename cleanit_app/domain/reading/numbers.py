"""Numbers: rupees as people write them in India, and whole numbers as machines send them."""

from __future__ import annotations

import re

from cleanit_app.domain.reading.signs import Unreadable, folded

_BEFORE = re.compile(r"(?:₹|₨|rs(?![a-z])[.]?|inr|rupees?|रु(?:पये|पए|पया)?[.॰]?|रू[.॰]?) ?", re.I | re.A)
_AFTER = re.compile(r"(?: ?(?:/[-=]|₹|₨|rs|inr|rupees?|only|मात्र|रु(?:पये|पए|पया)?|रू)[.॰]?)+$", re.I | re.A)
_INDIAN, _WESTERN = "[0-9]{{1,2}}(?:{0}[0-9]{{2}})*{0}[0-9]{{3}}", "[0-9]{{1,3}}(?:{0}[0-9]{{3}})+"
_GROUPED = "|".join(["[0-9]+", *(form.format(mark) for mark in ", " for form in (_INDIAN, _WESTERN))])
_AMOUNT = re.compile(rf"({_GROUPED})(?:\.([0-9]*))?")
_DIGITS_AND_MARKS = re.compile("[0-9., ]*[0-9][0-9., ]*")
_CELLS = re.compile("[\t\n\v\f\r]")  # of a table or a list, whose numbers are no groups of one
MOST_DIGITS = 13  # in paise a browser still counts them exactly


def rupees(typed: object) -> int:
    """An amount as typed, in paise; Unreadable when it is none, has paise, or could be read in two ways.

    Grouping may be Indian or Western; `.00` is taken for what it says. `1.000` and `1,0` are refused, not guessed.
    """
    text = folded(typed).strip(",;<>\"'()[] ")
    if not text:
        raise Unreadable("amount_missing")
    before = _BEFORE.match(text)
    text = _AFTER.sub("", text[before.end() :] if before else text).strip(" ")
    found = _AMOUNT.fullmatch(text)
    if not found or _in_cells(typed):
        raise Unreadable("amount_unclear" if _DIGITS_AND_MARKS.fullmatch(text) else "amount_unreadable")
    paise = found[2] or ""
    if len(paise) > 2:
        raise Unreadable("amount_unclear")
    if paise.strip("0"):
        raise Unreadable("amount_whole_rupees")
    digits = re.sub("[, ]", "", found[1]).lstrip("0") or "0"
    if len(digits) > MOST_DIGITS:
        raise Unreadable("amount_unreadable")
    return int(digits) * 100


def _in_cells(typed: object) -> bool:
    return sum(bool(re.search(r"\d", cell)) for cell in _CELLS.split(str(typed))) > 1


def whole(typed: object) -> int:
    """A whole number as a number or in digits, perhaps with a minus, without grouping; Unreadable for anything else."""
    if isinstance(typed, int) and not isinstance(typed, bool):
        return typed
    text = folded(typed)
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise Unreadable("value_unreadable")
    return int(text)
