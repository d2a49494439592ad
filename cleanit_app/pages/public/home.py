"""The first page: what Cleanit is, where the money is, what needs money."""

from __future__ import annotations

import time

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.before_after import before_after
from cleanit_app.components.islands.live import geo_button
from cleanit_app.components.money import ledger_band, ledger_strip
from cleanit_app.components.photos import plate, stone
from cleanit_app.components.text import t
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.i18n.formats import rupees
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.cards import card_grid, waiting_grid
from cleanit_app.reads.campaigns.campaigns import DiscoverSort, discover
from cleanit_app.reads.campaigns.shown_first import shown_first
from cleanit_app.reads.ledger.money import PublicMoney, public_money
from cleanit_app.state.base import PageState
from cleanit_app.state.cards import CampaignCardView, CleanedView, card_view, cleaned_view
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.place import rounded_place

ROUTE, TITLE = routes.HOME, "title.home"
KEPT_SECONDS = 30
SHOWN = 6
OPEN = (CampaignStatus.ACTIVE, CampaignStatus.FUNDED)
_kept: tuple[float, PublicMoney] | None = None


class HomeState(PageState, rx.State):
    """Cards, a cleaned place and the public totals."""

    cards: list[CampaignCardView] = []
    hero: CleanedView = CleanedView()
    held: str = ""
    paid: str = ""
    refunded: str = ""
    collecting: int = 0
    cleaned: int = 0
    near: bool = False
    _here: tuple[float, float] | None = None

    @rx.event
    async def load(self) -> None:
        """Read the cards, the totals and a cleaned place that is worth showing first."""
        await self._read_cards()
        if not self.hero.before:
            done = await self._ask(shown_first)
            self.hero = cleaned_view(done, self._parts().clock.now()) if done else CleanedView()
        self._take(await self._money())
        self.loaded = True

    @rx.event
    async def locate(self, latitude: float, longitude: float, accuracy_m: int) -> None:
        """Show the nearest ones first; the place stays in this tab, rounded to about 100 m."""
        here = rounded_place(latitude, longitude)
        if here is not None:
            self._here = here
            await self._read_cards()

    async def _read_cards(self) -> None:
        self.near = self._here is not None
        page = await self._ask(
            discover,
            status=OPEN if self._here else OPEN[:1],
            near=self._here,
            sort=DiscoverSort.NEAR if self._here else DiscoverSort.ALMOST,
            limit=SHOWN,
        )
        now = self._parts().clock.now()
        self.cards = page.each(lambda card: card_view(card, now))

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


ON_LOAD = [CurrentUserState.arrive, HomeState.load]


def _picture() -> rx.Component:
    """On phones the picture spans the screen above the words; on wide screens it stands at their right."""
    shape = "aspect-[16/9] md:aspect-[16/11] md:rounded-xl"
    slider = before_after(
        HomeState.hero.before,
        HomeState.hero.after,
        before_alt=HomeState.hero.before_alt,
        after_alt=HomeState.hero.after_alt,
        before_label=HomeState.hero.before_label,
        after_label=HomeState.hero.after_label,
        start=58,
        sized=True,
        sizes="(min-width: 768px) 600px, 100vw",
        class_name=shape,
    )
    sign = rx.el.a(
        plate(HomeState.hero.place),
        href=HomeState.hero.href,
        class_name="absolute left-3 top-3 md:left-6 md:-top-4 min-h-[44px] max-w-[calc(100%-24px)]",
    )
    known = rx.el.div(slider, sign, class_name="relative")
    return rx.cond(HomeState.hero.before != "", known, rx.el.div(class_name=f"photo {shape}"))


def _hero() -> rx.Component:
    words = rx.el.div(
        rx.el.h1(
            t("home.title"),
            class_name="t-display text-balance",
        ),
        rx.el.p(t("home.lead"), class_name="soft mt-4 text-[1.0625rem] md:text-[1.3125rem] leading-[1.4]"),
        rx.el.div(
            link_button(t("home.photograph"), routes.START, size="l", icon_name="camera"),
            link_button(t("home.fund"), routes.DISCOVER, kind="line", size="l"),
            class_name="flex flex-col gap-3 mt-6 sm:flex-row sm:flex-wrap",
        ),
        rx.el.p(icon("shield-check"), rx.el.span(t("home.promise")), class_name="row t-sm soft mt-6"),
        class_name="px-4 md:px-0",
    )
    inside = rx.el.div(
        rx.el.div(_picture(), class_name="md:order-2"),
        words,
        class_name="w-full max-w-[1232px] mx-auto md:px-4 grid gap-5 md:grid-cols-2 md:gap-12 lg:gap-16 items-center",
    )
    return rx.el.section(inside, class_name="pb-8 md:py-14")


def _money() -> rx.Component:
    """A strip under the thumb on phones, the whole story in a band on wide screens."""
    strip = rx.el.section(
        rx.el.h2(t("home.money"), class_name="t-sm b soft mb-2"),
        ledger_strip(HomeState.held, HomeState.paid, HomeState.refunded),
        rx.el.a(t("home.money_link"), href=routes.LEDGER, class_name="link inline-flex items-center min-h-[44px] t-sm"),
        class_name="px-4 md:hidden",
    )
    return rx.fragment(strip, rx.el.div(_band(), class_name="hidden md:block"))


def _band() -> rx.Component:
    return ledger_band(
        t("home.money"),
        rx.el.span(
            t("home.money_note"), " ", rx.el.a(t("home.money_link"), href=routes.LEDGER, class_name="underline")
        ),
        (
            ("held", t("home.held"), HomeState.held, t("home.held_note", n=HomeState.collecting)),
            ("paid", t("home.paid"), HomeState.paid, t("home.paid_note", n=HomeState.cleaned)),
            ("refunded", t("home.refunded"), HomeState.refunded, t("home.refunded_note")),
        ),
        icons=("lock", "check", "undo-2"),
    )


def _cards() -> rx.Component:
    start = link_button(t("home.photograph"), routes.START)
    nothing = empty_state(t("home.none"), t("home.none_more"), action=start)
    title = rx.cond(HomeState.near, t("home.near_you"), t("home.near"))
    filters = pills(
        geo_button(
            icon("locate", 16),
            t("discover.near"),
            on_position=HomeState.locate,
            class_name=rx.cond(HomeState.near, "pill on", "pill"),
        ),
        pill(t("discover.ending"), href=f"{routes.DISCOVER}?show=ending"),
        pill(t("discover.new"), href=f"{routes.DISCOVER}?show=new"),
        pill(t("discover.cleaned"), href=f"{routes.DISCOVER}?show=cleaned"),
        pill(t("discover.map"), icon_name="map", href=f"{routes.DISCOVER}?view=map"),
    )
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, class_name="t-h2 md:text-[2rem] lg:grow"),
            filters,
            class_name="flex flex-col gap-3 mb-4 lg:flex-row lg:items-center lg:mb-6",
        ),
        rx.cond(
            HomeState.loaded, rx.cond(HomeState.cards.length() > 0, card_grid(HomeState.cards), nothing), waiting_grid()
        ),
        link_button(t("home.all"), routes.DISCOVER, kind="quiet", class_name="mt-4"),
        class_name="wide pt-8 md:pt-12 pb-6",
    )


def _how() -> rx.Component:
    caps = ("genda", "genda", "mor", "neem")
    steps = [
        rx.el.li(
            stone(str(n), cap),  # type: ignore[arg-type]  # constants above
            rx.el.div(
                rx.el.h3(t(f"home.step{n}"), class_name="t-h3"),
                rx.el.p(t(f"home.step{n}_text"), class_name="soft mt-1"),
            ),
            class_name="flex gap-3.5",
        )
        for n, cap in enumerate(caps, 1)
    ]
    return rx.el.section(
        rx.el.h2(t("home.how"), class_name="t-h2 md:text-[2rem] mb-4 md:mb-6"),
        rx.el.ol(*steps, class_name="grid gap-6 md:grid-cols-2 lg:grid-cols-4"),
        class_name="wide pt-4 pb-12",
    )


def page() -> rx.Component:
    """The page."""
    return citizen_page(rx.fragment(_hero(), _money(), _cards(), _how()), active="discover")
