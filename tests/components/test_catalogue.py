"""The catalogue against the code: no word missing, none forgotten, each given its values."""

from __future__ import annotations

import asyncio
import re

import pytest

from cleanit_app.components.chips import STATES
from cleanit_app.domain import errors
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import keys_below, language_of, say, say_in, speak, speaking
from cleanit_app.i18n.catalogue import placeholders
from tests.components.sources import beginnings, literals, spoken, spoken_in_scripts
from tests.support.words import WORDS

# Found by the code of a refusal, the key of a field's problem, the kind of a notification, a reason or the
# name of a state: nobody spells these keys out.
FOUND_BY_NAME = ("error.", "field.", "notify.", "rejection.", "bank.", "odd.", *(f"{kind}." for kind in STATES))


def _all_errors(cls: type[DomainError] = DomainError) -> set[str]:
    return {cls.code}.union(*(_all_errors(sub) for sub in cls.__subclasses__()))


def test_we_do_not_cheer_and_write_western_digits() -> None:
    assert [key for key, pair in WORDS.items() if "!" in "".join(pair)] == []
    assert [key for key, (_, hi) in WORDS.items() if re.search(r"[०-९]", hi)] == []


def test_hindi_is_written_in_its_own_script() -> None:
    own = {key: re.sub(r"\{[^}]*\}", "", hi) for key, (_, hi) in WORDS.items()}  # what stands beside the values
    latin = [key for key, hi in own.items() if re.search("[A-Za-z]", hi) and not re.search(r"[ऀ-ॿ]", hi)]
    assert {key for key in latin if not key.startswith("format.")} <= {"admin.kyc", "boards.unit.COUNT"}


def test_every_key_that_is_spoken_is_in_the_catalogue() -> None:
    said = [(where, key) for where, key, _ in spoken()] + list(spoken_in_scripts())
    assert len(said) > 100
    assert [(where, key) for where, key in said if key not in WORDS] == []


def test_every_sentence_is_given_its_values() -> None:
    wrong = [
        (where, key, sorted(placeholders(WORDS[key][0])), sorted(names))
        for where, key, names in spoken()
        if names is not None and key in WORDS
        if not placeholders(WORDS[key][0]) <= names | {name.removesuffix("_paise") for name in names}
    ]
    assert wrong == []


def test_no_words_are_left_that_nobody_says() -> None:
    said = literals()
    prefixes = tuple(text for text in said if text.endswith(".") and len(text) > 2) + tuple(beginnings())
    forgotten = [
        key
        for key in WORDS
        if not key.startswith(FOUND_BY_NAME) and key.removesuffix(".one") not in said and not key.startswith(prefixes)
    ]
    assert forgotten == []


def test_every_refusal_has_its_sentence() -> None:
    assert errors.DomainError in DomainError.__mro__
    codes = _all_errors() - {DomainError.code}
    assert sorted(code for code in codes if f"error.{code}" not in WORDS) == []


def test_what_is_said_is_in_the_language_spoken_then() -> None:
    assert say("notify.deadline_1h", place="Gali No. 4") == "1 hour left for Gali No. 4."
    with speaking("hi"):
        assert say("notify.deadline_1h", place="Gali No. 4") == say_in("hi", "notify.deadline_1h", place="Gali No. 4")
        assert say_in("en", "notify.deadline_1h", place="Gali No. 4") == "1 hour left for Gali No. 4."
    assert say("nav.discover") == "Discover"


def test_two_tasks_speak_their_own_language() -> None:
    async def told(language: str) -> str:
        speak(language)
        await asyncio.sleep(0)
        return await asyncio.to_thread(say, "nav.discover")

    async def both() -> list[str]:
        return await asyncio.gather(told("en"), told("hi"))

    assert asyncio.run(both()) == [say_in("en", "nav.discover"), say_in("hi", "nav.discover")]


def test_paise_become_rupees_in_a_sentence() -> None:
    assert say_in("en", "error.AMOUNT_OVER_REMAINING", missing_paise=74_000) == "Only ₹740 is needed."


def test_one_has_its_own_form() -> None:
    assert say_in("en", "time.days_left", n=1) == "1 day left"
    assert say_in("en", "time.days_left", n=2) == "2 days left"


def test_unknown_words_and_missing_values_are_errors() -> None:
    with pytest.raises(KeyError, match="no such words"):
        say_in("en", "nothing.here")
    with pytest.raises(KeyError):
        say_in("en", "money.of")
    with pytest.raises(KeyError, match="no words begin"):
        keys_below("nothing.")


@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [
        ("hi", "en-IN", "hi"),
        ("en", "hi-IN,hi;q=0.9", "en"),
        (None, "hi-IN,hi;q=0.9,en;q=0.8", "hi"),
        (None, "en-IN,hi;q=0.9", "en"),
        ("<script>", None, "en"),
        ("xx", "hi", "hi"),
        (None, "fr-FR,hi;q=0.8,en;q=0.9", "en"),
        (None, "en;q=0,hi;q=0.1", "hi"),
        (None, "hi;q=nonsense,en;q=0.5", "en"),
        (None, "*", "en"),
        (None, "HI-in", "hi"),
        (None, ",;q=,,", "en"),
    ],
)
def test_the_cookie_decides_the_language(cookie: str | None, header: str | None, language: str) -> None:
    assert language_of(cookie, header) == language
