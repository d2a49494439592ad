"""What people are found by, and what an admin typed for one: a name in any script, a number, a mailbox (OPS-01)."""

from __future__ import annotations

import re

from cleanit_app.domain.reading.signs import folded
from cleanit_app.domain.searching.lexemes import Question, lexemes_of, stored, tsquery
from cleanit_app.domain.searching.words import words_of

_NUMBER = re.compile(r"\+?[0-9 ().-]+")
_FEWEST_DIGITS, _MOST_WORDS, _MOST_SIGNS = 4, 8, 200


def person_words(name: str, email: str | None, phone: str | None) -> str:
    """The text of the tsvector: words of the name and how they sound, the mailbox's words, the ten digits."""
    lexemes = lexemes_of(name) | set(words_of(email or ""))
    return stored(lexemes | ({phone[-10:]} if phone else set()))


def person_query(q: str) -> str:
    """The text of a tsquery for a name, the beginning of a phone number however grouped, or parts of a mailbox."""
    asked = q[:_MOST_SIGNS]
    if number := _digits(asked):
        return tsquery(Question((number,)))
    return tsquery(Question(tuple(words_of(asked)[:_MOST_WORDS])))


def _digits(q: str) -> str:
    """The national digits of what may be a phone number, whole or its beginning; "" for anything else."""
    text = folded(q).strip()
    if not _NUMBER.fullmatch(text):
        return ""
    digits = re.sub("[^0-9]", "", text)
    if len(digits) > 10:
        digits = re.sub("^(?:0091|91|0)+(?=[0-9]{10}$)", "", digits)
    elif text.startswith("+91"):
        digits = digits[2:]
    return digits if len(digits) >= _FEWEST_DIGITS else ""
