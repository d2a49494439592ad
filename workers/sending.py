"""How a money job sends what is due: ten at a time, one trouble alone, and a stop when the provider cannot pay."""

from __future__ import annotations

import logging
from collections.abc import Callable
from uuid import UUID

from rq.timeouts import BaseTimeoutException

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.flows import AfterNo
from cleanit_app.ports import ProviderRejected, ProviderUnknown
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.wiring import Wiring

log = logging.getLogger(__name__)
Due = Callable[[UnitOfWork, int], list[UUID]]
Act = Callable[[Wiring, UUID], AfterNo | None]


def in_batches(parts: Wiring, due: Due, send: Act) -> None:
    """Send all that is due, each once; stops when the provider says that it cannot pay now."""
    tried: set[UUID] = set()
    while True:
        with parts.open_uow() as uow:
            batch = [i for i in due(uow, LIMITS.money_batch + len(tried)) if i not in tried][: LIMITS.money_batch]
        if not batch:
            return
        for subject in batch:
            tried.add(subject)
            if guarded(parts, subject, send) is AfterNo.WAIT:
                return  # those behind it keep their place


def guarded(parts: Wiring, subject: UUID, act: Act) -> AfterNo | None:
    """Do one thing; its trouble is written down and must not keep the others waiting (MON-05)."""
    try:
        return act(parts, subject)
    except BaseTimeoutException:
        raise  # the worker ends this job: what was begun is asked about, the rest stays due
    except (DomainError, ProviderRejected, ProviderUnknown) as trouble:
        # Nothing was sent: it stays due.
        log.warning("money could not be moved now", extra={"subject": str(subject), "why": str(trouble)})
        failure: Exception = trouble
        refused = isinstance(trouble, ProviderRejected) and trouble.is_about_us
    except Exception as surprise:  # kept in error_logs with its stack
        log.exception("money job failed", extra={"subject": str(subject)})
        failure, refused = surprise, False
    with parts.open_uow() as uow:
        note_failure(uow, source="job", subject_id=subject, trouble=failure, where=act.__name__.strip("_"))
    return AfterNo.WAIT if refused else None
