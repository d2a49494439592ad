"""Refunds that have not arrived, with their age against the promise (PAY-08, PAY-09)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button, opens
from cleanit_app.components.chips import chip, state_chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount, stat_tile
from cleanit_app.components.overlays import dialog
from cleanit_app.components.text import t, words
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.statuses import RefundStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day, rupees
from cleanit_app.pages.admin.money.kill_switch import KillSwitchState, money_stop, money_stopped
from cleanit_app.pages.admin.money.manual_form import manual_form
from cleanit_app.pages.admin.money.views import RefundRow, more_of_list, refund_row
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.ledger.finances import FinancialOverview, financial_overview
from cleanit_app.reads.ledger.money_desk import OldMoney, RefundPlan, old_money, refund_plan
from cleanit_app.reads.ledger.money_lists import SHOWN, refunds_to_do
from cleanit_app.services.refunds.manual import decide_refund, order_refund_now, order_refunds, record_manual_refund
from cleanit_app.state.admin_desk import DeskState, as_id, row_of
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_REFUNDS, "admin.refunds"
STATES = tuple(s.value for s in (RefundStatus.PENDING, RefundStatus.PROCESSING, RefundStatus.MANUAL))
MANUAL, BULK = "refund-by-hand", "refunds-again"
NOBODY_PICKED = RefundRow("", "", "", "", "", NOTHING, "", NOTHING, NOTHING, NOTHING, "", NOTHING)


@dataclass(frozen=True)
class OldRow:
    """A campaign whose held money grows old."""

    title: str
    href: str
    amount: str
    until: str


class RefundsState(DeskState, rx.State):
    """Refunds on their way."""

    rows: list[RefundRow] = []
    waiting: str = ""
    manual: str = ""
    done: str = ""
    waiting_count: int = 0
    manual_count: int = 0
    late_count: int = 0
    rest: int = 0
    old: list[OldRow] = []
    picked: RefundRow = NOBODY_PICKED
    plan_count: int = 0
    plan_amount: str = ""
    plan_old: int = 0
    _plan: list[str] = []
    _plan_paise: int = 0

    @rx.event
    async def load(self) -> None:
        """Read what waits; hear of changes."""
        self._hear_everything(RefundsState.refresh)
        self.busy, self.picked, self.rows = False, NOBODY_PICKED, []
        self._clear_problems()
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    async def _read(self) -> None:
        found: FinancialOverview | None = await self._ask_here(financial_overview)
        if found is None:
            return
        now = self._parts().clock.now()
        await self._list(max(len(self.rows), SHOWN))
        self.waiting, self.waiting_count = rupees(found.refunds_open.paise), found.refunds_open.count
        self.manual, self.manual_count = rupees(found.refunds_manual.paise), found.refunds_manual.count
        self.done = rupees(found.refunded_paise)
        await self._read_plan()
        old: tuple[OldMoney, ...] = await self._ask_here(old_money) or ()
        self.old = [
            OldRow(o.title, routes.campaign(o.campaign_id), rupees(o.paise), day(o.refund_until, now)) for o in old
        ]
        self.rest = max(0, found.refunds_open.count - len(self.rows))
        self.loaded = True

    async def _list(self, wanted: int) -> None:
        found = await self._ask_list(refunds_to_do, wanted)
        if found is not None:
            now = self._parts().clock.now()
            before, self.rows = len(self.rows), [refund_row(one, now) for one in found[0]]
            self.rest = max(0, self.rest + before - len(self.rows))

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """Show the next part of the list too."""
        if self.rest:
            async for _ in self._read_on(lambda: self._list(len(self.rows) + SHOWN)):
                yield

    async def _read_plan(self) -> None:
        plan: RefundPlan | None = await self._ask_here(refund_plan)
        if plan is not None:
            self._plan, self._plan_paise = [str(i) for i in plan.refund_ids], plan.paise
            self.plan_count, self.plan_amount, self.plan_old = plan.count, rupees(plan.paise), plan.too_old
            self.late_count = plan.overdue

    @rx.event
    async def pick(self, refund_id: str) -> None:
        """Open the dialog for one refund."""
        known = row_of(self.rows, refund_id)
        if known:
            self.picked = known
            self._clear_problems()

    @rx.event
    async def again(self, refund_id: str) -> AsyncIterator[None]:
        """Send one stuck refund again."""
        known = row_of(self.rows, refund_id)
        if known is not None:
            said = say("refunds.sent_again", amount=known.amount, name=known.name)
            async for _ in self._decide(order_refund_now, lambda _: said, refund_id=as_id(known.id)):
                yield

    @rx.event
    async def look(self) -> None:
        """The dry run: read anew what sending all stuck refunds would do."""
        self._clear_problems()
        await self._read_plan()

    @rx.event
    async def send_all(self) -> AsyncIterator[None]:
        """Send exactly what the dry run showed."""
        arguments: dict[str, Any] = {"refund_ids": [UUID(i) for i in self._plan], "seen_count": self.plan_count}
        if self._plan:
            async for _ in self._decide(
                order_refunds,
                lambda ordered: say("refunds.bulk_done", n=len(ordered)),
                **arguments,
                seen_paise=self._plan_paise,
            ):
                yield

    @rx.event
    async def record(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Record that the picked refund was given back at the bank."""
        async for _ in self._manually(record_manual_refund, reference=str(form.get("reference") or "")):
            yield

    @rx.event
    async def decide(self, refund_id: str, left: bool) -> AsyncIterator[None]:
        """Say whether the picked refund, of which nobody knew, left."""
        if refund_id == self.picked.id:
            async for _ in self._manually(decide_refund, left=left is True):
                yield

    async def _manually(self, service: Callable[..., Any], **arguments: Any) -> AsyncIterator[None]:
        picked = self.picked
        said = say("hand.done", name=picked.name, amount=picked.amount)
        if picked.id:
            async for _ in self._decide(service, lambda _: said, refund_id=as_id(picked.id), **arguments):
                yield

    def _put_down(self) -> None:
        self.picked = NOBODY_PICKED


ON_LOAD = [CurrentUserState.arrive_signed_in, KillSwitchState.load, RefundsState.load]


def _cells(row: Any) -> list[Any]:
    state = rx.match(row.state, *[(s, state_chip("refund", s)) for s in STATES], rx.fragment())
    age = rx.match(
        row.tone,
        ("bad", chip(words(row.age), "bad", "clock-alert")),
        ("held", chip(words(row.age), "held", "clock")),
        chip(words(row.age), "plain", "clock"),
    )
    return [
        row.name,
        rx.fragment(
            rx.el.a(row.title, href=row.href, class_name="link"),
            rx.el.span(words(row.cause), class_name="t-sm mute block"),
        ),
        amount(row.amount, "s"),
        rx.fragment(
            state,
            rx.cond(row.reason != "", rx.el.p(words(row.reason), class_name="t-sm text-geru-700"), rx.fragment()),
        ),
        rx.fragment(
            age,
            rx.cond(row.late, chip(t("refunds.overdue"), "bad", "clock-alert"), rx.fragment()),
            rx.el.span(t("refunds.since", since=row.since, due=row.due), class_name="t-sm mute block mt-1"),
        ),
        _action(row),
    ]


def _action(row: Any) -> rx.Component:
    again = button(t("refunds.again"), kind="line", size="s", icon_name="undo-2", busy=RefundsState.busy,
                   busy_label=t("people.working"), on_click=RefundsState.again(row.id))  # fmt: skip
    more = button(
        t("hand.more"), kind="quiet", size="s", on_click=RefundsState.pick(row.id), custom_attrs=opens(MANUAL)
    )
    told = rx.cond(
        row.unsure,
        rx.el.span(t("refunds.unsure"), class_name="t-sm text-geru-700"),
        rx.cond(row.too_old, rx.el.span(t("refunds.too_old"), class_name="t-sm text-geru-700"), again),
    )
    may = CurrentUserState.may.contains(Permission.RUN_PAYOUTS.value)
    shown = rx.el.div(told, more, class_name="flex flex-wrap gap-2 items-center")
    return rx.cond(may & (row.stuck | row.unsure), shown, rx.fragment())


def _problem() -> rx.Component:
    return rx.cond(RefundsState.problem != "", note(words(RefundsState.problem), "err", role="alert"), rx.fragment())


def _manual() -> rx.Component:
    """What else can be done with the picked refund: record it, or decide what nobody knows."""
    picked = RefundsState.picked
    working: dict[str, Any] = {"busy": RefundsState.busy, "busy_label": t("people.working"), "block": True}
    decide = rx.fragment(
        note(t("hand.unsure"), "warn"),
        button(t("hand.left"), kind="line", on_click=RefundsState.decide(picked.id, True), **working),
        button(t("hand.not_left"), kind="danger", on_click=RefundsState.decide(picked.id, False), **working),
    )
    record = manual_form(
        t("hand.given"), t("hand.record_given"), RefundsState.record, RefundsState.field_problems, "given-utr", working
    )
    content = rx.el.div(
        _problem(),
        rx.el.p(rx.el.b(picked.name, class_name="bb"), ", ", picked.amount),
        rx.cond(picked.unsure, decide, record),
        class_name="flex flex-col gap-4",
    )
    return rx.el.div(dialog(MANUAL, t("hand.refund"), content), key="hand-" + RefundsState.turn.to_string())


def _bulk() -> rx.Component:
    """All stuck refunds again: first what would be sent, then the confirmation."""
    too_old = rx.el.p(t("refunds.bulk_old", n=RefundsState.plan_old), class_name="t-sm soft")
    content = rx.el.div(
        _problem(),
        rx.el.p(t("refunds.bulk_ask"), class_name="soft"),
        rx.el.p(
            t("refunds.bulk_plan", n=RefundsState.plan_count, amount=RefundsState.plan_amount), class_name="bb num"
        ),
        rx.el.ul(
            each(
                RefundsState.rows,
                lambda row: rx.cond(
                    row.stuck & ~row.too_old & ~row.unsure,
                    rx.el.li(row.name, ", ", row.amount, ", ", row.title, class_name="t-sm"),
                    rx.fragment(),
                ),
            ),
            class_name="list-disc pl-5 max-h-48 overflow-y-auto",
        ),
        rx.cond(RefundsState.plan_old > 0, too_old, rx.fragment()),
        rx.el.p(t("refunds.bulk_path"), class_name="t-sm mute"),
        button(t("refunds.bulk_go"), size="l", block=True, icon_name="undo-2", busy=RefundsState.busy,
               busy_label=t("people.working"), on_click=RefundsState.send_all),
        class_name="flex flex-col gap-3",
    )  # fmt: skip
    press = button(
        t("refunds.bulk"), kind="line", icon_name="undo-2", on_click=RefundsState.look, custom_attrs=opens(BULK)
    )
    asked = rx.el.div(dialog(BULK, t("refunds.bulk"), content), key="bulk-" + RefundsState.turn.to_string())
    may = CurrentUserState.may.contains(Permission.RUN_PAYOUTS.value)
    return rx.cond(may & (RefundsState.plan_count > 0), rx.el.div(press, asked, class_name="mt-5"), rx.fragment())


def _old() -> rx.Component:
    def cells(row: Any) -> list[Any]:
        return [rx.el.a(row.title, href=row.href, class_name="link"), amount(row.amount, "s"), words(row.until)]

    heads = [t("refunds.col.cleanup"), t("old.col.amount"), t("old.col.until")]
    table = data_table(t("old.title"), heads, RefundsState.old, cells, right=(1,))
    shown = rx.el.section(rx.el.p(t("old.why"), class_name="soft mb-3"), table, class_name="mt-8")
    return rx.cond(RefundsState.old.length() > 0, shown, rx.fragment())


def page() -> rx.Component:
    """The page."""
    tiles = rx.el.div(
        stat_tile(
            t("refunds.open"), RefundsState.waiting, t("refunds.count", n=RefundsState.waiting_count), swatch="refunded"
        ),
        stat_tile(
            t("refunds.manual"),
            RefundsState.manual,
            t("refunds.manual_note", n=RefundsState.manual_count, late=RefundsState.late_count),
            swatch="stop",
        ),
        stat_tile(t("refunds.done"), RefundsState.done, t("refunds.done_note"), swatch="plain"),
        class_name="tiles mt-5",
    )
    heads = ["who", "cleanup", "amount", "state", "age", "do"]
    table = data_table(t("refunds.list"), [t(f"refunds.col.{h}") for h in heads], RefundsState.rows, _cells, right=(2,),
                       empty=t("refunds.none"))  # fmt: skip
    more = more_of_list(RefundsState.rest, RefundsState.busy, RefundsState.more)
    body = rx.el.div(
        rx.el.h1(t("admin.refunds"), class_name="t-h1"),
        rx.el.p(t("refunds.promise"), class_name="soft mt-1"),
        rx.cond(
            RefundsState.loaded,
            rx.fragment(
                money_stopped(MoneyFlow.REFUNDS),
                _problem(),
                tiles,
                _bulk(),
                rx.el.div(table, class_name="mt-5"),
                more,
                _old(),
                money_stop(MoneyFlow.REFUNDS),
                _manual(),
            ),
            loading(skeleton("h-28 w-full mt-5"), skeleton("h-64 w-full mt-5")),
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="refunds", refused=RefundsState.refused)
