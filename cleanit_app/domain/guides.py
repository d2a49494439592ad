"""The guides of the help pages: which there are, and for whom (OPS-02). Their words stand in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class GuideGroup(StrEnum):
    """For whom a guide is."""

    TROUBLE = "trouble"
    CITIZENS = "citizens"
    CLEANERS = "cleaners"
    ADMINS = "admins"


MOST_RECORDING_KB, MOST_RECORDING_SECONDS = 300, 30
"""What the recording of a guide may weigh and last, so that a small data plan can bear it."""


@dataclass(frozen=True)
class Guide:
    """One guide: its words are `guide.<name>.title`, `.short`, then `.1`, `.2` …; its address is the slug.

    Where a recording shows it, the captions are `guide.<name>.shown.1`, `.2` ….
    """

    name: str
    group: GuideGroup

    @property
    def slug(self) -> str:
        """The end of its address."""
        return self.name.replace("_", "-")


GUIDES = (
    Guide("debited", GuideGroup.TROUBLE),
    Guide("camera", GuideGroup.TROUBLE),
    Guide("location", GuideGroup.TROUBLE),
    Guide("papers", GuideGroup.TROUBLE),
    Guide("chip_in", GuideGroup.CITIZENS),
    Guide("start", GuideGroup.CITIZENS),
    Guide("first_job", GuideGroup.CLEANERS),
    Guide("after_photo", GuideGroup.CLEANERS),
    Guide("verify", GuideGroup.ADMINS),
    Guide("answer_people", GuideGroup.ADMINS),
    Guide("decide", GuideGroup.ADMINS),
)
