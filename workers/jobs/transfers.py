"""Money that leaves: payouts and refunds, ten at a time, and calls without an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from uuid import UUID

from rq.timeouts import BaseTimeoutException

from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.flows import AfterNo
from cleanit_app.domain.rules import MONEY_BATCH
from cleanit_app.models import Attempt
from cleanit_app.ports import ProviderRejected, ProviderUnknown
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.payouts import payouts
from cleanit_app.services.refunds import refunds
from cleanit_app.services.transfers import attempts, calls
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.wiring import Wiring, wiring
from workers.sweeping import sweep

log = logging.getLogger(__name__)
Due = Callable[[UnitOfWork, int], list[UUID]]


def send_due_payouts() -> None:
    """The 10 AM batch: every due payout, ten at a time (PAY-04)."""
    parts = wiring()
    _in_batches(parts, lambda uow, size: payouts.due_payouts(uow, limit=size), _send_payout)


def send_payouts_again() -> None:
    """Due payouts that need not wait for a morning: tried before, or left behind by the last run (PAY-04, PAY-06)."""
    parts = wiring()
    _in_batches(parts, lambda uow, size: payouts.due_payouts(uow, limit=size, again=True), _send_payout)


def send_payout(payout_id: str) -> None:
    """Send one payout that an admin ordered (OPS-01)."""
    _guarded(wiring(), UUID(payout_id), _send_payout)


def look_at_payout(attempt_id: str) -> None:
    """Ask about one ended call by its id: a late message contradicts how it ended (PAY-06)."""
    _guarded(wiring(), UUID(attempt_id), _look_at_payout)


def send_due_refunds() -> None:
    """Every waiting refund, ten at a time (PAY-08)."""
    parts = wiring()
    _in_batches(parts, lambda uow, size: refunds.due_refunds(uow, limit=size), _send_refund)


def settle_open_attempts() -> None:
    """Repeat or ask about all calls that were never made, got no answer, or wait long for the last word."""
    parts = wiring()

    def due(size: int) -> list[UUID]:
        with parts.open_uow() as uow:
            return attempts.open_attempts(uow, limit=size)

    sweep(due, lambda attempt_id: _guarded(parts, attempt_id, _settle), batch=5 * MONEY_BATCH)


def _in_batches(parts: Wiring, due: Due, send: Callable[[Wiring, UUID], AfterNo | None]) -> None:
    """Send all that is due, each once; stops when the provider says that it cannot pay now."""
    tried: set[UUID] = set()
    while True:
        with parts.open_uow() as uow:
            batch = [i for i in due(uow, MONEY_BATCH + len(tried)) if i not in tried][:MONEY_BATCH]
        if not batch:
            return
        for subject in batch:
            tried.add(subject)
            if _guarded(parts, subject, send) is AfterNo.WAIT:
                return  # those behind it keep their place


def _guarded(parts: Wiring, subject: UUID, act: Callable[[Wiring, UUID], AfterNo | None]) -> AfterNo | None:
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


def _send_payout(parts: Wiring, payout_id: UUID) -> AfterNo | None:
    return calls.send_payout(
        parts.open_uow,
        parts.payouts,
        parts.cipher,
        payout_id=payout_id,
        form=parts.provider_format,
    )


def _look_at_payout(parts: Wiring, attempt_id: UUID) -> None:
    calls.look_at_payout(parts.open_uow, parts.payouts, attempt_id=attempt_id)


def _send_refund(parts: Wiring, refund_id: UUID) -> AfterNo | None:
    keep = parts.settings.refund_gateway_fee == "keep"
    form = parts.provider_format
    return calls.send_refund(parts.open_uow, parts.payments, refund_id=refund_id, form=form, keep_gateway_fee=keep)


def _settle(parts: Wiring, attempt_id: UUID) -> None:
    with parts.open_uow() as uow:
        is_payout = uow.get(Attempt, attempt_id).payout_id is not None
    if is_payout:
        calls.carry_out_payout(parts.open_uow, parts.payouts, attempt_id=attempt_id)
    else:
        calls.carry_out_refund(parts.open_uow, parts.payments, attempt_id=attempt_id)
