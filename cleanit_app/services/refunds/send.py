"""Sending refunds: intent and commit, call, record and commit. No transaction is open during a call (PAY-08)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from cleanit_app.domain.flows import AfterNo
from cleanit_app.models import Attempt, Refund
from cleanit_app.ports import (
    PaymentProvider,
    ProviderFormat,
    ProviderRefund,
    ProviderRejected,
)
from cleanit_app.services.crashpoints import crashpoint
from cleanit_app.services.refunds import refunds
from cleanit_app.services.transfers import attempts, calls
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork


def send_refund(
    open_uow: OpenUow,
    provider: PaymentProvider,
    *,
    refund_id: UUID,
    form: ProviderFormat,
    keep_provider_fee: bool = False,
) -> AfterNo | None:
    """Send one waiting refund; does nothing when it does not wait (PAY-08).

    WAIT when the provider cannot pay now: those behind it need not be tried.
    """
    with open_uow() as uow:
        attempt_id = refunds.prepare_refund(uow, refund_id=refund_id, form=form, keep_provider_fee=keep_provider_fee)
    crashpoint("refund.after_intent")
    return carry_out_refund(open_uow, provider, attempt_id=attempt_id) if attempt_id else None


def carry_out_refund(open_uow: OpenUow, provider: PaymentProvider, *, attempt_id: UUID) -> AfterNo | None:
    """Make (or repeat, or ask about) the call of one refund attempt and record the answer."""
    return calls.carry_out(
        open_uow, attempt_id=attempt_id, flow="refund", call=partial(_refund_call, provider), record=_record_refund
    )


def _refund_call(provider: PaymentProvider, task: attempts.Task) -> Callable[[], ProviderRefund | None] | None:
    attempt, request = task.attempt, json.loads(task.attempt.request)

    def ask() -> ProviderRefund | None:
        if attempt.provider_id:
            return calls.asked(lambda: provider.refund_by_id(str(attempt.provider_id)))
        return calls.asked(lambda: provider.refund_of(request))

    def send() -> ProviderRefund:
        return provider.refund(request=request, idempotency_key=attempt.idempotency_key)

    return calls.call_of(task.step, ask, send)


def _record_refund(uow: UnitOfWork, attempt_id: UUID, answer: Any) -> AfterNo | None:
    if isinstance(answer, ProviderRefund):
        attempts.must_fit(uow.get(Attempt, attempt_id), answer.amount_paise)
        refunds.apply_refund(uow, attempt_id=attempt_id, answer=answer)
    if not isinstance(answer, ProviderRejected):
        return None
    refund = uow.lock(Refund, calls.owner_of(uow.get(Attempt, attempt_id).refund_id))
    attempt = uow.lock(Attempt, attempt_id)
    if calls.says_nothing_of_it(uow, attempt, answer):
        return None
    after = calls.after_no(answer)
    refunds.fail_refund(
        uow, refund=refund, attempt=attempt, reason=calls.reason_of(answer), after=after or AfterNo.RETRY
    )
    return after
