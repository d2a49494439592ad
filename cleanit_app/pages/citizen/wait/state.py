"""How one payment of mine stands, followed until it is decided."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.money import split_raised
from cleanit_app.domain.provider import BANK_MAY_STILL_PAY, NOTHING_LEFT
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.catalogue import KEYS
from cleanit_app.i18n.formats import rupees
from cleanit_app.pages.citizen.views import (
    DiscView,
    FactView,
    RefundView,
    id_in,
    rail_view,
    receipt_facts,
    refund_view,
)
from cleanit_app.reads.campaigns.campaign_detail import campaign_detail
from cleanit_app.reads.ledger.money import ContributionState, PayState, contribution_state, transaction_detail
from cleanit_app.reads.people.people import profile
from cleanit_app.services.payments.contributions import look_now, place_order
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.cards import kerb_state
from cleanit_app.state.current_user import CurrentUserState

PAUSES = (0.5, 2, 3, 5, 8, 12, 20, 30, 45, 60)  # seconds between looks while somebody waits
DONE = {PayState.SUCCESS: "held", PayState.PART_KEPT: "held", PayState.LATE: "late"}


class PaymentState(PageState, rx.State):
    """How one payment of mine stands; the books say so, never the browser."""

    stage: str = ""  # prepare, pay, bank, failed, held, late, lapsed, gone
    campaign_href: str = ""
    fund_href: str = ""
    detail_href: str = ""
    receipt_href: str = ""
    title: str = ""
    paying_id: str = ""
    amount: str = ""
    amount_paise: int = 0
    to_cleaner: str = ""
    fee_bps: int = 0
    to_run: str = ""
    order_id: str = ""
    script_url: str = ""
    key_id: str = ""
    prefill: dict[str, str] = {}
    opens_itself: str = ""  # a new text for each time the window shall open by itself
    preparing: bool = False
    looking: bool = False
    reason: str = NOTHING
    nothing_left: bool = False  # the bank's own reason says that no money moved
    headline: str = NOTHING
    thanks: str = NOTHING
    percent: int = 0
    kerb: str = "collecting"
    missing: str = ""  # what the campaign still needs; empty when nothing
    facts: list[FactView] = []
    refunds: list[RefundView] = []
    rail: list[DiscView] = []
    _opens_for: str = ""
    _at_bank: bool = False
    _watch: int = 0

    @rx.event
    async def load(self) -> Any:
        """Show how the payment stands; get its order, or ask about it, where that is open."""
        self._hear_no_more("campaign")
        if self.paying_id != self._wanted():
            self.loaded, self._at_bank, self.order_id, self.stage = False, False, "", ""
        self.paying_id, self._watch = self._wanted(), self._watch + 1
        self.opens_itself = uuid4().hex if self._opens_for == self.paying_id else ""
        self._opens_for = ""
        self._clear_problems()
        await self._look()
        await self._prefill()
        self.loaded = True
        if self.stage != "gone":
            self._hear_of("campaign", [self.campaign_id], PaymentState.refresh)
        if self.stage == "prepare":
            return PaymentState.prepare
        return PaymentState.watch if self._is_open() and not self.opens_itself else None

    @rx.event
    async def refresh(self) -> None:
        """Something happened to this campaign (sent by the live wire, harmless from anybody)."""
        if self.loaded and self.paying_id == self._wanted():
            await self._look()

    @rx.event(background=True)
    async def prepare(self) -> None:
        """Get the order of this payment; the same one however often this is asked for."""
        async with self:
            if self.preparing or self.stage != "prepare":
                return
            self.preparing = True
            self._clear_problems()
            mine, provider = self.paying_id, self._parts().payments
        refusal: DomainError | None = None
        try:
            await self._tell_meanwhile(place_order, provider=provider, contribution_id=id_in(mine))
        except DomainError as no:
            refusal = no
        async with self:
            self.preparing = False
            if refusal:
                self._show(refusal)
            elif mine == self.paying_id:
                await self._look()

    @rx.event(background=True)
    async def watch(self) -> None:
        """Ask our partner about this payment a few times while the page is open and nothing is decided."""
        async with self:
            self._watch += 1
            turn, mine, provider = self._watch, self.paying_id, self._parts().payments
            self.looking = True
        for pause in PAUSES:
            await asyncio.sleep(pause)
            async with self:
                if turn != self._watch or mine != self._wanted() or not self._is_open():
                    break
            try:
                at_bank = await self._tell_meanwhile(look_now, provider=provider, contribution_id=id_in(mine))
            except DomainError:
                break  # not this person's payment any more: signed out meanwhile
            async with self:
                if turn != self._watch:
                    return
                self._at_bank = at_bank or (self._at_bank and pause < PAUSES[4])
                await self._look()
        async with self:
            if turn == self._watch:
                self.looking = False

    @rx.event
    async def done(self, outcome: str) -> Any:
        """The payment window says it was paid. That is no proof: look, and ask our partner."""
        self.opens_itself, self._at_bank = "", outcome in ("confirmed", "unconfirmed")
        await self._look()
        return PaymentState.watch if self._is_open() else None

    @rx.event
    async def closed(self, reason: str) -> Any:
        """The payment window was closed, or did not open; money may have left all the same."""
        self.opens_itself = ""
        self.problem = say("wait.no_window") if reason == "script" else NOTHING
        await self._look()
        return PaymentState.watch if self._is_open() else None

    def _wanted(self) -> str:
        return str(self.contribution_id)  # the part of the address

    def _is_open(self) -> bool:
        return self.stage in ("pay", "bank", "failed")

    async def _look(self) -> None:
        try:
            found: ContributionState = await self._ask(contribution_state, contribution_id=id_in(self.paying_id))
        except DomainError:
            self.stage = "gone"
            return
        if str(found.campaign_id) != str(self.campaign_id):
            self.stage = "gone"
            return
        self._take(found)
        if self.stage in ("held", "late"):
            await self._take_receipt(found)

    def _take(self, found: ContributionState) -> None:
        self.stage = self._stage_of(found)
        self.title, self.order_id = found.campaign_title, found.order_id or ""
        self.amount, self.amount_paise = rupees(found.amount_paise), found.amount_paise
        cleaner, fee = split_raised(found.amount_paise, found.fee_bps)
        self.to_cleaner, self.to_run, self.fee_bps = rupees(cleaner), rupees(fee), found.fee_bps
        self.campaign_href, self.fund_href = routes.campaign(found.campaign_id), routes.fund(found.campaign_id)
        self.detail_href, self.receipt_href = routes.contribution(found.id), routes.receipt_file(found.id)
        self.reason = _reason(found.failure_reason)
        self.nothing_left = found.failure_reason in NOTHING_LEFT

    def _stage_of(self, found: ContributionState) -> str:
        if found.state in DONE:
            return DONE[found.state]
        if found.state is PayState.LAPSED:
            return "lapsed"
        if found.order_id is None:
            return "prepare"
        if self._at_bank or (found.state is PayState.FAILED_TRY and found.failure_reason in BANK_MAY_STILL_PAY):
            return "bank"
        return "failed" if found.state is PayState.FAILED_TRY else "pay"

    async def _take_receipt(self, found: ContributionState) -> None:
        detail = await self._ask(transaction_detail, contribution_id=found.id)
        campaign = await self._ask(campaign_detail, campaign_id=found.campaign_id)
        now, who = self._parts().clock.now(), await self.get_state(CurrentUserState)
        self.facts = receipt_facts(found.receipt_number, detail.method, detail.upi_reference, found.paid_at, now)
        self.refunds = [refund_view(r, now) for r in found.refunds]
        self.rail = rail_view(detail, now)
        self.percent, self.kerb = campaign.percent, kerb_state(campaign.status)
        collects = campaign.viewer.may_contribute and campaign.missing_paise > 0
        self.missing = rupees(campaign.missing_paise) if collects else ""
        self.headline = _headline(found)
        first = who.name.split()[0] if who.name else ""
        words = {"name": first, "n": campaign.contributor_count, "missing": self.missing}
        self.thanks = say("wait.thanks" if collects else "wait.thanks_full", **words)

    async def _prefill(self) -> None:
        if self.stage not in ("prepare", "pay", "bank", "failed"):
            return
        me, provider = await self._ask(profile), self._parts().payments
        self.script_url, self.key_id = provider.checkout_script_url, provider.key_id
        self.prefill = {"name": me.name, "email": me.email or "", "contact": me.phone or ""}


def _reason(code: str | None) -> str:
    key = f"wait.reason_{code}"
    return say(key) if key in KEYS else say("wait.reason_other")


def _headline(found: ContributionState) -> str:
    if found.state is PayState.LATE:
        ended = found.campaign_status in (CampaignStatus.EXPIRED, CampaignStatus.CANCELLED)
        return say("wait.late" if ended else "wait.surplus", amount=rupees(found.amount_paise))
    return say("wait.held", amount=rupees(found.kept_paise))
