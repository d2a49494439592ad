"""Towns by name, for a campaign's place."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from cleanit_app.api import queries
from cleanit_app.reads.campaigns.gazetteer import find_places
from cleanit_app.reads.campaigns.map_names import names_around

router = APIRouter(prefix="/api/places", tags=["places"])


class TownOut(BaseModel):
    """A town and a spot in it in degrees; `detail` says which: a quarter and its PIN code, a DIGIPIN, or the state."""

    name: str
    hindi: str
    latitude: float
    longitude: float
    detail: str


class MapNameOut(BaseModel):
    """A name to write on a map in degrees; a `town` reaches `spreadM` metres around its middle, a `quarter` nowhere."""

    name: str
    kind: str
    latitude: float
    longitude: float
    spreadM: int


class MapNamesOut(BaseModel):
    """What is around, the weightiest towns first."""

    items: list[MapNameOut]


class PlacesOut(BaseModel):
    """Towns and quarters, the likeliest first."""

    items: list[TownOut]


@router.get("", response_model=PlacesOut)
def places(q: Annotated[str, Query(max_length=200)] = "") -> PlacesOut:
    """Find Indian towns and quarters by a name of today or before, a PIN code or DIGIPIN; needs no network (CAM-04)."""
    return PlacesOut(items=[TownOut(**place.__dict__) for place in find_places(q)])


@router.get("/around", response_model=MapNamesOut)
def around(near: Annotated[str | None, Query(max_length=60)] = None, hindi: bool = False) -> MapNamesOut:
    """Names of towns and quarters around a place, to find one's way on a map without streets (CAM-04)."""
    here = queries.place(near)
    return MapNamesOut(items=[MapNameOut(**one) for one in names_around([here] if here else [], hindi=hindi)])
