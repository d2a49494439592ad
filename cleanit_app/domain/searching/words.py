"""The words of a text in their normal form: what is stored to be found and what is asked for are the same (JOB-03)."""

from __future__ import annotations

import unicodedata
from itertools import groupby

import regex

# Marks that change how a letter is written but not which word it is: accents of Latin, and the dot below
# (nukta) of Devanagari, Bengali, Gurmukhi, Gujarati, Odia and Kannada, which many keyboards have no key for.
_DROPPED = regex.compile(r"[\u0300-\u036f\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_UNSEEN = regex.compile(r"[\p{Cf}\p{Cc}\p{DI}--[\t\n\v\f\r\x1c-\x1f\x85]]", regex.V1)
_WITHIN = regex.compile(r"(?<=\p{L}\p{M}*)['\u2019\u2018\u02bc\u02bb\u00b4`](?=\p{L})")  # children's, Ban'nkalor
_NASAL = regex.compile(
    "\u0919\u094d(?=[\u0915-\u0918])|\u091e\u094d(?=[\u091a-\u091d])|\u0923\u094d(?=[\u091f-\u0922])"
    "|\u0928\u094d(?=[\u0924-\u0927])|\u092e\u094d(?=[\u092a-\u092d])"
)  # a nasal before its own row of consonants: मुम्बई is मुंबई
_SAME = str.maketrans(
    {
        "\u0901": "\u0902",  # chandrabindu is written as anusvara: गाँव, गांव
        "\u0981": "\u0982",
        "\u0a81": "\u0a82",
        "\u0b01": "\u0b02",
        "\u0a01": "\u0a02",
        "\u0a70": "\u0a02",
        "\u0972": "\u0911",
        "\u0945": "\u0949",  # candra e and candra o: हॅल, हॉल
        "ı": "i",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "\u064a": "\u06cc",  # Arabic yeh, kaf and heh as Urdu has them
        "\u0649": "\u06cc",
        "\u0643": "\u06a9",
        "\u0629": "\u06c1",
        "\u0647": "\u06c1",
        "\u06be": "\u06c1",
    }
)
_WORD = regex.compile(r"[\p{L}\p{M}]+|\p{Nd}+|\p{N}+")
_LONGEST = 64
_MOST_SIGNS = 8_000  # more than all that is stored of one thing; beyond it nobody looks for words


def folded(text: str) -> str:
    """Text with everything gone that two people write differently and mean the same: case, accents, nukta, joiners.

    NFKC casefolded; digits of every script are 0 to 9, chandrabindu and nasal conjuncts are anusvara.
    """
    apart = unicodedata.normalize("NFKD", _UNSEEN.sub("", text).casefold())
    apart = unicodedata.normalize("NFKC", _DROPPED.sub("", apart.translate(_SAME)).casefold())
    apart = _NASAL.sub("\u0902", apart)
    return apart if apart.isascii() else "".join(_digit(sign) for sign in apart)


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign, sign))


def words_of(text: str) -> list[str]:
    """The words of a text as they are stored and asked for, in their order; digits are words of their own.

    Cut at whatever is no letter, mark or digit and between letters and digits: `Sector-62`, `sector62` and
    `Sector 62` are the same two. Letters that stand alone are one word: `M.G. Road`, `MG Road`.
    """
    found = [word[:_LONGEST] for word in _WORD.findall(_WITHIN.sub("", folded(text[:_MOST_SIGNS])))]
    words: list[str] = []
    for alone, group in groupby(found, key=_stands_alone):
        several = list(group)
        words += ["".join(several)[:_LONGEST]] if alone else several
    return words


def _stands_alone(word: str) -> bool:
    return len(word) == 1 and "a" <= word <= "z"
