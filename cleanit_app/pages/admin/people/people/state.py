"""What the page of people knows and does: cleaners who wait, and the search (LAW-08, OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.actors import Actor, Permission, Role
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.identity import RefusalGround
from cleanit_app.domain.statuses import UserStatus
from cleanit_app.domain.transliteration import romanise
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, day, initials
from cleanit_app.reads.people.name_changes import WaitingName, names_waiting
from cleanit_app.reads.people.people import (
    HandedIn,
    PeopleGroup,
    PersonFound,
    WaitingCleaner,
    cleaners_waiting,
    find_people,
)
from cleanit_app.services.input_validation import moment
from cleanit_app.services.people.kyc import activate_cleaner, confirm_payout_details, reject_cleaner
from cleanit_app.services.people.name_changes import accept_name, refuse_name
from cleanit_app.services.people.suspension import reinstate_person, suspend_person
from cleanit_app.state.admin_desk import AdminDeskState, as_id
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

WAITING_SHOWN, REASON_LENGTH = 50, 300


@dataclass(frozen=True)
class CleanerView:
    """A cleaner who waits for somebody."""

    id: str
    name: str
    initials: str
    contact: str
    since: str
    kyc: str
    waits_kyc: bool
    waits_account: bool
    account: str
    holder: str
    changed: str
    changed_at: str = ""  # names the details that are shown
    bank_said: str = ""
    bank_name: str = ""
    score: str = ""
    name_read: str = ""  # as it was compared, in Latin letters
    bank_read: str = ""
    document_read: str = ""
    document: str = ""  # its id; empty when none waits
    document_kind: str = NOTHING
    document_mask: str = ""
    document_said: str = ""
    document_name: str = ""
    elsewhere: bool = False


@dataclass(frozen=True)
class PersonRow:
    """Somebody found."""

    id: str
    href: str
    name: str
    contact: str
    role: str
    suspended: bool
    flagged: str
    kyc: str
    since: str
    why: str = ""  # of the pause
    may_pause: bool = False


@dataclass(frozen=True)
class NameView:
    """A cleaner's new name that waits, beside what bank and issuer know."""

    id: str
    href: str
    old: str
    new: str
    since: str
    bank: str
    issuer: str
    fits: bool
    document: str = ""
    document_mask: str = ""
    fresh: bool = False
    elsewhere: bool = False
    own: bool = False


class PeopleState(AdminDeskState, rx.State):
    """Cleaners and names that wait, and the search."""

    names: list[NameView] = []
    refusing: str = ""
    refusing_name: str = ""
    cleaners: list[CleanerView] = []
    more_waiting: bool = False
    found: list[PersonRow] = []
    searched: str = ""
    group: str = PeopleGroup.ALL.value
    cursor: str = ""
    lets_in: bool = False
    searches: bool = False
    busy: str = ""
    looking: str = ""
    rejecting: str = ""
    rejecting_name: str = ""
    chosen: str = ""
    chosen_name: str = ""
    turn: int = 0

    @rx.event
    async def load(self) -> None:
        """Read who waits; hear of changes."""
        self._hear_everything(PeopleState.refresh)
        self.busy = ""
        self._clear_problems()
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    async def _read(self) -> None:
        actor = await self._actor()
        self.lets_in, self.searches = actor.may(Permission.MANAGE_KYC), actor.may(Permission.MANAGE_PEOPLE)
        self.refused = not (self.lets_in or self.searches)
        if not self.refused and not self.loaded:
            await self._find("")
        self.cleaners, self.names = (self.cleaners, self.names) if self.lets_in else ([], [])
        if self.lets_in:
            await self._read_waiting()
        self.loaded = True

    async def _read_waiting(self) -> None:
        now = self._parts().clock.now()
        page = await self._ask_here(cleaners_waiting, limit=WAITING_SHOWN)
        if page is not None:
            self.cleaners = page.each(lambda one: cleaner_view(one, now))
            self.more_waiting = page.next_cursor is not None
        names = await self._ask_here(names_waiting, limit=WAITING_SHOWN)
        if names is not None:
            self.names = names.each(lambda one: name_view(one, now))

    @rx.event
    async def search(self, form: dict[str, Any]) -> None:
        """Find people by words of a name, an email address or a phone number; all again when nothing is typed."""
        self.searched = " ".join(str(form.get("q") or "").split())[:100]
        await self._find("")

    @rx.event
    async def show_group(self, group: str) -> None:
        """Show flagged or paused accounts, cleaners, admins, or all of what was searched for."""
        if group in list(PeopleGroup):
            self.group = group
            await self._find("")

    @rx.event
    async def more(self) -> None:
        """The next people found."""
        if self.cursor:
            await self._find(self.cursor)

    async def _find(self, cursor: str) -> None:
        wanted = PeopleGroup(self.group)
        page = await self._ask_here(find_people, q=self.searched, group=wanted, cursor=cursor or None)
        if page is not None:
            now = self._parts().clock.now()
            actor = await self._actor()
            fresh = page.each(lambda one: _person(one, now, actor))
            self.found = [*self.found, *fresh] if cursor else fresh
            self.cursor = page.next_cursor or ""

    @rx.event
    async def let_in(self, cleaner_id: str) -> AsyncIterator[None]:
        """Let a cleaner take jobs."""
        async for _ in self._act(activate_cleaner, cleaner_id, "people.let_in_done"):
            yield

    @rx.event
    async def confirm(self, cleaner_id: str, seen: str) -> AsyncIterator[None]:
        """Confirm that the account on the screen, given at the moment `seen`, belongs to the cleaner."""
        shown = {"seen": moment(seen)}
        async for _ in self._act(confirm_payout_details, cleaner_id, "people.confirmed_done", **shown):
            yield

    async def _act(self, service: Callable[..., Any], cleaner_id: str, said: str, **more: Any) -> AsyncIterator[None]:
        known = self._known(cleaner_id)
        if known is None or self.busy:
            return
        self.busy = f"{service.__name__}:{known.id}"
        yield
        if await self._do(service, cleaner_id=as_id(known.id), **more):
            await self._toast(say(said, name=known.name))
        self.busy = ""
        await self._read()

    @rx.event
    async def look(self, shown_id: str) -> None:
        """Show the picture of an ID, or put it away; the picture's own door asks and writes the look down."""
        known = self._known(shown_id) or self._name(shown_id)
        self.looking = known.document if known and self.looking != known.document else ""

    @rx.event
    async def accept_name(self, change_id: str) -> AsyncIterator[None]:
        """Let a cleaner's new name count."""
        known = self._name(change_id)
        if known is None or self.busy:
            return
        self.busy = f"name:{known.id}"
        yield
        if await self._do(accept_name, change_id=as_id(known.id)):
            await self._toast(say("people.name_done", name=known.new))
        self.busy = ""
        await self._read()

    @rx.event
    async def pick_name(self, change_id: str) -> None:
        """Open the dialog for leaving a name as it is."""
        known = self._name(change_id)
        if known:
            self.refusing, self.refusing_name = known.id, known.new
            self._clear_problems()

    @rx.event
    async def refuse_name(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Leave a name as it is, with a reason that the cleaner reads."""
        if self.busy or not self.refusing:
            return
        self.busy = "refuse_name"
        yield
        if await self._do(refuse_name, change_id=as_id(self.refusing), reason=str(form.get("reason") or "")):
            await self._toast(say("people.name_refused_done", name=self.refusing_name))
            self.refusing = ""
            self.turn += 1
        self.busy = ""
        await self._read()

    def _name(self, change_id: str) -> NameView | None:
        return next((one for one in self.names if one.id == change_id), None)

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
        reason = str(form.get("reason") or "").strip()
        ground = next((g for g in RefusalGround if g.value == form.get("ground")), None)
        if self.busy or not self.rejecting:
            return
        if not reason and ground in (None, RefusalGround.OTHER):
            self.field_problems = {"reason": say("people.reason_missing")}
            return
        self.busy = "reject"
        yield
        if await self._do(reject_cleaner, cleaner_id=as_id(self.rejecting), reason=reason, ground=ground):
            await self._toast(say("people.rejected_done", name=self.rejecting_name))
            self.rejecting = ""
        self.turn += 1
        self.busy = ""
        await self._read()

    @rx.event
    async def choose(self, person_id: str) -> None:
        """Open the dialog for pausing somebody found, or for letting that person back."""
        known = next((one for one in self.found if one.id == person_id), None)
        if known:
            self.chosen, self.chosen_name = known.id, known.name
            self._clear_problems()

    @rx.event
    async def pause(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Pause an account, with a reason its owner reads."""
        async for _ in self._decide(suspend_person, form, "people.paused_done"):
            yield

    @rx.event
    async def let_back(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Let a paused person back, with a reason for the record."""
        async for _ in self._decide(reinstate_person, form, "people.let_back_done"):
            yield

    async def _decide(self, service: Callable[..., Any], form: dict[str, Any], said: str) -> AsyncIterator[None]:
        if self.busy or not self.chosen:
            return
        self.busy = service.__name__
        yield
        reason = str(form.get("reason") or "")
        if await self._do(service, user_id=as_id(self.chosen), reason=reason):
            await self._toast(say(said, name=self.chosen_name))
            self.chosen = ""
            self.turn += 1
            await self._find("")
        self.busy = ""

    def _known(self, cleaner_id: str) -> CleanerView | None:
        return next((one for one in self.cleaners if one.id == cleaner_id), None)


def _contact(email: str | None, phone: str | None) -> str:
    return ", ".join(part for part in (phone, email) if part)


def cleaner_view(one: WaitingCleaner, now: datetime) -> CleanerView:
    """Somebody who waits, with the names as they were compared."""
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
        changed_at=one.payout_changed_at.isoformat() if one.payout_changed_at else "",
        bank_said=one.bank_said.value if one.bank_said else "",
        bank_name=one.registered_name or "",
        score=f"{one.name_score}" if one.name_score is not None else "",
        name_read=romanise(one.name),
        bank_read=romanise(one.registered_name or ""),
        **_document(one.document),
    )


def name_view(one: WaitingName, now: datetime) -> NameView:
    """A name that waits, and how far what others know agrees with it."""
    papers = one.document
    known = [score for score in (one.bank_score, papers.score if papers else None) if score is not None]
    return NameView(
        id=str(one.id),
        href=routes.person(one.person_id),
        old=one.old_name,
        new=one.new_name,
        since=ago(one.asked_at, now),
        bank=_knows(one.bank_name, one.bank_score),
        issuer=_knows(papers.registered_name, papers.score) if papers else say("people.name_unsaid"),
        fits=bool(known) and min(known) >= LIMITS.name_match_least,
        document=str(papers.id) if papers else "",
        document_mask=f"{say(f'identity.kind.{papers.kind.value}')} {papers.mask}" if papers else "",
        fresh=one.fresh,
        elsewhere=bool(papers and papers.elsewhere),
        own=one.own,
    )


def _knows(name: str | None, score: int | None) -> str:
    return say("people.name_known", name=name, score=score) if name else say("people.name_unsaid")


def _document(one: HandedIn | None) -> dict[str, Any]:
    if one is None:
        return {}
    return {
        "document": str(one.id),
        "document_kind": say(f"identity.kind.{one.kind.value}"),
        "document_mask": one.mask,
        "document_said": one.status.value,
        "document_name": one.registered_name or "",
        "document_read": romanise(one.registered_name or ""),
        "elsewhere": one.elsewhere,
    }


def _person(one: PersonFound, now: datetime, actor: Actor) -> PersonRow:
    return PersonRow(
        id=str(one.id),
        href=routes.person(one.id),
        name=one.name,
        contact=_contact(one.email, one.phone),
        role=one.role.value,
        flagged=say("people.flagged", n=one.rejected_count) if one.flagged_at else "",
        suspended=one.status.value == "SUSPENDED",
        kyc=one.kyc.value if one.kyc else "",
        since=day(one.created_at, now),
        why=one.suspension_reason or "",
        may_pause=one.id != actor.id
        and one.status is not UserStatus.DELETED
        and (one.role is not Role.ADMIN or actor.may(Permission.MANAGE_ADMINS)),
    )
