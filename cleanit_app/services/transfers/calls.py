"""The stories that move money: intent and commit, call, record and commit. No transaction is open during a call."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar
from uuid import UUID

from cleanit_app.domain.errors import PayoutDetailsMissing
from cleanit_app.domain.flows import AfterNo
from cleanit_app.domain.transfer_reasons import TransferReason
from cleanit_app.models import Attempt, Cleaner, Payout, Refund, User
from cleanit_app.ports import (
    FieldCipher,
    PaymentGateway,
    PayoutGateway,
    ProviderFormat,
    ProviderKeyConflict,
    ProviderPayout,
    ProviderRefund,
    ProviderRejected,
    ProviderUnknown,
)
from cleanit_app.services.crashpoints import crashpoint
from cleanit_app.services.payouts import payouts
from cleanit_app.services.people import kyc
from cleanit_app.services.refunds import refunds
from cleanit_app.services.transfers import attempts
from cleanit_app.services.transfers.attempts import Step
from cleanit_app.services.unit_of_work import UnitOfWork

Known = TypeVar("Known")
OpenUow = Callable[[], AbstractContextManager[UnitOfWork]]
ABOUT_US = (TransferReason.BALANCE_SHORT, TransferReason.NO_ACCESS)  # a wait, not a failure of this transfer


def send_refund(
    open_uow: OpenUow,
    gateway: PaymentGateway,
    *,
    refund_id: UUID,
    form: ProviderFormat,
    keep_gateway_fee: bool = False,
) -> AfterNo | None:
    """Send one waiting refund; does nothing when it does not wait (PAY-08).

    WAIT when the provider cannot pay now: those behind it need not be tried.
    """
    with open_uow() as uow:
        attempt_id = refunds.prepare_refund(uow, refund_id=refund_id, form=form, keep_gateway_fee=keep_gateway_fee)
    crashpoint("refund.after_intent")
    return carry_out_refund(open_uow, gateway, attempt_id=attempt_id) if attempt_id else None


def carry_out_refund(open_uow: OpenUow, gateway: PaymentGateway, *, attempt_id: UUID) -> AfterNo | None:
    """Make (or repeat, or ask about) the call of one refund attempt and record the answer."""
    with open_uow() as uow:
        task = attempts.take_up(uow, attempt_id=attempt_id)
    crashpoint("refund.after_lease")
    call = _refund_call(gateway, task)
    if call is None:
        return None
    answer = _answer_of(open_uow, attempt_id, call)
    crashpoint("refund.after_call")
    with open_uow() as uow:
        after = _record_refund(uow, attempt_id, answer)
    crashpoint("refund.after_record")
    return after


def _refund_call(gateway: PaymentGateway, task: attempts.Task) -> Callable[[], ProviderRefund | None] | None:
    attempt, request = task.attempt, json.loads(task.attempt.request)

    def ask() -> ProviderRefund | None:
        if attempt.provider_id:
            return _asked(lambda: gateway.refund_by_id(str(attempt.provider_id)))
        return _asked(lambda: gateway.refund_of(request))

    def send() -> ProviderRefund:
        return gateway.refund(request=request, idempotency_key=attempt.idempotency_key)

    return _call_of(task.step, ask, send)


def _record_refund(uow: UnitOfWork, attempt_id: UUID, answer: Any) -> AfterNo | None:
    if isinstance(answer, ProviderRefund):
        attempts.must_fit(uow.get(Attempt, attempt_id), answer.amount_paise)
        refunds.apply_refund(uow, attempt_id=attempt_id, answer=answer)
    if not isinstance(answer, ProviderRejected):
        return None
    refund = uow.lock(Refund, _required(uow.get(Attempt, attempt_id).refund_id))
    attempt = uow.lock(Attempt, attempt_id)
    if isinstance(answer, ProviderKeyConflict):
        attempts.puzzle(uow, attempt, TransferReason.KEY_CONFLICT)
        return None
    after = _after_no(answer)
    if after is AfterNo.WAIT and attempt.tries > 1:
        attempts.unknown(uow, attempt, answer.description)  # an earlier call may have happened
        return None
    refunds.fail_refund(uow, refund=refund, attempt=attempt, reason=_why(answer), after=after or AfterNo.RETRY)
    return after


def send_payout(
    open_uow: OpenUow, gateway: PayoutGateway, cipher: FieldCipher, *, payout_id: UUID, form: ProviderFormat
) -> AfterNo | None:
    """Send one due payout: the cleaner is made known to the provider, then paid (PAY-05)."""
    with open_uow() as uow:
        cleaner_id = uow.get(Payout, payout_id).cleaner_id
    ensure_fund_account(open_uow, gateway, cipher, cleaner_id=cleaner_id)
    with open_uow() as uow:
        attempt_id = payouts.prepare_payout(uow, payout_id=payout_id, form=form)
    crashpoint("payout.after_intent")
    return carry_out_payout(open_uow, gateway, attempt_id=attempt_id) if attempt_id else None


def ensure_fund_account(open_uow: OpenUow, gateway: PayoutGateway, cipher: FieldCipher, *, cleaner_id: UUID) -> None:
    """Make a cleaner's account known to the provider; repeating it gives the same ids (it compares details)."""
    with open_uow() as uow:
        cleaner = uow.get(Cleaner, cleaner_id)
        if cleaner.razorpay_fund_account_id:
            return
        details = kyc.payout_details(cleaner, cipher)
        changed_at, contact_id = cleaner.payout_changed_at, cleaner.razorpay_contact_id
        name = uow.get(User, cleaner_id).name
    if details is None:
        raise PayoutDetailsMissing
    contact_id = contact_id or gateway.create_contact(name=name, reference_id=cleaner_id.hex)
    fund_account_id = gateway.create_fund_account(contact_id=contact_id, details=details)
    with open_uow() as uow:
        cleaner = uow.lock(Cleaner, cleaner_id)
        cleaner.razorpay_contact_id = cleaner.razorpay_contact_id or contact_id  # two may have asked: the first stays
        if cleaner.razorpay_fund_account_id:
            return
        if cleaner.payout_changed_at == changed_at:  # changed while we asked: the next payout asks again
            cleaner.razorpay_fund_account_id = fund_account_id


def carry_out_payout(open_uow: OpenUow, gateway: PayoutGateway, *, attempt_id: UUID) -> AfterNo | None:
    """Make (or repeat, or ask about) the call of one payout attempt and record the answer."""
    with open_uow() as uow:
        task = attempts.take_up(uow, attempt_id=attempt_id)
    crashpoint("payout.after_lease")
    call = _payout_call(gateway, task)
    if call is None:
        return None
    answer = _answer_of(open_uow, attempt_id, call)
    crashpoint("payout.after_call")
    with open_uow() as uow:
        after = _record_payout(uow, attempt_id, answer)
    crashpoint("payout.after_record")
    return after


def look_at_payout(open_uow: OpenUow, gateway: PayoutGateway, *, attempt_id: UUID) -> None:
    """Ask by its id what became of a payout whose call has ended, and apply the provider's present word (PAY-06)."""
    with open_uow() as uow:
        provider_id = uow.get(Attempt, attempt_id).provider_id
    if provider_id is None:
        return
    answer = gateway.payout(provider_id)
    with open_uow() as uow:
        attempts.must_fit(uow.get(Attempt, attempt_id), answer.amount_paise)
        payouts.apply_payout(uow, attempt_id=attempt_id, answer=answer, asked=True)


def _payout_call(gateway: PayoutGateway, task: attempts.Task) -> Callable[[], ProviderPayout | None] | None:
    attempt = task.attempt

    def ask() -> ProviderPayout | None:
        if attempt.provider_id:
            return _asked(lambda: gateway.payout(str(attempt.provider_id)))
        return _asked(lambda: gateway.payout_by_reference(attempt.reference))

    def send() -> ProviderPayout:
        return gateway.create_payout(request=json.loads(attempt.request), idempotency_key=attempt.idempotency_key)

    return _call_of(task.step, ask, send)


def _record_payout(uow: UnitOfWork, attempt_id: UUID, answer: Any) -> AfterNo | None:
    """Write down an answer: what each means stands in docs/decisions/0005."""
    if isinstance(answer, ProviderPayout):
        attempts.must_fit(uow.get(Attempt, attempt_id), answer.amount_paise)
        payouts.apply_payout(uow, attempt_id=attempt_id, answer=answer)
    if not isinstance(answer, ProviderRejected):
        return None
    payout = uow.lock(Payout, _required(uow.get(Attempt, attempt_id).payout_id))
    attempt = uow.lock(Attempt, attempt_id)
    if isinstance(answer, ProviderKeyConflict):
        attempts.puzzle(uow, attempt, TransferReason.KEY_CONFLICT)
        return None
    after = _after_no(answer)
    if after is AfterNo.WAIT and attempt.tries > 1:
        attempts.unknown(uow, attempt, answer.description)  # an earlier call may have happened
        return None
    # Any other definite no would come again: somebody must change something first.
    payouts.fail_payout(uow, payout=payout, attempt=attempt, reason=_why(answer), after=after or AfterNo.PERSON)
    return after


def _after_no(no: ProviderRejected) -> AfterNo | None:
    """WAIT for a no that is about us and not about this transfer."""
    return AfterNo.WAIT if no.reason in ABOUT_US else None


def _why(no: ProviderRejected) -> str:
    """Our reason where we have one for a whole transfer, else what the provider said, for people to read."""
    ours = no.reason in ABOUT_US or no.reason is TransferReason.PAYMENT_TOO_OLD
    return no.reason if ours and no.reason else no.description


def _call_of(step: Step, ask: Callable[[], Any], send: Callable[[], Any]) -> Callable[[], Any] | None:
    """The call that a step asks for; None when there is nothing to do."""
    calls: dict[Step, Callable[[], Any]] = {
        Step.ASK: ask,
        Step.SEND: send,
        Step.ASK_THEN_SEND: lambda: ask() or send(),
    }
    return calls.get(step)


def _asked(question: Callable[[], Known]) -> Known:
    """The answer to a question about an earlier call; a refusal to answer says nothing about that call."""
    try:
        return question()
    except ProviderRejected as no:
        raise ProviderUnknown(f"the question was refused: {no.description}") from no


def _answer_of(open_uow: OpenUow, attempt_id: UUID, call: Callable[[], Any]) -> Any:
    """The provider's answer, its definite no, or None after noting that nothing is known."""
    try:
        answer = call()
    except ProviderRejected as no:
        return no
    except ProviderUnknown as silence:
        answer, why = None, str(silence) or type(silence).__name__
    else:
        why = "the provider does not know it"
    if answer is None:
        with open_uow() as uow:
            attempts.unknown(uow, uow.lock(Attempt, attempt_id), why)
    return answer


def _required(value: UUID | None) -> UUID:
    if value is None:
        raise ValueError("attempt without a purpose")
    return value
