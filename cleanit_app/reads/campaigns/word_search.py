"""What somebody typed, as a question to the words of campaigns: today's names for old ones, slips of a letter."""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz.distance import OSA

from cleanit_app.domain.searching.digipin import digipins_in
from cleanit_app.domain.searching.lexemes import TOWN, Question, asked_words, heard, tsquery
from cleanit_app.domain.searching.same_meaning import same_meaning
from cleanit_app.gazetteer.finding import towns_named
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

_SHORTEST = 4  # letters in which a slip is looked for; in shorter ones everything is a slip of everything
_SHORTEST_SOUND = 5
_MOST = 6


def campaign_query(uow: UnitOfWork, q: str) -> str:
    """The text of a tsquery for the words typed; empty when there are none, which finds nothing.

    A word that no public campaign has, and no town, is taken for the words of campaigns that are one slip away.
    """
    digipins, rest = digipins_in(q[:200])
    words = asked_words(rest)
    also = defaultdict[int, list[str]](list)
    for place, towns in towns_named(words).items():
        also[place] += [f"{TOWN}{town}" for town in sorted(towns)]
    for place, word in enumerate(words):
        also[place] += same_meaning(word)
    unsure = {place: word for place, word in enumerate(words) if len(word) >= _SHORTEST and not word.isdigit()}
    for place, near in _slips(uow, unsure).items():
        also[place] += near
    return tsquery(Question(words, also, tuple(digipins)))


def _slips(uow: UnitOfWork, words: dict[int, str]) -> dict[int, list[str]]:
    """For each word that is in no public campaign the ones a slip away, in letters or in sound."""
    known = _known(uow, list(words.values()))
    unknown = {place: word for place, word in words.items() if word not in known}
    if not unknown:
        return {}
    forms = {place: [word, *_sounds(word)] for place, word in unknown.items()}
    found = ask_list(
        uow,
        "words a slip away",
        """SELECT form, v.word FROM unnest(CAST(:forms AS text[])) form
           JOIN search_vocabulary v ON v.slips && one_letter_less(form)""",
        forms=sorted({form for several in forms.values() for form in several}),
    )
    near = defaultdict[str, list[tuple[int, str]]](list)
    for form, word in found.read(lambda row: (row.form, row.word)):
        if (slips := OSA.distance(form, word, score_cutoff=1)) <= 1:
            near[form].append((slips, word))
    return {
        place: [word for _, word in sorted(one for form in several for one in near[form])][:_MOST]
        for place, several in forms.items()
    }


def _sounds(word: str) -> list[str]:
    return [key for key in _either_script(word) if len(key) > _SHORTEST_SOUND]


def _known(uow: UnitOfWork, words: list[str]) -> set[str]:
    """Which of the words some public campaign has: as a beginning, or by the same sound."""
    if not words:
        return set()
    sounds = {sound: word for word in words for sound in _either_script(word)}
    found = ask_list(
        uow,
        "words that are known",
        """SELECT asked.word, (SELECT v.word FROM search_vocabulary v WHERE v.word >= asked.word COLLATE "C"
                               ORDER BY v.word LIMIT 1) AS next FROM unnest(CAST(:words AS text[])) asked(word)
           UNION ALL SELECT v.word, v.word FROM search_vocabulary v WHERE v.word = ANY(CAST(:sounds AS varchar[]))""",
        words=words,
        sounds=sorted(sounds),
    )
    rows = found.read(lambda row: (str(row.word), str(row.next or "")))
    return {sounds.get(word, word) for word, following in rows if following.startswith(word)}


def _either_script(word: str) -> list[str]:
    return [sign + key[1:] for key in heard(word) for sign in "~="]
