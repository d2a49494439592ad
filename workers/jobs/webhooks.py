"""Work on what the payment provider said, and asking what it did not say."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from rq.timeouts import BaseTimeoutException

from cleanit_app.domain.errors import RowUnreadable
from cleanit_app.services import webhooks
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.payments import contributions
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.wiring import Wiring, wiring
from workers.sweeping import ENOUGH_SECONDS, sweep

_BATCH = 50
_TURN_SECONDS = 20.0
log = logging.getLogger(__name__)


def work_webhook(webhook_id: str) -> None:
    """Apply one stored message (PAY-01): what hints of an earlier version asked for."""
    _work(wiring(), UUID(webhook_id))


def work_webhooks() -> None:
    """Apply every message that waits, one after another in one process, as long as money jobs may wait (PAY-01).

    A process for each message would do one to ten a second. What is left over is hinted at again, so that payouts and
    refunds in the same queue come between.
    """
    parts = wiring()
    _apply_due(parts, seconds=_TURN_SECONDS)
    with parts.open_uow() as uow:
        if webhooks.waiting_webhooks(uow, limit=1):
            webhooks.hint_work(uow)


def sweep_webhooks() -> None:
    """Apply messages whose hint was lost or that were too early, until none is due."""
    _apply_due(wiring(), seconds=ENOUGH_SECONDS)


def _apply_due(parts: Wiring, *, seconds: float) -> int:
    """Each message in a transaction of its own, in the order in which they came; how many were tried."""

    def due(size: int) -> list[UUID]:
        with parts.open_uow() as uow:
            return webhooks.waiting_webhooks(uow, limit=size)

    def work(webhook_id: UUID) -> None:
        _each(parts, "webhook", webhook_id, _work, webhooks.put_off)

    return sweep(due, work, batch=_BATCH, seconds=seconds)


def watch_messages() -> None:
    """Tell finance of messages about something that is not known here (PAY-13)."""
    with wiring().open_uow() as uow:
        webhooks.watch_messages(uow)


def ask_about_contributions() -> None:
    """Ask about payments of which nobody told us, until none is due (PAY-01)."""
    parts = wiring()

    def due(size: int) -> list[UUID]:
        with parts.open_uow() as uow:
            return contributions.open_contributions(uow, limit=size)

    sweep(due, lambda wish: _each(parts, "payment", wish, _ask, contributions.ask_later), batch=_BATCH)


def _work(parts: Wiring, webhook_id: UUID) -> None:
    webhooks.work_webhook(parts.open_uow, webhook_id=webhook_id, form=parts.provider_format)


def _ask(parts: Wiring, contribution_id: UUID) -> None:
    contributions.ask_about_order(parts.open_uow, parts.payments, contribution_id=contribution_id)


def _each(
    parts: Wiring,
    source: str,
    subject: UUID,
    act: Callable[[Wiring, UUID], None],
    put_off: Callable[[UnitOfWork, UUID], None],
) -> None:
    """Do one thing; its trouble is written down and it goes to the end, so that it never stands before the others."""
    try:
        act(parts, subject)
    except BaseTimeoutException:
        raise  # the worker ends this job; what is left stays due
    except Exception as trouble:  # kept in error_logs with its stack (MON-05)
        log.exception("the provider's word could not be worked on", extra={"subject": str(subject)})
        with parts.open_uow() as uow:
            note_failure(uow, source=source, subject_id=subject, trouble=trouble, where=act.__name__.strip("_"))
        with suppress(RowUnreadable), parts.open_uow() as uow:  # noted above: it stays where it is, and each run passes
            put_off(uow, subject)
