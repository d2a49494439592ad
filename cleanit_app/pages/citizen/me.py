"""Me: my cleanups and money, what came of it, language, sunlight mode, signing out."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.sign_out import sign_out
from cleanit_app.components.money import ledger_strip
from cleanit_app.components.navigation import hidden_heading, lang_switch
from cleanit_app.components.photos import avatar
from cleanit_app.components.text import Text, t, words
from cleanit_app.domain.actors import Role
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n.formats import day, rupees
from cleanit_app.pages.citizen.pieces import heading, own_frame
from cleanit_app.reads.ledger.money import my_transactions
from cleanit_app.reads.people.people import profile
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ME, "nav.me"


class MeState(PageState, rx.State):
    """My account in short."""

    contact: str = ""
    since: str = NOTHING
    started: int = 0
    cleaned: int = 0
    given: str = ""
    held: str = ""
    paid_out: str = ""
    refunded: str = ""
    did_something: bool = False
    broken: bool = False

    @rx.event
    async def load(self) -> None:
        """Read profile and totals."""
        try:
            mine = await self._ask(profile)
            totals = (await self._ask(my_transactions, limit=1)).totals
        except DomainError:
            self.broken = True
            return
        self.contact = mine.email or mine.phone or ""
        self.since = day(mine.created_at, self._parts().clock.now())
        self.started, self.cleaned = mine.campaigns_started, mine.places_cleaned
        self.given, self.held = rupees(totals.stayed_paise), rupees(totals.held_paise)
        self.paid_out, self.refunded = rupees(totals.paid_out_paise), rupees(totals.refunded_paise)
        self.did_something = bool(self.started or self.cleaned or totals.given_paise)
        self.broken, self.loaded = False, True


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, MeState.load]


def _person() -> rx.Component:
    return rx.el.div(
        avatar(CurrentUserState.initials),
        rx.el.div(
            rx.el.div(CurrentUserState.name, class_name="t-h2"),
            rx.el.div(MeState.contact, class_name="t-sm mute break-all"),
            rx.el.div(t("me.since", date=MeState.since), class_name="t-sm mute"),
            class_name="grow",
        ),
        class_name="flex items-center gap-3",
    )


def _figure(value: Any, label: Text) -> rx.Component:
    return rx.el.div(
        rx.el.div(value, class_name="rs rs-l"),
        rx.el.div(words(label), class_name="t-sm mute mt-1"),
        class_name="card pad",
    )


def _impact() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("me.impact"), class_name="t-h3 mb-3"),
        rx.el.div(
            _figure(MeState.cleaned, t("me.cleaned")),
            _figure(MeState.started, t("me.started")),
            _figure(MeState.given, t("me.given")),
            class_name="trio",
        ),
        rx.el.div(ledger_strip(MeState.held, MeState.paid_out, MeState.refunded, icons=True), class_name="mt-4"),
    )


def _place(icon_name: str, label: Text, href: str, end: Any = None) -> rx.Component:
    return rx.el.a(
        icon(icon_name),
        rx.el.span(words(label), class_name="grow b"),
        *([] if end is None else [end]),
        icon("chevron-right"),
        href=href,
        class_name="flex items-center gap-3 min-h-[56px] px-4 border-b border-chuna-200 last:border-0",
    )


def _places() -> rx.Component:
    count = rx.cond(CurrentUserState.unread > 0, rx.el.span(CurrentUserState.unread, class_name="chip held num"))
    cleaner = rx.cond(
        CurrentUserState.role == Role.CLEANER.value,
        rx.fragment(
            _place("map-pinned", t("nav.jobs"), routes.JOBS),
            _place("clipboard-check", t("nav.work"), routes.WORK),
            _place("indian-rupee", t("nav.earnings"), routes.EARNINGS),
            _place("id-card", t("me.papers"), routes.KYC),
        ),
    )
    mine = rx.fragment(
        _place("map", t("mine.title"), routes.MY_CAMPAIGNS), _place("wallet", t("nav.money"), routes.MY_MONEY)
    )
    return rx.el.nav(
        cleaner,
        rx.cond(
            CurrentUserState.role == Role.ADMIN.value, _place("layout-dashboard", t("me.admin"), routes.ADMIN), mine
        ),
        hidden_heading("my-places", "nav.me"),
        _place("bell", t("notification.title"), routes.NOTIFICATIONS, count),
        _place("shield-check", t("account.link"), routes.ACCOUNT),
        _place("life-buoy", t("nav.help"), routes.HELP),
        class_name="card",
        custom_attrs={"aria-labelledby": "my-places"},
    )


def _choices() -> rx.Component:
    line = "flex items-center gap-3 min-h-[56px] px-4"
    language = rx.el.div(
        icon("info"),
        rx.el.span(t("me.language"), class_name="grow b"),
        lang_switch(),
        class_name=f"{line} border-b border-chuna-200",
    )
    dhoop = rx.el.button(
        icon("sun"),
        rx.el.span(
            rx.el.span(t("me.dhoop"), class_name="b block"),
            rx.el.span(t("me.dhoop_note"), class_name="t-sm mute"),
            class_name="grow text-left",
        ),
        rx.el.span(t("me.switch"), class_name="link"),
        type="button",
        class_name=f"{line} w-full py-2",
        custom_attrs={"data-dhoop-toggle": ""},
    )
    return rx.el.section(
        rx.el.h2(t("me.choices"), class_name="t-h3 mb-3"), rx.el.div(language, dhoop, class_name="card")
    )


def _sign_out() -> rx.Component:
    face = rx.el.button(icon("log-out"), t("me.sign_out"), type="submit", class_name="btn btn-line btn-block")
    return sign_out(face, owner=CurrentUserState.user_id)


def _body() -> rx.Component:
    suspended = rx.cond(
        CurrentUserState.suspended_for != "",
        note(t("me.suspended", reason=CurrentUserState.suspended_for), "err", role="alert"),
    )
    full = rx.el.div(
        suspended,
        _person(),
        rx.cond(MeState.did_something & (CurrentUserState.role != Role.ADMIN.value), _impact(), rx.fragment()),
        _places(),
        _choices(),
        _sign_out(),
        class_name="flex flex-col gap-6",
    )
    waiting = loading(
        rx.el.div(
            skeleton("h-14 w-full"), skeleton("h-28 w-full"), skeleton("h-48 w-full"), class_name="flex flex-col gap-4"
        )
    )
    broken = note(t("error.SOMETHING_BROKE"), "err", role="alert")
    return rx.cond(
        CurrentUserState.signed_in & MeState.loaded,
        full,
        rx.cond(CurrentUserState.signed_in & MeState.broken, broken, waiting),
    )


def page() -> rx.Component:
    """The page."""
    return own_frame(rx.el.div(heading("nav.me"), _body(), class_name="narrow max-w-[720px] py-4"), title=t("nav.me"))
