"""A button that says how far a place is, counted on the phone itself."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop


class HowFar(rx.Component):
    """See `how_far`."""

    library = script("distance.jsx")
    tag = "HowFar"
    latitude: rx.Var[float]
    longitude: rx.Var[float]
    words: rx.Var[dict[str, str]]


def how_far(latitude: Any, longitude: Any, **props: Any) -> rx.Component:
    """How far it is to a place in degrees, in a straight line; the phone's own position leaves it for nobody.

    Where the phone does not say where it is, the button says why not.
    """
    words = word_prop("far.", "place.metres", "place.km")
    return HowFar.create(latitude=latitude, longitude=longitude, words=words, **props)
