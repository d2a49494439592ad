"""Whose PAN is kept, and under which lock; its doors are tried in `tests/api/test_pan.py`."""

from __future__ import annotations

import pytest

from cleanit_app.adapters.field_cipher import AesFieldCipher
from cleanit_app.domain.errors import DomainError, NotAllowed
from cleanit_app.domain.identity import DocumentKind
from cleanit_app.models import Cleaner
from cleanit_app.ports import CannotUnlock
from cleanit_app.services.people.identity import DocumentDraft
from cleanit_app.services.people.pans import save_pan, save_pan_of_id
from tests.factories import Town
from tests.services.people.test_key_rotation import OLD

pytestmark = pytest.mark.row("LAW-04")
CARD = DocumentDraft(DocumentKind.PAN, "ACUPA7085R")


def test_it_is_sealed_for_its_cleaner_alone(town: Town) -> None:
    cipher, ramesh = AesFieldCipher(OLD), town.cleaner()
    with town.uow() as uow:
        save_pan_of_id(uow, actor=ramesh, draft=CARD, cipher=cipher)
    with town.uow() as uow:
        kept = uow.get(Cleaner, ramesh.user_id)
        assert kept.pan_locked is not None
        assert cipher.unlock(kept.pan_locked, context=f"cleaners:pan_locked:{ramesh.id}") == "ACUPA7085R"
        with pytest.raises(CannotUnlock):
            cipher.unlock(kept.pan_locked, context=f"cleaners:pan_locked:{town.cleaner().id}")


def test_a_citizen_has_none_to_give(town: Town) -> None:
    cipher, asha = AesFieldCipher(OLD), town.person()
    with town.uow() as uow, pytest.raises(NotAllowed):
        save_pan_of_id(uow, actor=asha, draft=CARD, cipher=cipher)
    with town.uow() as uow, pytest.raises(DomainError):
        save_pan(uow, actor=asha, number="ACUPA7085R", cipher=cipher)
