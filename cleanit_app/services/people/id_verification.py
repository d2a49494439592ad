"""The story of asking an issuer about an ID: plan and commit, ask, record and commit (LAW-08)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.statuses import DocumentStatus
from cleanit_app.models import Cleaner, IdentityDocument, User
from cleanit_app.ports import FieldCipher, IdentityChecker, IdentityCheckerAway
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.people.identity import apply_answer
from cleanit_app.services.people.identity_files import number_context
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=6)
MOST_TRIES = 10  # about a day; then people decide without the issuer's word


def check_identity(open_uow: OpenUow, checker: IdentityChecker, cipher: FieldCipher, *, document_id: UUID) -> None:
    """Ask whose the number of an ID is; silence is asked again later, and after a day a person decides alone.

    The reference is the document's id, so an issuer that hears the question twice counts it once.
    """
    with open_uow() as uow:
        document = _take_up(uow, document_id)
        name = uow.get(User, document.cleaner_id).name if document else ""
    if document is None or document.number_locked is None:
        return
    answer = None
    if checker.is_there and document.tries <= MOST_TRIES:
        number = cipher.unlock(document.number_locked, context=number_context(document.id))
        try:
            answer = checker.check(kind=document.document_kind, number=number, name=name, reference=str(document.id))
        except IdentityCheckerAway as silence:
            with open_uow() as uow:
                note_failure(uow, source="identity", subject_id=document.id, trouble=silence)
            return
    with open_uow() as uow:
        apply_answer(uow, document_id=document_id, answer=answer)


def _take_up(uow: UnitOfWork, document_id: UUID) -> IdentityDocument | None:
    """Plan the next look before asking; None when the word was said already, or another is just asking."""
    uow.lock(Cleaner, uow.get(IdentityDocument, document_id).cleaner_id)
    document = uow.lock(IdentityDocument, document_id)
    if document.status is not DocumentStatus.WAITING or document.next_try_at > uow.now:
        return None
    document.tries += 1
    document.next_try_at = uow.now + min(FIRST_WAIT * 2**document.tries, LONGEST_WAIT)
    return document


def due_documents(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """IDs that should be asked about now, those whose hint was lost among them."""
    due = (
        select(col(IdentityDocument.id))
        .where(col(IdentityDocument.status) == DocumentStatus.WAITING, col(IdentityDocument.next_try_at) <= uow.now)
        .order_by(col(IdentityDocument.next_try_at))
        .limit(limit)
    )
    return list(uow.run(due).scalars())
