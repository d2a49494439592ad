"""The terms, in seven sections; whoever joins accepts this version."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.text import t
from cleanit_app.domain.terms import TERMS
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.texts import long_text
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.TERMS, "Terms, Cleanit"
ON_LOAD = [CurrentUserState.arrive]
SECTIONS = (
    "terms.service.",
    "terms.duties.",
    "terms.money.",
    "terms.liability.",
    "terms.disputes.",
    "terms.law.",
    "terms.cleaners.",
)


def page() -> rx.Component:
    """The text."""
    return citizen_page(long_text(t("terms.title"), t("terms.short"), SECTIONS, TERMS.version))
