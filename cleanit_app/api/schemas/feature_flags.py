"""Feature flags as the contract shows them to seniors."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import WithJsonSchema

from cleanit_app.api.schemas.base import In, Moment, Out, Text, Whole
from cleanit_app.domain.features import Feature, FlagState


class FeatureFlagOut(Out):
    """One feature and for whom it is on."""

    feature: Feature
    state: FlagState
    percent: int
    people: list[UUID]
    changed_at: Moment | None
    changed_by_name: str | None


class FlagsOut(Out):
    """Every feature there is."""

    items: list[FeatureFlagOut]


class FlagIn(In):
    """A choice: OFF, PEOPLE, PERCENT, ON or KILLED, a share from 0 to 100, and the ids of named people."""

    state: Text = None
    percent: Whole = 0
    people: Annotated[Any, WithJsonSchema({"type": "array", "items": {"type": "string"}})] = ()
