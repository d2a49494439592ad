"""What stands after the question mark of a list: places, statuses, orders, pages."""

from __future__ import annotations

import math
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar

from fastapi import Query, Request

from cleanit_app.domain.calendar import FIRST_DAY, LAST_DAY
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.statuses import CampaignStatus

Choice = TypeVar("Choice", bound=StrEnum)
Cursor = Annotated[str | None, Query(max_length=500)]
Limit = Annotated[int | None, Query(ge=1, le=100)]
Near = Annotated[str | None, Query(description="latitude,longitude", max_length=60)]
RadiusKm = Annotated[float | None, Query(alias="radiusKm", ge=0, le=20_100)]


def unreadable(field: str) -> InvalidFields:
    """The refusal of one value."""
    return InvalidFields({field: FieldProblem("value_unreadable")})


Day = Annotated[date | None, Query(ge=FIRST_DAY, le=LAST_DAY)]


async def refuse_nul(request: Request) -> None:
    """InvalidFields for whatever is asked with a NUL, which no text in the database can hold."""
    for name, value in request.query_params.multi_items():
        if "\0" in value:
            raise unreadable(name)


_YES, _NO = frozenset({"true", "on", "yes", "1"}), frozenset({"", "false", "off", "no", "0"})


def yes_or_no(value: str | None, field: str) -> bool:
    """What a tick in a form says; InvalidFields for other words, so that no slip of a pen publishes anything."""
    said = (value or "").strip().lower()
    if said not in _YES | _NO:
        raise unreadable(field)
    return said in _YES


def truth(value: object, field: str) -> bool:
    """What a body says of a yes or no; InvalidFields for all else: a word that is not understood is no `no`."""
    if not isinstance(value, bool):
        raise unreadable(field)
    return value


def place(near: str | None) -> tuple[float, float] | None:
    """The place in `near=lat,lng`; InvalidFields when it is none on earth."""
    if near is None:
        return None
    try:
        latitude, longitude = (float(part) for part in near.split(","))
    except ValueError:
        raise unreadable("near") from None
    if not (math.isfinite(latitude) and abs(latitude) <= 90 and math.isfinite(longitude) and abs(longitude) <= 180):
        raise unreadable("near")
    return latitude, longitude


def choice(kind: type[Choice], value: str | None, field: str) -> Choice | None:
    """One of the words of a list; InvalidFields for another word."""
    if not value:
        return None
    try:
        return kind(value)
    except ValueError:
        raise unreadable(field) from None


def statuses(value: str | None) -> set[CampaignStatus] | None:
    """The statuses in `status=ACTIVE,FUNDED`; InvalidFields for an unknown one."""
    if not value:
        return None
    try:
        return {CampaignStatus(word.strip()) for word in value.split(",")}
    except ValueError:
        raise unreadable("status") from None
