"""The first page: what Cleanit is, where the money is, what needs money."""

from __future__ import annotations

import time
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.cards import campaign_card, going_ahead
from cleanit_app.components.feedback import card_skeleton, empty_state, loading
from cleanit_app.components.icons import icon
from cleanit_app.components.money import ledger_band
from cleanit_app.components.photos import stone
from cleanit_app.components.text import attr_of, both, t
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.formats import rupees
from cleanit_app.pages.frame import citizen_page
from cleanit_app.reads.campaigns import DiscoverSort, discover
from cleanit_app.reads.finances import PublicMoney, public_money
from cleanit_app.state.base import Page
from cleanit_app.state.cards import CampaignCardView, card_view
from cleanit_app.state.who import Who

ROUTE, TITLE = "/", "Cleanit: your street, clean"
KEPT_SECONDS = 30
_kept: tuple[float, PublicMoney] | None = None


class Home(Page, rx.State):
    """Cards and public totals of the first page."""

    cards: list[CampaignCardView] = []  # noqa: RUF012 (Reflex copies defaults for each tab)
    held: str = ""
    paid: str = ""
    refunded: str = ""
    collecting: int = 0
    cleaned: int = 0
    failed: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the cards closest to their target, and the totals."""
        page = await self._ask(
            discover, status=[CampaignStatus.ACTIVE, CampaignStatus.FUNDED], sort=DiscoverSort.ALMOST, limit=6
        )
        now = self._parts().clock.now()
        self.cards = [card_view(card, now) for card in page.items]
        self._take(await self._money())
        self.loaded = True

    async def _money(self) -> PublicMoney:
        """Everybody sees the same totals, so they are read twice a minute, not for every visitor."""
        global _kept
        if _kept is None or time.monotonic() - _kept[0] > KEPT_SECONDS:
            _kept = time.monotonic(), await self._ask(public_money)
        return _kept[1]

    def _take(self, money: PublicMoney) -> None:
        self.held, self.paid = rupees(money.held_paise), rupees(money.paid_to_cleaners_paise)
        self.refunded = rupees(money.refunded_paise)
        self.collecting, self.cleaned = money.campaigns_collecting, money.places_cleaned


ON_LOAD = [Who.arrive, Home.load]


def card(view: Any) -> rx.Component:
    """One campaign from a Var of CampaignCardView."""
    return campaign_card(
        href=view.href,
        photo_src=view.photo,
        photo_alt=attr_of(view.alt),
        sized=True,
        place=view.place,
        title=view.title,
        percent=view.percent,
        raised=view.raised,
        of=both(view.of),
        time=both(view.time),
        reason=rx.cond(view.going_ahead, going_ahead(both(view.reason)), rx.el.p(both(view.reason), class_name="t-sm soft")),
        kerb_state=view.kerb,
    )


def _hero() -> rx.Component:
    words = rx.el.div(
        rx.el.h1(t("home.title"), class_name="hero"),
        rx.el.p(t("home.lead"), class_name="lead soft mt-4"),
        rx.el.div(
            link_button(t("home.photograph"), routes.START, size="l", icon_name="camera"),
            link_button(t("home.fund"), routes.DISCOVER, kind="line", size="l"),
            class_name="flex flex-col gap-3 mt-6 md:flex-row",
        ),
        rx.el.p(icon("shield-check"), rx.el.span(t("home.promise")), class_name="row t-sm soft mt-6"),
    )
    return rx.el.section(rx.el.div(words, class_name="wide py-8"))


def _money() -> rx.Component:
    return ledger_band(
        t("home.money"),
        t("home.money_note"),
        (
            ("held", t("home.held"), Home.held, t("home.held_note", n=Home.collecting)),
            ("paid", t("home.paid"), Home.paid, t("home.paid_note", n=Home.cleaned)),
            ("refunded", t("home.refunded"), Home.refunded, t("home.refunded_note")),
        ),
        icons=("lock", "check", "undo-2"),
    )


def _cards() -> rx.Component:
    grid = rx.el.div(rx.foreach(Home.cards, card), class_name="grid gap-4 md:grid-cols-2 lg:grid-cols-3")
    waiting = rx.el.div(loading(*[card_skeleton() for _ in range(3)]), class_name="grid gap-4 md:grid-cols-2 lg:grid-cols-3")
    start = link_button(t("home.photograph"), routes.START)
    nothing = empty_state(t("home.none"), t("home.none_more"), action=start)
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("home.near"), class_name="t-h2 grow"),
            rx.el.a(t("home.all"), href=routes.DISCOVER, class_name="link"),
            class_name="flex items-center gap-3 mb-4",
        ),
        rx.cond(Home.loaded, rx.cond(Home.cards.length() > 0, grid, nothing), waiting),
        class_name="wide py-8",
    )


def _how() -> rx.Component:
    caps = ("genda", "genda", "mor", "neem")
    steps = [
        rx.el.li(
            stone(str(n), cap),
            rx.el.div(
                rx.el.h3(t(f"home.step{n}"), class_name="t-h3"), rx.el.p(t(f"home.step{n}_text"), class_name="soft mt-1")
            ),
            class_name="flex gap-3",
        )
        for n, cap in enumerate(caps, 1)
    ]
    return rx.el.section(
        rx.el.h2(t("home.how"), class_name="t-h2 mb-4"),
        rx.el.ol(*steps, class_name="grid gap-6 md:grid-cols-2 lg:grid-cols-4"),
        class_name="wide pb-10",
    )


def page() -> rx.Component:
    """The page."""
    return citizen_page(rx.fragment(_hero(), _money(), _cards(), _how()), active="discover")


