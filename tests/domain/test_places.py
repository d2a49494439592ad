"""Places inside and outside of India, and how far they are apart."""

from __future__ import annotations

import pytest

from cleanit_app.domain.places import chord_of_km, distance_km, km_of_chord, place_problem


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ((None, 80.0), "place_missing"),
        ((26.8, None), "place_missing"),
        ((0.0, 0.0), "place_missing"),
        ((80.9, 26.8), "place_outside_india"),
        ((51.5, -0.1), "place_outside_india"),
        ((float("nan"), 80.0), "place_outside_india"),
        ((float("inf"), 80.0), "place_outside_india"),
    ],
)
@pytest.mark.row("CAM-04")
def test_a_place_outside_is_refused(place: tuple[float | None, float | None], key: str) -> None:
    problem = place_problem(*place)
    assert problem is not None
    assert problem.key == key


@pytest.mark.parametrize("place", [(26.8467, 80.9462), (6.75, 93.84), (34.08, 74.79), (27.1, 96.9)])
@pytest.mark.row("CAM-04")
def test_places_in_india_are_taken(place: tuple[float, float]) -> None:
    assert place_problem(*place) is None


def test_distance_of_known_places() -> None:
    lucknow, delhi = (26.8467, 80.9462), (28.6139, 77.2090)
    assert distance_km(lucknow, delhi) == pytest.approx(417, abs=3)
    assert km_of_chord(chord_of_km(3.7)) == pytest.approx(3.7)
