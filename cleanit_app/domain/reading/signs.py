"""Signs: digits of every Indian script as 0 to 9, wide letters as plain ones, and signs that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from cleanit_app.domain.errors import FieldProblem

Value = TypeVar("Value")
# Where 0 stands in Arabic, Persian and Urdu, Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada,
# Malayalam, Ol Chiki, Meetei and among the wide letters; reading.js has the same list.
ZEROS = (
    *(0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66),
    *(0x1C50, 0xABF0, 0xFF10),
)
_PLAIN = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x066B: ".", 0x066C: ",", 0x060C: ","}
_PLAIN |= {zero + n: str(n) for zero in ZEROS for n in range(10)}
# Letters and symbols that fonts draw as nothing: Hangul fillers, an empty Braille cell, an empty note head.
BLANK = "\u115f\u1160\u2800\u3164\uffa0\U0001d159"
# Marks that draw nothing by themselves: joiners of graphemes, Khmer and Mongolian vowels, selectors of a glyph.
_UNSEEN = re.compile(f"[{BLANK}\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class Unreadable(ValueError):
    """What was typed is no value of its kind; `problem` is the sentence for its field."""

    def __init__(self, key: str, **values: object) -> None:
        self.problem = FieldProblem(key, **values)
        super().__init__(key)


def maybe(read: Callable[[object], Value], typed: object) -> Value | None:
    """What a reader makes of a value, or None when it is none of its kind."""
    try:
        return read(typed)
    except Unreadable:
        return None


def folded(typed: object) -> str:
    """What was typed with plain digits and letters, one blank for any white space, and nothing unseen; "" for no text.

    Control characters and halves of characters stay, for the reader to refuse.
    """
    if not isinstance(typed, str):
        return ""
    text = "".join(_seen(sign) for sign in _UNSEEN.sub("", typed.translate(_PLAIN)))
    return " ".join(part for part in text.split(" ") if part)


def _seen(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ""
    return " " if kind[0] == "Z" or sign in "\t\n\v\f\r" else sign
