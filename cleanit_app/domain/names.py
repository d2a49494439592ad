"""How far two names are the same person's, as a bank and a person write them."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "shri", "sri", "smt", "kumari", "km", "md", "mohd"})
_INITIAL, _SPELLING = 0.8, 0.8  # an initial is worth this much; two spellings must be this alike


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
    plain = unicodedata.normalize("NFKD", name or "")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.findall(r"\w+", plain.replace("_", " "))
    return [w for w in words if w not in _TITLES] or words


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if 1 in (len(one), len(other)):
        return _INITIAL if one[0] == other[0] else 0.0
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= _SPELLING else 0.0
