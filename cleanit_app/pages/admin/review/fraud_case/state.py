"""What the page of one case knows and does: explain, note, hand over, hold the pay, decide (OPS-04)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.statuses import ADMIN_MAY_CANCEL
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, day_time, rupees
from cleanit_app.pages.admin.review.fraud_words import found_words, innocent_words
from cleanit_app.reads.review.fraud import CaseMoment, FindingItem, FraudCaseDetail, fraud_case
from cleanit_app.services.fraud import cases
from cleanit_app.services.people.suspension import suspend_person
from cleanit_app.state.admin_desk import RecordState, as_id
from cleanit_app.state.current_user import CurrentUserState


@dataclass(frozen=True)
class FindingView:
    """One finding with its photos; addresses are empty without them."""

    id: str
    found: str
    innocent: str
    when: str
    title: str
    href: str
    check: str
    photo: str
    photo_alt: str
    other: str
    other_alt: str
    other_href: str


@dataclass(frozen=True)
class CaseLine:
    """A line of the timeline, a person or a linked case: two texts and where it leads."""

    id: str
    what: str
    more: str
    href: str = ""


@dataclass(frozen=True)
class FraudCaseView:
    """The head of a case."""

    id: str = ""
    kind: str = ""
    status: str = ""
    closed: bool = False
    name: str = ""
    person_href: str = ""
    line: str = ""
    notes: str = ""
    pay: str = ""
    held: bool = False
    campaign: str = ""
    campaign_id: str = ""
    campaign_href: str = ""
    campaign_state: str = ""


ACTS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "hand_over": (cases.hand_over, {}),
    "hold": (cases.hold_pay, {}),
    "confirm": (cases.close_case, {"confirmed": True}),
    "dismiss": (cases.close_case, {"confirmed": False}),
}


class FraudCaseState(RecordState, rx.State):
    """One case; `may_…` tidy the buttons, the services decide."""

    view: FraudCaseView = FraudCaseView()
    findings: list[FindingView] = []
    people: list[CaseLine] = []
    timeline: list[CaseLine] = []
    linked: list[CaseLine] = []
    may_hand_over: bool = False
    may_decide: bool = False
    may_hold: bool = False
    may_pause: bool = False
    may_end: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the case of this address; hear of changes."""
        self.reset()
        self._hear_everything(FraudCaseState.refresh)
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    @rx.event
    async def act(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Hand over, hold the pay or decide, with a reason."""
        name = str(form.get("act"))
        if name in ACTS:
            service, more = ACTS[name]
            reason = str(form.get("reason") or "")
            said = _done(name)
            async for _ in self._act(name, service, said, case_id=as_id(self.view.id), reason=reason, **more):
                yield

    @rx.event
    async def pause(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Pause the account of the person, with a reason that person reads."""
        person, reason = as_id(self.view.person_href.rpartition("/")[2]), str(form.get("reason") or "")
        said = say("people.paused_done", name=self.view.name)
        async for _ in self._act("pause", suspend_person, said, user_id=person, reason=reason):
            yield

    @rx.event
    async def add_note(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Write something down in the case."""
        typed = str(form.get("note") or "")
        async for _ in self._act(
            "note", cases.note_in_case, say("fraud.noted"), case_id=as_id(self.view.id), note=typed
        ):
            yield

    async def _read(self) -> None:
        one = await self._read_one(fraud_case, case_id=as_id(self.case_id))
        if one is not None:
            self._take(one, await self._actor(), self._parts().clock.now())

    def _take(self, one: FraudCaseDetail, actor: Actor, now: datetime) -> None:
        self.view = case_view(one, now)
        self.findings = [_finding(found, now) for found in one.findings]
        self.people = [
            CaseLine(str(p.id), p.name, say(f"people.role.{p.role.value}"), routes.person(p.id)) for p in one.people
        ]
        self.timeline = [_moment(n, line, now) for n, line in enumerate(one.timeline)]
        self.linked = [
            CaseLine(
                str(case.id),
                say(f"fraud.kind.{case.kind.value}"),
                f"{case.person_name}, {ago(case.opened_at, now)}",
                routes.fraud_case(case.id),
            )
            for case in one.linked
        ]
        free, head = not self.view.closed, one.head
        self.may_hand_over = free and head.status.value == "OPEN"
        self.may_decide = free and actor.may(Permission.MANAGE_KYC)
        self.may_hold = self.may_decide and not head.holds_pay
        first = one.people[0] if one.people else None
        self.may_pause = first is not None and first.status.value == "ACTIVE" and (
            actor.may(Permission.MANAGE_PEOPLE) and first.role.value != "ADMIN"
        )  # fmt: skip
        self.may_end = free and actor.may(Permission.MOVE_CAMPAIGN_MONEY) and one.campaign_status in ADMIN_MAY_CANCEL


def _done(name: str) -> str:
    return say("fraud.done", what=say(f"fraud.{name}"))


def case_view(one: FraudCaseDetail, now: datetime) -> FraudCaseView:
    """The head in words."""
    head = one.head
    since, by = ago(head.opened_at, now), head.opened_by_name
    return FraudCaseView(
        id=str(head.id),
        kind=say(f"fraud.kind.{head.kind.value}"),
        status=say(f"fraud.status.{head.status.value}"),
        closed=head.closed_at is not None,
        name=head.person_name,
        person_href=routes.person(head.person_id),
        line=say("fraud.reported_by", name=by, ago=since) if by else say("fraud.line", n=head.findings, ago=since),
        notes=head.notes,
        pay=say("fraud.pay_of_it", pending=rupees(one.pending_paise), held=rupees(one.held_paise)),
        held=head.holds_pay,
        campaign=one.campaign_title or "",
        campaign_id=str(one.campaign_id or ""),
        campaign_href=routes.campaign(one.campaign_id) if one.campaign_id else "",
        campaign_state=one.campaign_status.value if one.campaign_status else "",
    )


def _finding(one: FindingItem, now: datetime) -> FindingView:
    return FindingView(
        id=str(one.id),
        found=found_words(one.rule, one.facts, now),
        innocent=say("fraud.innocent", reason=innocent_words(one.rule)),
        when=day_time(one.found_at, now),
        title=one.title or "",
        href=routes.campaign(one.campaign_id) if one.campaign_id else "",
        check=routes.checking(one.job_id) if one.job_id and one.photo else "",
        photo=routes.photo(one.photo.base_key) if one.photo else "",
        photo_alt=say("fraud.this_photo"),
        other=routes.photo(one.other_photo.base_key) if one.other_photo else "",
        other_alt=say("fraud.other_photo"),
        other_href=routes.campaign(one.other_campaign_id) if one.other_campaign_id else "",
    )


def _moment(number: int, one: CaseMoment, now: datetime) -> CaseLine:
    what = say(f"fraud.status.{one.status.value}") if one.status else say("fraud.note_line")
    who = one.by_name or say("fraud.the_house")
    return CaseLine(str(number), f"{what}: {one.text}" if one.text else what, f"{day_time(one.at, now)}, {who}")
