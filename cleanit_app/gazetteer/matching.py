"""Every name of a place among words: in letters, by sound, as a beginning, and a slip of the finger away."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cleanit_app.domain.searching.sounds import is_indian
from cleanit_app.gazetteer.files import Names, Office, Town, joined_sounds, places
from cleanit_app.gazetteer.ordinary import ORDINARY
from cleanit_app.gazetteer.resemblance import resembles

EXACT, HEARD, BEGUN, ALMOST = 4.0, 3.0, 2.0, 1.0
LONGEST_NAME = 5  # words
_BEGINNINGS, _SLIPS = 400, 40  # most names that are looked at
_SURE = 4  # signs of a sound that is enough between two words of one script
_MOST_OF_A_NAME = 0.55  # of its letters: "luckn" among other words, but no "india" for an Indian Institute
_LONG = 7  # letters of a word in which a slip tells what was meant
_LARGE = 100_000  # people


@dataclass(frozen=True)
class Hit:
    """A name found among the words typed, from `start` to before `end`."""

    thing: Town | Office
    how: float
    start: int
    end: int


def hits_in(words: Sequence[str]) -> Iterator[Hit]:
    """Every name in the words; slips are looked for only when nothing was found."""
    names = places().names
    found = False
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            part = words[start : start + length]
            whole = length == len(words)
            for how, thing in named_as(names, part, whole=whole):
                if how == EXACT or not ORDINARY.issuperset(part):
                    found = True
                    yield Hit(thing, how, start, start + length)
    if not found:
        for place, word in enumerate(words):
            for thing in () if word in ORDINARY else _almost(names, word):
                yield Hit(thing, ALMOST, place, place + 1)


def distinct(words: Iterable[str]) -> int:
    """How many letters of the words may belong to a name."""
    return sum(len(word) for word in words if word not in ORDINARY)


def named_as(names: Names, words: Sequence[str], *, whole: bool) -> Iterator[tuple[float, Town | Office]]:
    """Things of this name; a `whole` question may be a beginning, a part of one must be most of a name."""
    letters = "".join(words)
    if len(letters) < 2:
        return
    exact = names.by_letters.get(letters, ())
    yield from ((EXACT, thing) for thing in exact)
    for key in joined_sounds(words):
        # What is written in the same script is trusted less: gate is no ghat.
        for indic in (True, False):
            if indic is not is_indian(letters) or len(key) >= _SURE:
                heard = names.by_sound.get((indic, key), ())
                yield from ((HEARD, thing) for thing in heard if resembles(letters, thing, indian=indic))
    least = 0.0 if whole else _MOST_OF_A_NAME
    if len(letters) >= 3:
        yield from ((BEGUN, thing) for thing in _beginning(names, letters, least))
        for key in joined_sounds(words):
            if len(key) >= _SURE:
                yield from ((BEGUN, thing) for thing in _sounding(names, letters, key, least))


def _beginning(names: Names, letters: str, least: float) -> Iterator[Town | Office]:
    at = bisect_left(names.sorted_letters, letters)
    for name in islice(names.sorted_letters, at, at + _BEGINNINGS):
        if not name.startswith(letters):
            return
        if name != letters and len(letters) >= least * len(name):
            yield from names.by_letters[name]


def _sounding(names: Names, letters: str, key: str, least: float) -> Iterator[Town | Office]:
    """Names in other scripts that begin with this sound: Aminabad Park for अमीनाबाद."""
    other = not is_indian(letters)
    at = bisect_left(names.sorted_sounds, (other, key))
    for script, name in islice(names.sorted_sounds, at, at + _BEGINNINGS):
        if script is not other or not name.startswith(key):
            return
        if name != key and len(key) >= least * len(name):
            yield from names.by_sound[script, name]


def _almost(names: Names, word: str) -> Iterator[Town | Office]:
    """Names one slip away (a letter wrong, missing, too many, or two changed places), two in long ones.

    Short words are a slip away from many names: only from those of large towns a slip is likely.
    """
    slips = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    if not slips:
        return
    near = process.extract(word, names.sorted_letters, scorer=OSA.distance, score_cutoff=slips, limit=_SLIPS)
    for name, _, _ in near:
        for thing in names.by_letters[name]:
            if len(word) >= _LONG or (isinstance(thing, Town) and thing.population >= _LARGE):
                yield thing
