"""Everything that is kept about oneself, to read here or to take along with one's photos (LAW-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import password_field
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import say
from cleanit_app.i18n.data_words import DataSection, data_sections
from cleanit_app.pages.citizen.pieces import heading, own_frame
from cleanit_app.reads.people.data_export import my_data
from cleanit_app.services.people.data_export import take_my_data
from cleanit_app.state.base import NOTHING
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.password_again import PasswordState

ROUTE, TITLE = routes.MY_DATA, "data.title"
MOST = 20
"""So many of each kind are shown; a long life with Cleanit must not choke a cheap phone."""


@dataclass(frozen=True)
class DataLine:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True)
class DataCard:
    """One thing."""

    id: str
    lines: list[DataLine]


@dataclass(frozen=True)
class SectionView:
    """A kind of data with the newest of it."""

    id: str
    title: str
    more: str
    cards: list[DataCard]


class MyDataState(PasswordState, rx.State):
    """What is kept about me, once the password was typed. It is read anew each time and kept nowhere."""

    sections: list[SectionView] = []
    busy: bool = False

    @rx.event
    async def load(self) -> None:
        """Show nothing yet."""
        self.reset()
        self.loaded = True

    @rx.event
    async def show(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Show it, after the password; it is noted and told, as taking a file is."""
        if self.busy:
            return
        self._clear_problems()
        self.busy = True
        yield
        if await self._knows_password(form):
            await self._do(take_my_data)
        if self.problem == NOTHING:
            await self._read()
        self.busy = False

    async def _read(self) -> None:
        try:
            data = await self._ask(my_data)
        except DomainError as refusal:
            self._show(refusal)
            return
        self.sections = [_view(one) for one in data_sections(data, most=MOST)]


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, MyDataState.load]


def _view(one: DataSection) -> SectionView:
    cards = [
        DataCard(f"{one.name}-{n}", [DataLine(label, value) for label, value in entry.lines])
        for n, entry in enumerate(one.entries)
    ]
    more = say("data.newest", most=len(cards), total=one.count) if one.count > len(cards) else ""
    return SectionView(one.name, one.title, more, cards)


def _card(card: rx.Var[DataCard]) -> rx.Component:
    def line(one: Any) -> rx.Component:
        value = rx.el.dd(one.value, class_name="[overflow-wrap:anywhere] whitespace-pre-line")
        return rx.el.div(rx.el.dt(one.label, class_name="t-sm mute"), value, class_name="py-1")

    return rx.el.dl(each(card.lines, line), class_name="card pad")


def _section(one: rx.Var[SectionView]) -> rx.Component:
    more = rx.cond(one.more != "", rx.el.p(one.more, class_name="t-sm mute"), rx.fragment())
    return rx.el.section(
        rx.el.h2(one.title, class_name="t-h3"),
        more,
        each(one.cards, _card),
        class_name="flex flex-col gap-3",
    )


def _files() -> rx.Component:
    def file(label: str, href: str) -> rx.Component:
        return link_button(t(label), href, kind="line", icon_name="download", block=True, download=True)

    return rx.el.div(
        file("data.take_zip", routes.DATA_ARCHIVE),
        file("data.take_json", routes.DATA_EXPORT),
        class_name="flex flex-col gap-3",
    )


def _form() -> rx.Component:
    state = MyDataState
    problems = state.field_problems
    wrong = rx.cond(problems.contains("currentPassword"), problems["currentPassword"], "")
    general = (state.problem != "") & (problems.length() == 0)
    return rx.el.form(
        rx.cond(general, note(words(state.problem), "err", role="alert"), rx.fragment()),
        password_field("currentPassword", t("account.present"), hint=t("data.ask"), error=wrong),
        button(t("data.show"), type="submit", size="l", block=True, busy=state.busy, busy_label=t("state.loading")),
        on_submit=state.show,
        no_validate=True,
        class_name="card pad flex flex-col gap-3",
    )


def page() -> rx.Component:
    """The page."""
    shown = rx.el.div(_files(), each(MyDataState.sections, _section), class_name="flex flex-col gap-6")
    body = rx.cond(
        MyDataState.loaded, rx.cond(MyDataState.sections.length() > 0, shown, _form()), loading(skeleton("h-40"))
    )
    content = rx.el.div(
        heading("data.title"),
        rx.el.p(t("data.lead"), class_name="soft mb-4"),
        body,
        class_name="narrow max-w-[720px] py-4",
    )
    return own_frame(content, title=t("data.title"), back=routes.ACCOUNT)
