"""Failures of payments and jobs that a person should look at (MON-05)."""

from __future__ import annotations

import traceback
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.errors import DomainError, RowUnreadable
from cleanit_app.models import ErrorLog
from cleanit_app.services.unit_of_work import UnitOfWork

STACK_KEPT = 8000


def note_failure(
    uow: UnitOfWork, *, source: str, subject_id: UUID | None, trouble: BaseException, where: str = ""
) -> None:
    """Write down what went wrong with one thing while the rest went on; a surprise is kept with its stack.

    A row that nobody can read is met by every sweep until a person mends it: it is noted once.
    """
    if isinstance(trouble, RowUnreadable) and subject_id is not None:
        uow.leave_out(where or source, subject_id, trouble)
        return
    said = f"{type(trouble).__name__}: {trouble}"
    expected = isinstance(trouble, DomainError)
    stack = None if expected else "".join(traceback.format_exception(trouble))[-STACK_KEPT:]
    message = (f"{where}: {said}" if where else said)[:1000]
    uow.add(ErrorLog(source=source, subject_id=subject_id, message=message, stack=stack, at=uow.now))


_ONCE_IN = timedelta(minutes=5)


def note_outage(uow: UnitOfWork, *, source: str, trouble: BaseException) -> None:
    """Write down that a part is away: once in five minutes, however many people meet it."""
    lately = select(ErrorLog.id).where(ErrorLog.source == source, col(ErrorLog.at) > uow.now - _ONCE_IN).limit(1)
    if uow.run(lately).first() is None:
        note_failure(uow, source=source, subject_id=None, trouble=trouble)
