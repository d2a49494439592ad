"""Odd payments on the page of all money: what was seen, and a button once somebody has looked (SEC-10)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import note
from cleanit_app.components.money import amount
from cleanit_app.components.text import t, words
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, rupees
from cleanit_app.reads.ledger.money_desk import OddPayment, odd_payments
from cleanit_app.services.payments.payment_flags import see_odd_payment
from cleanit_app.state.admin_desk import DeskState, as_id, row_of


@dataclass(frozen=True)
class PaymentFlagRow:
    """An odd payment in words."""

    id: str
    name: str
    title: str
    href: str
    amount: str
    why: str
    when: str


class PaymentFlagsState(DeskState, rx.State):
    """Odd payments that nobody has looked at."""

    rows: list[PaymentFlagRow] = []

    @rx.event
    async def load(self) -> None:
        """Read them; runs with the page of all money."""
        self.busy, self.busy_row = False, ""
        self._clear_problems()
        await self._read()

    async def _read(self) -> None:
        found: tuple[OddPayment, ...] | None = await self._ask_here(odd_payments)
        now = self._parts().clock.now()
        self.rows = [
            PaymentFlagRow(str(o.id), o.name, o.title, routes.campaign(o.campaign_id), rupees(o.amount_paise),
                   say(f"odd.{o.rule}"), ago(o.raised_at, now))
            for o in found or ()
        ]  # fmt: skip

    @rx.event
    async def seen(self, flag_id: str) -> AsyncIterator[None]:
        """Somebody has looked at one."""
        known = row_of(self.rows, flag_id)
        if known is not None:
            said = say("oddly.done", name=known.name)
            async for _ in self._decide(see_odd_payment, lambda _: said, at=known.id, flag_id=as_id(known.id)):
                yield

    def _put_down(self) -> None:
        """Nothing is ever picked here: the button stands in the row."""


def odd_section() -> rx.Component:
    """The list, when there is one."""

    def cells(row: Any) -> list[Any]:
        return [
            row.name,
            rx.el.a(row.title, href=row.href, class_name="link"),
            amount(row.amount, "s"),
            rx.fragment(words(row.why), rx.el.span(words(row.when), class_name="t-sm mute block")),
            button(t("oddly.seen"), kind="line", size="s", icon_name="eye", busy=PaymentFlagsState.busy_row == row.id,
                   busy_label=t("people.working"), on_click=PaymentFlagsState.seen(row.id)),
        ]  # fmt: skip

    heads = [t(f"oddly.col.{name}") for name in ("who", "cleanup", "amount", "why", "do")]
    table = data_table(t("oddly.title"), heads, PaymentFlagsState.rows, cells, right=(2,))
    problem = rx.cond(
        PaymentFlagsState.problem != "", note(words(PaymentFlagsState.problem), "err", role="alert"), rx.fragment()
    )
    why = rx.el.p(t("oddly.why"), class_name="soft mb-3")
    return rx.cond(
        PaymentFlagsState.rows.length() > 0, rx.el.section(why, problem, table, class_name="mt-4"), rx.fragment()
    )
