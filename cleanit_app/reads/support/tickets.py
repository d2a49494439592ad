"""One's own questions to support, and the thread that a code opens (OPS-02)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import NotFound
from cleanit_app.reads.paging import Page, about_one, ask, ask_list, one_page, page_size, read_cursor
from cleanit_app.reads.support.threads import TICKET, Thread, TicketItem, messages_of, ticket_of
from cleanit_app.services.unit_of_work import UnitOfWork


def my_tickets(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[TicketItem]:
    """What this person has asked, the newest first."""
    actor.must(Permission.MANAGE_SELF)
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    before = "AND t.id < CAST(:last AS uuid)" if keys else ""
    rows = ask_list(
        uow,
        "my questions",
        f"{TICKET} WHERE t.person_id = :me {before} ORDER BY t.id DESC LIMIT :size",
        me=actor.user_id,
        size=size + 1,
        **({"last": keys[0]} if keys else {}),
    )
    return one_page(rows, size, ticket_of, lambda row: (row.id,))


@about_one
def my_thread(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID) -> Thread:
    """One's own question with its answers; NotFound for another's."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask(uow, f"{TICKET} WHERE t.id = :id AND t.person_id = :me", id=ticket_id, me=actor.user_id)
    if not rows:
        raise NotFound(what="SupportTicket")
    return Thread(ticket_of(rows[0]), messages_of(uow, ticket_id, for_desk=False))


@about_one
def guest_thread(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID) -> Thread:
    """A question that was asked without an account, for whoever has just shown its code; NotFound for others.

    The code is the permission, whoever is signed in: its caller has asked `find_by_code` a moment ago.
    """
    del actor
    rows = ask(uow, f"{TICKET} WHERE t.id = :id AND t.person_id IS NULL", id=ticket_id)
    if not rows:
        raise NotFound(what="SupportTicket")
    return Thread(ticket_of(rows[0]), messages_of(uow, ticket_id, for_desk=False))
