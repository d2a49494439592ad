"""The terms, in seven sections; whoever joins accepts this version."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.text import t
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.grievance import GrievanceState, grievance_block
from cleanit_app.pages.public.texts import TERMS_SECTIONS, long_text
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.TERMS, "terms.title"
ON_LOAD = [CurrentUserState.arrive, GrievanceState.load]


def page() -> rx.Component:
    """The text."""
    return citizen_page(
        long_text(t("terms.title"), t("terms.short"), TERMS_SECTIONS, CurrentUserState.terms_version, grievance_block())
    )
