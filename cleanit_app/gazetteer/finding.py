"""Indian places by what people type: names of today and before in any script, PIN codes, DIGIPINs, small slips."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cleanit_app.domain.searching.digipin import digipins_in, place_of
from cleanit_app.domain.searching.sounds import is_indian
from cleanit_app.domain.searching.words import words_of
from cleanit_app.gazetteer.files import Names, Office, Town, joined_sounds, places, town_of
from cleanit_app.gazetteer.states import states_in, towns_of_state

MOST = 8
_PIN = re.compile("[1-9][0-9]{5}")
_PIN_IN_TWO = re.compile(r"(?<!\d)([1-9]\d{2})\s(\d{3})(?!\d)")
_LONGEST_NAME = 5  # words
_MOST_WORDS = 12
_BEGINNINGS, _SLIPS = 400, 40  # most names that are looked at
_SURE = 4  # signs of a sound that is enough between two words of one script
# What a street is called after lies elsewhere: Delhi Road is in Meerut.
_STREETS = frozenset(
    words_of("road rd marg street st highway gate lane bypass line lines रोड मार्ग गेट लेन सड़क हाईवे लाइन")
)
# What says where beside a place, or what stands there, is no name by its sound: पीछे ("behind") is not Pacha.
_BESIDE = frozenset(
    words_of(
        "के की का को में से पर पीछे सामने पास बगल ऊपर नीचे किनारे मागे समोर जवळ शेजारी "
        "ke ki ka ko me mein se par piche peeche samne paas "
        "behind near opp opposite beside back front next of the in at to and by "
        "क्लिनिक अस्पताल स्कूल मंदिर मस्जिद स्टेशन दुकान घाट नाली कूड़ा "
        "clinic hospital school temple mandir masjid station shop ghat drain garbage"
    )
)
_IN_THE_TOWN, _A_QUARTER_ALONE, _A_KNOWN_ONE, _ALL_OF_IT = 8.0, -1.0, 6.0, 5.0
_EXACT, _HEARD, _BEGUN, _ALMOST = 4.0, 3.0, 2.0, 1.0


@dataclass(frozen=True)
class KnownPlace:
    """A town and a spot in it, in degrees: its middle, or that of the quarter or PIN code that was asked for.

    `detail` says which spot: a quarter and its PIN code, a DIGIPIN, or the state of a whole town.
    """

    name: str
    hindi: str
    latitude: float
    longitude: float
    detail: str = ""


@dataclass(frozen=True)
class _Hit:
    """A name found among the words typed, from `start` to before `end`."""

    thing: Town | Office
    how: float
    start: int
    end: int


def find_places(q: str) -> list[KnownPlace]:
    """Towns and quarters named in what was typed, the likeliest first, eight at most.

    Of "Gali No. 4, Aminabad, Lucknow 226018" it finds that part of Lucknow, then Lucknow.
    """
    digipins, rest = digipins_in(q[:200])
    exact = [_at_digipin(code) for code in digipins]
    pins, words = _words(rest)
    hits = list(_hits(words))
    offices = [office for pin in pins for office in places().by_pin.get(pin, ())]
    found = [*_of_pins(offices, hits), *towns_of_state(words)[:MOST], *_ranked(hits, words)]
    return list(dict.fromkeys(exact + [_known(one) for one in found]))[:MOST]


def _words(q: str) -> tuple[list[str], list[str]]:
    """PIN codes and the words that may be names; other numbers are those of houses and streets."""
    words = words_of(_PIN_IN_TWO.sub(r"\1\2", q))
    pins = [word for word in words if _PIN.fullmatch(word)]
    return pins, [word for word in words if not word.isdigit()][:_MOST_WORDS]


def _at_digipin(code: str) -> KnownPlace:
    latitude, longitude = place_of(code)
    town = town_of(places().around(latitude, longitude, 40))
    spelled = f"{code[:3]}-{code[3:6]}-{code[6:]}"
    return KnownPlace(
        town.name if town else spelled, town.hindi if town else "", round(latitude, 5), round(longitude, 5), spelled
    )


def _hits(words: Sequence[str]) -> Iterator[_Hit]:
    """Every name in the words; slips are looked for only when nothing was found."""
    names = places().names
    found = False
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            beside = length == 1 and words[start] in _BESIDE
            for how, thing in _named(names, words[start : start + length]):
                if beside and how < _EXACT:
                    continue
                found = True
                yield _Hit(thing, how, start, start + length)
    if not found:
        for place, word in enumerate(words):
            for thing in () if word in _BESIDE else _almost(names, word):
                yield _Hit(thing, _ALMOST, place, place + 1)


def _named(names: Names, words: Sequence[str]) -> Iterator[tuple[float, Town | Office]]:
    letters = "".join(words)
    if len(letters) < 2:
        return
    exact = names.by_letters.get(letters, ())
    yield from ((_EXACT, thing) for thing in exact)
    for key in joined_sounds(words):
        # What is written in the same script is trusted less: gate is no ghat.
        for indic in (True, False):
            if indic is not is_indian(letters) or len(key) >= _SURE:
                yield from ((_HEARD, thing) for thing in names.by_sound.get((indic, key), ()))
    if len(letters) >= 3:
        yield from ((_BEGUN, thing) for thing in _beginning(names, letters))
        for key in joined_sounds(words):
            if len(key) >= _SURE:
                yield from ((_BEGUN, thing) for thing in _sounding(names, letters, key))


def _beginning(names: Names, letters: str) -> Iterator[Town | Office]:
    at = bisect_left(names.sorted_letters, letters)
    for name in islice(names.sorted_letters, at, at + _BEGINNINGS):
        if not name.startswith(letters):
            return
        if name != letters:
            yield from names.by_letters[name]


def _sounding(names: Names, letters: str, key: str) -> Iterator[Town | Office]:
    """Names in other scripts that begin with this sound: Aminabad Park for अमीनाबाद."""
    other = not is_indian(letters)
    at = bisect_left(names.sorted_sounds, (other, key))
    for script, name in islice(names.sorted_sounds, at, at + _BEGINNINGS):
        if script is not other or not name.startswith(key):
            return
        if name != key:
            yield from names.by_sound[script, name]


def _almost(names: Names, word: str) -> Iterator[Town | Office]:
    """Names one slip away (a letter wrong, missing, too many, or two changed places), two in long ones."""
    slips = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    if not slips:
        return
    near = process.extract(word, names.sorted_letters, scorer=OSA.distance, score_cutoff=slips, limit=_SLIPS)
    for name, _, _ in near:
        yield from names.by_letters[name]


def _of_pins(offices: list[Office], hits: list[_Hit]) -> list[Office]:
    """Of the post offices of a PIN code those that are named beside it, else its first."""
    named = [office for office in offices if any(hit.thing is office for hit in hits)]
    return named or offices[:1]


def _ranked(hits: list[_Hit], words: Sequence[str]) -> list[Town | Office]:
    """Best first: by how the name was found, by how much of what was typed it explains, by people, by place."""
    best: dict[int, tuple[float, Town | Office]] = {}
    named = _towns_named(hits, words)
    for hit in hits:
        score = _score(hit, words)
        thing = hit.thing
        if isinstance(thing, Office):
            beside = named.get(thing.town.id)
            apart = beside and (beside[1] <= hit.start or beside[0] >= hit.end)
            sure = thing.known and (hit.how == _EXACT or (hit.how >= _HEARD and hit.end - hit.start == len(words)))
            score += _IN_THE_TOWN if apart else _A_KNOWN_ONE if sure else _A_QUARTER_ALONE
        if score > best.get(id(thing), (-9.0, thing))[0]:
            best[id(thing)] = score, thing
    return [thing for _, thing in sorted(best.values(), key=lambda one: -one[0])]


def _towns_named(hits: list[_Hit], words: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Ids of the towns that are named as such, and where."""
    return {
        hit.thing.id: (hit.start, hit.end)
        for hit in hits
        if isinstance(hit.thing, Town) and hit.how >= _HEARD and not _is_a_street(hit, words)
    }


def _is_a_street(hit: _Hit, words: Sequence[str]) -> bool:
    return hit.end < len(words) and words[hit.end] in _STREETS


def _score(hit: _Hit, words: Sequence[str]) -> float:
    thing = hit.thing
    people: int = thing.population if isinstance(thing, Town) else thing.town.population // 20
    size = min(7.0, len(str(people)) + people / float(10 ** len(str(people))))
    later = (hit.end / len(words)) if words else 0.0
    covered = sum(len(word) for word in words[hit.start : hit.end]) / max(1, sum(map(len, words)))
    own: float = isinstance(thing, Town) and "".join(words[hit.start : hit.end]) in _own_names(thing)
    state = isinstance(thing, Town) and set(words_of(thing.state)) <= {*words[: hit.start], *words[hit.end :]}
    if covered == 1 and hit.how == _EXACT and isinstance(thing, Town):
        own += _ALL_OF_IT
    return hit.how * 1.5 + size + later + 5 * covered + own + 4 * state - 3 * _is_a_street(hit, words)


def _own_names(town: Town) -> tuple[str, str]:
    return "".join(words_of(town.name)), "".join(words_of(town.hindi))


def _known(thing: Town | Office) -> KnownPlace:
    if isinstance(thing, Office):
        return KnownPlace(
            thing.town.name, thing.town.hindi, thing.latitude, thing.longitude, f"{thing.name} {thing.pin}"
        )
    return KnownPlace(thing.name, thing.hindi, thing.latitude, thing.longitude, thing.state)


def towns_named(words: Sequence[str]) -> dict[int, set[int]]:
    """For each place among the words, the ids of the towns that are named there, today's name or another.

    A state's name stands for all its towns: addresses seldom name their state.
    """
    found: dict[int, set[int]] = {}
    for start, end, towns in states_in(words):
        for place in range(start, end):
            found.setdefault(place, set()).update(town.id for town in towns)
    names = places().names
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            for how, thing in _named(names, words[start : start + length]):
                if isinstance(thing, Town) and how >= _HEARD:
                    for place in range(start, start + length):
                        found.setdefault(place, set()).add(thing.id)
    return found
