"""Help: short answers for who pays, who starts and who cleans, and where a person answers (OPS-02)."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.text import t
from cleanit_app.pages.frame import citizen_page
from cleanit_app.settings import get_settings
from cleanit_app.state.current_user import Who

ROUTE, TITLE = routes.HELP, "Help, Cleanit"
ON_LOAD = [Who.arrive]
SECTIONS = (
    ("paying", ("unknown", "refund", "twice")),
    ("starting", ("wait", "where")),
    ("cleaning", ("photo", "unsafe", "paused", "pay")),
)


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


def page() -> rx.Component:
    """The page."""
    address = get_settings().support_email
    write = rx.el.section(
        rx.el.h2(t("help.write"), class_name="t-h2"),
        rx.el.p(t("help.write_note"), class_name="soft"),
        link_button(address, f"mailto:{address}", kind="line", icon_name="life-buoy", class_name="self-start"),
        id="write",
        class_name="card pad flex flex-col gap-4",
    )
    content = rx.el.div(
        rx.el.h1(t("help.title"), class_name="t-h1"),
        rx.el.p(t("help.lead"), class_name="soft mt-2 mb-6 max-w-[640px]"),
        rx.el.div(*[_section(*section) for section in SECTIONS], write, class_name="flex flex-col gap-8 max-w-[760px]"),
        class_name="wide py-6 pb-12",
    )
    return citizen_page(content)
