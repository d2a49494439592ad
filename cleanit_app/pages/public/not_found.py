"""Any address without a page."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state
from cleanit_app.components.text import t
from cleanit_app.pages.frame import citizen_page
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = "404", "title.not_found"
ON_LOAD = [CurrentUserState.arrive]


def page() -> rx.Component:
    """What happened and where to go."""
    onward = rx.el.div(
        link_button(t("campaign.others"), routes.DISCOVER),
        link_button(t("lost.home"), routes.HOME, kind="line"),
        class_name="flex flex-wrap justify-center gap-3 mt-2",
    )
    lost = empty_state(t("lost.title"), t("lost.text"), icon_name="map-pin-off", action=onward, whole=True)
    return citizen_page(rx.el.div(lost, class_name="narrow"))
