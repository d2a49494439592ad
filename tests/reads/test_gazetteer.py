"""Towns are found by what people type."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanit_app.domain.places import is_in_india
from cleanit_app.gazetteer.files import places
from cleanit_app.gazetteer.finding import place_meant
from cleanit_app.reads.campaigns.gazetteer import find_places


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Lucknow", "Lucknow"),
        ("lucknow", "Lucknow"),
        ("Gali No. 4, Aminabad, Lucknow 226018", "Lucknow"),
        ("दिल्ली", "Delhi"),
        ("Bengal", "Bengaluru"),
    ],
)
@pytest.mark.row("CAM-04")
def test_a_town_is_found(typed: str, name: str) -> None:
    assert find_places(typed)[0].name == name


@pytest.mark.parametrize("typed", ["", "x", "zzzzz", "12345", ",,,"])
def test_nonsense_finds_nothing(typed: str) -> None:
    assert find_places(typed) == []


def test_every_town_is_where_campaigns_may_be() -> None:
    outside = [p.name for p in (*places().towns, *places().offices) if not is_in_india(p.latitude, p.longitude)]
    assert outside == []


QUESTIONS = [line.split("\t") for line in Path(__file__).with_name("questions.tsv").read_text("utf-8").splitlines()]
"""What people type, and the first answer they expect: `Town`, `Town|other name`, `Town=part of the detail`."""


def _is_answered(typed: str, expected: str) -> bool:
    names, _, detail = expected.partition("=")
    first = next(iter(find_places(typed)), None)
    return first is not None and first.name in names.split("|") and detail in first.detail


@pytest.mark.row("CAM-04", "JOB-03")
def test_the_first_answer_is_the_one_people_expect() -> None:
    """At least 95 of 100; a list of those that are not is shown when it fails."""
    assert len(QUESTIONS) >= 200
    wrong = [
        (typed, expected, find_places(typed)[:1]) for typed, expected in QUESTIONS if not _is_answered(typed, expected)
    ]
    print(f"{len(QUESTIONS) - len(wrong)} of {len(QUESTIONS)} right: {1 - len(wrong) / len(QUESTIONS):.1%}")
    assert len(wrong) <= 0.05 * len(QUESTIONS), wrong


@pytest.mark.row("CAM-04")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("क्लिनिक के पीछे", ""),
        ("mandir ke samne", ""),
        ("school ke paas indore", "Indore"),
        ("चारबाग़ स्टेशन के पीछे, लखनऊ", "Lucknow"),
        ("Ghat", ""),  # though a post office far away has that name
        ("Ghat Joshimath", "Joshimath"),
        ("Mandi", "Mandi"),  # a town that all of India knows
        ("sabzi mandi", ""),
        ("India", ""),
        ("गली नं 4", ""),
        ("मेरे घर के सामने", ""),
        ("old bus stand", ""),
        ("हैदर नहर", ""),
        ("broken drain", ""),
        ("पार्क में कूड़ा", ""),
        ("near my house", ""),
        ("naale mein plastic", ""),
    ],
)
def test_ordinary_words_of_a_street_are_no_place(typed: str, first: str) -> None:
    assert next((place.name for place in find_places(typed)), "") == first


@pytest.mark.row("CAM-04", "JOB-03")
@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Kanpur", "Kanpur"), ("kanpoor", "Kanpur"), ("बनारस", "Varanasi"), ("garbage in Kanpur", "Kanpur"),
        ("Kanpur Uttar Pradesh", "Kanpur"), ("Thane West", "Thane"), ("sector 62 noida", "Noida"),
        ("PIN 226018", "Lucknow"), ("Aminabad Lucknow", "Lucknow"), ("Taj Mahal Agra", "Agra"), ("Goa", "Goa"),
        ("मध्य प्रदेश", "Madhya Pradesh"), ("Delhi", "Delhi"),
        ("kanp", ""), ("kaxpur", ""), ("Kanpur xyzzy", ""), ("999999", ""), ("xyzzy", ""), ("park", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_place_is_meant_when_nothing_else_was_typed(typed: str, place: str) -> None:
    meant = place_meant(typed)
    assert (meant.name if meant else "") == place
