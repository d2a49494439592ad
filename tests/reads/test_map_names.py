"""A map without tiles says where one is by names and never by bare coordinates."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import Actor
from cleanit_app.reads.campaigns.map_names import MOST_NAMES, map_names
from tests.factories import Town

LUCKNOW, PUNE, SEA = (26.8467, 80.9462), (18.5204, 73.8567), (10.0, 88.0)


@pytest.mark.row("JOB-03")
def test_names_around_places_come_from_the_gazetteer(town: Town) -> None:
    with town.uow() as uow:
        english = map_names(uow, actor=Actor(), around=[LUCKNOW, PUNE])
        hindi = map_names(uow, actor=Actor(), around=[LUCKNOW], hindi=True)
        nowhere = map_names(uow, actor=Actor(), around=[SEA])
    assert {"Lucknow", "Pune"} <= {one["name"] for one in english}
    assert len(english) <= MOST_NAMES
    assert "लखनऊ" in {one["name"] for one in hindi}
    assert {one["kind"] for one in english} == {"town", "quarter"}
    assert nowhere == []
    spots = [(round(one["latitude"] * 50), round(one["longitude"] * 50)) for one in english]
    assert len(spots) == len(set(spots))
