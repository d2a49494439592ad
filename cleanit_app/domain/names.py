"""How far two names are the same person's, as a bank and a person write them, each in a script of its own."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from cleanit_app.domain.transliteration import romanise

_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "shri", "sri", "smt", "shrimati", "shrimti", "kumari", "km", "md", "mohd"}
)
_INITIAL, _SPELLING = 0.8, 0.8  # an initial is worth this much; two spellings must be more alike than this
# What is said alike and spelt in several ways, the longer first: Laxmi and Lakshmi, Deepak and Dipak, Verma and Varma.
_SPELLINGS = (
    ("chh", "ch"), ("ksh", "x"), ("sh", "s"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("aa", "a"),
    ("ee", "i"), ("oo", "u"), ("ou", "au"), ("ow", "au"), ("ks", "x"), ("q", "k"), ("w", "v"), ("z", "j"),
)  # fmt: skip
_ENDINGS = ((r"ay(?![aeiou])", "ai"), (r"ayan$", "ain"), (r"(?<=.)y$", "i"), (r"med$", "mad"), (r"er(?=m)", "ar"))


def first_name(name: str | None) -> str | None:
    """What everybody may read of a cleaner: enough to thank somebody, too little to find them; None without a name."""
    words = (name or "").split()
    return words[0] if words else None


def name_match(one: str | None, other: str | None) -> int:
    """0 (nothing in common) to 100 (the same words in whatever order), for a check of an account (PAY-04)."""
    left, right = _words(one), _words(other)
    if not left or not right:
        return 0
    if "".join(left) == "".join(right):
        return 100  # the same letters, cut into words differently
    shared, free = 0.0, list(right)
    for word in left:
        best = max(free, key=lambda candidate: _alike(word, candidate), default=None)
        if best is not None and _alike(word, best):
            shared += _alike(word, best)
            free.remove(best)
    return round(200 * shared / (len(left) + len(right)))


def _words(name: str | None) -> list[str]:
    words = re.findall(r"\w+", romanise(name or "").replace("_", " "))
    return [_as_spoken(w) for w in words if w not in _TITLES] or [_as_spoken(w) for w in words]


def _as_spoken(word: str) -> str:
    """One spelling for what is said alike."""
    for several, single in _SPELLINGS:
        word = word.replace(several, single)
    word = re.sub(r"(.)\1+", r"\1", word)
    for pattern, single in _ENDINGS:
        word = re.sub(pattern, single, word)
    return word


def _alike(one: str, other: str) -> float:
    """Two spellings of one name differ in vowels alone: Rajesh and Rakesh are two people."""
    if one == other:
        return 1.0
    if 1 in (len(one), len(other)):
        return _INITIAL if one[0] == other[0] else 0.0
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio > _SPELLING and _bones(one) == _bones(other) else 0.0


def _bones(word: str) -> str:
    return re.sub(r"(?<=.)[aeiouy]", "", word)
