"""Payouts that a person said have left, and the bank's return of one (OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button, opens
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import text_field
from cleanit_app.components.money import amount
from cleanit_app.components.overlays import dialog
from cleanit_app.components.text import t, words
from cleanit_app.domain.actors import Permission
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time, rupees
from cleanit_app.reads.ledger.money_desk import ManualPayout, paid_by_hand
from cleanit_app.services.payouts.manual import undo_manual_payout
from cleanit_app.state.admin_desk import DeskState, as_id, row_of
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

RETURNED, REASON_LENGTH = "payout-returned", 300


@dataclass(frozen=True)
class ManualPayoutRow:
    """A payout paid by hand, in words."""

    id: str = ""
    name: str = ""
    title: str = ""
    href: str = ""
    amount: str = ""
    reference: str = ""
    when: str = NOTHING


class ManualPayoutsState(DeskState, rx.State):
    """Payouts paid by hand, newest first."""

    rows: list[ManualPayoutRow] = []
    picked: ManualPayoutRow = ManualPayoutRow()

    @rx.event
    async def load(self) -> None:
        """Read them; runs with the page of payouts and whenever that one is read again."""
        self._clear_problems()
        await self._read()

    async def _read(self) -> None:
        found: tuple[ManualPayout, ...] | None = await self._ask_here(paid_by_hand)
        now = self._parts().clock.now()
        self.busy = False
        self.rows = [
            ManualPayoutRow(str(o.id), o.name, o.title, routes.campaign(o.campaign_id), rupees(o.amount_paise),
                            o.reference, day_time(o.paid_at, now))
            for o in found or ()
        ]  # fmt: skip

    @rx.event
    async def pick(self, payout_id: str) -> None:
        """Ask why this one came back."""
        self.picked = row_of(self.rows, payout_id) or ManualPayoutRow()
        self._clear_problems()

    @rx.event
    async def returned(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """The bank sent the picked payout back: it is owed again."""
        picked = self.picked
        said, reason = say("hand.undone", name=picked.name, amount=picked.amount), str(form.get("reason") or "")
        if picked.id:
            async for _ in self._decide(undo_manual_payout, lambda _: said, payout_id=as_id(picked.id), reason=reason):
                yield

    def _put_down(self) -> None:
        self.picked = ManualPayoutRow()


def manual_payouts_section() -> rx.Component:
    """The list with its dialog; nothing while nobody paid by hand."""

    def cells(row: Any) -> list[Any]:
        undo = button(t("hand.returned"), kind="line", size="s", on_click=ManualPayoutsState.pick(row.id),
                      custom_attrs=opens(RETURNED))  # fmt: skip
        return [
            row.name,
            rx.el.a(row.title, href=row.href, class_name="link"),
            amount(row.amount, "s"),
            rx.el.span(row.reference, class_name="num break-all whitespace-normal"),
            words(row.when),
            rx.cond(CurrentUserState.may.contains(Permission.RUN_PAYOUTS.value), undo, rx.fragment()),
        ]

    heads = [t(f"payouts.col.{name}") for name in ("who", "cleanup", "amount")]
    heads += [t("movement.col.reference"), t("movement.col.when"), t("payouts.col.do")]
    table = data_table(t("hand.list"), heads, ManualPayoutsState.rows, cells, right=(2,))
    return rx.cond(ManualPayoutsState.rows.length() > 0, rx.el.div(table, _dialog(), class_name="mt-5"), rx.fragment())


def _dialog() -> rx.Component:
    picked, problem = ManualPayoutsState.picked, ManualPayoutsState.problem
    form = rx.el.form(
        rx.cond(problem != "", note(words(problem), "err", role="alert"), rx.fragment()),
        rx.el.p(rx.el.b(picked.name, class_name="bb"), ", ", picked.amount),
        rx.el.p(picked.reference, class_name="num t-sm mute break-all"),
        rx.el.p(t("hand.returned_means"), class_name="t-sm soft"),
        text_field("reason", t("hand.returned_reason"), max_length=REASON_LENGTH, id="returned-why"),
        button(t("hand.returned_now"), kind="danger", size="l", block=True, type="submit", busy=ManualPayoutsState.busy,
               busy_label=t("people.working")),
        on_submit=ManualPayoutsState.returned,
        no_validate=True,
        class_name="flex flex-col gap-4",
    )  # fmt: skip
    return rx.el.div(dialog(RETURNED, t("hand.returned"), form), key="returned-" + ManualPayoutsState.turn.to_string())
