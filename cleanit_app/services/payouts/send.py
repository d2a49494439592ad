"""Sending payouts: intent and commit, call, record and commit; no transaction is open during a call (PAY-05)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from cleanit_app.domain.flows import AfterNo
from cleanit_app.models import Attempt, Payout
from cleanit_app.ports import (
    FieldCipher,
    PayoutProvider,
    ProviderFormat,
    ProviderPayout,
    ProviderRejected,
)
from cleanit_app.services.crashpoints import crashpoint
from cleanit_app.services.payouts import payouts
from cleanit_app.services.payouts.fund_accounts import ensure_fund_account
from cleanit_app.services.transfers import attempts, calls
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork


def send_payout(
    open_uow: OpenUow, provider: PayoutProvider, cipher: FieldCipher, *, payout_id: UUID, form: ProviderFormat
) -> AfterNo | None:
    """Send one due payout: the cleaner is made known to the provider, then paid (PAY-05)."""
    with open_uow() as uow:
        cleaner_id = uow.get(Payout, payout_id).cleaner_id
    ensure_fund_account(open_uow, provider, cipher, cleaner_id=cleaner_id)
    with open_uow() as uow:
        attempt_id = payouts.prepare_payout(uow, payout_id=payout_id, form=form)
    crashpoint("payout.after_intent")
    return carry_out_payout(open_uow, provider, attempt_id=attempt_id) if attempt_id else None


def carry_out_payout(open_uow: OpenUow, provider: PayoutProvider, *, attempt_id: UUID) -> AfterNo | None:
    """Make (or repeat, or ask about) the call of one payout attempt and record the answer."""
    return calls.carry_out(
        open_uow, attempt_id=attempt_id, flow="payout", call=partial(_payout_call, provider), record=_record_payout
    )


def look_at_payout(open_uow: OpenUow, provider: PayoutProvider, *, attempt_id: UUID) -> None:
    """Ask by its id what became of a payout whose call has ended, and apply the provider's present word (PAY-06)."""
    with open_uow() as uow:
        provider_id = uow.get(Attempt, attempt_id).provider_id
    if provider_id is None:
        return
    answer = provider.payout(provider_id)
    with open_uow() as uow:
        attempts.must_fit(uow.get(Attempt, attempt_id), answer.amount_paise)
        payouts.apply_payout(uow, attempt_id=attempt_id, answer=answer, asked=True)


def _payout_call(provider: PayoutProvider, task: attempts.Task) -> Callable[[], ProviderPayout | None] | None:
    attempt = task.attempt

    def ask() -> ProviderPayout | None:
        if attempt.provider_id:
            return calls.asked(lambda: provider.payout(str(attempt.provider_id)))
        return calls.asked(lambda: provider.payout_by_reference(attempt.reference))

    def send() -> ProviderPayout:
        return provider.create_payout(request=json.loads(attempt.request), idempotency_key=attempt.idempotency_key)

    return calls.call_of(task.step, ask, send)


def _record_payout(uow: UnitOfWork, attempt_id: UUID, answer: Any) -> AfterNo | None:
    """Write down an answer: what each means stands in docs/decisions/0005."""
    if isinstance(answer, ProviderPayout):
        attempts.must_fit(uow.get(Attempt, attempt_id), answer.amount_paise)
        payouts.apply_payout(uow, attempt_id=attempt_id, answer=answer)
    if not isinstance(answer, ProviderRejected):
        return None
    payout = uow.lock(Payout, calls.owner_of(uow.get(Attempt, attempt_id).payout_id))
    attempt = uow.lock(Attempt, attempt_id)
    if calls.says_nothing_of_it(uow, attempt, answer):
        return None
    after = calls.after_no(answer)
    # Any other definite no would come again: somebody must change something first.
    payouts.fail_payout(
        uow, payout=payout, attempt=attempt, reason=calls.reason_of(answer), after=after or AfterNo.PERSON
    )
    return after
