"""The first page of admins: what needs somebody now, the money, how long checks wait, what moved last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.feedback import loading, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.money import stat_tile
from cleanit_app.components.text import t, words
from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day, lakhs, lasted, rupees
from cleanit_app.pages.admin.money.views import FinancesView, MovementRow, money_view, movement_row, movements_table
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.boards.now import business_now
from cleanit_app.reads.ledger.finances import FinancialOverview, financial_overview
from cleanit_app.reads.review.verification import VerificationSla, sla
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN, "admin.overview"
MOVED = 8
BARS = (("under_12", "bg-neem-600"), ("to_24", "bg-neem-500"), ("to_48", "bg-genda-400"), ("over_48", "bg-geru-600"))


@dataclass(frozen=True)
class Need:
    """Something that needs a person now."""

    icon: str
    what: str
    more: str
    href: str
    go: str


@dataclass(frozen=True)
class DecisionsRow:
    """What one admin decided."""

    name: str
    today: int
    week: int
    rejected: str
    escalated: int
    average: str


class OverviewState(AdminDeskState, rx.State):
    """What every admin sees first, as far as the own duties go."""

    today: str = NOTHING
    needs: list[Need] = []
    sees_checks: bool = False
    sees_money: bool = False
    active: str = NOTHING
    waiting: int = 0
    average: str = NOTHING
    over_48: int = 0
    counts: dict[str, int] = {}
    widths: dict[str, str] = {}
    admins: list[DecisionsRow] = []
    sums: FinancesView = FinancesView()
    movements: list[MovementRow] = []

    @rx.event
    async def load(self) -> None:
        """Read what this admin may know; hear of changes."""
        self._hear_everything(OverviewState.refresh)
        await self._read()

    @rx.event
    async def refresh(self) -> list[Any]:
        """Something happened in the house: counts first, then the page."""
        return [CurrentUserState.hear, OverviewState.read_again]

    @rx.event
    async def read_again(self) -> None:
        """Read everything once more."""
        await self._read()

    async def _read(self) -> None:
        actor = await self._actor()
        self.refused = not _is_admin(actor)
        if not self.refused:
            await self._read_figures(actor)
        self.loaded = True

    async def _read_figures(self, actor: Actor) -> None:
        now = self._parts().clock.now()
        self.today = day(now, now)
        self.sees_checks, self.sees_money = actor.may(Permission.VERIFY_JOBS), actor.may(Permission.SEE_FINANCES)
        business = await self._ask(business_now) if self.sees_checks or self.sees_money else None
        self.active = lakhs(business.active_campaigns) if business else NOTHING
        times = await self._ask(sla) if self.sees_checks else None
        money = await self._ask(financial_overview) if self.sees_money else None
        self._take_checks(times)
        self._take_money(money)
        counts = (await self.get_state(CurrentUserState)).counts
        self.needs = _needs(actor, times, money, counts)

    def _take_checks(self, times: VerificationSla | None) -> None:
        if times is None:
            self.admins, self.counts = [], {}
            return
        to_48 = times.over_24_h - times.over_48_h
        numbers = (times.under_12_h, times.from_12_to_24_h, to_48, times.over_48_h)
        most = max(1, *numbers)
        self.counts = {name: n for (name, _), n in zip(BARS, numbers, strict=True)}
        self.widths = {name: f"{100 * n // most}%" for name, n in self.counts.items()}
        self.waiting, self.over_48 = times.waiting, times.over_48_h
        self.average = lasted(timedelta(seconds=times.average_waiting_seconds))
        self.admins = [
            DecisionsRow(
                load.name,
                load.today,
                load.week,
                f"{100 * load.rejected // max(1, load.week)}%",
                load.escalated,
                lasted(timedelta(seconds=load.average_seconds)),
            )
            for load in times.workload
        ]

    def _take_money(self, found: FinancialOverview | None) -> None:
        now = self._parts().clock.now()
        self.sums = money_view(found, self._parts().clock.now()) if found else FinancesView()
        self.movements = [movement_row(one, now) for one in found.movements[:MOVED]] if found else []


ON_LOAD = [CurrentUserState.arrive_signed_in, OverviewState.load]


def _is_admin(actor: Actor) -> bool:
    duties = (
        Permission.VERIFY_JOBS, Permission.APPROVE_CAMPAIGNS, Permission.SEE_FINANCES, Permission.MANAGE_KYC,
        Permission.MANAGE_PEOPLE,
    )  # fmt: skip
    return any(actor.may(permission) for permission in duties)


def _needs(
    actor: Actor, times: VerificationSla | None, money: FinancialOverview | None, counts: dict[str, int]
) -> list[Need]:
    """What needs somebody now, the most pressing first."""
    found = []
    if times and times.over_48_h:
        oldest = lasted(timedelta(seconds=times.oldest_waiting_seconds))
        found.append(_need("flame", "late", routes.ADMIN_CHECKS, "check", n=times.over_48_h, oldest=oldest))
    if money and money.payouts_manual.count:
        amount = rupees(money.payouts_manual.paise)
        found.append(_need("send", "stuck", routes.ADMIN_PAYOUTS, "open", n=money.payouts_manual.count, amount=amount))
    if money and money.refunds_manual.count:
        amount = rupees(money.refunds_manual.paise)
        found.append(
            _need("undo-2", "refunds", routes.ADMIN_REFUNDS, "open", n=money.refunds_manual.count, amount=amount)
        )
    if actor.may(Permission.APPROVE_CAMPAIGNS) and counts.get("campaigns"):
        found.append(_need("map-pinned", "drafts", routes.ADMIN_CAMPAIGNS, "open", n=counts["campaigns"]))
    if actor.may(Permission.MANAGE_KYC) and counts.get("kyc"):
        found.append(_need("users", "people", routes.ADMIN_PEOPLE, "open", n=counts["kyc"]))
    if actor.may(Permission.LOOK_INTO_FRAUD) and counts.get("fraud"):
        found.append(_need("siren", "fraud", routes.ADMIN_FRAUD, "open", n=counts["fraud"]))
    return found


def _need(picture: str, kind: str, href: str, go: str, **values: Any) -> Need:
    return Need(picture, say(f"need.{kind}", **values), say(f"need.{kind}_more", **values), href, go)


def _of(need: Any) -> rx.Component:
    """What a link opens, for who hears the links alone."""
    return rx.el.span(": ", words(need.what), class_name="sr")


def _strip() -> rx.Component:
    pictures = ("flame", "send", "undo-2", "map-pinned", "users", "siren")

    def one(need: Any) -> rx.Component:
        picture = rx.match(need.icon, *[(p, icon(p, 24)) for p in pictures], icon("flag", 24))
        go = rx.match(need.go, ("check", t("need.go.check")), t("need.go.open"))
        return rx.el.li(
            rx.el.span(picture, class_name="text-geru-600"),
            rx.el.div(
                rx.el.b(words(need.what), class_name="bb block"),
                rx.el.span(words(need.more), class_name="t-sm mute"),
                class_name="grow",
            ),
            rx.el.a(go, _of(need), href=need.href, class_name="link flex-none"),
            class_name="flex items-center gap-3.5 px-4 py-3.5 bg-white",
        )  # fmt: skip

    listed = rx.el.ul(
        each(OverviewState.needs, one),
        class_name="grid grid-cols-[repeat(auto-fit,minmax(min(290px,100%),1fr))] gap-px bg-chuna-300 "
        "rounded-lg overflow-hidden shadow-[0_0_0_1.5px_var(--color-geru-500)]",
    )
    calm = rx.el.div(icon("circle-check"), rx.el.span(t("need.none")), class_name="note ok items-center", role="status")
    return rx.cond(OverviewState.needs.length() > 0, listed, calm)


def _tiles() -> rx.Component:
    s = OverviewState.sums
    money = rx.fragment(
        stat_tile(t("money.tile.held"), s.held, t("money.tile.held_note"), swatch="held", dark=True, icon_name="lock",
                  href=routes.ADMIN_MONEY),
        stat_tile(t("money.tile.payouts"), s.payouts_pending, t("payouts.pending_note", n=s.payouts_count,
                  when=s.next_run), swatch="paid", href=routes.ADMIN_PAYOUTS),
        stat_tile(t("money.tile.refunds"), s.refunds_open, t("refunds.count", n=s.refunds_count), swatch="refunded",
                  href=routes.ADMIN_REFUNDS),
        stat_tile(t("overview.fees"), s.fees_month, t("overview.fees_note", all=s.fees), swatch="plain",
                  href=routes.ADMIN_MONEY),
    )  # fmt: skip
    checks = stat_tile(
        t("overview.waiting"),
        OverviewState.waiting.to_string(),
        t("overview.average", time=OverviewState.average),
        swatch="stop",
        href=routes.ADMIN_CHECKS,
    )
    active = stat_tile(
        t("overview.active"), OverviewState.active, t("overview.active_note"), swatch="plain", href=routes.ADMIN_BOARDS
    )
    return rx.el.div(
        rx.cond(OverviewState.sees_checks | OverviewState.sees_money, active, rx.fragment()),
        rx.cond(OverviewState.sees_checks, checks, rx.fragment()),
        rx.cond(OverviewState.sees_money, money, rx.fragment()),
        class_name="tiles mt-4",
    )


def _waits() -> rx.Component:
    def bar(name: str, colour: str) -> rx.Component:
        return rx.el.div(
            rx.el.dt(t(f"overview.{name}"), class_name="t-sm w-24 flex-none"),
            rx.el.span(
                rx.el.span(class_name=f"block h-5 rounded-sm {colour}", style={"width": OverviewState.widths[name]}),
                class_name="grow bg-chuna-100 rounded-sm",
                aria_hidden="true",
            ),
            rx.el.dd(OverviewState.counts[name], class_name="bb num w-8 text-right"),
            class_name="flex items-center gap-3",
        )

    def cells(row: Any) -> list[Any]:
        return [row.name, row.today, row.week, row.rejected, row.escalated, words(row.average)]

    heads = [t(f"overview.col.{h}") for h in ("admin", "today", "week", "rejected", "escalated", "average")]
    return rx.fragment(
        rx.el.section(
            rx.el.div(
                rx.el.h2(t("overview.how_long"), class_name="t-h3 grow"),
                rx.el.a(t("overview.queue"), href=routes.ADMIN_CHECKS, class_name="link t-sm"),
                class_name="row mb-3",
            ),
            rx.el.dl(*[bar(name, colour) for name, colour in BARS], class_name="flex flex-col gap-2.5"),
            class_name="card pad",
        ),
        data_table(t("overview.admins"), heads, OverviewState.admins, cells, right=(1, 2, 3, 4, 5)),
    )


def page() -> rx.Component:
    """The page."""
    waits = rx.cond(OverviewState.sees_checks, rx.el.div(_waits(), class_name="flex flex-col gap-3.5"), rx.fragment())
    moved = rx.cond(OverviewState.sees_money, movements_table(OverviewState.movements), rx.fragment())
    columns = rx.cond(
        OverviewState.sees_checks & OverviewState.sees_money,
        "grid gap-3.5 min-[1640px]:grid-cols-[minmax(0,1fr)_480px] items-start mt-4",
        "grid gap-3.5 mt-4",
    )
    shown = rx.fragment(_strip(), _tiles(), rx.el.div(moved, waits, class_name=columns))
    body = rx.el.div(
        rx.el.h1(t("overview.hello", name=CurrentUserState.name), class_name="t-h1"),
        rx.el.p(t("overview.today", day=OverviewState.today), class_name="mute mt-1 mb-5"),
        rx.cond(OverviewState.loaded, shown, loading(skeleton("h-16 w-full"), skeleton("h-32 w-full mt-4"))),
        class_name="p-4 lg:p-7 max-w-[1320px]",
    )
    return admin_page(body, active="overview", refused=OverviewState.refused)
