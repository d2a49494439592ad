"""One guide (OPS-02)."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.photos import stone
from cleanit_app.components.text import t
from cleanit_app.domain.guides import GUIDES, Guide
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.guide_list import steps_of
from cleanit_app.pages.public.guide_recording import recording
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.guide("[slug]"), "guide.one"


class GuideState(PageState, rx.State):
    """The guide of an address; an empty name for none."""

    name: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the address."""
        wanted = str(self.slug)
        self.name = next((one.name for one in GUIDES if one.slug == wanted), "")
        self.loaded = True


ON_LOAD = [CurrentUserState.arrive, GuideState.load]


def _guide(one: Guide) -> rx.Component:
    steps = [
        rx.el.li(stone(str(number), size="s"), rx.el.p(t(key), class_name="grow pt-1"), class_name="flex gap-4")
        for number, key in enumerate(steps_of(one), 1)
    ]
    return rx.el.article(
        rx.el.h1(t(f"guide.{one.name}.title"), class_name="t-h1"),
        rx.el.p(t(f"guide.{one.name}.short"), class_name="soft mt-2 mb-6"),
        rx.el.ol(*steps, class_name="flex flex-col gap-5"),
        recording(one),
    )


def page() -> rx.Component:
    """One guide."""
    again = link_button(t("guide.all"), routes.HELP)
    gone = empty_state(t("guide.gone"), icon_name="search", action=again, whole=True)
    shown = rx.match(GuideState.name, *[(one.name, _guide(one)) for one in GUIDES], gone)
    content = rx.el.div(
        rx.cond(GuideState.loaded, shown, loading(skeleton("h-10 w-2/3"), skeleton("h-40 w-full"))),
        rx.el.section(
            rx.el.h2(t("guide.still"), class_name="t-h3"),
            rx.el.div(
                link_button(t("nav.ask_support"), routes.SUPPORT, kind="line", icon_name="life-buoy"),
                link_button(t("guide.all"), routes.HELP, kind="quiet"),
                class_name="flex flex-wrap gap-2.5",
            ),
            class_name="flex flex-col gap-3 mt-10",
        ),
        class_name="narrow py-6 pb-12",
    )
    return citizen_page(content, title=t("guide.one"), back=routes.HELP)
