"""The amount somebody is about to give: what fits, what it means, and one wish for each choice of a visit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import add_business_days, ist_date
from cleanit_app.domain.errors import DomainError, NotFound, Unavailable
from cleanit_app.domain.money import split_raised
from cleanit_app.domain.reading.numbers import rupees as rupees_typed
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.domain.statuses import COLLECTS_MONEY
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day, rupees
from cleanit_app.pages.citizen.views import id_in, on_day
from cleanit_app.pages.citizen.wait.state import PaymentState
from cleanit_app.reads.campaigns.campaign_detail import CampaignDetail, campaign_detail
from cleanit_app.reads.ledger.money import PayState, contribution_state, unfinished_payment
from cleanit_app.services.payments.contributions import start_contribution
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.cards import kerb_state
from cleanit_app.state.trouble import ReadFailed


class FundState(PageState, rx.State):
    """The amount somebody is about to give to one campaign."""

    stage: str = ""  # open, own, tonight, closed, refused, gone
    href: str = ""
    title: str = ""
    photo: str = ""
    alt: str = NOTHING
    percent: int = 0
    kerb: str = "collecting"
    quick: list[int] = []
    amount_paise: int = 0
    amount: str = ""
    amount_problem: str = NOTHING
    hint: str = NOTHING
    finishes: str = NOTHING
    promise: str = NOTHING
    to_cleaner: str = ""
    fee_bps: int = 0
    to_run: str = ""
    show_name: bool = True
    unfinished: str = ""
    unfinished_amount: str = ""
    busy: bool = False
    _campaign: str = ""
    _visit: str = ""
    _made: str = ""
    _missing_paise: int = 0
    _expires_at: datetime | None = None

    @rx.event
    async def load(self) -> None:
        """Open the form; coming back to it is the same visit as long as what it made is not paid."""
        self._hear_no_more("campaign")
        self.busy, self.amount_problem = False, NOTHING
        self._clear_problems()
        if not await self._is_same_visit():
            self._campaign, self._visit, self._made = self._wanted(), uuid4().hex, ""
            self.amount_paise, self.show_name, self.loaded = 0, True, False
        await self._look()
        if self.stage != "gone":
            self._hear_of("campaign", [self._campaign], FundState.refresh)
        self.loaded = True

    @rx.event
    async def refresh(self) -> None:
        """Somebody else gave, or the campaign ended (sent by the live wire, harmless from anybody)."""
        if self.loaded and self._wanted() == self._campaign and not self.busy:
            await self._look()

    @rx.event
    async def typed(self, paise: int) -> AsyncIterator[None]:
        """Follow the amount; more than is missing is set back to what is missing."""
        if not _is_amount(paise) or paise == self.amount_paise:
            return
        self.amount_paise, self.amount_problem = paise, NOTHING
        self._clear_problems()
        yield  # the field hears of the typed amount before it is set back
        self._settle()

    @rx.event
    async def name_shown(self, shown: bool) -> None:
        """Whether neighbours see the name."""
        self.show_name = shown is True

    @rx.event
    async def pay(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Note the wish once for each choice of this visit, then go to its page, where it is paid."""
        if self.busy or self.stage != "open":
            return
        try:
            paise = _paise_in(form)
        except Unreadable as unread:
            self.amount_problem = say(f"field.{unread.problem.key}")
            return
        self.busy, self.amount_paise, self.amount_problem = True, paise, NOTHING
        yield
        try:
            made = await self._start_contribution(self._whole(paise))
        except (DomainError, ReadFailed) as refusal:  # a part that is away while we look for an unfinished one
            self._show(refusal if isinstance(refusal, DomainError) else Unavailable())
            made = None
        if made is None:
            self.busy = False
            await self._explain()
            return
        self._made = str(made)
        (await self.get_state(PaymentState))._opens_for = str(made)
        yield rx.redirect(routes.paying(self._campaign, made))

    async def _start_contribution(self, paise: int) -> UUID | None:
        """The contribution for this amount: the unfinished one of the same kind, else a new one."""
        hidden = not self.show_name
        open_one = await self._ask(unfinished_payment, campaign_id=id_in(self._campaign))
        if open_one and (open_one.amount_paise, open_one.anonymous) == (paise, hidden):
            return open_one.id
        made = await self._do(
            start_contribution,
            campaign_id=id_in(self._campaign),
            amount_paise=paise,
            anonymous=hidden,
            idempotency_key=f"{self._visit}:{paise}:{hidden:d}",
        )
        return made.id if made else None

    async def _explain(self) -> None:
        """After a refusal: look at the campaign again, and say at the amount what is wrong with the amount."""
        refusal, paise = self.problem, self.amount_paise
        with suppress(ReadFailed):  # the refusal is said already
            await self._look()
        if self.stage == "open" and paise <= self._missing_paise:
            self.amount_problem = refusal

    async def _is_same_visit(self) -> bool:
        if self._campaign != self._wanted() or not self._visit:
            return False
        if not self._made:
            return True
        try:
            made = await self._ask(contribution_state, contribution_id=id_in(self._made))
        except DomainError:
            return False
        return made.state in (PayState.CREATED, PayState.PENDING, PayState.FAILED_TRY)

    def _wanted(self) -> str:
        return str(self.campaign_id)  # the part of the address

    async def _look(self) -> None:
        try:
            found: CampaignDetail = await self._ask(campaign_detail, campaign_id=id_in(self._campaign))
        except NotFound:
            self.stage = "gone"
            return
        self._take(found)
        if self.stage == "open":
            self._settle()
            await self._remember_unfinished()

    async def _remember_unfinished(self) -> None:
        open_one = await self._ask(unfinished_payment, campaign_id=id_in(self._campaign))
        self.unfinished = routes.paying(self._campaign, open_one.id) if open_one else ""
        self.unfinished_amount = rupees(open_one.amount_paise) if open_one else ""

    def _take(self, found: CampaignDetail) -> None:
        self.href, self.title, self.photo = routes.campaign(found.id), found.title, routes.photo(found.before.base_key)
        self.alt = say("card.photo_before", place=found.address)
        self.percent, self.kerb = found.percent, kerb_state(found.status)
        self._missing_paise, self._expires_at, self.fee_bps = found.missing_paise, found.expires_at, found.fee_bps
        if found.viewer.is_creator:
            self.stage = "own"
        elif found.viewer.time_is_over:
            self.stage = "tonight"
        elif found.status not in COLLECTS_MONEY:
            self.stage = "closed"
        else:
            self.stage = "open" if found.viewer.may_contribute else "refused"
        self._offer()

    def _offer(self) -> None:
        missing = self._missing_paise
        self.quick = [*(p for p in LIMITS.quick_contributions_paise if p < missing), missing]
        if self.amount_paise == 0 and not self.loaded:
            self.amount_paise = min(LIMITS.usual_contribution_paise, missing)
        least = min(LIMITS.smallest_contribution_paise, missing)
        self.hint = say("fund.range", least=rupees(least), most=rupees(missing))
        self.finishes = say("fund.finishes", amount=rupees(missing))

    def _settle(self) -> None:
        """Keep the amount within what is missing and say again what it means."""
        if self.amount_paise > self._missing_paise:
            self.amount_paise = self._missing_paise
            self.amount_problem = say("fund.set_back", amount=rupees(self._missing_paise))
        paise = self._whole(self.amount_paise)
        cleaner, fee = split_raised(paise, self.fee_bps)
        self.amount, self.to_cleaner, self.to_run = rupees(paise), rupees(cleaner), rupees(fee)
        self.promise = _promise(self.amount, self._expires_at, self._parts().clock.now())

    def _whole(self, paise: int) -> int:
        """The field knows whole rupees only: who gives all of them also gives the missing paise."""
        return self._missing_paise if 0 < self._missing_paise - paise < 100 else paise


def _is_amount(paise: object) -> bool:
    return isinstance(paise, int) and not isinstance(paise, bool) and 0 <= paise < 10_000_000_000


def _paise_in(form: object) -> int:
    """The amount of a form in paise: what the browser read in the field, which must be what the field says."""
    sent = form if isinstance(form, dict) else {}
    typed = str(sent.get("amount", ""))
    paise = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 11 else 0
    if "amountTyped" in sent and rupees_typed(sent["amountTyped"]) != paise:
        raise Unreadable("amount_unclear")
    return paise


def _promise(amount: str, expires_at: datetime | None, now: datetime) -> str:
    """What happens to the money, with the days a refund would take."""
    ends = expires_at or now
    back = add_business_days(ist_date(ends), LIMITS.refund_working_days[1])
    return say("fund.promise", amount=amount, closes=day(ends, now), back=on_day(back, now))
