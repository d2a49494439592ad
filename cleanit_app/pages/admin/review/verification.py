"""The verification queue: what waits, how long, and the first job to open (VER-01, VER-07)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state
from cleanit_app.components.islands.hotkeys import hotkey, hotkeys
from cleanit_app.components.text import t
from cleanit_app.pages.admin.review.undo_bar import UndoBarState, undo_bar
from cleanit_app.pages.admin.review.verification_queue import VerificationQueueState, queue_column
from cleanit_app.pages.frame import admin_page
from cleanit_app.routes import ADMIN_CHECKS
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_CHECKS, "check.title"


class VerificationState(AdminDeskState, rx.State):
    """Keeps the queue fresh while it is looked at."""

    @rx.event
    async def load(self) -> None:
        """Hear of every new photo from now on."""
        self._hear_everything(VerificationState.refresh)

    @rx.event
    async def refresh(self) -> list[Any]:
        """Something happened in the house."""
        return [VerificationQueueState.load, UndoBarState.load, CurrentUserState.hear]


ON_LOAD = [
    CurrentUserState.arrive_signed_in,
    VerificationQueueState.load,
    UndoBarState.load,
    VerificationState.load,
]


def page() -> rx.Component:
    """The page."""
    first = ADMIN_CHECKS + "/" + VerificationQueueState.ids[0]
    start = rx.el.div(
        empty_state(
            t("check.start", n=VerificationQueueState.waiting),
            t("check.start_more"),
            icon_name="eye",
            action=link_button(t("check.open_first"), first, size="l", class_name="mt-3", custom_attrs=hotkey("j")),
        ),
        hotkeys("card pad max-w-[420px] mx-auto hidden lg:flex"),
    )
    nothing = empty_state(t("check.none"), t("check.none_more"), icon_name="check")
    body = rx.el.div(
        rx.el.h1(t("admin.verification"), class_name="sr"),
        queue_column(),
        undo_bar(),
        rx.el.div(rx.cond(VerificationQueueState.ids.length() > 0, start, nothing), class_name="p-5 hidden lg:block"),
        class_name="lg:grid lg:grid-cols-[276px_minmax(0,1fr)]",
    )
    return admin_page(body, active="verification", mini=True, refused=VerificationQueueState.refused)
