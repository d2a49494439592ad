"""Asking support without signing in: a code is shown once, and whoever holds it reads the answer (OPS-02).

Nothing here looks whether anybody has an account, so that nobody learns of one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from cleanit_app.domain import limits as limits_of
from cleanit_app.domain.actors import NOBODY, Actor
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import CodeUnknown
from cleanit_app.domain.events import SupportAsked
from cleanit_app.domain.limits import Use
from cleanit_app.domain.support import CODE_LENGTH, CODE_SIGNS, Topic, read_code
from cleanit_app.models import SupportTicket, new_id
from cleanit_app.ports import KeyedHash, Limits
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.auth.rate_limits import give_back, take
from cleanit_app.services.support.messages import Words, add_message
from cleanit_app.services.support.tickets import LONGEST_PAGE, wait_for_us
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

_PLACE = "support_tickets"


@dataclass(frozen=True)
class GuestTicket:
    """A question of somebody without an account; the only place where its code stands in clear."""

    ticket: SupportTicket
    code: str


def ask_as_guest(
    uow: UnitOfWork, *, keyed: KeyedHash, topic: Topic, words: Words, page: str = "", language: str = "en"
) -> GuestTicket:
    """Ask support as nobody in particular; the code that opens the thread is given back once and kept as a hash."""
    code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
    ticket = SupportTicket(
        id=new_id(),
        code_hash=keyed.of(code, context=_PLACE),
        topic=topic.value,
        language=language,
        page=page[:LONGEST_PAGE],
        opened_at=uow.now,
        last_at=uow.now,
        due_at=uow.now + LIMITS.answered_within,
    )
    uow.add(ticket).begin(by=NOBODY, at=uow.now)
    uow.flush()
    add_message(uow, ticket, words, author_id=None, by_desk=False)
    uow.record(SupportAsked(ticket.id, None, topic.value), by=NOBODY)
    return GuestTicket(ticket, code)


def find_by_code(open_uow: OpenUow, limits: Limits, keyed: KeyedHash, *, code: object, address: str) -> SupportTicket:
    """The thread that a code opens; CodeUnknown for any other text, in the same words.

    Wrong ones are counted by address: TooManyRequests once they are used up, TryLater while nobody counts.
    """
    uses = [Use(f"support:code:{address}", limits_of.at_one_address(_GUESSES))]
    with open_uow() as uow:
        now, hashed = uow.now, keyed.of(read_code(code) or "-", context=_PLACE)
        found = uow.first(SupportTicket, SupportTicket.code_hash == hashed)
    take(limits, uses, now)
    if found is None:
        raise CodeUnknown
    give_back(limits, uses)
    return found


@open_before_terms
def thread_of_code(
    open_uow: OpenUow, *, actor: Actor, limits: Limits, keyed: KeyedHash, code: object, address: str
) -> SupportTicket:
    """As `find_by_code`, for a page: whoever holds the code may read, signed in or not."""
    return find_by_code(open_uow, limits, keyed, code=code, address=address)


def write_as_guest(open_uow: OpenUow, *, ticket_id: UUID, words: Words) -> SupportTicket:
    """Write into a thread whose code was just shown (`find_by_code`); a settled question is open again by this."""
    with open_uow() as uow:
        ticket = uow.lock(SupportTicket, ticket_id)
        add_message(uow, ticket, words, author_id=None, by_desk=False)
        wait_for_us(uow, ticket, NOBODY)
        return ticket


_GUESSES = 20
"""Wrong codes of one address in a quarter of an hour; there are 30 to the 12th power."""
