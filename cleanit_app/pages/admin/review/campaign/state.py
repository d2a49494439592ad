"""What an admin's page of one campaign knows and does (CAM-06, CAM-09, JOB-08)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.reading.numbers import rupees as rupees_typed
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.domain.statuses import JobStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.acts import act_details, act_words
from cleanit_app.i18n.catalogue import KEYS
from cleanit_app.i18n.formats import ago, day, day_time, rupees
from cleanit_app.i18n.moves import why_moved
from cleanit_app.reads.campaigns.campaign_desk import (
    CampaignDesk,
    DeskContribution,
    HistoryLine,
    Neighbour,
    campaign_desk,
)
from cleanit_app.services.campaigns.campaigns import approve_campaign, decline_campaign
from cleanit_app.services.campaigns.spam_marks import note_about_campaign, put_spam_mark_away
from cleanit_app.services.jobs.stuck_jobs import mark_problematic, relist_job
from cleanit_app.state.admin_desk import RecordState, as_id
from cleanit_app.state.cards import shown_status
from cleanit_app.state.current_user import CurrentUserState


@dataclass(frozen=True)
class DeskHead:
    """A campaign's head; texts that are empty are not shown."""

    id: str = ""
    title: str = ""
    story: str = ""
    address: str = ""
    href: str = ""
    state: str = ""
    creator: str = ""
    creator_href: str = ""
    started: str = ""
    raised: str = ""
    held: str = ""
    owed: str = ""
    paid_out: str = ""
    refunded: str = ""
    refunding: str = ""
    fee: str = ""
    spam: bool = False
    problem: str = ""
    stuck: str = ""
    pay: str = ""
    job_id: str = ""
    check_href: str = ""
    draft: bool = False
    corrections: int = 0
    own: bool = False
    before: str = ""
    after: str = ""
    marketing: str = ""


@dataclass(frozen=True)
class NearCampaignView:
    """Another campaign at the place."""

    id: str
    title: str
    href: str
    line: str
    state: str
    photo: str
    alt: str


@dataclass(frozen=True)
class DeskLine:
    """A line of the history, or a contribution."""

    id: str
    when: str
    what: str
    who: str
    who_href: str
    more: str
    amount: str = ""


_WORDS = ("title", "description", "address")


class CampaignDeskState(RecordState, rx.State):
    """One campaign at the desk."""

    view: DeskHead = DeskHead()
    neighbours: list[NearCampaignView] = []
    history: list[DeskLine] = []
    contributions: list[DeskLine] = []
    points: list[dict[str, Any]] = []

    @rx.event
    async def load(self) -> None:
        """Read the campaign of this address; hear of changes."""
        self.reset()
        self._hear_everything(CampaignDeskState.refresh)
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    @rx.event
    async def approve(self) -> AsyncIterator[None]:
        """Let it collect money."""
        said, seen = say("drafts.approved", title=self.view.title), self.view.corrections
        async for _ in self._decide("approve", approve_campaign, said, seen=seen):
            yield

    @rx.event
    async def decline(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Turn it away with a reason its creator reads."""
        said, why = say("drafts.declined", title=self.view.title), str(form.get("reason") or "")
        async for _ in self._decide("decline", decline_campaign, said, reason=why):
            yield

    @rx.event
    async def put_away(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Put the mark of possible spam away."""
        why = str(form.get("reason") or "")
        async for _ in self._decide("spam", put_spam_mark_away, say("campaign_desk.spam_done"), reason=why):
            yield

    @rx.event
    async def mark(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Note what is wrong with the place."""
        said, seen = say("held.marked", title=self.view.title), str(form.get("problem") or "").strip()
        async for _ in self._decide("mark", mark_problematic, said, note=seen):
            yield

    @rx.event
    async def add_note(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Write something down for colleagues."""
        typed = str(form.get("note") or "")
        async for _ in self._decide("note", note_about_campaign, say("fraud.noted"), note=typed):
            yield

    @rx.event
    async def relist(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Offer the held job again; an empty pay leaves the pay as it is."""
        self._clear_problems()
        try:
            pay = rupees_typed(form["pay"]) if form.get("pay") else None
        except Unreadable as unread:
            self.field_problems = {"pay": say(f"field.{unread.problem.key}")}
            return
        said, job_id = say("held.relisted", title=self.view.title), as_id(self.view.job_id)
        async for _ in self._act("relist", relist_job, said, job_id=job_id, pay_paise=pay):
            yield

    async def _decide(self, name: str, service: Callable[..., Any], said: str, **arguments: Any) -> AsyncIterator[None]:
        async for _ in self._act(name, service, said, campaign_id=as_id(self.view.id), **arguments):
            yield

    async def _read(self) -> None:
        one = await self._read_one(campaign_desk, campaign_id=as_id(self.campaign_id))
        if one is None:
            return
        now = self._parts().clock.now()
        self.view = desk_head(one, now)
        self.neighbours = [_neighbour(near, now) for near in one.neighbours]
        self.history = [_line(n, line, now) for n, line in enumerate(one.history)]
        self.contributions = [_contribution(one_given, now) for one_given in one.contributions]
        spot = one.detail
        self.points = [
            {"latitude": spot.latitude, "longitude": spot.longitude, "kind": "spot", "name": spot.address},
        ]


def desk_head(one: CampaignDesk, now: datetime) -> DeskHead:
    """The head in words."""
    it, money = one.detail, one.detail.money
    held = say("held.line", n=one.claims, ago=ago(one.held_since, now), day=day(it.job.expires_at, now)) if (
        one.held_since and it.job
    ) else ""  # fmt: skip
    status = it.job.status if it.job else None
    return DeskHead(
        id=str(it.id),
        title=it.title,
        story=it.description,
        address=it.address,
        href=routes.campaign(it.id),
        state=shown_status(it.status, status, under_review=bool(it.job and it.job.under_review)).value,
        creator=say("campaign_desk.creator", name=it.creator_name, n=one.creator_campaigns),
        creator_href=routes.person(it.creator_id),
        started=day_time(it.created_at, now),
        raised=say("drafts.raised", raised=rupees(it.raised_paise), target=rupees(it.target_paise)),
        held=rupees(money.held_paise),
        owed=rupees(money.owed_paise),
        paid_out=rupees(money.paid_out_paise),
        refunded=rupees(money.refunded_paise),
        refunding=rupees(money.refunds_under_way_paise),
        fee=rupees(money.fee_paise),
        spam=bool(it.possible_spam),
        problem=one.problem_note or "",
        stuck=held,
        pay=say("held.pay", pay=rupees(one.pay_paise), most=rupees(one.most_pay_paise)) if held else "",
        job_id=str(it.job.id) if it.job else "",
        check_href=routes.checking(it.job.id) if it.job and status is JobStatus.COMPLETED and it.after else "",
        draft=it.status.value == "DRAFT",
        corrections=it.corrections,
        own=one.own_interest,
        before=routes.photo(it.before.base_key),
        after=routes.photo(it.after.base_key) if it.after else "",
        marketing=_marketing(one),
    )


def _marketing(one: CampaignDesk) -> str:
    """Whether both photos may be shown where Cleanit speaks of itself; nothing before there are two."""
    if one.detail.after is None:
        return ""
    return say("campaign_desk.marketing_yes" if one.for_marketing else "campaign_desk.marketing_no")


def _neighbour(one: Neighbour, now: datetime) -> NearCampaignView:
    key = "campaign_desk.near_same" if one.same_creator else "campaign_desk.near"
    return NearCampaignView(
        id=str(one.id),
        title=one.title,
        href=routes.admin_campaign(one.id),
        line=say(key, metres=one.distance_m, name=one.creator_name, day=day(one.created_at, now)),
        state=one.status.value,
        photo=routes.photo(one.before.base_key),
        alt=say("card.photo_before", place=one.title),
    )


def _line(number: int, one: HistoryLine, now: datetime) -> DeskLine:
    if one.kind == "act":
        what, more = act_words(one.state), act_details(one.details)[:400]
    elif one.kind == "correction":
        what, more = say("campaign_desk.corrected"), _before(one)
    elif one.kind == "note":
        what, more = say("fraud.note_line"), one.text
    else:
        what, more = _state_words(one), why_moved(one.text)
    name = one.by_name or say("fraud.the_house")
    return DeskLine(str(number), day_time(one.at, now), what, name, routes.person(one.by_id) if one.by_id else "", more)


def _before(one: HistoryLine) -> str:
    """What stood there: only the fields that were changed, in their order."""
    changed, said = one.state.split(), one.details
    if not said:
        return ""  # its creator's account is deleted
    place = say("campaign_desk.place_was", latitude=said.get("latitude"), longitude=said.get("longitude"))
    words = [f"{say(f'campaign_desk.{name}_was')} {said.get(name)}" for name in _WORDS if name in changed]
    return "\n".join([*words, *([place] if {"latitude", "longitude"} & set(changed) else [])])


def _state_words(one: HistoryLine) -> str:
    if one.kind == "job" and one.state == JobStatus.CLAIMED:
        return say("campaign_desk.job_taken")  # "Yours" is said to its cleaner
    key = f"job.{one.state}" if one.kind == "job" else f"campaign.{one.state}"
    said = say(key) if key in KEYS else say("act.other_code")
    return say("campaign_desk.job_state", state=said) if one.kind == "job" else said


def _contribution(one: DeskContribution, now: datetime) -> DeskLine:
    state = say(f"payment.{one.status.value}")
    more = ", ".join(filter(None, (one.receipt_number, say("campaign_desk.unnamed") if one.anonymous else "")))
    return DeskLine(
        str(one.id), day_time(one.at, now), state, one.contributor_name, routes.person(one.contributor_id), more,
        rupees(one.amount_paise),
    )  # fmt: skip
