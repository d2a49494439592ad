"""What is stored to find a text by, and what is asked for: one form for both, in PostgreSQL's tsvector and tsquery.

A lexeme is a word in its normal form, `+` and two neighbouring words as one (Gomti Nagar, Gomtinagar), `~` and how a
word of an Indian script sounds, `=` and how a Latin one sounds, `#` and the number of a town, `@` and a DIGIPIN.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cleanit_app.domain.searching.sounds import is_indian, sounds_of
from cleanit_app.domain.searching.words import words_of

TOWN, DIGIPIN, JOINED = "#", "@", "+"
_INDIAN, _LATIN = "~", "="
_MOST_WORDS = 8
_LONG = 6  # letters of a word that may be two
_SURE = 4  # signs of a sound that is enough between two words of one script: gate is no ghat
_SQUARE_OF_A_KILOMETRE = 6  # signs of a DIGIPIN
# Words of a question that are not what is looked for.
_ASKING = frozenset(
    word
    for words in (
        "near nearby around the in at of on a an and to by for from area",
        "के की का को में पास पर से और या एक यहाँ वाला वाली वाले नज़दीक निकट",
        "च्या ची चा चे मध्ये जवळ",
        "pin code pincode zip no number पिन पिनकोड कोड नं नंबर क्रमांक",
    )
    for word in words_of(words) + [one for part in words.split() for one in words_of(part)]
)


def lexemes_of(text: str) -> set[str]:
    """All lexemes by which a text is found, but for those of its place."""
    words = words_of(text)
    joined = joined_words(words)
    return {*words, *(JOINED + word for word in joined), *(key for word in {*words, *joined} for key in heard(word))}


def joined_words(words: Sequence[str]) -> dict[str, int]:
    """Neighbours as one word, with the place of the first: two of one script, or two numbers (226 018)."""
    return {
        one + two: place
        for place, (one, two) in enumerate(pairwise(words))
        if one.isdigit() == two.isdigit() and is_indian(one) == is_indian(two)
    }


def heard(word: str) -> list[str]:
    """The lexemes of how a word sounds, in its own script's kind."""
    sign = _INDIAN if is_indian(word) else _LATIN
    return [sign + key for key in sounds_of(word)]


def stored(lexemes: Iterable[str]) -> str:
    """The lexemes as the text of a tsvector."""
    return " ".join(_quoted(lexeme) for lexeme in sorted(lexemes))


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


@dataclass(frozen=True)
class Question:
    """The words of a question, and for each place among them what else means the same: towns, words a slip away."""

    words: tuple[str, ...]
    also: Mapping[int, Sequence[str]] = field(default_factory=dict)
    digipins: tuple[str, ...] = ()


def asked_words(q: str) -> tuple[str, ...]:
    """The words of a question, eight at most, without those that only ask; all of them when there are no others."""
    words = words_of(q)
    return tuple([word for word in words if word not in _ASKING] or words)[:_MOST_WORDS]


def tsquery(asked: Question) -> str:
    """What is asked as the text of a tsquery: every word, as a beginning, by its sound, or joined with a neighbour.

    Empty when nothing is asked for.
    """
    joins = {place: word for word, place in joined_words(asked.words).items()}
    parts = []
    for place, word in enumerate(asked.words):
        last = place == len(asked.words) - 1
        ways = [_letters(word, last), *_by_sound(word)]
        ways += [_begun(JOINED + word)] if len(word) >= _LONG else []
        for join in filter(None, (joins.get(place - 1), joins.get(place))):
            ways += [_begun(join), *_by_sound(join)]
        ways += [_quoted(lexeme) for lexeme in asked.also.get(place, ())]
        parts.append(f"({' | '.join(dict.fromkeys(ways))})")
    parts += [_begun(DIGIPIN + code[:_SQUARE_OF_A_KILOMETRE]) for code in asked.digipins]
    return " & ".join(parts)


def _begun(word: str) -> str:
    return f"{_quoted(word)}:*"


def _letters(word: str, last: bool) -> str:
    """A word is asked for by its beginning; a number, and a letter that stands alone, only where it may go on."""
    if (word.isdigit() and not (last and len(word) > 2)) or (len(word) == 1 and not last):
        return _quoted(word)
    return _begun(word)


def _by_sound(word: str) -> list[str]:
    same, other = (_INDIAN, _LATIN) if is_indian(word) else (_LATIN, _INDIAN)
    ways = []
    for key in sounds_of(word):
        ways.append(_begun(other + key) if len(key) >= _SURE else _quoted(other + key))
        if len(key) >= _SURE:
            ways.append(_quoted(same + key))
    return ways
