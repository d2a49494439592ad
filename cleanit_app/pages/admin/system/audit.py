"""What admins did: found by person, kind of act, thing and time; newest first, and never changed (SEC-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import text_field
from cleanit_app.components.lists import each
from cleanit_app.components.text import about, attr, t, words
from cleanit_app.domain.calendar import IST
from cleanit_app.domain.errors import DomainError, FieldProblem, InvalidFields
from cleanit_app.i18n.acts import act_details, act_line, act_words
from cleanit_app.i18n.formats import day_time
from cleanit_app.pages.citizen.pieces import more_button
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.paging import Page as Part
from cleanit_app.reads.people.admin_actions import AdminActionItem, LogChoices, Wanted, admin_actions, log_choices
from cleanit_app.state.admin_desk import AdminDeskState, as_id
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_AUDIT, "audit.title"


@dataclass(frozen=True)
class ActRow:
    """One act in words; `about` is the id of the thing, if there is one."""

    id: str
    when: str
    who: str
    what: str
    about: str
    details: str
    address: str


@dataclass(frozen=True)
class Choice:
    """One thing to look for."""

    value: str
    text: str


class AuditState(AdminDeskState, rx.State):
    """The part of the log that is looked at."""

    rows: list[ActRow] = []
    people: list[Choice] = []
    acts: list[Choice] = []
    there_is_more: bool = False
    busy: bool = False
    subject: str = ""
    subject_said: str = ""
    _wanted: Wanted = Wanted()
    _cursor: str | None = None

    @rx.event
    async def load(self) -> None:
        """The choices and the newest acts."""
        self.reset()
        choices: LogChoices | None = await self._ask_here(log_choices)
        if choices is None:
            return
        self.people = [Choice(str(admin_id), name) for admin_id, name in choices.admins]
        self.acts = [Choice(action, act_words(action)) for action in choices.actions]
        await self._find(Wanted())

    @rx.event
    async def search(self, form: dict[str, Any]) -> None:
        """Look for one person's acts, one kind of act, or some days."""
        self._clear_problems()
        try:
            wanted = _wanted(form if isinstance(form, dict) else {}, self.subject)
        except DomainError as refusal:
            self._show(refusal)
            return
        await self._find(wanted)

    @rx.event
    async def about(self, subject: str) -> None:
        """Everything about one thing; an empty id shows all again."""
        self._clear_problems()
        row = next((one for one in self.rows if one.about == subject and subject), None)
        self.subject, self.subject_said = (subject, row.what) if row else ("", "")
        await self._find(Wanted(subject_id=UUID(self.subject) if self.subject else None))

    @rx.event
    async def more(self) -> None:
        """The next part of the log."""
        if not self._cursor:
            return
        part: Part[AdminActionItem] | None = await self._ask_here(
            admin_actions, wanted=self._wanted, cursor=self._cursor
        )
        if part is not None:
            self.rows = [*self.rows, *part.each(self._shown)]
            self._cursor, self.there_is_more = part.next_cursor, part.next_cursor is not None

    def _shown(self, one: AdminActionItem) -> ActRow:
        return _row(one, self._parts().clock.now())

    async def _find(self, wanted: Wanted) -> None:
        part: Part[AdminActionItem] | None = await self._ask_here(admin_actions, wanted=wanted)
        self.loaded = True
        if part is None:
            return
        self._wanted, self._cursor = wanted, part.next_cursor
        self.rows, self.there_is_more = part.each(self._shown), part.next_cursor is not None


def _row(one: AdminActionItem, now: datetime) -> ActRow:
    about = str(one.subject_id) if one.subject_id else ""
    what, said = act_line(one.action, one.names), act_details(one.details)
    return ActRow(str(one.id), day_time(one.at, now), one.admin_name, what, about, said[:400], one.address)


def _wanted(form: dict[str, Any], subject: str) -> Wanted:
    """What the form asks for; days are Indian ones, and the last is counted whole."""
    since, until = _day(form, "since"), _day(form, "until")
    admin, action = form.get("admin"), form.get("action")
    return Wanted(
        admin_id=as_id(admin) if admin else None,
        subject_id=UUID(subject) if subject else None,
        action=str(action)[:60] if action else None,
        since=since,
        until=until + timedelta(days=1) if until else None,
    )


def _day(form: dict[str, Any], name: str) -> datetime | None:
    typed = str(form.get(name) or "").strip()
    if not typed:
        return None
    try:
        return datetime.combine(date.fromisoformat(typed), time(), tzinfo=IST)
    except ValueError as nonsense:
        raise InvalidFields({name: FieldProblem("day_wrong")}) from nonsense


ON_LOAD = [CurrentUserState.arrive_signed_in, AuditState.load]


def _problem_at(field: str) -> Any:
    return rx.cond(AuditState.field_problems.contains(field), AuditState.field_problems[field], "")


def _choice(one: Any) -> rx.Component:
    return rx.el.option(one.text, value=one.value)


def _filters() -> rx.Component:
    def pick(name: str, label: str, nothing: str, choices: Any) -> rx.Component:
        control = rx.el.select(
            rx.el.option(attr(nothing), value=""),
            each(choices, _choice),
            id=name,
            name=name,
            class_name="input",
        )
        return rx.el.div(rx.el.label(t(label), html_for=name, class_name="label"), control)

    def on_day(name: str, label: str) -> rx.Component:
        return text_field(name, t(label), kind="date", error=_problem_at(name))

    return rx.el.form(
        pick("admin", "audit.who", "audit.anybody", AuditState.people),
        pick("action", "audit.what", "audit.anything", AuditState.acts),
        on_day("since", "audit.from"),
        on_day("until", "audit.to"),
        button(t("audit.find"), type="submit", icon_name="search", class_name="self-end"),
        on_submit=AuditState.search,
        no_validate=True,
        class_name="grid sm:grid-cols-2 xl:grid-cols-5 gap-3 mb-4",
    )


def _table() -> rx.Component:
    def cells(row: Any) -> list[Any]:
        only = rx.el.button(
            t("audit.all_about"),
            about(row.what),
            type="button",
            class_name="link t-sm min-h-[44px]",
            on_click=AuditState.about(row.about),
        )
        return [
            words(row.when),
            row.who,
            rx.fragment(words(row.what), rx.cond(row.about != "", rx.el.div(only), rx.fragment())),
            rx.el.span(row.details, class_name="t-sm break-words"),
            rx.el.span(row.address, class_name="t-sm num break-all"),
        ]

    heads = [t(f"audit.col.{name}") for name in ("when", "who", "what", "details", "from")]
    return data_table(t("audit.title"), heads, AuditState.rows, cells)


def page() -> rx.Component:
    """The page."""
    one_thing = note(
        t("audit.about", what=AuditState.subject_said),
        "plain",
        more=rx.el.button(t("audit.all"), type="button", class_name="link min-h-[44px]", on_click=AuditState.about("")),
    )
    nothing = empty_state(t("audit.none"), t("audit.none_more"), icon_name="search")
    found = rx.fragment(_table(), more_button(AuditState.there_is_more, AuditState.busy, AuditState.more))
    general = (AuditState.problem != "") & (AuditState.field_problems.length() == 0)
    content = rx.el.div(
        rx.el.h1(t("audit.title"), class_name="t-h1"),
        rx.el.p(t("audit.lead"), class_name="soft mb-4"),
        _filters(),
        rx.cond(AuditState.subject != "", one_thing, rx.fragment()),
        rx.cond(general, note(words(AuditState.problem), "err", role="alert"), rx.fragment()),
        rx.cond(
            AuditState.loaded, rx.cond(AuditState.rows.length() > 0, found, nothing), loading(skeleton("h-64 w-full"))
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(content, refused=AuditState.refused, active="audit")
