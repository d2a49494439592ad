"""Whether two names that sound alike also look alike, in whatever script each is written: gate is no गोट."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from cleanit_app.domain.searching.sounds import is_indian
from cleanit_app.domain.searching.words import words_of
from cleanit_app.domain.transliteration import romanise
from cleanit_app.gazetteer.files import Office, Town

_FLOOR = 0.65  # of the letters
_FOLDS = (
    ("aa", "a"),
    ("ee", "i"),
    ("oo", "u"),
    ("ph", "f"),
    ("w", "v"),
    ("ow$", "au"),
    ("ck", "k"),
    ("c(?=[aou])", "k"),
)


def resembles(letters: str, thing: Town | Office, *, indian: bool) -> bool:
    """Whether one of the thing's names in that kind of script has most letters of these, read as Latin ones."""
    asked = latin(letters)
    return any(OSA.normalized_similarity(asked, name) >= _FLOOR for name in _names(thing, indian))


@lru_cache(maxsize=8192)
def _names(thing: Town | Office, indian: bool) -> tuple[str, ...]:
    names = (thing.name, thing.hindi, *thing.others) if isinstance(thing, Town) else (thing.name, *thing.others)
    return tuple(latin("".join(words_of(name))) for name in names if is_indian(name) is indian)


@lru_cache(maxsize=4096)
def latin(letters: str) -> str:
    """Letters of any script as Latin ones, spelled in one way."""
    spelled = romanise(letters) if is_indian(letters) else letters
    for pattern, to in _FOLDS:
        spelled = re.sub(pattern, to, spelled)
    return spelled
