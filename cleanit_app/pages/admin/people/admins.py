"""Admins and what each is trusted with; a senior changes it, with the second factor (SEC-10)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import typed_field
from cleanit_app.components.lists import each
from cleanit_app.components.photos import avatar
from cleanit_app.components.text import t, words
from cleanit_app.domain.actors import AdminDuty
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import initials
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.people.admins import AdminItem, admins_by_name, one_admin
from cleanit_app.services.people.admins import appoint_admin, change_duties
from cleanit_app.state.admin_desk import AdminDeskState, as_id
from cleanit_app.state.current_user import CurrentUserState

APPOINT = "appoint"  # the form for somebody new
ROUTE, TITLE = routes.ADMIN_ADMINS, "admins.title"
PAGE_SIZE = 30


@dataclass(frozen=True)
class AdminRow:
    """One admin on the page."""

    id: str
    name: str
    initials: str
    contact: str
    duties: list[str]
    has_factor: bool
    mine: bool


class AdminsState(AdminDeskState, rx.State):
    """Admins by name. `saving` is the id of the one whose duties are on their way, `turn` makes the boxes anew."""

    rows: list[AdminRow] = []
    cursor: str = ""
    saving: str = ""
    trouble: str = ""
    turn: int = 0

    @rx.event
    async def load(self) -> None:
        """Who they are."""
        self.reset()
        self._hear_everything(AdminsState.refresh)
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house; what is being ticked now stays."""
        if not self.saving:
            await self._read()
        return CurrentUserState.hear

    @rx.event
    async def save(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Give one admin exactly the duties that are ticked."""
        known = next((row for row in self.rows if row.id == str(form.get("admin"))), None)
        if self.saving or known is None:
            return
        self._clear_problems()
        self.saving, self.trouble = known.id, ""
        yield
        duties = [duty.value for duty in AdminDuty if form.get(duty.value)]
        if await self._do(change_duties, admin_id=as_id(known.id), duties=duties) is not None:
            await self._toast(say("admins.saved" if duties else "admins.none_left", name=known.name))
            self.turn += 1
        else:
            self.trouble = known.id
        self.saving = ""
        await self._read()

    @rx.event
    async def appoint(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Make an existing account an admin's, with the duties that are ticked."""
        if self.saving:
            return
        self._clear_problems()
        self.saving, self.trouble = APPOINT, ""
        yield
        duties = [duty.value for duty in AdminDuty if form.get(duty.value)]
        made = await self._do(appoint_admin, contact=str(form.get("contact") or ""), duties=duties)
        if made is not None:
            await self._toast(say("admins.appointed", name=made.name))
            self.turn += 1
        else:
            self.trouble = APPOINT
        self.saving = ""
        await self._read()
        if made is not None:
            await self._show_first(made.id)

    @rx.event
    async def more(self) -> None:
        """The next ones."""
        if self.cursor:
            await self._read(len(self.rows) + PAGE_SIZE)

    async def _read(self, wanted: int = PAGE_SIZE) -> None:
        found = await self._ask_list(admins_by_name, max(wanted, len(self.rows)))
        if found is not None:
            items, self.cursor = found
            self.rows = [_row(one) for one in items]
            self.loaded = True

    async def _show_first(self, admin_id: UUID) -> None:
        """Somebody new is seen at once, wherever the name has its place."""
        made = await self._ask_here(one_admin, admin_id=admin_id)
        if made is not None:
            self.rows = [_row(made), *[row for row in self.rows if row.id != str(made.id)]]


def _row(one: AdminItem) -> AdminRow:
    duties = [duty.value for duty in one.duties]
    return AdminRow(str(one.id), one.name, initials(one.name), one.contact, duties, one.has_factor, one.mine)


ON_LOAD = [CurrentUserState.arrive_signed_in, AdminsState.load]


def _box(one: Any, duty: AdminDuty) -> rx.Component:
    control = rx.el.input(
        type="checkbox",
        name=duty.value,
        default_checked=one.duties.contains(duty.value),
        disabled=one.mine,
        class_name="cb",
    )
    return rx.el.label(control, rx.el.span(t(f"duty.{duty.value}")), class_name="check")


def _card(one: Any) -> rx.Component:
    factor = rx.cond(
        one.has_factor, chip(t("admins.factor"), "rel", "check"), chip(t("admins.no_factor"), "held", "hourglass")
    )
    head = rx.el.div(
        avatar(one.initials),
        rx.el.div(
            rx.el.h2(
                one.name, rx.cond(one.mine, rx.el.span(" (", t("admins.you"), ")"), rx.fragment()), class_name="t-h3"
            ),
            rx.el.p(one.contact, class_name="t-sm mute break-words"),
            class_name="grow min-w-[200px]",
        ),
        factor,
        class_name="flex flex-wrap items-center gap-3 mb-2",
    )
    save = button(
        t("admins.save"), type="submit", kind="line", busy=AdminsState.saving == one.id, busy_label=t("admins.saving")
    )
    wrong = rx.cond(AdminsState.trouble == one.id, note(words(AdminsState.problem), "err", role="alert"), rx.fragment())
    return rx.el.form(
        rx.el.input(type="hidden", name="admin", value=one.id, read_only=True),
        head,
        *[_box(one, duty) for duty in AdminDuty],
        wrong,
        rx.cond(one.mine, note(t("admins.own"), "plain"), rx.el.div(save, class_name="mt-2")),
        on_submit=AdminsState.save,
        no_validate=True,
        key=f"{one.id}-{AdminsState.turn}",
        class_name="card pad",
    )


def _appoint() -> rx.Component:
    """Somebody new: an account that is there already, by email or phone."""
    boxes = [
        rx.el.label(
            rx.el.input(type="checkbox", name=duty.value, class_name="cb"),
            rx.el.span(t(f"duty.{duty.value}")),
            class_name="check",
        )
        for duty in AdminDuty
    ]
    wrong = rx.cond(
        AdminsState.trouble == APPOINT,
        rx.fragment(
            rx.cond(
                AdminsState.field_problems.contains("duties"),
                note(t("admins.which"), "err", role="alert"),
                rx.fragment(),
            ),
            rx.cond(
                AdminsState.field_problems.length() == 0,
                note(words(AdminsState.problem), "err", role="alert"),
                rx.fragment(),
            ),
        ),
        rx.fragment(),
    )
    return rx.el.form(
        rx.el.h2(t("admins.appoint_title"), class_name="t-h2 mb-1"),
        rx.el.p(t("admins.appoint_lead"), class_name="soft t-sm mb-3"),
        typed_field("contact", t("admins.contact"), "identifier", hint=t("admins.contact_hint"),
                    error=AdminsState.field_problems["contact"]),
        *boxes,
        wrong,
        button(t("admins.appoint"), type="submit", class_name="mt-2", busy=AdminsState.saving == APPOINT,
               busy_label=t("admins.saving")),
        on_submit=AdminsState.appoint,
        no_validate=True,
        key=f"appoint-{AdminsState.turn}",
        class_name="card pad mt-6 max-w-[720px]",
    )  # fmt: skip


def page() -> rx.Component:
    """The page."""
    cards = rx.el.div(each(AdminsState.rows, _card), class_name="grid lg:grid-cols-2 gap-4 items-start")
    more = rx.cond(
        AdminsState.cursor != "",
        rx.el.div(button(t("admins.more"), kind="line", on_click=AdminsState.more), class_name="mt-4 text-center"),
        rx.fragment(),
    )
    content = rx.el.div(
        rx.el.h1(t("admins.title"), class_name="t-h1"),
        rx.el.p(t("admins.lead"), class_name="soft mb-4 max-w-[720px]"),
        rx.cond(AdminsState.loaded, rx.fragment(cards, more, _appoint()), loading(skeleton("h-40"), skeleton("h-40"))),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(content, refused=AdminsState.refused, active="admins")
