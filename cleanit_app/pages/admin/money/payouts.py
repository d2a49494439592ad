"""Payouts that have not arrived, and sending one by hand (PAY-04, PAY-06, OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button, opens
from cleanit_app.components.chips import state_chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import text_field
from cleanit_app.components.money import amount, stat_tile
from cleanit_app.components.overlays import dialog
from cleanit_app.components.text import t, words
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.statuses import PayoutStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time, rupees
from cleanit_app.pages.admin.money.kill_switch import KillSwitchState, money_stop, money_stopped
from cleanit_app.pages.admin.money.manual_form import manual_form
from cleanit_app.pages.admin.money.manual_payouts import ManualPayoutsState, manual_payouts_section
from cleanit_app.pages.admin.money.views import PayoutRow, more_of_list, payout_row
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.ledger.finances import FinancialOverview, financial_overview
from cleanit_app.reads.ledger.money_lists import SHOWN, payouts_to_do
from cleanit_app.services.payouts.manual import decide_payout, hold_payout, record_manual_payout, release_payout
from cleanit_app.services.payouts.payouts import order_payout_now
from cleanit_app.services.review.approval_reversal import take_back_approval
from cleanit_app.state.admin_desk import DeskState, as_id, row_of
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_PAYOUTS, "admin.payouts"
CONFIRM = "pay-now"
STATES = tuple(s.value for s in (PayoutStatus.PENDING, PayoutStatus.PROCESSING, PayoutStatus.MANUAL))
MANUAL = "payout-by-hand"
NOBODY_PICKED = PayoutRow("", "", "", "", "", "", "", NOTHING, NOTHING, NOTHING)


class PayoutsState(DeskState, rx.State):
    """Payouts on their way; `ordered` are those sent by hand a moment ago, each with what was wrong with it then."""

    rows: list[PayoutRow] = []
    pending: str = ""
    processing: str = ""
    manual: str = ""
    pending_count: int = 0
    processing_count: int = 0
    manual_count: int = 0
    rest: int = 0
    next_run: str = NOTHING
    picked: PayoutRow = NOBODY_PICKED
    ordered: dict[str, str] = {}

    @rx.event
    async def load(self) -> None:
        """Read what waits; hear of changes."""
        self._hear_everything(PayoutsState.refresh)
        self.busy, self.ordered, self.rows = False, {}, []
        self._clear_problems()
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return [ManualPayoutsState.load, CurrentUserState.hear]

    async def _read(self) -> None:
        found: FinancialOverview | None = await self._ask_here(financial_overview)
        if found is None:
            return
        now = self._parts().clock.now()
        await self._list(max(len(self.rows), SHOWN))
        still = {row.id: row.reason for row in self.rows if row.state == PayoutStatus.PENDING}
        self.ordered = {one: wrong for one, wrong in self.ordered.items() if still.get(one) == wrong}
        self.pending, self.pending_count = rupees(found.payouts_pending.paise), found.payouts_pending.count
        self.processing, self.processing_count = rupees(found.payouts_processing.paise), found.payouts_processing.count
        self.manual, self.manual_count = rupees(found.payouts_manual.paise), found.payouts_manual.count
        self.rest = max(0, self.pending_count + self.processing_count + self.manual_count - len(self.rows))
        self.next_run = day_time(found.next_run, now)
        self.loaded = True

    async def _list(self, wanted: int) -> None:
        found = await self._ask_list(payouts_to_do, wanted)
        if found is not None:
            now = self._parts().clock.now()
            before, self.rows = len(self.rows), [payout_row(one, now) for one in found[0]]
            self.rest = max(0, self.rest + before - len(self.rows))

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """Show the next part of the list too."""
        if self.rest:
            async for _ in self._read_on(lambda: self._list(len(self.rows) + SHOWN)):
                yield

    @rx.event
    async def pick(self, payout_id: str) -> None:
        """Ask once more before this payout leaves."""
        known = row_of(self.rows, payout_id)
        if known:
            self.picked = known
            self._clear_problems()

    @rx.event
    async def hold(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Keep the picked payout back, with a reason."""
        async for _ in self._manually(hold_payout, reason=str(form.get("reason") or "")):
            yield

    @rx.event
    async def release(self, payout_id: str) -> AsyncIterator[None]:
        """Let the picked payout go on."""
        if payout_id == self.picked.id:
            async for _ in self._manually(release_payout):
                yield

    @rx.event
    async def record(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Record that the picked payout was made at the bank."""
        async for _ in self._manually(record_manual_payout, reference=str(form.get("reference") or "")):
            yield

    @rx.event
    async def take_back(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """The picked payout's work was not done after all: its approval is taken back."""
        picked = self.picked
        said = say("back.done", name=picked.name, amount=picked.amount)
        arguments: dict[str, Any] = {"reason": str(form.get("why") or ""), "cancel_campaign": bool(form.get("cancel"))}
        if picked.id:
            async for _ in self._decide(take_back_approval, lambda _: said, job_id=as_id(picked.job_id), **arguments):
                yield

    @rx.event
    async def left(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Say that the picked payout, of which nobody knew, did leave."""
        async for _ in self._manually(decide_payout, left=True, reference=str(form.get("reference") or "")):
            yield

    @rx.event
    async def not_left(self, payout_id: str) -> AsyncIterator[None]:
        """Say that the picked payout, of which nobody knew, never left."""
        if payout_id == self.picked.id:
            async for _ in self._manually(decide_payout, left=False):
                yield

    async def _manually(self, service: Callable[..., Any], **arguments: Any) -> AsyncIterator[None]:
        picked = self.picked
        said = say("hand.done", name=picked.name, amount=picked.amount)
        if picked.id:
            async for _ in self._decide(service, lambda _: said, payout_id=as_id(picked.id), **arguments):
                yield

    def _put_down(self) -> None:
        self.picked = NOBODY_PICKED

    @rx.event
    async def pay(self, payout_id: str) -> AsyncIterator[None]:
        """Send the payout that the dialog named."""
        picked = self.picked

        def said(_: Any) -> str:
            self.ordered = {**self.ordered, picked.id: picked.reason}
            return say("payouts.ordered", amount=picked.amount, name=picked.name)

        if picked.id and payout_id == picked.id:
            async for _ in self._decide(order_payout_now, said, payout_id=as_id(picked.id)):
                yield


ON_LOAD = [CurrentUserState.arrive_signed_in, KillSwitchState.load, PayoutsState.load, ManualPayoutsState.load]


def _tiles() -> rx.Component:
    return rx.el.div(
        stat_tile(
            t("payouts.pending"),
            PayoutsState.pending,
            t("payouts.pending_note", n=PayoutsState.pending_count, when=PayoutsState.next_run),
            swatch="held",
        ),
        stat_tile(
            t("payouts.processing"),
            PayoutsState.processing,
            t("payouts.count", n=PayoutsState.processing_count),
            swatch="paid",
        ),
        stat_tile(
            t("payouts.manual"), PayoutsState.manual, t("payouts.count", n=PayoutsState.manual_count), swatch="stop"
        ),
        class_name="tiles mt-5",
    )


def _table() -> rx.Component:
    def cells(row: Any) -> list[Any]:
        return [
            row.name,
            rx.el.a(row.title, href=row.href, class_name="link"),
            amount(row.amount, "s"),
            rx.el.div(
                _chip(row),
                rx.el.p(words(row.when), class_name="t-sm mute mt-1"),
                rx.cond(row.reason != "", rx.el.p(words(row.reason), class_name="t-sm text-geru-700"), rx.fragment()),
            ),
            _action(row),
        ]

    heads = ["who", "cleanup", "amount", "state", "do"]
    return data_table(t("payouts.list"), [t(f"payouts.col.{h}") for h in heads], PayoutsState.rows, cells, right=(2,),
                      empty=t("payouts.none"))  # fmt: skip


def _chip(row: Any) -> rx.Component:
    """Its state; one that waits after a try that failed says so."""
    again = (row.state == PayoutStatus.PENDING.value) & (row.reason != "")
    known = rx.match(row.state, *[(s, state_chip("payout", s)) for s in STATES], rx.fragment())
    return rx.cond(again, state_chip("payout", PayoutStatus.FAILED.value), known)


def _action(row: Any) -> rx.Component:
    pay = button(
        t("payouts.pay", amount=row.amount, name=row.short_name),
        kind="line",
        size="s",
        on_click=PayoutsState.pick(row.id),
        custom_attrs=opens(CONFIRM),
    )
    more = button(
        t("hand.more"), kind="quiet", size="s", on_click=PayoutsState.pick(row.id), custom_attrs=opens(MANUAL)
    )
    may = CurrentUserState.may.contains(Permission.RUN_PAYOUTS.value)
    first = rx.cond(
        row.why_not != "",
        rx.el.span(words(row.why_not), class_name="t-sm mute break-words"),
        rx.cond(may, pay, rx.fragment()),
    )
    others = rx.cond(may & (row.decidable | row.unsure), more, rx.fragment())
    return rx.cond(
        PayoutsState.ordered.contains(row.id),
        rx.el.span(t("payouts.sending"), class_name="t-sm b"),
        rx.el.div(first, others, class_name="flex flex-wrap gap-2 items-center"),
    )


def _manual() -> rx.Component:
    """What else can be done with the picked payout: hold, release, record, decide."""
    picked = PayoutsState.picked
    problem = rx.cond(PayoutsState.problem != "", note(words(PayoutsState.problem), "err", role="alert"), rx.fragment())
    working: dict[str, Any] = {"busy": PayoutsState.busy, "busy_label": t("people.working"), "block": True}
    release = rx.fragment(
        note(t("hand.held", reason=picked.hold_reason), "warn"),
        button(t("hand.release"), kind="line", on_click=PayoutsState.release(picked.id), **working),
    )
    hold = rx.el.form(
        text_field("reason", t("hand.hold_reason"), max_length=300, id="hold-why"),
        button(t("hand.hold"), kind="line", type="submit", **working),
        on_submit=PayoutsState.hold,
        no_validate=True,
        class_name="flex flex-col gap-3",
    )
    record = manual_form(
        t("hand.paid"), t("hand.record"), PayoutsState.record, PayoutsState.field_problems, "paid-utr", working
    )
    decide = rx.fragment(
        note(t("hand.unsure"), "warn"),
        manual_form(
            t("hand.left"), t("hand.left"), PayoutsState.left, PayoutsState.field_problems, "left-utr", working
        ),
        button(t("hand.not_left"), kind="danger", on_click=PayoutsState.not_left(picked.id), **working),
    )
    line = rx.el.hr(class_name="border-chuna-200")
    may_judge = CurrentUserState.may.contains(Permission.VERIFY_JOBS.value)
    back = rx.cond(may_judge, rx.fragment(line, _back_form(working)), rx.fragment())
    waiting = rx.fragment(rx.cond(picked.held, release, rx.fragment(hold, line, record)), back)
    content = rx.el.div(
        problem,
        rx.el.p(rx.el.b(picked.name, class_name="bb"), ", ", picked.amount),
        rx.cond(picked.unsure, decide, waiting),
        class_name="flex flex-col gap-4",
    )
    return rx.el.div(dialog(MANUAL, t("hand.payout"), content), key="hand-" + PayoutsState.turn.to_string())


def _back_form(working: dict[str, Any]) -> rx.Component:
    """For who may also judge work: the approval is taken back, and perhaps the cleanup ends."""
    cancel = rx.el.label(
        rx.el.input(type="checkbox", id="back-cancel", name="cancel", value="1", class_name="cb"),
        rx.el.span(t("check.cancel"), class_name="grow"),
        class_name="check",
    )
    return rx.el.form(
        rx.el.h3(t("back.title"), class_name="t-h3"),
        rx.el.p(t("back.means"), class_name="t-sm soft"),
        text_field("why", t("back.reason"), max_length=1000, id="back-why"),
        cancel,
        button(t("back.now"), kind="danger", type="submit", **working),
        on_submit=PayoutsState.take_back,
        no_validate=True,
        class_name="flex flex-col gap-3",
    )


def _confirm() -> rx.Component:
    picked = PayoutsState.picked
    content = rx.el.div(
        rx.cond(PayoutsState.problem != "", note(words(PayoutsState.problem), "err", role="alert"), rx.fragment()),
        rx.el.p(t("payouts.confirm", amount=rx.el.b(picked.amount, class_name="bb num"),
                  name=rx.el.b(picked.name, class_name="bb"))),
        rx.el.p(picked.title, class_name="t-sm mute"),
        rx.el.p(t("payouts.confirm_more"), class_name="t-sm soft"),
        button(t("payouts.pay", amount=picked.amount, name=picked.short_name), size="l", block=True, icon_name="send",
               busy=PayoutsState.busy, busy_label=t("payouts.paying"), on_click=PayoutsState.pay(picked.id)),
        class_name="flex flex-col gap-3",
    )  # fmt: skip
    return rx.el.div(dialog(CONFIRM, t("payouts.confirm_title"), content), key=PayoutsState.turn.to_string())


def page() -> rx.Component:
    """The page."""
    more = more_of_list(PayoutsState.rest, PayoutsState.busy, PayoutsState.more)
    shown = rx.fragment(
        money_stopped(MoneyFlow.PAYOUTS),
        _tiles(),
        rx.el.div(_table(), class_name="mt-5"),
        more,
        manual_payouts_section(),
        money_stop(MoneyFlow.PAYOUTS),
        _confirm(),
        _manual(),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.payouts"), class_name="t-h1"),
        rx.cond(PayoutsState.loaded, shown, loading(skeleton("h-28 w-full mt-5"), skeleton("h-64 w-full mt-5"))),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="payouts", refused=PayoutsState.refused)
