"""Who runs this Cleanit by law, and who answers for complaints, by when (E-Commerce Rules 2020, rule 4; OPS-02)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import loading, skeleton
from cleanit_app.components.text import t
from cleanit_app.state.base import PageState


class GrievanceState(PageState, rx.State):
    """Company and officer; settings of this machine, so no build holds them."""

    company: str = ""
    address: str = ""
    officer: str = ""
    contact: str = ""

    @rx.event
    async def load(self) -> None:
        """Say who answers."""
        settings = self._parts().settings
        self.company, self.address = settings.company_name, settings.company_address
        self.officer, self.contact = settings.grievance_officer_name, settings.grievance_officer_contact
        self.loaded = True


def _line(label: str, value: Any) -> rx.Component:
    shown = rx.el.div(
        rx.el.dt(t(label), class_name="t-sm mute"),
        rx.el.dd(value, class_name="b [overflow-wrap:anywhere] whitespace-pre-line"),
    )
    return rx.cond(value != "", shown, rx.fragment())


def grievance_block() -> rx.Component:
    """The block for help, support, terms and privacy; these pages load `GrievanceState.load`."""
    state = GrievanceState
    known = rx.el.dl(
        _line("grievance.company", state.company),
        _line("grievance.address", state.address),
        _line("grievance.officer", state.officer),
        _line("grievance.contact", state.contact),
        class_name="grid gap-3 sm:grid-cols-2",
    )
    return rx.el.section(
        rx.el.h2(t("grievance.title"), class_name="t-h2"),
        rx.el.p(t("grievance.promise"), class_name="soft"),
        rx.cond(state.loaded, known, loading(skeleton("h-24 w-full"))),
        link_button(t("nav.ask_support"), routes.SUPPORT, kind="line", icon_name="life-buoy"),
        id="grievance",
        class_name="card pad flex flex-col gap-4 items-start scroll-mt-24 mt-8",
    )
