"""What the page of a cleaner's papers knows and does. Details go in and never come out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app.domain.errors import DomainError, InvalidFields
from cleanit_app.domain.identity import DocumentKind
from cleanit_app.domain.reading import identifiers
from cleanit_app.domain.reading.signs import maybe
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time
from cleanit_app.pages.cleaner.views import NOTHING
from cleanit_app.reads.jobs.cleaner_dashboard import Papers as PapersRead
from cleanit_app.reads.jobs.cleaner_dashboard import my_papers
from cleanit_app.services.people.kyc import check_payout_details, save_payout_details
from cleanit_app.services.people.pans import save_pan
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.password_again import PasswordState

FIELDS = ("vpa", "accountNumber", "accountAgain", "ifsc", "holderName", "currentPassword")
"""As they stand in the form for the account, from above."""


STEPS = ("phone", "id", "account")
"""What everybody hands in before the first job, in this order; the PAN comes when the law asks."""
ALL = "all"


class PapersState(PasswordState, rx.State):
    """What we know of this cleaner; of the account only its end."""

    name: str = ""
    name_asked: str = ""  # another name that waits
    name_shown: bool = False
    phone: str = ""
    phone_mine: bool = False
    kyc: str = ""
    refused_because: str = ""
    ground: str = NOTHING
    document: str = NOTHING
    document_mask: str = ""
    document_said: str = ""
    mask: str = ""
    pan: str = ""
    pan_of_id: bool = False  # the PAN card that is the ID gave it
    holder: str = ""
    confirmed: bool = False
    bank_said: str = ""
    must_fix: bool = False
    usable: str = NOTHING
    editing: bool = False
    by_upi: bool = True
    saving: bool = False
    said: str = NOTHING
    failed: bool = False
    shown: str = ""  # the paper on the screen; "all" is the list of them
    number: int = 0  # which of the papers everybody hands in that is, from 1; 0 for the others
    missing: str = ""  # the first paper that waits for its cleaner

    def _first_missing(self) -> str:
        wants_id = self.kyc == "REJECTED" or (self.kyc == "PENDING" and self.document_said in ("", "REFUSED"))
        asked = {"phone": not self.phone_mine, "id": wants_id, "account": self.mask == "" or self.must_fix}
        return next((name for name in STEPS if asked[name]), "")

    @rx.event
    async def load(self) -> None:
        """Read the papers; whoever has no account yet sees its form."""
        self._clear_problems()
        self.said, self.saving = NOTHING, False
        await self._look()
        self.editing = self.mask == ""
        asked = self.router.url.query_parameters.get("paper", "")
        self.shown = asked if asked in (*STEPS, "pan", ALL) else self.missing or ALL
        self.number = STEPS.index(self.shown) + 1 if self.shown in STEPS else 0
        who = await self.get_state(CurrentUserState)
        if who.user_id:
            self._hear_of("user", [who.user_id], PapersState.refresh)

    @rx.event
    async def refresh(self) -> Any:
        """News came, perhaps of the bank's or the issuer's answer; what is being typed stays as it is."""
        if self.loaded:
            await self._look()
        return CurrentUserState.hear

    @rx.event
    async def handed_in(self) -> Any:
        """The ID has arrived; look how it stands."""
        await self._look()
        return CleanerDashboardState.arrive

    @rx.event
    async def edit(self) -> None:
        """Show the form for another account."""
        self.editing, self.said = True, NOTHING

    @rx.event
    async def choose(self, kind: str) -> None:
        """UPI id or bank account."""
        self.by_upi = kind != "BANK"
        self._clear_problems()

    @rx.event
    async def save(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Keep where the pay goes; the details pass through here and stay nowhere in the page."""
        if self.saving or not self.editing:  # the second click of two comes when the first is done
            return
        self.saving = True
        yield
        known = form if isinstance(form, dict) else {}
        details = self._checked(known)
        kept = (
            details
            # Another account asks for it; before the first one there is nothing to guard.
            and (self.mask == "" or await self._knows_password(known))
            and await self._do(save_payout_details, details=details, cipher=self._parts().cipher)
        )
        self.saving = False
        if kept:
            await self._look()
            self.editing, self.said = False, say("kyc.saved", mask=self.mask)
            yield CleanerDashboardState.arrive
        elif wrong := [name for name in FIELDS if name in self.field_problems]:
            yield rx.set_focus(wrong[0])

    @rx.event
    async def save_pan(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Keep the PAN; it passes through here and stays nowhere in the page."""
        if self.saving:
            return
        self.saving = True
        yield
        self._clear_problems()
        number = form.get("pan") if isinstance(form, dict) else None
        kept = await self._do(save_pan, number=number, cipher=self._parts().cipher)
        self.saving = False
        if kept:
            await self._look()
            self.said = say("kyc.pan_saved", mask=self.pan)
        elif "pan" in self.field_problems:
            yield rx.set_focus("pan")

    def _checked(self, form: dict[str, Any]) -> Any:
        """The details as typed, or None with a problem at each wrong field."""
        self._clear_problems()
        account = form.get("accountNumber")
        where = (
            {"vpa": form.get("vpa") or " "} if self.by_upi else {"account_number": account, "ifsc": form.get("ifsc")}
        )
        try:
            details = check_payout_details(holder_name=form.get("holderName"), **where)
        except InvalidFields as wrong:
            self._show(wrong)
            details = None
        mine, again = (maybe(identifiers.account_number, typed) for typed in (account, form.get("accountAgain")))
        if not self.by_upi and mine is not None and mine != again:
            self.field_problems = self.field_problems | {"accountAgain": say("kyc.account_differs")}
            return None
        return details

    async def _look(self) -> None:
        try:
            self._take(await self._ask(my_papers))
            self.missing = self._first_missing()
            self.failed = False
        except DomainError:
            self.failed = True
        self.loaded = True

    def _take(self, papers: PapersRead) -> None:
        self.phone_mine = papers.phone_confirmed
        self.name, self.phone, self.kyc = papers.name, papers.phone or "", papers.kyc.value
        self.refused_because = papers.refused_because
        self.ground = say(f"ground.{papers.ground.value}") if papers.ground else NOTHING
        kind = papers.document_kind
        self.document = say(f"identity.kind.{kind.value}") if kind else NOTHING
        self.document_mask = papers.document_mask
        self.name_asked, self.name_shown = papers.name_asked, papers.name_shown
        self.document_said = papers.document_status.value if papers.document_status else ""
        self.mask, self.holder, self.confirmed = papers.mask or "", papers.holder or "", papers.confirmed
        self.pan = papers.pan_mask or ""
        self.pan_of_id = kind is DocumentKind.PAN and papers.document_mask[-1:] == self.pan[-1:]
        self.bank_said = papers.bank_said.value if papers.bank_said else ""
        self.must_fix = not papers.confirmed and self.bank_said in ("INVALID", "MATCHES")
        self.usable = day_time(papers.usable_at, self._parts().clock.now()) if papers.usable_at else NOTHING
