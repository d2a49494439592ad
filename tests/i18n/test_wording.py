"""How sentences are written in every language: signs, no codes, one name for a page and the way to it."""

from __future__ import annotations

import re

import pytest

from cleanit_app.components.admin import RAIL
from cleanit_app.components.navigation import CITIZEN, CITIZEN_TOP, CLEANER, PUBLIC_TOP, Place
from cleanit_app.i18n.catalogue import KEYS, sentence
from cleanit_app.i18n.locales import LANGUAGES
from cleanit_app.i18n.notifications import coded
from cleanit_app.pages import PAGES

SAID = [(language, key, sentence(key, language)) for language in LANGUAGES for key in sorted(KEYS)]
CODE = re.compile(r"\b[a-z]+_[a-z]+|\b[A-Z]{2,}_[A-Z]+\b|\b[0-9a-f]{8}-[0-9a-f]{4}|\b(?:True|False|None)\b(?=[,:}])")
IN_BRACES = re.compile(r"\{[^}]*\}")


def offenders(pattern: str) -> list[tuple[str, str, str]]:
    """Sentences in which this is found outside of their values."""
    return [one for one in SAID if re.search(pattern, one[2])]


@pytest.mark.row("LNG-01")
def test_signs_stand_as_they_should() -> None:
    assert offenders(r"[\d}] %") == []
    assert offenders(r"[।.]\s*[।]|(?<!\.)\.\.(?!\.)") == []
    assert offenders(r" [।,.;:?](?:\s|$)") == []
    assert offenders(r"\|") == []
    assert offenders(r"\} ?\{house\.[^}]*\} (?:h|घंटे)") == []


@pytest.mark.row("LNG-01")
def test_no_sentence_holds_a_code() -> None:
    assert [one for one in SAID if CODE.search(IN_BRACES.sub("", one[2]))] == []


@pytest.mark.row("LNG-01")
@pytest.mark.parametrize("code", ["payment_timed_out", "SOMETHING_NEW", "bank_refused_again"])
def test_a_code_that_is_said_for_the_first_time_is_not_shown(code: str) -> None:
    assert not CODE.search(coded("bank", code))
    assert "timed" not in coded("bank", code)


@pytest.mark.row("LNG-01")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_called_what_the_way_to_it_says(language: str) -> None:
    titles = {page.ROUTE: page.TITLE for page in PAGES}
    ways = [one for one in (*RAIL, *CITIZEN, *CITIZEN_TOP, *PUBLIC_TOP, *CLEANER) if isinstance(one, Place)]
    differ = [
        (one.href, sentence(one.key, language), sentence(titles[one.href], language))
        for one in ways
        if one.href in titles
        if sentence(one.key, language).lower() not in sentence(titles[one.href], language).lower()
    ]
    assert differ == []
