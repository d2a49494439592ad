"""What is left of an erased account's contacts: a keyed hash, by which a suspended person who returns is seen (LAW-02).

The key is made from the secret of the house (`JWT_SECRET`); nobody reads a number or mailbox back from a mark.
"""

from __future__ import annotations

from sqlmodel import col, or_

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.events import BannedPersonJoined
from cleanit_app.models import User
from cleanit_app.ports import KeyedHash
from cleanit_app.services.unit_of_work import UnitOfWork

_CONTEXT = "erased contact"


def contact_hash(keyed: KeyedHash, contact: str | None) -> bytes | None:
    """The mark of a number or mailbox as it is kept; None for none."""
    return keyed.of(contact, context=_CONTEXT) if contact else None


def recognise(uow: UnitOfWork, keyed: KeyedHash, *, user: User, contact: str) -> None:
    """Tell compliance when this contact was that of somebody who left while suspended; it blocks nothing (OPS-04)."""
    mark = contact_hash(keyed, contact)
    same = or_(col(User.email_hash) == mark, col(User.phone_hash) == mark)
    if earlier := uow.first(User, same, col(User.erased_while_suspended)):
        uow.record(BannedPersonJoined(user.id, earlier.id), by=SYSTEM)
