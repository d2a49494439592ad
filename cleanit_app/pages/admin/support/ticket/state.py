"""What the page of one question knows and does (OPS-02)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.support import number_of
from cleanit_app.i18n import say
from cleanit_app.i18n.canned_answers import ReadyAnswer, answers_for
from cleanit_app.i18n.formats import day, rupees
from cleanit_app.reads.support.desk import DeskThread, Person, desk_thread
from cleanit_app.reads.support.threads import Side
from cleanit_app.services.support.desk import close_ticket, hand_over, reopen_ticket
from cleanit_app.state.admin_desk import AdminDeskState, as_id
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.threads import MessageView, TicketView, due_line, is_late, message_view, ticket_view


@dataclass(frozen=True)
class FactBeside:
    """One line beside a question; `href` leads to it where there is a page."""

    id: str
    title: str
    value: str
    href: str


@dataclass(frozen=True)
class ColleagueView:
    """An admin in the list to hand over to."""

    id: str
    name: str


class TicketState(AdminDeskState, rx.State):
    """One question with its person."""

    gone: bool = False
    topic: str = NOTHING
    number: str = ""
    status: str = ""
    due: str = NOTHING
    late: bool = False
    admin: str = NOTHING
    mine: bool = False
    own: bool = False
    asked_at: str = ""
    about: str = ""
    about_href: str = ""
    door: str = ""
    rows: list[MessageView] = []
    ready: list[dict[str, str]] = []
    article_href: str = ""
    colleagues: list[ColleagueView] = []
    person: str = ""
    contact: str = ""
    since: str = NOTHING
    suspended: str = ""
    sums: list[FactBeside] = []
    money: list[FactBeside] = []
    jobs: list[FactBeside] = []
    earlier: list[TicketView] = []
    busy: bool = False
    _shown: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the question; hear of changes."""
        wanted = str(self.ticket_id)
        if self._shown != wanted:
            self.loaded, self.gone, self.rows = False, False, []
        self._shown, self.busy = wanted, False
        self._clear_problems()
        self._hear_everything(TicketState.refresh)
        await self._look()
        self.loaded = True

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house; what is being typed stays."""
        if self.loaded and self._shown == str(self.ticket_id):
            await self._look()
        return CurrentUserState.hear

    @rx.event
    async def sent(self, _ticket_id: str) -> None:
        """The answer or note has arrived."""
        await self._look()

    @rx.event
    async def take(self) -> AsyncIterator[None]:
        """Take the question oneself."""
        who = await self.get_state(CurrentUserState)
        async for _ in self._do_and_look(hand_over, to_id=as_id(who.user_id)):
            yield

    @rx.event
    async def give(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Hand the question over."""
        if not form.get("admin"):
            self.problem = say("care.choose_admin_first")
            return
        async for _ in self._do_and_look(hand_over, to_id=as_id(form.get("admin"))):
            yield

    @rx.event
    async def close(self) -> AsyncIterator[None]:
        """Hold the question for settled."""
        async for _ in self._do_and_look(close_ticket):
            yield

    @rx.event
    async def reopen(self) -> AsyncIterator[None]:
        """Take the question up again."""
        async for _ in self._do_and_look(reopen_ticket):
            yield

    async def _do_and_look(self, service: Callable[..., Any], **arguments: Any) -> AsyncIterator[None]:
        if self.busy:
            return
        self.busy = True
        yield
        await self._do(service, ticket_id=as_id(self._shown), **arguments)
        self.busy = False
        await self._look()

    async def _look(self) -> None:
        try:
            found: DeskThread | None = await self._ask_here(desk_thread, ticket_id=as_id(self._shown))
        except NotFound:
            self.gone = True
            return
        if found is not None:
            self._take(found, self._parts().clock.now())

    def _take(self, found: DeskThread, now: datetime) -> None:
        one = found.thread.ticket
        self.gone, self.status = False, one.status.value
        self.topic, self.due, self.late = say(f"support.topic.{one.topic.value}"), due_line(one, now), is_late(one, now)
        named = say("care.has_it", name=found.admin) if found.admin else say("care.nobodys")
        self.admin = say("care.mine") if found.mine else named
        self.mine, self.own, self.asked_at = found.mine, found.own, one.page
        self.about, self.number = one.campaign_title, number_of(one.id)
        self.about_href = routes.campaign(one.campaign_id) if one.campaign_id else ""
        self.door = routes.admin_ticket_door(one.id)
        self.rows = [message_view(message, now, mine=Side.DESK) for message in found.thread.messages]
        self.ready = [{"name": one.name, "text": one.text} for one in self._ready(found)]
        self.article_href = routes.admin_article(one.id)
        self.colleagues = [ColleagueView(str(c.id), c.name) for c in found.colleagues]
        self._take_person(found.person, now)

    def _ready(self, found: DeskThread) -> list[ReadyAnswer]:
        article, base = found.article, self._parts().settings.public_url
        words, address = (article.words, base + routes.help_article(article.id)) if article else (None, "")
        return answers_for(found.canned, words, address, found.language)

    def _take_person(self, person: Person | None, now: datetime) -> None:
        self.person, self.contact, self.since, self.suspended = "", "", NOTHING, ""
        self.sums, self.money, self.jobs, self.earlier = [], [], [], []
        if person is None:
            return
        self.person, self.contact, self.suspended = person.name, person.contact, person.suspension_reason
        self.since = say("care.since", role=say(f"care.role.{person.role.value}"), day=day(person.since, now))
        sums = ("given", person.given_paise), ("refunded", person.refunded_paise), ("earned", person.earned_paise)
        self.sums = [FactBeside(name, say(f"care.sum.{name}"), rupees(paise), "") for name, paise in sums]
        self.money = [
            FactBeside(
                str(g.contribution_id),
                g.title,
                say("care.gave_back", amount=rupees(g.amount_paise), back=rupees(g.refunded_paise))
                if g.refunded_paise
                else rupees(g.amount_paise),
                routes.campaign(g.campaign_id),
            )
            for g in person.contributions
        ]
        self.jobs = [
            FactBeside(
                str(j.job_id),
                j.title,
                say("care.job", status=say(f"care.job.{j.status.value}"), amount=rupees(j.amount_paise)),
                routes.campaign(j.campaign_id),
            )
            for j in person.jobs
        ]
        self.earlier = [ticket_view(q, now, href=routes.admin_ticket(q.id)) for q in person.earlier]
