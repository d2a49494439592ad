"""PANs of cleaners: given by themselves, or with a PAN card that is their ID; kept sealed, tax is counted with them."""

from __future__ import annotations

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import NotAllowed
from cleanit_app.domain.identity import DocumentKind
from cleanit_app.domain.reading import identifiers
from cleanit_app.models import Cleaner, IdentityDocument
from cleanit_app.ports import FieldCipher
from cleanit_app.services import input_validation
from cleanit_app.services.people.identity import DocumentDraft
from cleanit_app.services.unit_of_work import UnitOfWork


def save_pan(uow: UnitOfWork, *, actor: Actor, number: object, cipher: FieldCipher) -> Cleaner:
    """Keep a cleaner's PAN, encrypted; people see its mask, and tax is counted with it from now on (LAW-04).

    InvalidFields when it is not the PAN of a person; NotAllowed for who is not a cleaner.
    """
    actor.must(Permission.MANAGE_SELF)
    found = input_validation.one("pan", identifiers.pan, number)
    cleaner = _mine(uow, actor)
    _keep(uow, cleaner, found, cipher)
    return cleaner


def save_pan_of_id(uow: UnitOfWork, *, actor: Actor, draft: DocumentDraft, cipher: FieldCipher) -> None:
    """A PAN card that was just handed in as ID also gives the PAN; one that its owner gave before stays (LAW-04).

    NotAllowed for who is not a cleaner.
    """
    actor.must(Permission.MANAGE_SELF)
    cleaner = _mine(uow, actor)
    if draft.kind is DocumentKind.PAN and (cleaner.pan_given_at is None or _came_with_an_id(uow, cleaner)):
        _keep(uow, cleaner, draft.number, cipher)


def _mine(uow: UnitOfWork, actor: Actor) -> Cleaner:
    cleaner = uow.first(Cleaner, Cleaner.id == actor.user_id, lock=True)
    if cleaner is None:
        raise NotAllowed
    return cleaner


def _keep(uow: UnitOfWork, cleaner: Cleaner, number: str, cipher: FieldCipher) -> None:
    cleaner.pan_locked = cipher.lock(number, context=f"cleaners:pan_locked:{cleaner.id}")
    cleaner.pan_mask = f"{number[:2]}•••••••{number[-1]}"
    cleaner.pan_given_at = uow.now


def _came_with_an_id(uow: UnitOfWork, cleaner: Cleaner) -> bool:
    return (
        uow.first(
            IdentityDocument,
            IdentityDocument.cleaner_id == cleaner.id,
            IdentityDocument.created_at == cleaner.pan_given_at,
            IdentityDocument.document_kind == DocumentKind.PAN.value,
        )
        is not None
    )
