"""What the page of one person knows and does (OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import reflex as rx

from cleanit_app.domain.actors import Permission
from cleanit_app.domain.errors import DomainError, NotAllowed
from cleanit_app.i18n import say
from cleanit_app.pages.admin.people.person.view import PersonLineView, PersonView, line_view, person_view
from cleanit_app.reads.people.person import PersonPart, person_detail, person_lines
from cleanit_app.services.auth.second_factor import remove_factor
from cleanit_app.services.fraud.cases import report_person
from cleanit_app.services.people.account_flags import note_about_person, put_flag_away
from cleanit_app.services.people.suspension import reinstate_person, sign_out_person, suspend_person
from cleanit_app.state.admin_desk import RecordState, as_id
from cleanit_app.state.current_user import CurrentUserState

PARTS = tuple(part.value for part in PersonPart)
SHOWN = 20
ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "pause": (suspend_person, "people.paused_done"),
    "let_back": (reinstate_person, "people.let_back_done"),
    "sign_out": (sign_out_person, "person.signed_out_done"),
    "flag": (put_flag_away, "person.flag_done"),
}
"""What is done with a reason: the service, and the line that says it is done."""


class PersonState(RecordState, rx.State):
    """One person; `part` is the list that is open, `closed_part` that it is for seniors alone."""

    view: PersonView = PersonView()
    part: str = PersonPart.CONTRIBUTIONS.value
    lines: list[PersonLineView] = []
    cursor: str = ""
    closed_part: bool = False
    may_pause: bool = False
    may_flag: bool = False
    may_reset: bool = False
    may_report: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the person of this address; hear of changes."""
        self.reset()
        self._hear_everything(PersonState.refresh)
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    @rx.event
    async def open_part(self, part: str) -> None:
        """Show another list of this person."""
        if part in PARTS:
            self.part = part
            await self._list("")

    @rx.event
    async def more(self) -> None:
        """The next lines of the open list."""
        if self.cursor:
            await self._list(self.cursor)

    @rx.event
    async def act(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Pause, let back, sign out or put a flag away, with a reason."""
        service, said = ACTS.get(str(form.get("act")), (None, ""))
        if service is not None:
            async for _ in self._decide(str(form.get("act")), service, said, reason=str(form.get("reason") or "")):
                yield

    @rx.event
    async def add_note(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Write something down for colleagues."""
        async for _ in self._decide("note", note_about_person, "person.noted", note=str(form.get("note") or "")):
            yield

    @rx.event
    async def report(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Open a case about this person with what was seen."""
        seen = str(form.get("note") or "")
        async for _ in self._decide("report", report_person, "fraud.report_done", note=seen):
            yield

    @rx.event
    async def reset_factor(self) -> AsyncIterator[None]:
        """Take away the second factor of a colleague who lost it."""
        async for _ in self._decide("factor", remove_factor, "person.factor_gone"):
            yield

    async def _decide(self, act: str, service: Callable[..., Any], said: str, **arguments: Any) -> AsyncIterator[None]:
        line, person = say(said, name=self.view.name), as_id(self.view.id)
        async for _ in self._act(act, service, line, user_id=person, **arguments):
            yield

    async def _read(self) -> None:
        one = await self._read_one(person_detail, user_id=as_id(self.person_id))
        if one is None:
            return
        actor = await self._actor()
        self.view = person_view(one, self._parts().clock.now())
        senior = actor.may(Permission.MANAGE_ADMINS)
        others = not one.own and not self.view.deleted
        self.may_pause = others and actor.may(Permission.MANAGE_PEOPLE) and (senior or not self.view.admin)
        self.may_flag = others and actor.may(Permission.MANAGE_KYC) and self.view.flagged != ""
        self.may_report = others and actor.may(Permission.LOOK_INTO_FRAUD)
        self.may_reset = others and senior and one.has_factor
        await self._list("")

    async def _list(self, cursor: str) -> None:
        part = PersonPart(self.part)
        try:
            page = await self._ask(
                person_lines, user_id=as_id(self.person_id), part=part, cursor=cursor or None, limit=SHOWN
            )
        except NotAllowed:
            self.lines, self.cursor, self.closed_part = [], "", True
            return
        except DomainError as refusal:
            self._show(refusal)
            return
        now = self._parts().clock.now()
        fresh = page.each(lambda one: line_view(part, one, now))
        self.lines = [*self.lines, *fresh] if cursor else fresh
        self.cursor, self.closed_part = page.next_cursor or "", False
