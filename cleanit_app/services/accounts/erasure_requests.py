"""The wish to have an account deleted, while its owner may still change that mind (LAW-02)."""

from __future__ import annotations

from sqlmodel import col

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.events import ErasureTakenBack
from cleanit_app.models import DataRequest, User
from cleanit_app.services.unit_of_work import UnitOfWork

ERASURE, EXPORT = "ERASURE", "EXPORT"
DONE, TAKEN_BACK = "DONE", "TAKEN_BACK"


def take_erasure_back(uow: UnitOfWork, *, user: User) -> bool:
    """Whoever signs in keeps the account; whether a wish stood. The caller holds the lock on the account."""
    if user.erase_at is None:
        return False
    user.erase_at = None
    end_erasure(uow, user=user, outcome=TAKEN_BACK)
    uow.record(ErasureTakenBack(user.id), by=Actor(id=user.id))
    return True


def end_erasure(uow: UnitOfWork, *, user: User, outcome: str) -> None:
    """Write into the log of wishes what became of this one."""
    mine = (DataRequest.user_id == user.id, DataRequest.kind == ERASURE, col(DataRequest.ended_at).is_(None))
    if request := uow.first(DataRequest, *mine, lock=True):
        request.ended_at, request.outcome = uow.now, outcome
