"""Whose a phone number or mailbox is: asked, never found out by a constraint that fails (SEC-04).

A failed INSERT would write the number into the database's own log.
"""

from __future__ import annotations

from sqlmodel import col, select

from cleanit_app.domain.statuses import UserStatus
from cleanit_app.models import User
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.unit_of_work import UnitOfWork


def holder_of(uow: UnitOfWork, contact: str) -> User | None:
    """The account with this number or address, as it is kept there; None for nobody's and for a deleted one's."""
    mine = col(User.email) == contact if "@" in contact else col(User.phone) == contact
    return uow.first(User, mine, User.status != UserStatus.DELETED)


def is_free(uow: UnitOfWork, contact: str) -> bool:
    """Whether no account has this number or address, which stays so until this transaction ends.

    Whoever gives an account a contact asks here, so they come one after the other.
    """
    uow.lock_name(NamedLock.CONTACT, contact)
    mine = col(User.email) == contact if "@" in contact else col(User.phone) == contact
    return uow.run(select(col(User.id)).where(mine)).first() is None
