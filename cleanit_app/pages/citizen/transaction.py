"""One contribution for life: its way with dates, its receipt, its references, and what it did."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, closes, link_button, opens
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.before_after import before_after
from cleanit_app.components.money import amount
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import large_pair, photo
from cleanit_app.components.text import t, words
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.features import Feature
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import rupees
from cleanit_app.pages.citizen.pieces import facts_of, heading, money_chip, rail, refund_notes
from cleanit_app.pages.citizen.views import (
    DiscView,
    FactView,
    RefundView,
    id_in,
    rail_view,
    receipt_facts,
    refund_view,
    trail_of,
)
from cleanit_app.pages.frame import citizen_page
from cleanit_app.reads.ledger.money import MoneyState, TransactionDetail, transaction_detail
from cleanit_app.services.payments.taking_back import take_contribution_back
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.contribution("[contribution_id]"), "paper.title"
DIALOG = "take-gift-back"


class TransactionState(PageState, rx.State):
    """Where the money of one contribution went."""

    stage: str = ""  # open, paid, gone
    title: str = ""
    campaign_href: str = ""
    paying_href: str = ""
    receipt_href: str = ""
    question_href: str = ""
    refund_href: str = ""
    amount: str = ""
    state: str = ""
    trail: str = NOTHING
    did: str = NOTHING
    before: str = ""
    after: str = ""
    before_alt: str = NOTHING
    after_alt: str = NOTHING
    facts: list[FactView] = []
    refunds: list[RefundView] = []
    rail: list[DiscView] = []
    may_take_back: bool = False
    busy: bool = False
    _shown: str = ""

    @rx.event
    async def load(self) -> None:
        """Read it, and read it again whenever something happens to its cleanup."""
        self._hear_no_more("campaign")
        if self._shown != self._wanted():
            self.loaded, self.stage = False, ""
        self._shown = self._wanted()
        campaign_id = await self._look()
        if campaign_id:
            self._hear_of("campaign", [campaign_id], TransactionState.refresh)
        self.loaded = True

    @rx.event
    async def take_back(self) -> AsyncIterator[Any]:
        """Have my gift back, once I said so in the dialog."""
        if self.busy or not self.may_take_back:
            return
        self._clear_problems()
        self.busy = True
        yield
        await self._do(take_contribution_back, contribution_id=id_in(self._shown))
        await self._look()
        self.busy = False

    @rx.event
    async def refresh(self) -> None:
        """Something happened to its cleanup (sent by the live wire, harmless from anybody)."""
        if self.loaded and self._shown == self._wanted():
            await self._look()

    def _wanted(self) -> str:
        return str(self.contribution_id)  # the part of the address

    async def _look(self) -> str:
        try:
            found = await self._ask(transaction_detail, contribution_id=id_in(self._shown))
        except DomainError:
            self.stage = "gone"
            return ""
        self._take(found)
        actor = await self._actor()
        back_on = await asyncio.to_thread(self._parts().features.is_on, Feature.CONTRIBUTION_BACK, actor.id)
        self.may_take_back = self.may_take_back and back_on
        return str(found.item.campaign_id)

    def _take(self, found: TransactionDetail) -> None:
        item, now = found.item, self._parts().clock.now()
        self.stage = "paid" if item.receipt_number else "open"
        self.title, self.state, self.amount = item.campaign_title, item.state.value, rupees(item.amount_paise)
        self.campaign_href, self.paying_href = (
            routes.campaign(item.campaign_id),
            routes.paying(item.campaign_id, item.id),
        )
        self.receipt_href, self.trail = routes.receipt_file(item.id), trail_of(item, now)
        self.question_href = routes.questioning(DisputeAbout.PAYMENT, item.id)
        self.refund_href = routes.questioning(DisputeAbout.REFUND, item.id)
        self.may_take_back = found.may_take_back
        self.before = routes.photo(found.before.base_key)
        self.after = routes.photo(found.after.base_key) if found.after else ""
        self.before_alt = say("card.photo_before", place=found.campaign_address)
        self.after_alt = say("card.photo_after", place=found.campaign_address)
        self.refunds = [refund_view(refund, now) for refund in item.refunds]
        self.rail = rail_view(found, now) if item.receipt_number else []
        self.facts = _facts(
            found, receipt_facts(item.receipt_number, found.method, found.upi_reference, item.paid_at, now)
        )
        did = item.checked and item.state in (MoneyState.HELD, MoneyState.PAID_OUT) and found.cleaner_name
        self.did = say("gave.did", amount=rupees(item.stays_paise), name=found.cleaner_name) if did else NOTHING


def _facts(found: TransactionDetail, lines: list[FactView]) -> list[FactView]:
    references = [r.reference for r in found.item.refunds if r.reference]
    shown = say("gave.name_hidden" if found.item.anonymous else "gave.name_shown")
    more = [FactView(say("gave.refund_ref"), reference) for reference in references]
    if found.payment_id:
        more.append(FactView(say("gave.payment_no"), found.payment_id))
    return [
        FactView(say("gave.place"), found.campaign_address),
        *lines,
        *more,
        FactView(say("gave.name"), shown),
    ]


ON_LOAD = [CurrentUserState.arrive_signed_in, TransactionState.load]


def _pictures() -> rx.Component:
    old = photo(
        TransactionState.before,
        TransactionState.before_alt,
        sized=True,
        opens=True,
        ratio="aspect-[16/10] rounded-lg",
        first=True,
    )
    slider = before_after(
        TransactionState.before,
        TransactionState.after,
        before_alt=TransactionState.before_alt,
        after_alt=TransactionState.after_alt,
        sized=True,
        class_name="aspect-[16/10] rounded-lg overflow-hidden",
    )
    both = rx.el.div(large_pair(TransactionState.before, TransactionState.after), class_name="pt-3")
    return rx.cond(TransactionState.after != "", rx.el.div(slider, both), old)


def _paid() -> rx.Component:
    head = rx.el.div(
        rx.el.div(money_chip(TransactionState.state)),
        amount(TransactionState.amount, "xl"),
        rx.el.a(TransactionState.title, href=TransactionState.campaign_href, class_name="link self-start"),
        rx.cond(TransactionState.trail != "", rx.el.p(words(TransactionState.trail), class_name="soft")),
        rx.cond(TransactionState.did != "", rx.el.p(words(TransactionState.did), class_name="b")),
        class_name="flex flex-col gap-2.5",
        role="status",
    )
    receipt = facts_of(
        TransactionState.facts,
        rx.el.a(
            icon("download"), t("gave.download"), href=TransactionState.receipt_href, download="", target="_blank",
            class_name="btn btn-quiet",
        ),
    )  # fmt: skip
    ways = rx.el.div(
        link_button(t("disputes.question_payment"), TransactionState.question_href, kind="quiet", size="s"),
        rx.cond(
            TransactionState.refunds.length() > 0,
            link_button(t("disputes.question_refund"), TransactionState.refund_href, kind="quiet", size="s"),
            rx.fragment(),
        ),
        class_name="flex flex-wrap gap-2.5",
    )
    way = (rail(TransactionState.rail), refund_notes(TransactionState.refunds), _take_back())
    return rx.fragment(head, *way, receipt, _pictures(), ways)


def _take_back() -> rx.Component:
    """The way to have it back, and the question before it."""
    go = button(
        t("gave.take_back_go"),
        kind="danger",
        block=True,
        busy=TransactionState.busy,
        busy_label=t("account.saving"),
        on_click=TransactionState.take_back,
        custom_attrs=closes(),
    )
    question = dialog(
        DIALOG,
        t("gave.take_back_sure"),
        rx.el.p(t("gave.take_back_note", amount=TransactionState.amount), class_name="mb-4"),
        go,
    )
    ask = button(t("gave.take_back"), kind="line", block=True, custom_attrs=opens(DIALOG))
    return rx.fragment(
        rx.cond(TransactionState.problem != "", note(words(TransactionState.problem), "err", role="alert")),
        rx.cond(TransactionState.may_take_back, rx.fragment(ask, question)),
    )


def _body() -> rx.Component:
    to_pay = empty_state(
        t("gave.open"), t("gave.open_more"), icon_name="hourglass",
        action=link_button(t("fund.go_on"), TransactionState.paying_href),
    )  # fmt: skip
    gone = empty_state(
        t("wait.gone"), t("wait.gone_more"), icon_name="search", action=link_button(t("nav.money"), routes.MY_MONEY)
    )
    waiting: Any = loading(
        rx.el.div(
            skeleton("h-24 w-full"), skeleton("h-16 w-full"), skeleton("h-48 w-full"), class_name="flex flex-col gap-4"
        )
    )
    shown = rx.match(TransactionState.stage, ("paid", _paid()), ("open", to_pay), ("gone", gone), waiting)
    return rx.cond(CurrentUserState.signed_in & TransactionState.loaded, shown, waiting)


def page() -> rx.Component:
    """The page."""
    content = rx.el.div(heading("gave.receipt"), _body(), class_name="narrow py-4 flex flex-col gap-4")
    return citizen_page(content, active="money", title=t("gave.receipt"), back=routes.MY_MONEY)
