"""The banner that stands on every page for a while: what it says in each language, how it looks, when it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class BannerTone(StrEnum):
    """How a banner is coloured: something to know, something to mind, something that is broken."""

    INFO = "INFO"
    WARN = "WARN"
    PROBLEM = "PROBLEM"


@dataclass(frozen=True)
class Banner:
    """What everybody sees between two moments; `said` by language, `link` a path of this site or empty."""

    id: UUID
    said: Mapping[str, str]
    tone: BannerTone
    link: str
    from_at: datetime
    until_at: datetime


def next_banner(banners: Sequence[Banner], now: datetime) -> Banner | None:
    """The banner that stands now, else the one that comes next; None when none does."""
    return min((one for one in banners if one.until_at > now), key=lambda one: one.from_at, default=None)
