"""A cleaner's papers: phone, ID, and the account the money goes to. Bank details go in and never come out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Literal

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import pill, pills, text_field
from cleanit_app.components.icons import icon
from cleanit_app.components.text import Text, both, t
from cleanit_app.domain.errors import DomainError, InvalidFields
from cleanit_app.formats import day_time
from cleanit_app.i18n import Both, pair
from cleanit_app.pages.cleaner.gates import broken, for_cleaners, problem_at, refusal
from cleanit_app.pages.cleaner.views import NOTHING
from cleanit_app.pages.frame import cleaner_page
from cleanit_app.reads.desk import Papers as PapersRead
from cleanit_app.reads.desk import my_papers
from cleanit_app.services.kyc import check_payout_details, save_pan, save_payout_details
from cleanit_app.state.base import Page
from cleanit_app.state.desk import Desk
from cleanit_app.state.live import hub
from cleanit_app.state.who import Who

ROUTE, TITLE = "/kyc", "Your papers, Cleanit"
FIELDS = ("vpa", "accountNumber", "accountAgain", "ifsc", "holderName", "pan")


class Papers(Page, rx.State):
    """What we know of this cleaner; of the account only its end."""

    name: str = ""
    phone: str = ""
    kyc: str = ""
    refused_because: str = ""
    mask: str = ""
    pan: str = ""
    holder: str = ""
    confirmed: bool = False
    bank_said: str = ""
    must_fix: bool = False
    usable: Both = NOTHING
    editing: bool = False
    by_upi: bool = True
    saving: bool = False
    said: Both = NOTHING
    failed: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the papers; whoever has no account yet sees its form."""
        self._clear_problems()
        self.said, self.saving = NOTHING, False
        await self._look()
        self.editing = self.mask == ""
        who = await self.get_state(Who)
        if who.user_id:
            hub.listen(self.router.session.client_token, f"user:{who.user_id}", Papers.refresh)

    @rx.event
    async def refresh(self) -> Any:
        """News came, perhaps of the bank's answer."""
        if self.loaded and not self.editing:
            await self._look()
        return Who.hear

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
        details = self._checked(form if isinstance(form, dict) else {})
        kept = details and await self._do(save_payout_details, details=details, cipher=self._parts().cipher)
        self.saving = False
        if kept:
            await self._look()
            self.editing, self.said = False, pair("kyc.saved", mask=self.mask)
            yield Desk.arrive

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
            self.said = pair("kyc.pan_saved", mask=self.pan)

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
        if not self.by_upi and _digits(account) != _digits(form.get("accountAgain")):
            self.field_problems = self.field_problems | {"accountAgain": pair("kyc.account_differs")}
            return None
        return details

    async def _look(self) -> None:
        try:
            self._take(await self._ask(my_papers))
            self.failed = False
        except DomainError:
            self.failed = True
        self.loaded = True

    def _take(self, papers: PapersRead) -> None:
        self.name, self.phone, self.kyc = papers.name, papers.phone or "", papers.kyc.value
        self.refused_because = papers.refused_because
        self.mask, self.holder, self.confirmed = papers.mask or "", papers.holder or "", papers.confirmed
        self.pan = papers.pan_mask or ""
        self.bank_said = papers.bank_said.value if papers.bank_said else ""
        self.must_fix = not papers.confirmed and self.bank_said in ("INVALID", "MATCHES")
        self.usable = day_time(papers.usable_at) if papers.usable_at else NOTHING


def _digits(typed: object) -> str:
    return "".join(letter for letter in str(typed or "") if letter.isdigit())


ON_LOAD = [Who.arrive_signed_in, Desk.arrive, Papers.load]
State = Literal["done", "wait", "todo", "fix"]
_CHIPS: dict[State, tuple[Any, str]] = {
    "done": ("rel", "check"),
    "wait": ("held", "hourglass"),
    "todo": ("plain", "circle"),
    "fix": ("bad", "circle-alert"),
}


def _state(state: State) -> rx.Component:
    colour, icon_name = _CHIPS[state]
    return chip(t(f"kyc.s_{state}"), colour, icon_name)


def _paper(icon_name: str, title: Text, state: Any, *more: rx.Component) -> rx.Component:
    head = rx.el.div(
        icon(icon_name, 24),
        rx.el.h2(title, class_name="t-h3 grow"),
        state,
        class_name="flex flex-wrap items-center gap-3",
    )
    return rx.el.li(head, *more, class_name="card pad flex flex-col gap-2")


def _phone() -> rx.Component:
    known = rx.el.p(Papers.phone, class_name="num")
    has = Papers.phone != ""
    return _paper(
        "phone",
        t("kyc.phone"),
        rx.cond(has, _state("done"), _state("todo")),
        rx.cond(has, known, rx.el.p(t("kyc.phone_none"), class_name="soft")),
    )


def _identity() -> rx.Component:
    ready, refused = Papers.kyc == "ACTIVE", Papers.kyc == "REJECTED"
    why = rx.cond(Papers.refused_because != "", ": " + Papers.refused_because, "")
    no = rx.el.p(t("kyc.id_no"), why, class_name="text-geru-700 break-words")
    wait = rx.el.p(t("kyc.id_wait"), class_name="soft")
    return _paper(
        "id-card",
        t("kyc.id"),
        rx.cond(ready, _state("done"), rx.cond(refused, _state("fix"), _state("wait"))),
        rx.cond(ready, rx.el.p(t("kyc.id_done"), class_name="soft"), rx.cond(refused, no, wait)),
    )


def _account() -> rx.Component:
    has = Papers.mask != ""
    differs = note(t("kyc.bank_wait", name=rx.el.b(Papers.name)), "warn")
    state = rx.match(
        Papers.bank_said,
        ("WAITING", note(t("kyc.bank_asking"), "info", "hourglass", role="status")),
        ("ASKED", note(t("kyc.bank_asking"), "info", "hourglass", role="status")),
        ("DIFFERS", differs),
        ("INVALID", note(t("kyc.bank_invalid"), "err", role="alert")),
        ("MATCHES", note(t("kyc.bank_refused"), "err", role="alert")),
        note(t("kyc.bank_look"), "warn"),
    )
    waits = rx.cond(
        Papers.usable.en != "", note(t("kyc.bank_usable", when=Papers.usable), "info", "clock"), rx.fragment()
    )
    ok = rx.fragment(rx.el.p(t("kyc.bank_ok"), class_name="soft"), waits)
    said = rx.cond(Papers.confirmed, ok, state)
    change = button(t("kyc.change"), kind="line", size="s", on_click=Papers.edit, class_name="self-start")
    shown = rx.fragment(
        rx.el.p(Papers.mask, class_name="rs rs-m"), said, rx.cond(Papers.editing, rx.fragment(), change)
    )
    return _paper(
        "landmark",
        t("kyc.bank"),
        rx.cond(
            has,
            rx.cond(
                Papers.confirmed,
                _state("done"),
                rx.cond(Papers.must_fix, _state("fix"), _state("wait")),
            ),
            _state("todo"),
        ),
        rx.cond(has, shown, rx.el.p(t("kyc.bank_none"), class_name="soft")),
    )


def _pan() -> rx.Component:
    has = Papers.pan != ""
    form = rx.el.form(
        _field("pan", t("kyc.pan"), t("kyc.pan_why"), max_length=16, placeholder="ABCPE1234F"),
        button(t("kyc.pan_save"), kind="line", type="submit", busy=Papers.saving, busy_label=t("kyc.saving")),
        on_submit=Papers.save_pan,
        no_validate=True,
        class_name="flex flex-col gap-3",
    )
    shown = rx.el.p(Papers.pan, class_name="rs rs-m")
    return _paper(
        "receipt-indian-rupee", t("kyc.pan"), rx.cond(has, _state("done"), _state("todo")), rx.cond(has, shown, form)
    )


def _field(name: str, label: Text, hint: Text | None = None, **props: Any) -> rx.Component:
    return text_field(name, label, hint=hint, error=problem_at(Papers, name), auto_complete="off", **props)


def _form() -> rx.Component:
    numbers = {"custom_attrs": {"inputMode": "numeric"}, "max_length": 24}
    by_bank = rx.fragment(
        _field("accountNumber", t("kyc.account"), **numbers),
        _field("accountAgain", t("kyc.account_again"), **numbers),
        _field("ifsc", t("kyc.ifsc"), t("kyc.ifsc_hint"), max_length=16, placeholder="SBIN0001234"),
    )
    by_upi = _field("vpa", t("kyc.vpa"), t("kyc.vpa_hint"), max_length=120, custom_attrs={"inputMode": "email"})
    kinds = pills(
        pill(t("kyc.by_upi"), on=Papers.by_upi, icon_name="smartphone", on_click=Papers.choose("UPI")),
        pill(t("kyc.by_bank"), on=~Papers.by_upi, icon_name="landmark", on_click=Papers.choose("BANK")),
    )
    form = rx.el.form(
        _summary(),
        refusal(rx.cond(Papers.field_problems.length() > 0, Both("", ""), Papers.problem)),
        rx.cond(Papers.by_upi, by_upi, by_bank),
        _field("holderName", t("kyc.holder"), t("kyc.holder_hint"), max_length=50),
        rx.el.p(icon("lock", 16), rx.el.span(t("kyc.safe")), class_name="row-t t-sm soft"),
        button(t("kyc.save"), size="l", block=True, type="submit", busy=Papers.saving, busy_label=t("kyc.saving")),
        on_submit=Papers.save,
        no_validate=True,
        class_name="flex flex-col gap-4",
    )
    head = rx.el.h2(t("kyc.add"), class_name="t-h2")
    return rx.cond(Papers.editing, rx.el.section(head, kinds, form, class_name="flex flex-col gap-4"), rx.fragment())


def _summary() -> rx.Component:
    """All problems on top, each a link to its field."""
    lines = [
        rx.cond(
            Papers.field_problems.contains(name),
            rx.el.li(rx.el.a(both(problem_at(Papers, name)), href=f"#{name}", class_name="link")),
            rx.fragment(),
        )
        for name in FIELDS
    ]
    box = note(
        rx.el.b(t("form.errors"), class_name="bb"),
        "err",
        more=rx.el.ul(*lines, class_name="list-disc pl-5 mt-1"),
        role="alert",
    )
    return rx.cond(Papers.field_problems.length() > 0, box, rx.fragment())


def _papers() -> rx.Component:
    ready = (Papers.kyc == "ACTIVE") & (Papers.mask != "")
    lead = rx.cond(ready, t("kyc.lead_ready"), t("kyc.lead_wait"))
    go = link_button(t("kyc.where_to_jobs"), routes.JOBS, block=True, icon_name="map-pinned")
    saved = rx.cond(Papers.said.en != "", note(Papers.said, "ok", role="status"), rx.fragment())
    return rx.el.div(
        rx.el.h1(t("kyc.title"), class_name="t-h1"),
        rx.el.p(lead, class_name="b"),
        saved,
        rx.el.ul(_phone(), _identity(), _account(), _pan(), class_name="flex flex-col gap-3"),
        _form(),
        rx.cond(ready & ~Papers.editing, go, rx.fragment()),
        class_name="narrow flex flex-col gap-4 py-5 pb-10",
    )


def page() -> rx.Component:
    """The page."""
    waiting = rx.el.div(
        loading(skeleton("h-10 w-2/3"), *[skeleton("h-24")] * 3), class_name="narrow flex flex-col gap-3 py-5"
    )
    known = rx.cond(Papers.failed, rx.el.div(broken(Papers.load), class_name="narrow py-5"), _papers())
    content = for_cleaners(rx.cond(Papers.loaded, known, waiting), waiting=waiting, while_suspended=True)
    return cleaner_page(content, active="me")
