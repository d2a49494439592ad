"""Campaigns are found by whatever people type for them: scripts, spellings, old names, PIN codes, slips."""

from __future__ import annotations

import pytest

from cleanit_app.reads.paging import ask
from tests.api.conftest import Caller
from tests.factories import Town

pytestmark = pytest.mark.row("JOB-03")

MUMBAI, BENGALURU, GURUGRAM = (19.0176, 72.8561), (12.9784, 77.6408), (28.4595, 77.0266)
AMINABAD = (26.8486, 80.9236)


def found(anybody: Caller, q: str, **more: str) -> set[str]:
    """Titles of the campaigns that are found."""
    answer = anybody("GET", "/api/campaigns", params={"q": q, **more})
    assert answer.status_code == 200
    return {item["title"] for item in answer.json()["items"]}


@pytest.fixture
def three(town: Town) -> None:
    """Three campaigns in three cities, each spelled in a way of its own."""
    creator = town.person()
    park = "Heap behind Dr.Ambedkar Park"
    town.campaign(creator, title=park, address="Sector-62, Indira Nagar", place=BENGALURU)
    town.campaign(creator, title="नाले की स\u095eाई चाहिए", address="हज़रतगंज, लखनऊ", place=AMINABAD)
    town.campaign(creator, title="Rubbish by the school gate", address="Gali 4, Dadar", place=MUMBAI)


@pytest.mark.parametrize(
    "q",
    [
        "sector 62", "Sector-62", "sector62", "सेक्टर 62", "SECTOR ६२", "Ambedkar", "dr ambedkar", "अंबेडकर",
        "आम्बेडकर पार्क", "amb", "Bangalore", "bengaluru", "बेंगलुरु", "ಬೆಂಗಳೂರು", "indiranagar", "indira nagar",
        "इंदिरानगर", "ambedkr park", "amebdkar", "sector 62 bangalore", "near ambedkar park", "560008", "blr",
        "sectpr 62", "ambedjar", "amedkar park",
    ],
)  # fmt: skip
def test_the_park_in_bengaluru(three: None, anybody: Caller, q: str) -> None:
    assert found(anybody, q) == {"Heap behind Dr.Ambedkar Park"}


@pytest.mark.parametrize(
    "q",
    [
        "हजरतगंज", "हज़रतगंज", "hazratganj", "Hazrat Ganj", "hajratganj", "hazratgunj", "सफाई",
        "स\u095eाई", "सफ\u093cाई", "safai", "lucknow", "Lakhnau", "लखनऊ", "لکھنؤ", "lucknow nala", "lukcnow",
        "hazartganj", "hazrafganj", "हजरमगंज", "226018", "226 018", "hazratganj lucknow", "लखनऊ में सफाई",
    ],
)  # fmt: skip
def test_the_drain_in_lucknow(three: None, anybody: Caller, q: str) -> None:
    assert found(anybody, q) == {"नाले की सफ\u093cाई चाहिए"}


@pytest.mark.parametrize(
    "q", ["Bombay", "mumbai", "मुंबई", "मुम्बई", "Dadar", "दादर", "school dadar", "mumbay", "rubbsih", "dafar"]
)
def test_the_gate_in_mumbai(three: None, anybody: Caller, q: str) -> None:
    assert found(anybody, q) == {"Rubbish by the school gate"}


@pytest.mark.parametrize("q", ["sector 6", "sector 63", "chennai", "zzzzzz", "???", "ambedkar mumbai", "girl"])
def test_what_is_not_there_is_not_found(three: None, anybody: Caller, q: str) -> None:
    assert found(anybody, q) == set()


def test_a_digipin_finds_what_lies_around(three: None, anybody: Caller) -> None:
    from_next_door = "4P3-JK8-5M8F"
    assert found(anybody, from_next_door) in (set(), {"Heap behind Dr.Ambedkar Park"})


def test_words_of_a_draft_help_nobody(town: Town, anybody: Caller) -> None:
    """A slip is put right by what is public alone, or strangers could feel out what waits for an admin."""
    town.waiting(town.person(), title="Secret heap at Ghantaghar", address="Chowk, Lucknow")
    assert found(anybody, "ghantaghr") == set()
    with town.uow() as uow:
        assert ask(uow, "SELECT word FROM search_vocabulary WHERE word LIKE '%ghant%'") == []
    town.campaign(town.person(), title="Another heap at Ghantaghar", address="Chowk, Lucknow")
    assert found(anybody, "ghantaghr") == {"Another heap at Ghantaghar"}


def test_pages_of_a_search_hold_everything_once(town: Town, anybody: Caller) -> None:
    creator = town.person()
    made = {town.campaign(creator, title=f"Heap number {n} at Aminabad").title for n in range(7)}
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params = {"q": "amnabad", "limit": "3", **({"cursor": cursor} if cursor else {})}
        page = anybody("GET", "/api/campaigns", params=params).json()
        seen += [item["title"] for item in page["items"]]
        cursor = page["nextCursor"]
        if not cursor:
            break
    assert (len(seen), set(seen)) == (7, made)


@pytest.fixture
def mixed(town: Town) -> None:
    """One title in Latin letters and one in Devanagari, about the same things."""
    creator = town.person()
    town.campaign(creator, title="Kooda in Gali No. 4", address="Hyder Canal road, Lucknow", place=AMINABAD)
    town.campaign(creator, title="नाली में कूड़ा पड़ा है", address="गली नंबर 9, दादर", place=MUMBAI)


@pytest.mark.parametrize(
    "q",
    [
        "गली नं 4", "गली नंबर 4", "gali no 4", "lane 4", "गली 4", "हैदर नहर", "hyder canal", "Haider canal",
        "गली लखनऊ", "कूड़ा लखनऊ", "कचरा हैदर", "garbage hyder", "kachra hyder canal", "koora gali 4", "PIN 226018",
        "pincode 226018", "पिन 226018", "PIN-226 018", "सड़क हैदर",
    ],
)  # fmt: skip
def test_hindi_words_find_a_latin_title(mixed: None, anybody: Caller, q: str) -> None:
    assert found(anybody, q) == {"Kooda in Gali No. 4"}


@pytest.mark.parametrize(
    "q",
    [
        "नाली", "nali", "naali", "drain", "gutter", "गटर", "garbage drain", "kachra dadar", "kooda dadar",
        "gali number 9", "gali 9", "lane no 9", "गल्ली 9", "trash dadar", "garbege dadar", "waste in drain", "नाले दादर",
        "koora mumbai",
    ],
)  # fmt: skip
def test_latin_words_find_a_hindi_title(mixed: None, anybody: Caller, q: str) -> None:
    assert found(anybody, q) == {"नाली में कूड़ा पड़ा है"}


@pytest.mark.parametrize("q", ["गली 7", "मंदिर", "temple", "नदी", "school"])
def test_words_of_another_meaning_find_neither(mixed: None, anybody: Caller, q: str) -> None:
    assert found(anybody, q) == set()
