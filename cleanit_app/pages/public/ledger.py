"""The public ledger: three totals from the books and the last movements, without names."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount, stat_tile
from cleanit_app.components.text import t, words
from cleanit_app.i18n.formats import rupees
from cleanit_app.pages.frame import citizen_page
from cleanit_app.reads.ledger.money import public_money
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.ledger_view import MovementView, movement_view

ROUTE, TITLE = routes.LEDGER, "ledger.title"


class LedgerState(PageState, rx.State):
    """The totals and the last movements."""

    held: str = ""
    paid: str = ""
    refunded: str = ""
    collecting: int = 0
    cleaned: int = 0
    movements: list[MovementView] = []

    @rx.event
    async def load(self) -> None:
        """Add the books up and read what moved last."""
        money = await self._ask(public_money)
        now = self._parts().clock.now()
        self.held, self.paid = rupees(money.held_paise), rupees(money.paid_to_cleaners_paise)
        self.refunded = rupees(money.refunded_paise)
        self.collecting, self.cleaned = money.campaigns_collecting, money.places_cleaned
        self.movements = [movement_view(item, now) for item in money.movements]
        self.loaded = True


ON_LOAD = [CurrentUserState.arrive, LedgerState.load]
_FACES = {
    "CONTRIBUTION": ("lock", "bg-genda-100 text-genda-800"),
    "PAYOUT": ("check", "bg-neem-100 text-neem-700"),
    "REFUND": ("undo-2", "bg-neel-100 text-neel-700"),
}


def _movement(item: Any) -> rx.Component:
    faces = [
        (kind, rx.el.span(icon(name), class_name=f"w-10 h-10 rounded-lg grid place-items-center flex-none {look}"))
        for kind, (name, look) in _FACES.items()
    ]
    return rx.el.li(
        rx.match(item.kind, *faces, rx.fragment()),
        rx.el.div(
            rx.el.div(words(item.text), class_name="b"),
            rx.el.div(
                rx.el.a(item.title, href=item.href, class_name="cover underline"),
                rx.el.span(", ", words(item.when)),
                class_name="t-sm mute",
            ),
            class_name="grow min-w-0",
        ),
        amount(item.amount, "s"),
        class_name="relative flex items-center gap-3 py-3.5 border-b border-chuna-200",
    )


def _totals() -> rx.Component:
    tiles = (
        stat_tile(t("home.held"), LedgerState.held, t("ledger.held_note"), swatch="held", icon_name="lock"),
        stat_tile(
            t("home.paid"),
            LedgerState.paid,
            t("home.paid_note", n=LedgerState.cleaned),
            swatch="paid",
            icon_name="check",
        ),
        stat_tile(
            t("home.refunded"), LedgerState.refunded, t("home.refunded_note"), swatch="refunded", icon_name="undo-2"
        ),
    )
    return rx.el.div(*tiles, class_name="grid gap-3 md:grid-cols-3")


def page() -> rx.Component:
    """The page."""
    rows = rx.el.ul(each(LedgerState.movements, _movement))
    nothing = empty_state(t("ledger.none"), t("ledger.none_more"), icon_name="scale")
    ready = rx.fragment(_totals(), rx.cond(LedgerState.movements.length() > 0, _last(rows), nothing))
    waiting = loading(*[skeleton("h-24 w-full mb-3") for _ in range(3)])
    content = rx.el.div(
        rx.el.h1(t("ledger.title"), class_name="t-h1"),
        rx.el.p(t("ledger.lead"), class_name="soft mt-2 mb-5 max-w-[640px]"),
        rx.cond(LedgerState.loaded, ready, waiting),
        class_name="wide py-6",
    )
    return citizen_page(content, active="ledger")


def _last(rows: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("ledger.last"), class_name="t-h2 mt-8"),
        rx.el.p(t("ledger.last_note"), class_name="soft t-sm mt-1 mb-2"),
        rows,
        class_name="max-w-[760px]",
    )
