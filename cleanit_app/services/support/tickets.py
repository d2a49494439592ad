"""Asking support and writing again, by who has an account (OPS-02)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotFound
from cleanit_app.domain.events import SupportAsked, SupportWrittenTo
from cleanit_app.domain.statuses import TicketStatus
from cleanit_app.domain.support import NOWHERE, Topic, Whereabouts
from cleanit_app.models import Campaign, Contribution, Job, Payout, SupportTicket, new_id
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.support.messages import Words, add_message, sent_before
from cleanit_app.services.unit_of_work import UnitOfWork

LONGEST_PAGE = 300


def check_topic(typed: object) -> Topic:
    """One of the four topics; InvalidFields for anything else."""
    try:
        return Topic(str(typed))
    except ValueError:
        raise InvalidFields({"topic": FieldProblem("topic_missing")}) from None


@open_before_terms
def open_ticket(
    uow: UnitOfWork,
    *,
    actor: Actor,
    topic: Topic,
    words: Words,
    page: str = "",
    shows: Whereabouts = NOWHERE,
    language: str = "en",
) -> SupportTicket:
    """Ask support; answered in 24 hours. The same key with the same words is the same question.

    `page` is the address the person came from: what it `shows` goes along as far as it is that person's to see.
    Suspended people and those who have yet to accept new terms may ask, too.
    """
    actor.must(Permission.MANAGE_SELF)
    uow.lock_name(NamedLock.ASKING, str(actor.user_id))
    before = sent_before(uow, actor.user_id, words)
    if before is not None:
        return uow.get(SupportTicket, before.ticket_id)
    about = _about(uow, actor, shows)
    ticket = SupportTicket(
        id=new_id(),
        person_id=actor.user_id,
        topic=topic.value,
        language=language,
        page=page[:LONGEST_PAGE],
        campaign_id=about.campaign_id,
        contribution_id=about.contribution_id,
        job_id=about.job_id,
        opened_at=uow.now,
        last_at=uow.now,
        due_at=uow.now + LIMITS.answered_within,
    )
    uow.add(ticket).begin(by=actor, at=uow.now)
    uow.flush()
    add_message(uow, ticket, words, author_id=actor.user_id, by_desk=False)
    uow.record(SupportAsked(ticket.id, actor.user_id, topic.value), by=actor)
    return ticket


@open_before_terms
def write_again(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID, words: Words) -> SupportTicket:
    """Write into the own thread; a settled question is open again by it, our clock runs. NotFound for others'."""
    actor.must(Permission.MANAGE_SELF)
    uow.lock_name(NamedLock.ASKING, str(actor.user_id))
    ticket = _own_ticket(uow, actor, ticket_id)
    if sent_before(uow, actor.user_id, words) is not None:
        return ticket
    add_message(uow, ticket, words, author_id=actor.user_id, by_desk=False)
    wait_for_us(uow, ticket, actor)
    return ticket


@open_before_terms
def settle_ticket(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID) -> SupportTicket:
    """Say that the own question is settled; saying so twice is saying it once."""
    actor.must(Permission.MANAGE_SELF)
    ticket = _own_ticket(uow, actor, ticket_id)
    if ticket.status is not TicketStatus.CLOSED:
        close(uow, ticket, actor)
    return ticket


def _own_ticket(uow: UnitOfWork, actor: Actor, ticket_id: UUID) -> SupportTicket:
    """The locked thread of this person; NotFound for another's and for none."""
    ticket = uow.lock(SupportTicket, ticket_id)
    if ticket.person_id != actor.user_id:
        raise NotFound(what="SupportTicket")
    return ticket


def wait_for_us(uow: UnitOfWork, ticket: SupportTicket, by: Actor) -> None:
    """Our clock runs from now, unless it runs already; who answers hears of it."""
    if ticket.status is not TicketStatus.OPEN:
        ticket.move_to(TicketStatus.OPEN, by=by, at=uow.now)
        ticket.closed_at, ticket.due_at = None, uow.now + LIMITS.answered_within
    uow.record(SupportWrittenTo(ticket.id, ticket.assigned_to, ticket.topic), by=by)


def close(uow: UnitOfWork, ticket: SupportTicket, by: Actor) -> None:
    """Hold a locked question for settled."""
    ticket.move_to(TicketStatus.CLOSED, by=by, at=uow.now)
    ticket.due_at, ticket.closed_at, ticket.last_at = None, uow.now, uow.now


@dataclass(frozen=True)
class _About:
    campaign_id: UUID | None = None
    contribution_id: UUID | None = None
    job_id: UUID | None = None


def _about(uow: UnitOfWork, actor: Actor, said: Whereabouts) -> _About:
    """What a page showed, as far as it exists and was the asker's to see; nobody learns of others' things by this."""
    given = _mine(uow, actor, said.contribution_id)
    job = _job(uow, actor, said.job_id, said.payout_id)
    campaign_id = (given and given.campaign_id) or (job and job.campaign_id) or said.campaign_id
    campaign = uow.session.get(Campaign, campaign_id) if campaign_id else None
    seen = campaign is not None and (campaign.activated_at is not None or campaign.creator_id == actor.user_id)
    return _About(campaign.id if campaign and seen else None, given.id if given else None, job.id if job else None)


def _mine(uow: UnitOfWork, actor: Actor, contribution_id: UUID | None) -> Contribution | None:
    if contribution_id is None:
        return None
    mine = (Contribution.id == contribution_id, Contribution.contributor_id == actor.user_id)
    return uow.first(Contribution, *mine)


def _job(uow: UnitOfWork, actor: Actor, job_id: UUID | None, payout_id: UUID | None) -> Job | None:
    """A job that anybody may see or that was this person's, or that this person's pay is for."""
    if payout_id is not None:
        pay = uow.first(Payout, Payout.id == payout_id, Payout.cleaner_id == actor.user_id)
        job_id = pay.job_id if pay else None
    if job_id is None:
        return None
    mine = () if actor.may(Permission.CLAIM_JOBS) else (col(Job.claimed_by) == actor.user_id,)
    return uow.first(Job, Job.id == job_id, *mine)
