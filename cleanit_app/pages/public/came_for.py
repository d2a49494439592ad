"""Why one is asked to sign in, and what one came for, above the forms of the way in."""

from __future__ import annotations

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.photos import photo
from cleanit_app.components.text import words
from cleanit_app.state.entrance import EntranceState


def came_for() -> rx.Component:
    """The reason in a sentence, with the cleanup that one wants to give to."""
    picture = photo(EntranceState.photo, "", sized=True, ratio="w-20 h-16 rounded-md flex-none", sizes="80px")
    wanted = rx.el.div(
        rx.cond(EntranceState.photo != "", picture, icon("info", 24)),
        rx.el.div(
            rx.cond(EntranceState.title != "", rx.el.p(EntranceState.title, class_name="b break-words")),
            rx.el.p(words(EntranceState.why), class_name="t-sm soft"),
            class_name="grow min-w-0",
        ),
        class_name="card flex items-center gap-3 p-3 mt-4",
    )
    return rx.cond(EntranceState.why != "", wanted, rx.fragment())
