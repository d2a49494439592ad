"""Indian places by what people type: names of today and before in any script, PIN codes, DIGIPINs, small slips."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cleanit_app.domain.searching.digipin import digipins_in, place_of
from cleanit_app.domain.searching.words import words_of
from cleanit_app.gazetteer.files import Office, Town, places, town_of
from cleanit_app.gazetteer.matching import BEGUN, EXACT, HEARD, LONGEST_NAME, Hit, distinct, hits_in, named_as
from cleanit_app.gazetteer.ordinary import ORDINARY
from cleanit_app.gazetteer.states import state_named, states_in, towns_of_state

MOST = 8
_PIN = re.compile("[1-9][0-9]{5}")
_PIN_IN_TWO = re.compile(r"(?<!\d)([1-9]\d{2})\s(\d{3})(?!\d)")
_MOST_WORDS = 12
# What a street is called after lies elsewhere: Delhi Road is in Meerut.
_STREETS = frozenset(
    words_of("road rd marg street st highway gate lane bypass line lines रोड मार्ग गेट लेन सड़क हाईवे लाइन")
)
_HALF, _LITTLE = 0.5, 0.3  # of the letters typed that a name must explain
_KNOWN_TO_ALL = 20_000  # people
_IN_THE_TOWN, _A_QUARTER_ALONE, _A_KNOWN_ONE, _ALL_OF_IT = 8.0, -1.0, 6.0, 5.0


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


def find_places(q: str) -> list[KnownPlace]:
    """Towns and quarters named in what was typed, the likeliest first, eight at most.

    Of "Gali No. 4, Aminabad, Lucknow 226018" it finds that part of Lucknow, then Lucknow.
    """
    return [place for place, _ in _found(q)]


def place_meant(q: str) -> KnownPlace | None:
    """The place that was named and nothing else: no slip, no likeness, no word left over but ordinary ones."""
    first, sure = next(iter(_found(q)), (None, False))
    if first and (state := state_named(words_of(q[:200]))) and state[0] != first.name:
        return KnownPlace(*state, first.latitude, first.longitude)
    return first if sure else None


def _found(q: str) -> list[tuple[KnownPlace, bool]]:
    """The places, and of each whether what was typed names it and nothing else."""
    digipins, rest = digipins_in(q[:200])
    exact = [(_at_digipin(code), True) for code in digipins]
    pins, words = _words(rest)
    hits = list(hits_in(words))
    at_pins = _of_pins([office for pin in pins for office in places().by_pin.get(pin, ())], hits)
    sure: list[Town | Office] = [*at_pins, *towns_of_state(words)[:MOST]]
    likely = [(_known(one), _is_explained(one, hits, words)) for one in _ranked(hits, words)]
    found: dict[KnownPlace, bool] = {}
    for place, named in (*exact, *((_known(one), True) for one in sure), *likely):
        found.setdefault(place, named)
    return list(found.items())[:MOST]


def _is_explained(thing: Town | Office, hits: list[Hit], words: Sequence[str]) -> bool:
    """Whether each word is the name of the thing, of its town or state, or an ordinary one."""
    own = {id(thing), id(thing.town)} if isinstance(thing, Office) else {id(thing)}
    state = words_of(thing.town.state if isinstance(thing, Office) else thing.state)
    beside = isinstance(thing, Office) and any(hit.thing is thing.town and hit.how >= HEARD for hit in hits)
    least = BEGUN if beside else HEARD  # Aminabad of Lucknow is Aminabad Park
    heard = [hit for hit in hits if id(hit.thing) in own and hit.how >= least]
    named = {place for hit in heard for place in range(hit.start, hit.end)}
    itself = any(hit.thing is thing for hit in heard)
    return itself and all(place in named or word in ORDINARY or word in state for place, word in enumerate(words))


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


def _of_pins(offices: list[Office], hits: list[Hit]) -> list[Office]:
    """Of the post offices of a PIN code those that are named beside it, else its first."""
    named = [office for office in offices if any(hit.thing is office for hit in hits)]
    return named or offices[:1]


def _ranked(hits: list[Hit], words: Sequence[str]) -> list[Town | Office]:
    """Best first: by how the name was found, by how much of what was typed it explains, by people, by place."""
    best: dict[int, tuple[float, Town | Office]] = {}
    named = _towns_named(hits, words)
    said = any(hit.how == EXACT and hit.end - hit.start == len(words) for hit in hits)  # nothing else is meant
    for hit in hits:
        thing = hit.thing
        if said and hit.end - hit.start < len(words):
            continue
        apart = _is_apart(hit, named)
        if not _is_meant(hit, words, apart=apart):
            continue
        score = _score(hit, words)
        if isinstance(thing, Office):
            sure = thing.known and (hit.how == EXACT or (hit.how >= HEARD and hit.end - hit.start == len(words)))
            score += _IN_THE_TOWN if apart else _A_KNOWN_ONE if sure else _A_QUARTER_ALONE
        if score > best.get(id(thing), (-9.0, thing))[0]:
            best[id(thing)] = score, thing
    return [thing for _, thing in sorted(best.values(), key=lambda one: -one[0])]


def _is_apart(hit: Hit, named: dict[int, tuple[int, int]]) -> bool:
    """Whether a quarter's town is named beside it."""
    beside = named.get(hit.thing.town.id) if isinstance(hit.thing, Office) else None
    return bool(beside and (beside[1] <= hit.start or beside[0] >= hit.end))


def _is_meant(hit: Hit, words: Sequence[str], *, apart: bool) -> bool:
    """Whether a name explains enough of what was typed to be offered: a likeness to one of many words is chance."""
    part = words[hit.start : hit.end]
    if ORDINARY.issuperset(part):
        return apart or (hit.how == EXACT and (_is_a_town_of(hit.thing, part, words) or _is_unique(part, words)))
    if apart or (hit.how == EXACT and (isinstance(hit.thing, Town) or hit.thing.known)):
        return True
    least = _LITTLE if hit.how == EXACT else _HALF
    return distinct(part) >= least * distinct(words)


def _is_unique(part: Sequence[str], words: Sequence[str]) -> bool:
    """Whether ordinary words are all that was typed and together a name in one town: Park Street, but no bus stand."""
    things = places().names.by_letters["".join(part)]
    return (
        1 < len(part) == len(words)
        and len({thing.town if isinstance(thing, Office) else thing for thing in things}) == 1
    )


def _is_a_town_of(thing: Town | Office, part: Sequence[str], words: Sequence[str]) -> bool:
    """Whether ordinary words are all that was typed and a town's own name: Mandi in Himachal."""
    if not isinstance(thing, Town) or thing.population < _KNOWN_TO_ALL or "".join(part) not in _own_names(thing):
        return False
    return set(words) <= {*part, *words_of(thing.state)}


def _towns_named(hits: list[Hit], words: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Ids of the towns that are named as such, and where."""
    return {
        hit.thing.id: (hit.start, hit.end)
        for hit in hits
        if isinstance(hit.thing, Town) and hit.how >= HEARD and not _is_a_street(hit, words)
    }


def _is_a_street(hit: Hit, words: Sequence[str]) -> bool:
    return hit.end < len(words) and words[hit.end] in _STREETS


def _score(hit: Hit, words: Sequence[str]) -> float:
    thing = hit.thing
    people: int = thing.population if isinstance(thing, Town) else thing.town.population // 20
    size = min(7.0, len(str(people)) + people / float(10 ** len(str(people))))
    later = (hit.end / len(words)) if words else 0.0
    covered = sum(len(word) for word in words[hit.start : hit.end]) / max(1, sum(map(len, words)))
    own: float = isinstance(thing, Town) and "".join(words[hit.start : hit.end]) in _own_names(thing)
    state = isinstance(thing, Town) and set(words_of(thing.state)) <= {*words[: hit.start], *words[hit.end :]}
    if covered == 1 and hit.how == EXACT and isinstance(thing, Town):
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
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            for how, thing in named_as(names, words[start : start + length], whole=False):
                if isinstance(thing, Town) and how >= HEARD:
                    for place in range(start, start + length):
                        found.setdefault(place, set()).add(thing.id)
    return found
