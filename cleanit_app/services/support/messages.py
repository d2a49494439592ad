"""One more message of a thread: its text checked, its photos kept, once for one key (OPS-02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import InvalidFields, TooManyPhotos
from cleanit_app.models import Attachment, SupportMessage, SupportTicket, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.photos.photos import StoredPhoto
from cleanit_app.services.repeats import must_be_the_same
from cleanit_app.services.unit_of_work import UnitOfWork

FOLDER = "support"
"""Below this the photos of messages lie; no public address leads there."""


@dataclass(frozen=True)
class Words:
    """A checked text with the photos that go with it; `key` makes sending it again harmless."""

    text: str
    photos: Sequence[StoredPhoto] = ()
    key: str | None = None


def check_text(typed: object) -> str:
    """The text of a message as it is kept; InvalidFields names what is wrong with it."""
    form = input_validation.Form()
    text = form.text("text", typed, LIMITS.support_text_length, "support_text", lines=True)
    form.done()
    return text


def check_count(photos: Sequence[object], *, most: int = LIMITS.support_photos) -> None:
    """TooManyPhotos for more than one message may hold."""
    if len(photos) > most:
        raise TooManyPhotos(most=most)


def sent_before(uow: UnitOfWork, author_id: UUID, words: Words) -> SupportMessage | None:
    """The message that came under this key before, None for a new one; IdempotencyConflict for another text."""
    if words.key is None:
        return None
    mine = (SupportMessage.author_id == author_id, SupportMessage.idempotency_key == words.key)
    before = uow.first(SupportMessage, *mine)
    if before is not None:
        must_be_the_same({"text": before.message}, {"text": words.text})
    return before


def add_message(
    uow: UnitOfWork,
    ticket: SupportTicket,
    words: Words,
    *,
    author_id: UUID | None,
    by_desk: bool,
    internal: bool = False,
) -> SupportMessage:
    """Write a message into a locked or new thread, with its photos."""
    message = SupportMessage(
        id=new_id(),
        ticket_id=ticket.id,
        author_id=author_id,
        by_desk=by_desk,
        internal=internal,
        message=words.text,
        idempotency_key=words.key,
        at=uow.now,
    )
    uow.add(message)
    uow.flush()
    _add_photos(uow, message, author_id, words.photos)
    if not internal:
        ticket.last_at = uow.now
    return message


def _add_photos(uow: UnitOfWork, message: SupportMessage, owner_id: UUID | None, photos: Sequence[StoredPhoto]) -> None:
    for stored in photos:
        uow.add(
            Attachment(
                id=stored.id,
                owner_id=owner_id,
                message_id=message.id,
                base_key=stored.base_key,
                widths=sorted(stored.photo.sizes),
                width=stored.photo.width,
                height=stored.photo.height,
                received_at=uow.now,
            )
        )


__all__ = ["FOLDER", "InvalidFields", "Words", "add_message", "check_count", "check_text", "sent_before"]
