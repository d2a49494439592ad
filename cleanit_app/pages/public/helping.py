"""Help: short answers for who pays, starts and cleans, where a person answers, whom to tell of holes (OPS-02)."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import loading, skeleton
from cleanit_app.components.text import t
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.grievance import GrievanceState, grievance_block
from cleanit_app.pages.public.guide_list import GuideListState, guide_list
from cleanit_app.pages.public.help_article_list import HelpArticleListState
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.HELP, "help.title"
_LINK = "link min-h-[44px] inline-flex items-center"
SECTIONS = (
    ("paying", ("unknown", "refund", "twice")),
    ("starting", ("wait", "where")),
    ("cleaning", ("photo", "unsafe", "paused", "pay")),
)


class HelpState(PageState, rx.State):
    """Where holes are reported; a setting of this machine, so no build holds it."""

    report_to: str = ""

    @rx.event
    async def load(self) -> None:
        """Say whom to tell of holes."""
        self.report_to = self._parts().settings.holes_reported_to
        self.loaded = True


ON_LOAD = [CurrentUserState.arrive, HelpState.load, GrievanceState.load, GuideListState.load, HelpArticleListState.load]


def _answer(name: str) -> rx.Component:
    return rx.el.details(
        rx.el.summary(t(f"help.q_{name}"), class_name="b py-3 min-h-[48px] cursor-pointer"),
        rx.el.p(t(f"help.a_{name}"), class_name="soft pb-4"),
        class_name="border-b border-chuna-200",
    )


def _section(name: str, questions: tuple[str, ...]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(t(f"help.{name}"), class_name="t-h2 mb-2"),
        *[_answer(question) for question in questions],
        id=name,
        class_name="scroll-mt-24",
    )


def _letter(name: str, address: str, icon_name: str) -> rx.Component:
    """A card that says when to write, and to whom."""
    link = link_button(address.replace("mailto:", ""), address, kind="line", icon_name=icon_name)
    return rx.el.section(
        rx.el.h2(t(f"help.{name}"), class_name="t-h2"),
        rx.el.p(t(f"help.{name}_note"), class_name="soft"),
        rx.cond(HelpState.loaded, link, loading(skeleton("h-12 w-1/2"))),
        id=name,
        class_name="card pad flex flex-col gap-4 items-start scroll-mt-24",
    )


def _write() -> rx.Component:
    """The way to a person."""
    return rx.el.section(
        rx.el.h2(t("help.write"), class_name="t-h2"),
        rx.el.p(t("help.write_note"), class_name="soft"),
        link_button(t("nav.ask_support"), routes.SUPPORT, kind="line", icon_name="life-buoy"),
        id="write",
        class_name="card pad flex flex-col gap-4 items-start scroll-mt-24",
    )


def page() -> rx.Component:
    """The page."""
    content = rx.el.div(
        rx.el.h1(t("help.title"), class_name="t-h1"),
        rx.el.p(t("help.lead"), class_name="soft mt-2 mb-6 max-w-[640px]"),
        rx.el.div(
            guide_list(),
            *[_section(*section) for section in SECTIONS],
            _write(),
            grievance_block(),
            _letter("security", HelpState.report_to, "shield-check"),
            rx.el.a(t("help.credits"), href=routes.CREDITS, target="_blank", class_name=_LINK),
            class_name="flex flex-col gap-8 max-w-[760px]",
        ),
        class_name="wide py-6 pb-12",
    )
    return citizen_page(content)
