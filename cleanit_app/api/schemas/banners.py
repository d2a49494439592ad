"""Banners of the site as the contract shows them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import WithJsonSchema

from cleanit_app.api.schemas.base import In, MaybeText, Moment, Out, Text
from cleanit_app.domain.banners import BannerTone


class BannerOut(Out):
    """A banner as everybody sees it; `said` by language."""

    id: UUID
    said: dict[str, str]
    tone: BannerTone
    link: str
    from_at: Moment
    until_at: Moment


class ShownBannerOut(Out):
    """The banner that stands now, else the one that comes next; null when there is none."""

    banner: BannerOut | None


class BannerItemOut(BannerOut):
    """A banner with who set it and who took it away before its time."""

    made_at: Moment
    made_by_name: str
    ended_at: Moment | None
    ended_by_name: str | None


class BannerIn(In):
    """Words by language (en, hi, mr), a tone, from when (now) until when, and a path of this site."""

    said: Annotated[Any, WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}})] = None
    tone: Text = None
    from_at: MaybeText = None
    until_at: Text = None
    link: Text = ""
