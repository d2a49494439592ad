"""How sentences are written in every language: signs, no codes, one name for a page and the way to it."""

from __future__ import annotations

import re

import pytest

from cleanit_app.components.admin import RAIL
from cleanit_app.components.navigation import CITIZEN, CITIZEN_TOP, CLEANER, PUBLIC_TOP, Place
from cleanit_app.i18n.catalogue import KEYS, say_in, sentence
from cleanit_app.i18n.locales import LANGUAGES
from cleanit_app.i18n.notifications import coded
from cleanit_app.i18n.suffixes import joined
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


@pytest.mark.row("LNG-03")
@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ("7 डिसेंबर, रात्री 9:57 वाजता पर्यंत वेळ आहे.", "7 डिसेंबर, रात्री 9:57 वाजेपर्यंत वेळ आहे."),
        ("30 दिवस, 14 जानेवारी पर्यंत", "30 दिवस, 14 जानेवारीपर्यंत"),
        ("1 डिसेंबर, सकाळी 10 वाजता ला निघतील.", "1 डिसेंबर, सकाळी 10 वाजता निघतील."),
        ("1 डिसेंबर, सकाळी 10 वाजता पासून", "1 डिसेंबर, सकाळी 10 वाजल्यापासून"),
        ("लखनऊ साठी ₹500", "लखनऊसाठी ₹500"),
        ("₹500 पर्यंत", "₹500 पर्यंत"),
        ("अमीनाबाद चे काम", "अमीनाबादचे काम"),
        ("हे काम लाल आहे", "हे काम लाल आहे"),
    ],
)
def test_marathi_endings_stand_on_their_words(filled: str, said: str) -> None:
    assert joined(filled, "mr") == said
    assert joined(filled, "hi") == filled


@pytest.mark.row("LNG-03")
def test_a_deadline_in_marathi_ends_as_people_say_it() -> None:
    said = say_in("mr", "notify.job_claimed_self", place="अमीनाबाद", deadline="7 डिसेंबर, रात्री 9:57 वाजता")
    assert "रात्री 9:57 वाजेपर्यंत" in said


@pytest.mark.row("LNG-04")
@pytest.mark.parametrize(
    ("language", "never", "instead"),
    [
        ("en", "[Cc]ampaign", "cleanup"), ("hi", "अभियान", "सफ़ाई"), ("hi", "पन्न[ाेो]", "पेज"), ("hi", "रकम", "रक़म"),
        ("hi", "फ़ीस", "शुल्क"), ("hi", "UPI (id|ID)", "UPI आईडी"), ("hi", "क्लीनइट का हिस्सा", "क्लीनइट का शुल्क"),
        ("mr", "मोह[िी]म", "सफाई"), ("mr", "स्वच्छते?ता?", "सफाई"), ("mr", "सफाई कामगार", "सफाईकर्मी"),
        ("mr", "अ\u200d?ॅ", "ॲ"), ("hi", "आपत्ति", "विवाद"), ("mr", "क्लीनइटचा वाटा", "क्लीनइटचे शुल्क"),
    ],
)  # fmt: skip
def test_one_concept_has_one_word(language: str, never: str, instead: str) -> None:
    """As docs/glossary.md binds them: what a reader sees under two names is two things to them.

    Texts of a version stay as people accepted them.
    """
    found = [one for one in offenders(never) if one[0] == language and not one[1].startswith(("terms.", "privacy."))]
    wrong = [(key, said) for _, key, said in found if re.search(never, IN_BRACES.sub("", said))]
    assert not wrong, f"{instead}: {wrong}"
