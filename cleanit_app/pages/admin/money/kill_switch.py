"""The switch for money on the pages of finance: a banner while it is stopped, and stopping with a reason."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app.components.buttons import button, opens
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import text_field
from cleanit_app.components.overlays import dialog
from cleanit_app.components.text import t, words
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time
from cleanit_app.reads.ledger.money_desk import FlowState, money_flows
from cleanit_app.services.transfers.kill_switch import resume_money, stop_money
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

REASON_LENGTH = 300


@dataclass(frozen=True)
class FlowView:
    """One flow in words; `said` is empty while money leaves."""

    stopped: bool = False
    said: str = NOTHING
    reason: str = ""


class KillSwitchState(AdminDeskState, rx.State):
    """Whether payouts and refunds may leave."""

    payouts: FlowView = FlowView()
    refunds: FlowView = FlowView()
    busy: bool = False
    turn: int = 0

    @rx.event
    async def load(self) -> None:
        """Read both switches; runs with every page of finance."""
        self.busy = False
        self._clear_problems()
        await self._read()

    async def _read(self) -> None:
        found: tuple[FlowState, ...] | None = await self._ask_here(money_flows)
        now = self._parts().clock.now()
        for one in found or ():
            view = FlowView(
                one.stopped_at is not None,
                say("stop.since", who=one.stopped_by, when=day_time(one.stopped_at, now))
                if one.stopped_at
                else NOTHING,
                one.reason,
            )
            if one.flow is MoneyFlow.PAYOUTS:
                self.payouts = view
            else:
                self.refunds = view

    @rx.event
    async def stop(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Stop the flow that the form names, with its reason."""
        flow = _flow_of(form.get("flow"))
        if self.busy or flow is None:
            return
        self.busy = True
        yield
        if await self._do(stop_money, flow=flow, reason=str(form.get("reason") or "")):
            self.turn += 1
            await self._toast(say(f"stop.done_{flow.value}"))
        self.busy = False
        await self._read()

    @rx.event
    async def resume(self, flow: str) -> AsyncIterator[None]:
        """Let money leave again."""
        named = _flow_of(flow)
        if self.busy or named is None:
            return
        self.busy = True
        yield
        if await self._do(resume_money, flow=named):
            await self._toast(say(f"stop.resumed_{named.value}"))
        self.busy = False
        await self._read()


def _flow_of(value: object) -> MoneyFlow | None:
    return next((flow for flow in MoneyFlow if flow.value == value), None)


def _view(flow: MoneyFlow) -> Any:
    return KillSwitchState.payouts if flow is MoneyFlow.PAYOUTS else KillSwitchState.refunds


def money_stopped(flow: MoneyFlow) -> rx.Component:
    """The banner of a stopped flow, at the head of its page, with the way to let it go again."""
    name, view = flow.value, _view(flow)
    may = CurrentUserState.may.contains(Permission.RUN_PAYOUTS.value)
    again = button(
        t(f"stop.resume_{name}"),
        kind="line",
        size="s",
        icon_name="check",
        busy=KillSwitchState.busy,
        busy_label=t("people.working"),
        on_click=KillSwitchState.resume(name),
        class_name="mt-2",
    )
    more = rx.el.div(
        rx.el.p(view.reason, class_name="break-words"),
        rx.el.p(words(view.said), class_name="t-sm"),
        rx.cond(may, again, rx.fragment()),
    )
    banner = note(rx.el.b(t(f"stop.is_{name}"), class_name="bb"), "err", "octagon-alert", more=more, role="alert")
    return rx.cond(view.stopped, rx.el.div(banner, class_name="mt-4"), rx.fragment())


def money_stop(flow: MoneyFlow) -> rx.Component:
    """The way to stop a running flow: for the day it is needed, so it stands quietly at the end of its page."""
    name = flow.value
    key = f"stop-{name.lower()}"
    may = CurrentUserState.may.contains(Permission.RUN_PAYOUTS.value)
    halt = button(t(f"stop.{name}"), kind="quiet", size="s", icon_name="octagon-alert", custom_attrs=opens(key))
    way = rx.el.div(halt, _dialog(key, name), class_name="mt-8 pt-4 border-t border-chuna-200")
    return rx.cond(may & ~_view(flow).stopped, way, rx.fragment())


def _dialog(key: str, name: str) -> rx.Component:
    problem = rx.cond(
        KillSwitchState.problem != "", note(words(KillSwitchState.problem), "err", role="alert"), rx.fragment()
    )
    form = rx.el.form(
        problem,
        rx.el.p(t("stop.what"), class_name="soft"),
        rx.el.input(type="hidden", name="flow", value=name),
        text_field("reason", t("stop.reason"), hint=t("stop.reason_hint"), max_length=REASON_LENGTH, id=f"{key}-why"),
        button(t(f"stop.{name}"), kind="danger", size="l", block=True, type="submit", busy=KillSwitchState.busy,
               busy_label=t("people.working")),
        on_submit=KillSwitchState.stop,
        no_validate=True,
        class_name="flex flex-col gap-4",
    )  # fmt: skip
    return rx.el.div(dialog(key, t(f"stop.ask_{name}"), form), key=f"{name}-{KillSwitchState.turn.to_string()}")
