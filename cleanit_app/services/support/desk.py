"""What admins do with questions: answer, note among themselves, hand over, settle and take up again (OPS-02)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission, Role
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import NotFound, OwnInterest
from cleanit_app.domain.events import SupportAnswered, SupportClosed, SupportHandedOver, SupportReopened
from cleanit_app.domain.statuses import TicketStatus, UserStatus
from cleanit_app.models import SupportTicket, User
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.support.messages import Words, add_message, sent_before
from cleanit_app.services.support.tickets import close
from cleanit_app.services.unit_of_work import UnitOfWork


def answer_ticket(
    uow: UnitOfWork, *, actor: Actor, ticket_id: UUID, words: Words, internal: bool = False
) -> SupportTicket:
    """Answer a question, which stops our clock, or leave a note that only admins read, which does not.

    Who answers what nobody has takes it. OwnInterest for one's own question.
    """
    actor.must(Permission.ANSWER_SUPPORT)
    uow.lock_name(NamedLock.ASKING, str(actor.user_id))
    ticket = _ticket(uow, actor, ticket_id)
    if sent_before(uow, actor.user_id, words) is not None:
        return ticket
    add_message(uow, ticket, words, author_id=actor.user_id, by_desk=True, internal=internal)
    if internal:
        uow.audit(actor, "SupportNoted", subject_id=ticket.id)
        return ticket
    ticket.assigned_to = ticket.assigned_to or actor.user_id
    if ticket.status is not TicketStatus.ANSWERED:
        _stop_clock(uow, ticket, actor)
    uow.record(SupportAnswered(ticket.id, ticket.person_id), by=actor)
    return ticket


def hand_over(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID, to_id: UUID) -> SupportTicket:
    """Give a question to an admin who answers them, also to oneself; NotFound for who is none."""
    actor.must(Permission.ANSWER_SUPPORT)
    ticket = _ticket(uow, actor, ticket_id)
    if not _answers(uow.session.get(User, to_id)):
        raise NotFound(what="User")
    if to_id == ticket.person_id:
        raise OwnInterest
    if ticket.assigned_to != to_id:
        ticket.assigned_to = to_id
        uow.record(SupportHandedOver(ticket.id, to_id, uow.get(User, actor.user_id).name), by=actor)
    return ticket


def close_ticket(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID) -> SupportTicket:
    """Hold a question for settled; who asked hears it and may write again. MoveRefused for one that is."""
    actor.must(Permission.ANSWER_SUPPORT)
    ticket = _ticket(uow, actor, ticket_id)
    close(uow, ticket, actor)
    uow.record(SupportClosed(ticket.id, ticket.person_id), by=actor)
    return ticket


def reopen_ticket(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID) -> SupportTicket:
    """Take a settled or answered question up again; our clock runs from now. MoveRefused for one that waits."""
    actor.must(Permission.ANSWER_SUPPORT)
    ticket = _ticket(uow, actor, ticket_id)
    ticket.move_to(TicketStatus.OPEN, by=actor, at=uow.now)
    ticket.closed_at, ticket.due_at, ticket.last_at = None, uow.now + LIMITS.answered_within, uow.now
    uow.record(SupportReopened(ticket.id, ticket.person_id), by=actor)
    return ticket


def _ticket(uow: UnitOfWork, actor: Actor, ticket_id: UUID) -> SupportTicket:
    ticket = uow.lock(SupportTicket, ticket_id)
    if ticket.person_id == actor.user_id:
        raise OwnInterest
    return ticket


def _stop_clock(uow: UnitOfWork, ticket: SupportTicket, by: Actor) -> None:
    """The question waits for who asked; a settled one is taken up by the answer."""
    if ticket.status is TicketStatus.CLOSED:
        ticket.move_to(TicketStatus.OPEN, by=by, at=uow.now)
    ticket.move_to(TicketStatus.ANSWERED, by=by, at=uow.now)
    ticket.due_at = ticket.closed_at = None


def _answers(user: User | None) -> bool:
    if user is None or user.status is not UserStatus.ACTIVE or user.role != Role.ADMIN:
        return False
    return Permission.ANSWER_SUPPORT in user.permissions()
