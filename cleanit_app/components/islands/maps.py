"""Maps: one to look at, one to put a pin on. Leaflet is loaded when the first of them is shown."""

from typing import Any

import reflex as rx
from reflex_base.components.component import field

from cleanit_app.components.islands.source import script, word_prop

LEAFLET = "leaflet@1.9.4"


class MapView(rx.NoSSRComponent):
    """See `map_view`."""

    library = script("map.jsx")
    lib_dependencies: list[str] = field(default_factory=lambda: [LEAFLET])
    tag = "MapView"
    points: rx.Var[list[dict[str, Any]]]
    names: rx.Var[list[dict[str, Any]]]
    ring_m: rx.Var[int]
    accuracy_m: rx.Var[int]
    line: rx.Var[bool]
    tile_url: rx.Var[str]
    attribution: rx.Var[str]
    zoom: rx.Var[int]
    words: rx.Var[dict[str, str]]


class MapPicker(rx.NoSSRComponent):
    """See `map_picker`."""

    library = script("map.jsx")
    lib_dependencies: list[str] = field(default_factory=lambda: [LEAFLET])
    tag = "MapPicker"
    latitude: rx.Var[float]
    longitude: rx.Var[float]
    accuracy_m: rx.Var[int]
    tile_url: rx.Var[str]
    attribution: rx.Var[str]
    places_url: rx.Var[str]
    words: rx.Var[dict[str, str]]
    on_change: rx.EventHandler[rx.event.passthrough_event_spec(float, float, int)]


def map_view(
    points: Any,
    *,
    names: Any = (),
    ring_m: Any = 0,
    accuracy_m: Any = 0,
    line: bool | rx.Var[bool] = False,
    tile_url: Any = "",
    attribution: Any = "",
    zoom: int = 16,
    class_name: str = "h-64 rounded-lg",
) -> rx.Component:
    """A map with pins; without ``tile_url`` they stand among ``names`` (`map_names`) on a calm ground.

    ``points`` is a list (or Var) of ``{latitude, longitude, kind, name?, label?, href?}`` with kind spot,
    photo or held; a ``label`` (an amount) is drawn instead of the pin. ``ring_m`` draws a circle around
    the first point, ``accuracy_m`` one around the second, ``line`` joins the two and tells their distance
    in metres; ring and distance turn geru when the second lies outside.
    """
    return MapView.create(
        points=points,
        names=names if isinstance(names, rx.Var) else list(names),
        ring_m=ring_m,
        accuracy_m=accuracy_m,
        line=line,
        tile_url=tile_url,
        attribution=attribution,
        zoom=zoom,
        words=word_prop("map.", "place."),
        class_name=class_name,
    )


def map_picker(
    latitude: Any,
    longitude: Any,
    *,
    on_change: Any,
    accuracy_m: Any = 0,
    tile_url: Any = "",
    attribution: Any = "",
    places_url: str = "",
    class_name: str = "h-[300px] rounded-lg",
) -> rx.Component:
    """A map to put a pin on by touch, drag, arrow keys or the phone's position.

    ``on_change`` gets latitude and longitude in degrees and the accuracy in metres (0: put by hand). Without
    ``tile_url`` the pin stands among what ``places_url`` knows around it.
    """
    return MapPicker.create(
        latitude=latitude,
        longitude=longitude,
        accuracy_m=accuracy_m,
        on_change=on_change,
        tile_url=tile_url,
        attribution=attribution,
        places_url=places_url,
        words=word_prop("map.", "place."),
        class_name=class_name,
    )
