"""What stands around a pin, by name (CAM-04)."""

from __future__ import annotations

import pytest

from tests.api.conftest import Caller

AROUND = "/api/places/around"


@pytest.mark.row("CAM-04")
@pytest.mark.parametrize(
    ("near", "hindi", "names"),
    [
        ("26.85,80.92", "false", {"Lucknow"}),
        ("26.85,80.92", "true", {"लखनऊ"}),
        ("19.02,72.85", "false", {"Mumbai"}),
        ("12.97,77.59", "true", {"बेंगलुरु"}),
    ],
)
def test_a_map_without_streets_writes_down_what_is_around(
    anybody: Caller, near: str, hindi: str, names: set[str]
) -> None:
    items = anybody.get(AROUND, params={"near": near, "hindi": hindi}).json()["items"]
    assert names <= {one["name"] for one in items}
    towns = [one for one in items if one["kind"] == "town"]
    assert all(one["spreadM"] > 0 for one in towns)
    assert {one["kind"] for one in items} == {"town", "quarter"}


@pytest.mark.parametrize("near", ["", "x", "1", "91,0", "nan,1", "1,2,3"])
def test_what_is_no_place_is_refused(anybody: Caller, near: str) -> None:
    assert anybody.get(AROUND, params={"near": near}).status_code == 422


def test_in_the_middle_of_the_sea_nothing_is_around(anybody: Caller) -> None:
    assert anybody.get(AROUND, params={"near": "0,0"}).json() == {"items": []}
