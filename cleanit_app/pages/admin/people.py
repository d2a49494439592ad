"""Cleaners to let in, accounts to confirm, and finding somebody (LAW-08, OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button, opens
from cleanit_app.components.chips import chip, state_chip
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import text_area, text_field
from cleanit_app.components.money import facts
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import avatar
from cleanit_app.components.text import both, t
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.statuses import KycStatus
from cleanit_app.formats import ago, day, initials
from cleanit_app.i18n import Both, pair
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.people import PersonFound, WaitingCleaner, cleaners_waiting, find_people
from cleanit_app.services.kyc import activate_cleaner, confirm_payout_details, reject_cleaner
from cleanit_app.state.admin_desk import AdminDesk, as_id
from cleanit_app.state.base import NOTHING
from cleanit_app.state.who import Who

ROUTE, TITLE = "/admin/people", "People | Cleanit"
REJECT, WAITING_SHOWN, REASON_LENGTH = "reject-cleaner", 50, 300
ROLES, KYC = ("CITIZEN", "CLEANER", "ADMIN"), tuple(s.value for s in KycStatus)


@dataclass(frozen=True)
class CleanerView:
    """A cleaner who waits for somebody."""

    id: str
    name: str
    initials: str
    contact: str
    since: Both
    kyc: str
    waits_kyc: bool
    waits_account: bool
    account: str
    holder: str
    changed: Both
    bank_said: str = ""
    bank_name: str = ""
    score: str = ""


@dataclass(frozen=True)
class PersonRow:
    """Somebody found."""

    id: str
    name: str
    contact: str
    role: str
    suspended: bool
    kyc: str
    since: Both


class People(AdminDesk, rx.State):
    """Cleaners who wait, and the search."""

    cleaners: list[CleanerView] = []
    more_waiting: bool = False
    found: list[PersonRow] = []
    searched: str = ""
    cursor: str = ""
    lets_in: bool = False
    searches: bool = False
    busy: str = ""
    rejecting: str = ""
    rejecting_name: str = ""
    turn: int = 0

    @rx.event
    async def load(self) -> None:
        """Read who waits; hear of changes."""
        self._hear_everything(People.refresh)
        self.busy = ""
        self._clear_problems()
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return Who.hear

    async def _read(self) -> None:
        actor = await self._actor()
        self.lets_in, self.searches = actor.may(Permission.MANAGE_KYC), actor.may(Permission.MANAGE_PEOPLE)
        self.refused, self.loaded = not (self.lets_in or self.searches), True
        if not self.lets_in:
            self.cleaners = []
            return
        page = await self._ask_here(cleaners_waiting, limit=WAITING_SHOWN)
        if page is not None:
            now = self._parts().clock.now()
            self.cleaners = [_cleaner(one, now) for one in page.items]
            self.more_waiting = page.next_cursor is not None

    @rx.event
    async def search(self, form: dict[str, Any]) -> None:
        """Find people by the beginning of a name, an email address or a phone number."""
        self.searched = " ".join(str(form.get("q") or "").split())[:100]
        self.found, self.cursor = [], ""
        if self.searched:
            await self._find("")

    @rx.event
    async def more(self) -> None:
        """The next people found."""
        if self.cursor:
            await self._find(self.cursor)

    async def _find(self, cursor: str) -> None:
        page = await self._ask_here(find_people, q=self.searched, cursor=cursor or None)
        if page is not None:
            now = self._parts().clock.now()
            self.found = [*self.found, *(_person(one, now) for one in page.items)]
            self.cursor = page.next_cursor or ""

    @rx.event
    async def let_in(self, cleaner_id: str) -> AsyncIterator[None]:
        """Let a cleaner take jobs."""
        async for _ in self._act(activate_cleaner, cleaner_id, "people.let_in_done"):
            yield

    @rx.event
    async def confirm(self, cleaner_id: str) -> AsyncIterator[None]:
        """Confirm that an account belongs to the cleaner."""
        async for _ in self._act(confirm_payout_details, cleaner_id, "people.confirmed_done"):
            yield

    async def _act(self, service: Callable[..., Any], cleaner_id: str, said: str) -> AsyncIterator[None]:
        known = self._known(cleaner_id)
        if known is None or self.busy:
            return
        self.busy = f"{service.__name__}:{known.id}"
        yield
        if await self._do(service, cleaner_id=as_id(known.id)):
            await self._toast(pair(said, name=known.name))
        self.busy = ""
        await self._read()

    @rx.event
    async def pick(self, cleaner_id: str) -> None:
        """Open the dialog for not letting one in."""
        known = self._known(cleaner_id)
        if known:
            self.rejecting, self.rejecting_name = known.id, known.name
            self._clear_problems()

    @rx.event
    async def reject(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Do not let a cleaner in, with a reason."""
        reason = str(form.get("reason") or "").strip()[:REASON_LENGTH]
        if self.busy or not self.rejecting:
            return
        if not reason:
            self.field_problems = {"reason": pair("people.reason_missing")}
            return
        self.busy = "reject"
        yield
        if await self._do(reject_cleaner, cleaner_id=as_id(self.rejecting), reason=reason):
            await self._toast(pair("people.rejected_done", name=self.rejecting_name))
            self.rejecting = ""
        self.turn += 1
        self.busy = ""
        await self._read()

    def _known(self, cleaner_id: str) -> CleanerView | None:
        return next((one for one in self.cleaners if one.id == cleaner_id), None)


ON_LOAD = [Who.arrive_signed_in, People.load]


def _contact(email: str | None, phone: str | None) -> str:
    return ", ".join(part for part in (phone, email) if part)


def _cleaner(one: WaitingCleaner, now: datetime) -> CleanerView:
    return CleanerView(
        id=str(one.id),
        name=one.name,
        initials=initials(one.name),
        contact=_contact(one.email, one.phone),
        since=ago(one.created_at, now),
        kyc=one.kyc.value,
        waits_kyc=one.waits_for_kyc,
        waits_account=one.waits_for_payout_details,
        account=one.payout_mask or "",
        holder=one.payout_holder or "",
        changed=ago(one.payout_changed_at, now) if one.payout_changed_at else NOTHING,
        bank_said=one.bank_said.value if one.bank_said else "",
        bank_name=one.registered_name or "",
        score=f"{one.name_score}" if one.name_score is not None else "",
    )


def _person(one: PersonFound, now: datetime) -> PersonRow:
    return PersonRow(
        id=str(one.id),
        name=one.name,
        contact=_contact(one.email, one.phone),
        role=one.role.value,
        suspended=one.status.value == "SUSPENDED",
        kyc=one.kyc.value if one.kyc else "",
        since=day(one.created_at, now),
    )


def _card(one: Any) -> rx.Component:
    account = facts(
        [
            (t("people.account"), rx.cond(one.account != "", one.account, t("people.account_none"))),
            (t("people.holder"), rx.cond(one.holder != "", one.holder, "–")),
        ]
    )
    differs = note(t("people.bank_differs", bank=one.bank_name, score=one.score), "warn")
    said = rx.match(
        one.bank_said,
        ("WAITING", note(t("people.bank_asking"), "info", "hourglass")),
        ("ASKED", note(t("people.bank_asking"), "info", "hourglass")),
        ("DIFFERS", differs),
        ("INVALID", note(t("people.bank_invalid"), "err")),
        ("UNAVAILABLE", note(t("people.bank_silent"), "warn")),
        note(t("people.names_differ"), "warn"),
    )
    named = rx.cond(one.waits_account, said, rx.fragment())
    return rx.el.article(
        rx.el.div(
            avatar(one.initials),
            rx.el.div(rx.el.h3(one.name, class_name="t-h3"), rx.el.p(one.contact, class_name="t-sm mute break-words"),
                      class_name="grow"),
            rx.match(one.kyc, *[(k, state_chip("kyc", k)) for k in KYC], rx.fragment()),
            class_name="row-t",
        ),
        rx.el.p(t("people.joined", when=one.since), class_name="t-sm mute"),
        account,
        named,
        _actions(one),
        class_name="card pad flex flex-col gap-3",
    )  # fmt: skip


def _actions(one: Any) -> rx.Component:
    let_in = rx.fragment(
        button(t("people.let_in"), kind="ok", size="s", icon_name="check", on_click=People.let_in(one.id),
               busy=People.busy == "activate_cleaner:" + one.id, busy_label=t("people.working")),
        button(t("people.reject"), kind="danger", size="s", on_click=People.pick(one.id), custom_attrs=opens(REJECT)),
    )  # fmt: skip
    confirm = button(
        t("people.confirm"),
        kind="line",
        size="s",
        icon_name="landmark",
        on_click=People.confirm(one.id),
        busy=People.busy == "confirm_payout_details:" + one.id,
        busy_label=t("people.working"),
    )
    return rx.el.div(
        rx.cond(one.waits_kyc, let_in, rx.fragment()),
        rx.cond(one.waits_account & (one.bank_said != "INVALID"), confirm, rx.fragment()),
        class_name="flex flex-wrap gap-2.5",
    )


def _waiting() -> rx.Component:
    listed = rx.cond(
        People.cleaners.length() > 0,
        rx.el.div(
            rx.foreach(People.cleaners, _card), class_name="grid gap-4 md:grid-cols-2 xl:grid-cols-3 items-start"
        ),
        empty_state(t("people.none"), t("people.none_more"), icon_name="check"),
    )
    more = rx.cond(People.more_waiting, rx.el.p(t("people.more_waiting"), class_name="t-sm mute mt-3"), rx.fragment())
    return rx.el.section(rx.el.h2(t("people.waiting"), class_name="t-h2 mt-6 mb-3"), listed, more)


def _search() -> rx.Component:
    form = rx.el.form(
        rx.el.div(text_field("q", t("people.search"), hint=t("people.search_hint"), kind="search", max_length=100),
                  class_name="grow max-w-[460px]"),
        button(t("people.find"), kind="line", icon_name="search", type="submit", class_name="mt-[29px]"),
        on_submit=People.search,
        class_name="flex gap-3 items-start mb-4",
    )  # fmt: skip

    def cells(row: Any) -> list[Any]:
        return [
            rx.el.b(row.name, class_name="b"),
            row.contact,
            rx.fragment(
                rx.match(row.role, *[(r, t(f"people.role.{r}")) for r in ROLES], rx.fragment()),
                rx.cond(row.suspended, chip(t("people.suspended"), "bad", "ban"), rx.fragment()),
            ),
            rx.match(row.kyc, *[(k, state_chip("kyc", k)) for k in KYC], rx.fragment()),
            both(row.since),
        ]

    heads = ["name", "contact", "role", "kyc", "since"]
    table = data_table(t("people.found"), [t(f"people.col.{h}") for h in heads], People.found, cells,
                       empty=t("people.nobody"))  # fmt: skip
    more = rx.cond(People.cursor != "", button(t("drafts.more"), kind="line", on_click=People.more, class_name="mt-3"),
                   rx.fragment())  # fmt: skip
    return rx.el.section(
        rx.el.h2(t("people.search_title"), class_name="t-h2 mt-10 mb-3"),
        form,
        rx.cond(People.searched != "", rx.fragment(table, more), rx.fragment()),
    )


def _reject() -> rx.Component:
    form = rx.el.form(
        rx.el.p(People.rejecting_name, class_name="b mb-3"),
        text_area("reason", t("drafts.reason"), hint=t("people.reason_hint"), max_length=REASON_LENGTH,
                  error=People.field_problems["reason"]),
        button(t("people.reject_now"), kind="danger", size="l", block=True, type="submit", class_name="mt-4",
               busy=People.busy == "reject", busy_label=t("people.working")),
        on_submit=People.reject,
        no_validate=True,
    )  # fmt: skip
    return rx.el.div(dialog(REJECT, t("people.reject_title"), form), key=People.turn.to_string())


def page() -> rx.Component:
    """The page."""
    problem = rx.cond(People.problem.en != "", note(both(People.problem), "err", role="alert"), rx.fragment())
    shown = rx.fragment(
        rx.cond(People.lets_in, rx.fragment(_waiting(), _reject()), rx.fragment()),
        rx.cond(People.searches, _search(), rx.fragment()),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.people"), class_name="t-h1"),
        problem,
        rx.cond(People.loaded, shown, loading(skeleton("h-40 w-full mt-5"), skeleton("h-40 w-full mt-4"))),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="people", refused=People.refused)
