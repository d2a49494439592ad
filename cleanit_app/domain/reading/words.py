"""Free text: kept as typed but for what nobody sees, and measured in letters as a person counts them (CAM-02)."""

from __future__ import annotations

import re
import unicodedata

import regex

from cleanit_app.domain.reading.signs import BLANK
from cleanit_app.domain.reading.tags import without_tags

_LINE = regex.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACE = regex.compile(rf"[\p{{Z}}\t\x1f{BLANK}]")
# Controls, halves, format characters and whatever fonts draw as nothing; signs that Arabic puts before a number show.
_HIDDEN = regex.compile(
    r"[[\p{Cc}\p{Cs}\p{Cf}\p{DI}\p{NChar}]--[\n\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]]",
    regex.V1,
)
_JOINED_BY = regex.compile(r"[[\p{L}\p{M}\p{S}]--[\x00-\x7f]]", regex.V1)
_SELECTOR = regex.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_TAG = regex.compile(r"[\U000e0020-\U000e007f]")
_FLAG = "\U0001f3f4"
_LETTER = regex.compile(r"\X")
_CONJUNCT = regex.compile(r"\p{ccc=9}[\p{Mn}\u200d]*\p{Lo}")
_SEEN = regex.compile(r"[[\p{L}\p{N}\p{S}\p{Co}\p{Cn}]--[\p{DI}]]", regex.V1)
_HEAPED = regex.compile(r"[\p{Mn}\p{Me}]{5}")


def plain(value: object, *, lines: bool = False) -> str:
    """Text in NFC without tags, controls and unseen characters, blanks one at a time; line breaks only with `lines`.

    Nothing else is changed: `&amp;` stays five letters, and characters younger than this machine stay.
    """
    text = value if isinstance(value, str) else ""
    while (clean := _tidied(text, lines)) != text:  # what a tag stood between may make another
        text = clean
    return text


def _tidied(text: str, lines: bool) -> str:
    text = _without_hidden(_SPACE.sub(" ", _LINE.sub("\n", text)))
    text = unicodedata.normalize("NFC", without_tags(text))
    rows = [" ".join(part for part in row.split(" ") if part) for row in text.split("\n")]
    if not lines:
        return " ".join(row for row in rows if row)
    return re.sub("\n{3,}", "\n\n", "\n".join(rows)).strip("\n")


def _without_hidden(text: str) -> str:
    if not _HIDDEN.search(text):
        return text
    kept: list[str] = []
    for sign in text:
        if not _HIDDEN.match(sign) or _belongs(sign, kept[-1] if kept else " "):
            kept.append(sign)
    return "".join(kept)


def _belongs(sign: str, before: str) -> bool:
    """Whether an unseen sign shapes the one before it: a joiner in Hindi or an emoji, a selector, a flag's letters."""
    if sign in "\u200c\u200d":
        return bool(_JOINED_BY.match(before))
    if _SELECTOR.match(sign):
        return before not in " \n" and not _SELECTOR.match(before)
    return bool(_TAG.match(sign)) and (before == _FLAG or bool(_TAG.match(before)))


def is_seen(text: str) -> bool:
    """Whether something in it can be read: a letter, a digit or a symbol, not marks and full stops alone."""
    return bool(_SEEN.search(text))


def has_letter(text: str) -> bool:
    """Whether there is a letter in it, as there is in every name."""
    return bool(regex.search(r"\p{L}", text))


def is_heaped(text: str) -> bool:
    """Whether five marks or more stand on one letter (UTS 39, 5.4), which paint over the lines around."""
    return bool(_HEAPED.search(text))


def letters(text: str) -> int:
    """How many letters a person sees: extended grapheme clusters (UAX 29)."""
    return len(_LETTER.findall(text))


def most_letters(text: str) -> int:
    """How many a browser may count that was made before conjuncts were one (Unicode 15.1, rule GB9c)."""
    parts = _LETTER.findall(text)
    return len(parts) + sum(len(_CONJUNCT.findall(part)) for part in parts if len(part) > 1)
