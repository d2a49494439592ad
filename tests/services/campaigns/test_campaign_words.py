"""A campaign is found by where it lies, too, when its address names neither town nor PIN code."""

from __future__ import annotations

import pytest

from cleanit_app.services.campaigns.campaign_words import campaign_words

pytestmark = pytest.mark.row("JOB-03")


@pytest.mark.parametrize(
    ("place", "lexeme"),
    [
        ((26.8486, 80.9236), "'#1264733'"),  # Lucknow
        ((26.8486, 80.9236), "'226018'"),
        ((19.041, 72.853), "'#1275339'"),  # Dharavi, which Mumbai surrounds
        ((28.622788, 77.213033), "'@39J49LL8T4'"),
    ],
)
def test_town_pin_code_and_digipin_stand_among_the_words(place: tuple[float, float], lexeme: str) -> None:
    words = campaign_words(title="Heap by the gate", address="Gali 4", latitude=place[0], longitude=place[1])
    assert lexeme in words.split(" ")
    assert {"'heap'", "'gali'", "'+bythe'", "'=gli'"} <= set(words.split(" "))


def test_a_place_in_the_sea_has_no_town() -> None:
    words = campaign_words(title="Heap by the gate", address="Gali 4", latitude=15.0, longitude=70.0)
    assert "#" not in words
