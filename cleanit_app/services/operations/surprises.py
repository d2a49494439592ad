"""Errors that nobody expected, one row for all that are alike (MON-05)."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from cleanit_app.domain.bounds import SHORT
from cleanit_app.domain.redaction import redact
from cleanit_app.models import ErrorLog, new_id
from cleanit_app.services.unit_of_work import UnitOfWork

_STACK_KEPT, _MESSAGE_KEPT = 8000, 1000
_OURS = ("/cleanit_app/", "/workers/")


def note_surprise(
    uow: UnitOfWork,
    *,
    source: str,
    trouble: BaseException,
    asked: Mapping[str, object],
    user_id: UUID | None = None,
    release: str = "",
    times: int = 1,
) -> None:
    """Count an error with those of its kind at the same place of our code; the row shows the latest of them.

    What was asked, message and stack are kept without what opens a door or names a person.
    """
    said = redact(f"{type(trouble).__name__}: {trouble}")[:_MESSAGE_KEPT]
    stack = redact("".join(traceback.format_exception(trouble)))[-_STACK_KEPT:]
    latest = {
        "id": new_id(), "source": source, "message": said, "stack": stack, "user_id": user_id, "at": uow.now,
        "request_id": uow.request_id, "environment": uow.policy.app_env, "release": release[:SHORT],
        "asked": redact(" ".join(f"{name}={value}" for name, value in asked.items()))[:SHORT],
    }  # fmt: skip
    row = insert(ErrorLog).values(
        **latest, fingerprint=fingerprint_of(source, trouble), first_at=uow.now, times=times
    )  # fmt: skip
    uow.run(
        row.on_conflict_do_update(
            index_elements=["fingerprint"], set_={**latest, "times": ErrorLog.__table__.c.times + times}  # type: ignore[attr-defined]  # a table's class has one
        )
    )  # fmt: skip


def fingerprint_of(source: str, trouble: BaseException) -> str:
    """What two errors have in common that are one: the door, the kind, and the functions of ours they came through."""
    frames = traceback.extract_tb(trouble.__traceback__)
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.name}" for frame in frames if _is_ours(frame.filename)]
    said = "\0".join((source, type(trouble).__qualname__, *places[-5:]))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _is_ours(path: str) -> bool:
    return any(part in path for part in _OURS)
