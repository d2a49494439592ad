"""What is kept about people, why, and how to have it taken away."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.text import t
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.grievance import GrievanceState, grievance_block
from cleanit_app.pages.public.texts import long_text
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.PRIVACY, "privacy.title"
ON_LOAD = [CurrentUserState.arrive, GrievanceState.load]
SECTIONS = (
    "privacy.what.",
    "privacy.place.",
    "privacy.who.",
    "privacy.keep.",
    "privacy.rights.",
    "privacy.ask.",
)


def page() -> rx.Component:
    """The text."""
    return citizen_page(
        long_text(t("privacy.title"), t("privacy.short"), SECTIONS, CurrentUserState.terms_version, grievance_block())
    )
