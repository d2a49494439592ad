"""The bar of the verification pages: what was just decided, and the button that undoes it (VER-03)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app.components.buttons import button
from cleanit_app.components.islands.hotkeys import hotkey
from cleanit_app.components.islands.live import countdown
from cleanit_app.components.lists import each
from cleanit_app.components.text import t
from cleanit_app.i18n.formats import rupees
from cleanit_app.reads.review.pending_decisions import own_decisions
from cleanit_app.routes import checking
from cleanit_app.services.review.pending_decisions import UndoneDecision, undo_decision
from cleanit_app.state.admin_desk import AdminDeskState, as_id


@dataclass(frozen=True)
class DecisionView:
    """One decision that can still be undone."""

    id: str
    title: str
    pay: str
    approves: bool
    until_at: str


class UndoBarState(AdminDeskState, rx.State):
    """The own decisions that can still be undone; what was typed for one comes back when it is."""

    decisions: list[DecisionView] = []
    busy_row: str = ""
    _undone: UndoneDecision | None = None

    @rx.event
    async def load(self) -> None:
        """Read what can still be undone."""
        found = await self._ask_here(own_decisions)
        self.decisions = [
            DecisionView(str(d.job_id), d.title, rupees(d.pay_paise), d.approves, d.due_at.isoformat())
            for d in found or []
        ]

    @rx.event
    async def undo(self, job_id: str) -> Any:
        """Take the decision back and open its job again, with what was ticked and typed."""
        undone = await self._do(undo_decision, job_id=as_id(job_id))
        if undone is None:
            await self._toast(self.problem, "problem")
            await self.load()
            return None
        self._undone = undone
        await self.load()
        return rx.redirect(checking(job_id))

    def _take_undone(self, job_id: str) -> UndoneDecision | None:
        """What was undone, for the page of its job; once."""
        undone = self._undone
        if undone is None or str(undone.job_id) != job_id:
            return None
        self._undone = None
        return undone


def undo_bar() -> rx.Component:
    """Stands above everything until the ten seconds of the last decision are over."""
    return rx.cond(
        UndoBarState.decisions.length() > 0,
        rx.el.section(
            each(UndoBarState.decisions, _line),
            role="status",
            class_name="fixed z-40 bottom-4 inset-x-4 md:left-auto md:w-[440px] flex flex-col gap-2",
        ),
        rx.fragment(),
    )


def _line(decision: Any) -> rx.Component:
    said = rx.cond(
        decision.approves,
        t("check.pending.approved", title=decision.title, amount=decision.pay),
        t("check.pending.rejected", title=decision.title),
    )
    return rx.el.div(
        rx.el.div(
            rx.el.p(said, class_name="b t-sm"),
            rx.el.p(
                t("check.pending.untold"),
                " ",
                countdown(decision.until_at, on_over=UndoBarState.load),
                class_name="t-xs mute mt-0.5",
            ),
            class_name="grow min-w-0",
        ),
        button(
            t("check.pending.undo"),
            kind="line",
            icon_name="history",
            on_click=UndoBarState.undo(decision.id),
            custom_attrs=hotkey("u"),
        ),
        class_name="card pad flex items-center gap-3 shadow-3",
    )
