"""How it works, in plain words: for who pays, for who cleans, and what happens when something goes wrong."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.icons import icon
from cleanit_app.components.money import split_bar
from cleanit_app.components.photos import stone
from cleanit_app.components.progress import Disc, kerb, money_rail
from cleanit_app.components.text import t
from cleanit_app.domain.house_settings import House
from cleanit_app.domain.money import split_raised
from cleanit_app.i18n.formats import rupees
from cleanit_app.pages.frame import citizen_page
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.HOW, "nav.how"
QUESTIONS = ("short", "nobody", "bad", "late", "own", "hidden", "sms")
EXAMPLE_PAISE = 400_000
USUAL = House().terms


class HowState(PageState, rx.State):
    """What becomes of an example by the share of a campaign that is started now."""

    fee_bps: int = USUAL.fee_bps
    cleaner: str = rupees(split_raised(EXAMPLE_PAISE, USUAL.fee_bps)[0])
    fee: str = rupees(split_raised(EXAMPLE_PAISE, USUAL.fee_bps)[1])

    @rx.event
    async def load(self) -> None:
        """By the terms that hold now."""
        self.fee_bps = self._parts().house_known.terms.fee_bps
        self.cleaner, self.fee = map(rupees, split_raised(EXAMPLE_PAISE, self.fee_bps))


ON_LOAD = [CurrentUserState.arrive, HowState.load]


def _steps() -> rx.Component:
    caps = ("genda", "genda", "mor", "neem")
    items = [
        rx.el.li(
            stone(str(n), cap),  # type: ignore[arg-type]  # constants above
            rx.el.div(
                rx.el.h2(t(f"home.step{n}"), class_name="t-h3"),
                rx.el.p(t(f"home.step{n}_text"), class_name="soft mt-1"),
                rx.el.p(t(f"how.step{n}_more"), class_name="soft mt-1"),
            ),
            class_name="flex gap-3.5",
        )
        for n, cap in enumerate(caps, 1)
    ]
    return rx.el.ol(*items, class_name="flex flex-col gap-6")


def _money() -> rx.Component:
    discs = [
        Disc(t("how.rail1"), "lock", "now"),
        Disc(t("campaign.rail_work"), "camera"),
        Disc(t("campaign.rail_pay"), "indian-rupee"),
    ]
    return rx.el.section(
        rx.el.h2(t("how.money"), class_name="t-h2"),
        rx.el.p(t("how.money_text"), class_name="soft"),
        money_rail(discs),
        rx.el.div(kerb(82), rx.el.p(t("how.kerb"), class_name="t-sm soft mt-3"), class_name="mt-2"),
        rx.el.p(t("how.split", total=rupees(EXAMPLE_PAISE)), class_name="b mt-2"),
        split_bar(HowState.cleaner, HowState.fee, HowState.fee_bps),
        class_name="card pad flex flex-col gap-4",
    )


def _cleaners() -> rx.Component:
    lines = [rx.el.li(icon("circle-check"), rx.el.span(t(f"how.cleaner{n}")), class_name="row-t") for n in range(1, 6)]
    return rx.el.section(
        rx.el.h2(t("how.cleaners"), class_name="t-h2"),
        rx.el.ul(*lines, class_name="flex flex-col gap-2.5 soft"),
        link_button(t("how.join"), routes.join_for(routes.JOBS), kind="line", class_name="self-start"),
        id="cleaners",
        class_name="flex flex-col gap-4 scroll-mt-24",
    )


def _questions() -> rx.Component:
    made = [
        rx.el.details(
            rx.el.summary(t(f"how.q_{name}"), class_name="b py-3 min-h-[48px] cursor-pointer"),
            rx.el.p(t(f"how.a_{name}"), class_name="soft pb-4"),
            class_name="border-b border-chuna-200",
        )
        for name in QUESTIONS
    ]
    return rx.el.section(rx.el.h2(t("how.questions"), class_name="t-h2 mb-2"), *made)


def page() -> rx.Component:
    """The page."""
    start = link_button(t("home.photograph"), routes.START, size="l", icon_name="camera", class_name="self-start")
    left = rx.el.div(_steps(), start, _cleaners(), class_name="flex flex-col gap-8 min-w-0")
    right = rx.el.div(_money(), _questions(), class_name="flex flex-col gap-8 min-w-0")
    content = rx.el.div(
        rx.el.h1(t("home.how"), class_name="t-h1 mb-6"),
        rx.el.div(left, right, class_name="grid gap-10 lg:grid-cols-2 lg:gap-16"),
        class_name="wide py-6 pb-12",
    )
    return citizen_page(content, active="how")
