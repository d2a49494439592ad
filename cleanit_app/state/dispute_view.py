"""A dispute as pages show it, to its sides and to who decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cleanit_app import routes
from cleanit_app.domain.disputes import DisputeSide
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, day_time
from cleanit_app.reads.review.dispute_pages import DisputeDetail, DisputeItem, DisputeStep
from cleanit_app.state.threads import help_articles_in


@dataclass(frozen=True)
class DisputeRow:
    """A dispute in a list."""

    id: str
    href: str
    topic: str
    words: str
    due: str
    late: bool
    when: str


@dataclass(frozen=True)
class DisputeStepView:
    """One thing that happened in a dispute, as a message of its thread; `internal` is never so here."""

    id: str
    who: str
    when: str
    text: str
    mine: bool
    internal: bool = False
    photos: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)


def about_line(item: DisputeItem) -> str:
    """What is questioned, and at which cleanup."""
    about = say(f"dispute.about.{item.about.value}")
    line = say("disputes.of", about=about, place=item.title) if item.title else about
    told = say("disputes.appeal_of", about=line) if item.is_appeal else line
    return told[:1].upper() + told[1:]


def due_of(item: DisputeItem, now: datetime) -> str:
    """The clock that both sides and the desk see, or how it was decided."""
    if item.status.value != "OPEN":
        return say(f"disputes.status.{item.status.value}")
    return say("disputes.overdue" if item.late else "disputes.due", when=day_time(item.hear_by, now))


def dispute_row(item: DisputeItem, now: datetime, to: Callable[[UUID], str]) -> DisputeRow:
    """A dispute in a list; `to` makes the address it leads to."""
    return DisputeRow(
        id=str(item.id),
        href=to(item.id),
        topic=about_line(item),
        words=item.reason,
        due=due_of(item, now),
        late=item.late,
        when=ago(item.raised_at, now),
    )


def step_views(found: DisputeDetail, now: datetime) -> list[DisputeStepView]:
    """All that happened, the oldest first."""
    return [
        DisputeStepView(
            id=f"{one.id}{one.step.value}",
            who=say(f"disputes.step.{one.step.value}", who=_who(one, found)),
            when=day_time(one.at, now),
            text=_text(one),
            mine=one.mine,
            photos=[routes.attachment(photo.id) for photo in one.photos],
            articles=help_articles_in(_text(one)),
        )
        for one in found.steps
    ]


def _who(one: DisputeStep, found: DisputeDetail) -> str:
    if one.side is DisputeSide.DESK:
        return say("support.desk_nameless")
    if one.mine:
        return say("support.you")
    name = found.raised_by_name if one.side is DisputeSide.RAISER else found.other_name
    return name or say(f"disputes.side.{one.side.value}")


def _text(one: DisputeStep) -> str:
    if one.status is None:
        return one.text
    outcome = say(f"disputes.status.{one.status.value}")
    if one.done_percent is not None:
        outcome = say("disputes.split_said", percent=one.done_percent)
    return f"{outcome}\n{one.text}"
