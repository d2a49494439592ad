"""How a sweep goes through what is due: batch after batch, each thing once, within the time of its job.

One thing that is in the way is written down, and must not keep the others waiting.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from rq.timeouts import BaseTimeoutException

from cleanit_app.domain.errors import RowUnreadable
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.wiring import Wiring

log = logging.getLogger(__name__)

# A job has 180 seconds, and the longest single thing is a question and a call of 35 seconds each.
ENOUGH_SECONDS = 100.0


def sweep(
    find: Callable[[int], list[UUID]],
    act: Callable[[UUID], object],
    *,
    batch: int,
    seconds: float = ENOUGH_SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Do all that `find` gives for a limit, each once; what the time does not suffice for stays due. How many."""
    end = clock() + seconds
    tried: set[UUID] = set()
    while True:
        fresh = [one for one in find(batch + len(tried)) if one not in tried][:batch]
        if not fresh:
            return len(tried)
        for one in fresh:
            if clock() >= end:
                return len(tried)
            tried.add(one)
            act(one)


def alone(
    parts: Wiring,
    source: str,
    act: Callable[[UUID], Any],
    *,
    where: str = "",
    put_off: Callable[[UnitOfWork, UUID], None] | None = None,
) -> Callable[[UUID], bool]:
    """`act` for a sweep: its trouble with one thing is written down (MON-05). Whether it went well.

    With `put_off` that thing goes to the end, so that it never stands before the others.
    """

    def one(subject: UUID) -> bool:
        try:
            act(subject)
        except BaseTimeoutException:
            raise  # the worker ends this job; what is left stays due
        except Exception as trouble:  # kept in error_logs with its stack
            log.exception("one thing of a sweep is in the way", extra={"source": source, "subject": str(subject)})
            with parts.open_uow() as uow:
                note_failure(uow, source=source, subject_id=subject, trouble=trouble, where=where)
            if put_off is not None:
                with suppress(RowUnreadable), parts.open_uow() as uow:  # noted above: it stays, and each run passes it
                    put_off(uow, subject)
            return False
        return True

    return one
