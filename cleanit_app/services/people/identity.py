"""IDs of cleaners: handed in sealed, asked about, decided by a person, looked at only on record (LAW-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import (
    IdentityKnown,
    IdentityMissing,
    NotACleaner,
    NotFound,
    OwnInterest,
    TooManyRequests,
)
from cleanit_app.domain.events import CleanerKycChanged, IdentityChecked, IdentityHandedIn
from cleanit_app.domain.identity import DocumentKind, RefusalGround
from cleanit_app.domain.names import name_match
from cleanit_app.domain.statuses import OPEN_DOCUMENTS, DocumentStatus, KycStatus
from cleanit_app.models import Cleaner, IdentityDocument
from cleanit_app.ports import IdentityAnswer
from cleanit_app.services import input_validation
from cleanit_app.services.id_numbers import document_number, holds_aadhaar, number_mask
from cleanit_app.services.people.waiting_names import name_on_papers, waiting_name
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_A_DAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class DocumentDraft:
    """An ID as its owner says it is; the number is checked, not yet believed."""

    kind: DocumentKind
    number: str


@dataclass(frozen=True)
class SealedPicture:
    """A picture of an ID that lies sealed in the store; not yet in the database."""

    document_id: UUID
    file_key: str
    key_id: int
    hash: bytes
    number_locked: bytes


def check_document(*, kind: object, number: object) -> DocumentDraft:
    """Check an ID as typed; InvalidFields names every problem, an Aadhaar number in either field among them."""
    form = input_validation.Form()
    known = next((one for one in DocumentKind if one.value == kind), None)
    if known is None:
        form.problem("kind", "document_kind")
    if holds_aadhaar(number):
        form.problem("number", "aadhaar_never")
    clean = document_number(known, number) if known else None
    if clean is None:
        form.problem("number", "document_number")
    form.done()
    return DocumentDraft(known or DocumentKind.PAN, clean or "")


def hand_in_document(
    uow: UnitOfWork, *, actor: Actor, draft: DocumentDraft, picture: SealedPicture
) -> IdentityDocument:
    """Take an ID in; it takes the place of an earlier one, and after a refusal it is another try (LAW-08).

    NotACleaner for other accounts, IdentityKnown once an ID was found good, TooManyRequests after five in a day. While
    another name waits (LAW-03) an ID with that name is taken beside the good one, which counts until it is decided.
    """
    actor.must(Permission.MANAGE_SELF)
    cleaner = uow.first(Cleaner, Cleaner.id == actor.user_id, lock=True)
    if cleaner is None:
        raise NotACleaner
    let_in = cleaner.status in (KycStatus.VERIFIED, KycStatus.ACTIVE)
    if let_in and waiting_name(uow, cleaner.id) is None:
        raise IdentityKnown
    _not_too_many(uow, cleaner.id)
    earlier = latest_document(uow, cleaner_id=cleaner.id, lock=True)
    counts = let_in and earlier is not None and earlier.status not in OPEN_DOCUMENTS
    if earlier is not None and earlier.status.may_become(DocumentStatus.REPLACED) and not counts:
        earlier.move_to(DocumentStatus.REPLACED, by=actor, at=uow.now, why="another one was handed in")
        _drop_soon(uow, earlier)
    if cleaner.status is KycStatus.REJECTED:
        cleaner.move_to(KycStatus.PENDING, by=actor, at=uow.now, why="another try")
    if not let_in:
        cleaner.identity_waits_since = uow.now
    document = _new_document(uow, cleaner, draft, picture)
    document.begin(by=actor, at=uow.now, why=draft.kind.value)
    uow.record(IdentityHandedIn(cleaner.id, document.id), by=actor)
    uow.hint("default", "workers.jobs.people.check_new_documents")
    return document


def _new_document(uow: UnitOfWork, cleaner: Cleaner, draft: DocumentDraft, picture: SealedPicture) -> IdentityDocument:
    document = IdentityDocument(
        id=picture.document_id,
        cleaner_id=cleaner.id,
        document_kind=draft.kind.value,
        number_locked=picture.number_locked,
        number_mask=number_mask(draft.number),
        file_key=picture.file_key,
        file_key_id=picture.key_id,
        file_hash=picture.hash,
        next_try_at=uow.now,
        created_at=uow.now,
    )
    uow.add(document)
    uow.flush()
    return document


def _not_too_many(uow: UnitOfWork, cleaner_id: UUID) -> None:
    since = uow.now - DAY
    mine = (col(IdentityDocument.cleaner_id) == cleaner_id, col(IdentityDocument.created_at) > since)
    count, first = uow.run(select(func.count(), func.min(col(IdentityDocument.created_at))).where(*mine)).one()
    if count >= MOST_A_DAY:
        raise TooManyRequests.wait(max(1, round((first + DAY - uow.now).total_seconds())))


def latest_document(uow: UnitOfWork, *, cleaner_id: UUID, lock: bool = False) -> IdentityDocument | None:
    """The newest ID of a cleaner; lock the cleaner before it."""
    newest = select(IdentityDocument).where(col(IdentityDocument.cleaner_id) == cleaner_id)
    newest = newest.order_by(col(IdentityDocument.id).desc()).limit(1)
    if lock:
        newest = newest.with_for_update(key_share=True).execution_options(populate_existing=True)
    return uow.session.scalars(newest).first()


def look_at_document(uow: UnitOfWork, *, actor: Actor, document_id: UUID) -> IdentityDocument:
    """An ID for an admin who checks it, and a line in the log that this admin looked; NotFound once it was dropped."""
    actor.must(Permission.MANAGE_KYC)
    document = uow.get(IdentityDocument, document_id)
    if document.cleaner_id == actor.user_id:
        raise OwnInterest
    if document.file_key is None:
        raise NotFound(what="IdentityDocument")
    uow.audit(actor, "IdentityDocumentViewed", subject_id=document.cleaner_id, document_id=str(document.id))
    return document


def accept_latest(uow: UnitOfWork, *, cleaner: Cleaner, by: Actor) -> None:
    """A person found a locked cleaner's ID good; IdentityMissing when there is none to be found good."""
    document = latest_document(uow, cleaner_id=cleaner.id, lock=True)
    if document is None or document.status not in OPEN_DOCUMENTS | {DocumentStatus.ACCEPTED}:
        raise IdentityMissing
    cleaner.identity_waits_since = None
    if document.status is not DocumentStatus.ACCEPTED:
        _decide(uow, document, DocumentStatus.ACCEPTED, by=by)


def refuse_latest(uow: UnitOfWork, *, cleaner: Cleaner, ground: RefusalGround | None, by: Actor) -> None:
    """A person did not find a locked cleaner's ID good; its picture is dropped. Fine when there is none."""
    cleaner.identity_waits_since = None
    document = latest_document(uow, cleaner_id=cleaner.id, lock=True)
    if document is not None and document.status in OPEN_DOCUMENTS:
        document.ground = (ground or RefusalGround.OTHER).value
        _decide(uow, document, DocumentStatus.REFUSED, by=by)
        _drop_soon(uow, document)
        if cleaner.pan_given_at == document.created_at:  # it came with this card (`pans.save_pan_of_id`)
            cleaner.pan_locked = cleaner.pan_mask = cleaner.pan_given_at = None


def accept_for_name(uow: UnitOfWork, *, cleaner: Cleaner, since: datetime, by: Actor) -> None:
    """An ID handed in `since` a locked cleaner asked for another name is found good and takes the earlier's place."""
    fresh = _handed_in_since(uow, cleaner, since)
    if fresh is None:
        return
    for earlier in uow.all(
        IdentityDocument,
        col(IdentityDocument.cleaner_id) == cleaner.id,
        col(IdentityDocument.status) == DocumentStatus.ACCEPTED,
    ):
        earlier.move_to(DocumentStatus.REPLACED, by=by, at=uow.now, why="another name")
        _drop_soon(uow, earlier)
    _decide(uow, fresh, DocumentStatus.ACCEPTED, by=by)


def refuse_for_name(uow: UnitOfWork, *, cleaner: Cleaner, since: datetime, by: Actor) -> None:
    """An ID handed in `since` for a name that is not accepted is dropped; the earlier one stays good."""
    fresh = _handed_in_since(uow, cleaner, since)
    if fresh is not None:
        fresh.ground = RefusalGround.OTHER.value
        _decide(uow, fresh, DocumentStatus.REFUSED, by=by)
        _drop_soon(uow, fresh)


def _handed_in_since(uow: UnitOfWork, cleaner: Cleaner, since: datetime) -> IdentityDocument | None:
    """The ID that a locked cleaner who was let in handed in for another name; None for one who still waits."""
    document = latest_document(uow, cleaner_id=cleaner.id, lock=True)
    let_in = cleaner.identity_waits_since is None
    wanted = document is not None and document.status in OPEN_DOCUMENTS and document.created_at >= since
    return document if let_in and wanted else None


def _decide(uow: UnitOfWork, document: IdentityDocument, target: DocumentStatus, *, by: Actor) -> None:
    document.decided_at, document.decided_by, document.number_locked = uow.now, by.id, None
    document.move_to(target, by=by, at=uow.now, why=document.ground or "")


def _drop_soon(uow: UnitOfWork, document: IdentityDocument) -> None:
    document.number_locked = None
    uow.hint("default", "workers.jobs.people.drop_identity_files")


def apply_answer(uow: UnitOfWork, *, document_id: UUID, answer: IdentityAnswer | None) -> None:
    """Write down what the issuer says, once; None when nobody could be asked. The same name: VERIFIED (LAW-08).

    The number has done its work then and is forgotten.
    """
    cleaner = uow.lock(Cleaner, uow.get(IdentityDocument, document_id).cleaner_id)
    document = uow.lock(IdentityDocument, document_id)
    if document.status is not DocumentStatus.WAITING:
        return
    document.number_locked = None
    status = _word(uow, document, answer)
    document.move_to(status, by=SYSTEM, at=uow.now, why=document.provider_reference or "")
    if status is DocumentStatus.MATCHES and cleaner.status is KycStatus.PENDING:
        cleaner.move_to(KycStatus.VERIFIED, by=SYSTEM, at=uow.now, why="the issuer knows the ID under this name")
        uow.record(CleanerKycChanged(cleaner.id, cleaner.status.value), by=SYSTEM)
    uow.record(IdentityChecked(cleaner.id, document.id, status.value), by=SYSTEM)


def _word(uow: UnitOfWork, document: IdentityDocument, answer: IdentityAnswer | None) -> DocumentStatus:
    if answer is None:
        return DocumentStatus.UNAVAILABLE
    document.provider_reference = (answer.reference or "")[:80] or None
    if not answer.known:
        return DocumentStatus.UNKNOWN
    document.registered_name = (answer.registered_name or "")[:120] or None
    document.score = name_match(answer.registered_name, name_on_papers(uow, document.cleaner_id))
    return DocumentStatus.MATCHES if document.score >= LIMITS.name_match_least else DocumentStatus.DIFFERS
