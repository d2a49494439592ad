"""What the sides of a dispute say, with photos, and what the desk says to both (OPS-03)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import DisputeDone
from cleanit_app.domain.events import DisputeSaid
from cleanit_app.domain.statuses import DisputeStatus
from cleanit_app.models import Attachment, Dispute, DisputeStatement, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.repeats import must_be_the_same
from cleanit_app.services.review.dispute_rules import side_of
from cleanit_app.services.support.messages import Words
from cleanit_app.services.unit_of_work import UnitOfWork


def check_words(typed: object) -> str:
    """A statement as it is kept; InvalidFields names what is wrong with it."""
    form = input_validation.Form()
    text = form.text("text", typed, LIMITS.dispute_words_length, "support_text", lines=True)
    form.done()
    return text


@open_before_terms
def say_in_dispute(uow: UnitOfWork, *, actor: Actor, dispute_id: UUID, words: Words) -> Dispute:
    """Say something in an open dispute, with photos as evidence; all sides read it (NotFound for strangers).

    DisputeDone once it is decided: who does not agree appeals. The same key with the same words is said once.
    """
    actor.must(Permission.MANAGE_SELF)
    dispute = uow.lock(Dispute, dispute_id)
    side = side_of(dispute, actor)
    if words.key is not None:
        mine = (DisputeStatement.author_id == actor.user_id, DisputeStatement.idempotency_key == words.key)
        before = uow.first(DisputeStatement, *mine)
        if before is not None:
            must_be_the_same({"text": before.message}, {"text": words.text})
            return dispute
    if dispute.status is not DisputeStatus.OPEN:
        raise DisputeDone
    _write(uow, dispute, actor, side.value, words)
    uow.record(DisputeSaid(dispute.id, dispute.raised_by, dispute.other_id, side.value), by=actor)
    return dispute


def add_evidence(uow: UnitOfWork, *, actor: Actor, dispute: Dispute, words: Words) -> None:
    """What comes with a new dispute: its reason once more as the first statement, with the photos."""
    actor.must(Permission.MANAGE_SELF)
    if words.photos:
        _write(uow, dispute, actor, side_of(dispute, actor).value, words)


def _write(uow: UnitOfWork, dispute: Dispute, actor: Actor, side: str, words: Words) -> None:
    statement = DisputeStatement(
        id=new_id(),
        dispute_id=dispute.id,
        author_id=actor.user_id,
        side=side,
        message=words.text,
        idempotency_key=words.key,
        at=uow.now,
    )
    uow.add(statement)
    uow.flush()
    for stored in words.photos:
        uow.add(
            Attachment(
                id=stored.id,
                owner_id=actor.user_id,
                statement_id=statement.id,
                base_key=stored.base_key,
                widths=sorted(stored.photo.sizes),
                width=stored.photo.width,
                height=stored.photo.height,
                received_at=uow.now,
            )
        )
