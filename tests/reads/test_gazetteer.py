"""Towns are found by what people type."""

from __future__ import annotations

import pytest

from cleanit_app.domain.places import is_in_india
from cleanit_app.gazetteer.files import places
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
