"""Towns by name, for a campaign's place."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from cleanit_app.reads.campaigns.gazetteer import find_places

router = APIRouter(prefix="/api/places", tags=["places"])


class TownOut(BaseModel):
    """A town and a spot in it in degrees; `detail` says which: a quarter and its PIN code, a DIGIPIN, or the state."""

    name: str
    hindi: str
    latitude: float
    longitude: float
    detail: str


class PlacesOut(BaseModel):
    """Towns and quarters, the likeliest first."""

    items: list[TownOut]


@router.get("", response_model=PlacesOut)
def places(q: Annotated[str, Query(max_length=200)] = "") -> PlacesOut:
    """Find Indian towns and quarters by a name of today or before, a PIN code or DIGIPIN; needs no network (CAM-04)."""
    return PlacesOut(items=[TownOut(**place.__dict__) for place in find_places(q)])
