"""What a kind of notification says of itself: what it is about, whether it is said at once, how it looks, its link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cleanit_app.domain.notifications import NotificationCategory


class Tone(StrEnum):
    """How a notification is coloured."""

    MONEY = "money"
    DONE = "done"
    JOB = "job"
    REFUND = "refund"
    PROBLEM = "problem"
    RECEIPT = "receipt"
    SECURITY = "security"


@dataclass(frozen=True, kw_only=True)
class _Properties:
    category: NotificationCategory
    urgent: bool  # an open tab says it at once; else it moves the badge and stands in the list
    tone: Tone
    link: str | Callable[[UUID], str]  # one address of `routes`, or its pattern around the id of a subject


@dataclass(frozen=True)
class NotificationKind(_Properties):
    """A kind by the name it is stored under; nothing of it has a default, so that nobody forgets a property."""

    name: str

    def address(self, subject: UUID | None) -> str:
        """Where it leads; TypeError for a pattern without its subject, or a subject that the link says nothing of."""
        if isinstance(self.link, str) and subject is None:
            return self.link
        if isinstance(self.link, str) or subject is None:
            raise TypeError(f"{self.name}: {self.link} with the subject {subject}")
        return self.link(subject)

    @property
    def words_key(self) -> str:
        """Where its sentence stands in the catalogue."""
        return f"notify.{self.name}"
