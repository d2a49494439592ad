"""One payment on its way: checked, 24 hours, sent, in the bank; or why not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.chips import state_chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.money import amount, receipt_card
from cleanit_app.components.progress import Disc, money_rail
from cleanit_app.components.text import t, words
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.pay import PayStands
from cleanit_app.domain.statuses import PayoutStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time, rupees
from cleanit_app.i18n.notifications import coded
from cleanit_app.pages.cleaner.gates import account_link, for_cleaners, gone, job_key
from cleanit_app.pages.cleaner.views import NOTHING
from cleanit_app.pages.frame import cleaner_page
from cleanit_app.reads.payouts.earnings import PayoutDetail, payout_detail
from cleanit_app.state.base import PageState
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.pay_words import own_pay

ROUTE, TITLE = routes.payout("[payout_id]"), "title.payout"
RAILS = {
    PayoutStatus.PENDING: ("now", "todo", "todo"),
    PayoutStatus.PROCESSING: ("done", "now", "todo"),
    PayoutStatus.PAID: ("done", "done", "done"),
    PayoutStatus.FAILED: ("done", "bad", "todo"),
    PayoutStatus.MANUAL: ("done", "bad", "todo"),
    PayoutStatus.CANCELLED: ("bad", "todo", "todo"),
}


@dataclass(frozen=True)
class PayoutView:
    """One payment; `trouble` is why it could not be sent, empty when nothing is wrong."""

    id: str
    job_href: str
    title: str
    amount: str
    status: str
    rail_wait: str
    rail_sent: str
    rail_bank: str
    now: str
    trouble: str
    must_fix: bool
    account: str
    checked: str
    sent: str
    paid: str
    reference: str
    raised: str
    fee: str
    tax: str


EMPTY = PayoutView(
    "", "", "", "", "", "todo", "todo", "todo", NOTHING, NOTHING, False, "", NOTHING, NOTHING, NOTHING, "", "", "", ""
)


def payout_view(read: PayoutDetail, now: datetime) -> PayoutView:
    """One payment at this moment."""
    item = read.item
    failed = item.failure_reason is not None and item.status is not PayoutStatus.PAID
    waits = item.status is PayoutStatus.PENDING and failed
    rail = RAILS[PayoutStatus.FAILED if waits else item.status]
    return PayoutView(
        id=str(item.id),
        job_href=routes.work(item.job_id),
        title=item.campaign_title,
        amount=rupees(item.amount_paise),
        status=PayoutStatus.FAILED.value if waits else item.status.value,
        rail_wait=rail[0],
        rail_sent=rail[1],
        rail_bank=rail[2],
        now=NOTHING if failed and item.stands is PayStands.ACCOUNT else own_pay(item.stands, item.leaves_at, now),
        trouble=coded("bank", item.failure_reason or "") if failed else NOTHING,
        must_fix=not read.payout_confirmed,
        account=read.payout_mask or "",
        checked=_when(item.verified_at, now),
        sent=_when(item.initiated_at, now),
        paid=_when(item.paid_at, now),
        reference=item.reference or "",
        raised=rupees(read.raised_paise),
        fee=rupees(read.fee_paise),
        tax=rupees(read.tax_paise),
    )


def _when(at: datetime | None, now: datetime) -> str:
    return day_time(at, now) if at else say("payout.not_yet")


class PayoutState(PageState, rx.State):
    """The payment of this address, when it is this cleaner's."""

    view: PayoutView = EMPTY
    found: bool = False

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Read the payment of this address, and hear what happens to it."""
        if self.view.id != str(self.payout_id):
            self.loaded, self.view = False, EMPTY
            yield
        await self._look()
        self.loaded = True

    @rx.event
    async def refresh(self) -> Any:
        """The payment moved."""
        await self._look()
        return CleanerDashboardState.arrive

    async def _look(self) -> None:
        key = job_key(self.payout_id)
        try:
            read = await self._ask(payout_detail, payout_id=key) if key else None
        except DomainError:
            read = None
        self.found = read is not None
        if read is not None:
            self.view = payout_view(read, self._parts().clock.now())
            self._hear_of("campaign", [read.item.campaign_id], PayoutState.refresh)


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, PayoutState.load]
V = PayoutState.view


def _rail() -> rx.Component:
    return money_rail(
        [
            Disc(t("payout.checked"), "eye", "done"),
            Disc(t("payout.waits"), "clock", V.rail_wait),
            Disc(t("payout.sent"), "send", V.rail_sent),
            Disc(t("payout.arrived"), "landmark", V.rail_bank),
        ]
    )


def _trouble() -> rx.Component:
    what = rx.el.b(t("payout.failed", reason=V.trouble), class_name="bb")
    fix = rx.el.div(rx.el.p(t("payout.failed_more")), account_link(t("earn.fix")))
    more = rx.cond(V.must_fix, fix, rx.el.p(t("payout.failed_again")))
    return rx.cond(V.trouble != "", note(what, "err", more=more, role="alert"), rx.fragment())


def _facts() -> rx.Component:
    reference = rx.cond(V.reference != "", rx.el.span(V.reference, class_name="break-all"), t("payout.not_yet"))
    return receipt_card(
        [
            (t("payout.fact_job"), V.title),
            (t("payout.fact_to"), rx.cond(V.account != "", V.account, "-")),
            (t("payout.fact_checked"), V.checked),
            (t("payout.fact_sent"), V.sent),
            (t("payout.fact_paid"), V.paid),
            (t("payout.fact_reference"), reference),
            (t("payout.fact_raised"), V.raised),
            (t("payout.fact_fee"), V.fee),
            (t("payout.fact_tax"), V.tax),
        ]
    )


def _payout() -> rx.Component:
    head = rx.el.div(
        amount(V.amount, "xl"), state_chip("payout", V.status), class_name="flex flex-wrap items-end gap-3"
    )
    return rx.el.div(
        rx.el.h1(t("payout.title"), class_name="sr"),
        head,
        _rail(),
        rx.el.p(words(V.now), class_name="b", role="status"),
        _trouble(),
        _facts(),
        link_button(t("payout.open_job"), V.job_href, kind="line", icon_name="clipboard-check", block=True),
        link_button(
            t("disputes.question_pay"), routes.questioning(DisputeAbout.PAYMENT, V.id), kind="quiet", block=True
        ),
        class_name="narrow flex flex-col gap-5 py-5 pb-8",
    )


def page() -> rx.Component:
    """The page."""
    waiting = rx.el.div(loading(skeleton("h-12 w-1/2"), skeleton("h-24"), skeleton("h-56")), class_name="narrow py-5")
    known = rx.cond(PayoutState.found, _payout(), gone(t("payout.gone"), t("payout.gone_more")))
    content = for_cleaners(rx.cond(PayoutState.loaded, known, waiting), waiting=waiting, while_suspended=True)
    return cleaner_page(content, active="earnings", title=t("payout.title"), back=routes.EARNINGS)
