"""What the pages of a question share: its clock, where it was asked, its form's topics."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.text import attr, words
from cleanit_app.domain.support import Topic


def topics() -> list[list[Any]]:
    """The topics to choose from, as pairs of value and words."""
    return [[one.value, attr(f"support.topic.{one.value}")] for one in Topic]


def clock(due: Any, late: Any) -> rx.Component:
    """When a question is answered at the latest, or how it stands; both sides see the same."""
    return rx.el.p(
        icon("timer", 16),
        rx.el.span(words(due)),
        class_name=rx.cond(late, "row-t t-sm b text-geru-600 num", "row-t t-sm soft num"),
    )


def ticket_card(row: Any) -> rx.Component:
    """A question in a list: topic, first words, its clock."""
    return rx.el.a(
        rx.el.div(
            rx.el.b(words(row.topic), class_name="b"),
            rx.el.span(words(row.when), class_name="t-sm mute num"),
            class_name="flex justify-between gap-2",
        ),
        rx.el.p(row.words, class_name="soft [overflow-wrap:anywhere] line-clamp-2"),
        clock(row.due, row.late),
        href=row.href,
        class_name="card pad flex flex-col gap-1.5",
    )
