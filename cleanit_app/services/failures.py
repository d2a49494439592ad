"""Failures of jobs that a person should look at (MON-05)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.models import ErrorLog
from cleanit_app.services.unit_of_work import UnitOfWork


def note_failure(uow: UnitOfWork, *, source: str, subject_id: UUID | None, trouble: Exception) -> None:
    """Write down what went wrong with one thing while the rest went on."""
    message = f"{type(trouble).__name__}: {trouble}"[:1000]
    uow.add(ErrorLog(source=source, subject_id=subject_id, message=message, at=uow.now))
