"""The stories that move money: intent and commit, call, record and commit. No transaction is open during a call."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from cleanit_app.domain.errors import PayoutDetailsMissing
from cleanit_app.domain.statuses import AttemptStatus
from cleanit_app.models import Attempt, Cleaner, Payout, Refund, User
from cleanit_app.ports import (
    FieldCipher,
    PaymentGateway,
    PayoutGateway,
    ProviderPayout,
    ProviderRefund,
    ProviderRejected,
    ProviderUnknown,
)
from cleanit_app.services import attempts, kyc, payouts, refunds
from cleanit_app.services.crashpoints import crashpoint
from cleanit_app.services.unit_of_work import UnitOfWork

OpenUow = Callable[[], AbstractContextManager[UnitOfWork]]
# Texts with which the provider says only that our balance is short: a wait, not a failure.
SHORT_BALANCE = ("enough balance", "invalid request sent")


def send_refund(open_uow: OpenUow, gateway: PaymentGateway, *, refund_id: UUID) -> None:
    """Send one waiting refund; does nothing when it does not wait (PAY-08)."""
    with open_uow() as uow:
        attempt_id = refunds.prepare_refund(uow, refund_id=refund_id)
    crashpoint("refund.after_intent")
    if attempt_id:
        carry_out_refund(open_uow, gateway, attempt_id=attempt_id)


def carry_out_refund(open_uow: OpenUow, gateway: PaymentGateway, *, attempt_id: UUID) -> None:
    """Make (or repeat, or ask about) the call of one refund attempt and record the answer."""
    with open_uow() as uow:
        known = uow.get(Attempt, attempt_id)
        accepted, provider_id = known.status is AttemptStatus.ACCEPTED, known.provider_id
        leased = None if accepted else attempts.lease(uow, attempt_id=attempt_id)
    crashpoint("refund.after_lease")
    if accepted and provider_id:
        _record_refund(open_uow, attempt_id, lambda: gateway.refund_by_id(provider_id))
    elif leased:
        body = json.loads(leased.request)
        _record_refund(
            open_uow,
            attempt_id,
            lambda: gateway.refund(
                payment_id=body["paymentId"],
                amount_paise=body["amountPaise"],
                receipt=body["receipt"],
                notes=body["notes"],
                idempotency_key=leased.idempotency_key,
            ),
        )


def _record_refund(open_uow: OpenUow, attempt_id: UUID, call: Callable[[], ProviderRefund]) -> None:
    answer = _answer_of(open_uow, attempt_id, call)
    crashpoint("refund.after_call")
    with open_uow() as uow:
        if isinstance(answer, ProviderRejected):
            row = uow.get(Attempt, attempt_id)
            refund = uow.lock(Refund, _required(row.refund_id))
            short = any(text in answer.description.lower() for text in SHORT_BALANCE)
            refunds.fail_refund(
                uow,
                refund=refund,
                attempt=uow.lock(Attempt, attempt_id),
                reason=answer.description,
                wait=short,
            )
        elif answer is not None:
            refunds.apply_refund(uow, attempt_id=attempt_id, answer=answer)
    crashpoint("refund.after_record")


def send_payout(
    open_uow: OpenUow, gateway: PayoutGateway, cipher: FieldCipher, *, payout_id: UUID, account_number: str
) -> None:
    """Send one due payout: the cleaner is made known to the provider, then paid (PAY-05)."""
    with open_uow() as uow:
        cleaner_id = uow.get(Payout, payout_id).cleaner_id
    ensure_fund_account(open_uow, gateway, cipher, cleaner_id=cleaner_id)
    with open_uow() as uow:
        attempt_id = payouts.prepare_payout(uow, payout_id=payout_id, account_number=account_number)
    crashpoint("payout.after_intent")
    if attempt_id:
        carry_out_payout(open_uow, gateway, attempt_id=attempt_id)


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
        cleaner.razorpay_contact_id = contact_id
        if cleaner.payout_changed_at == changed_at:  # changed while we asked: the next payout asks again
            cleaner.razorpay_fund_account_id = fund_account_id


def carry_out_payout(open_uow: OpenUow, gateway: PayoutGateway, *, attempt_id: UUID) -> None:
    """Make (or repeat, or ask about) the call of one payout attempt and record the answer."""
    with open_uow() as uow:
        known = uow.get(Attempt, attempt_id)
        accepted, provider_id = known.status is AttemptStatus.ACCEPTED, known.provider_id
        was_unknown = known.status in (AttemptStatus.UNKNOWN, AttemptStatus.SENDING)
        leased = None if accepted else attempts.lease(uow, attempt_id=attempt_id)
    crashpoint("payout.after_lease")
    if accepted and provider_id:
        _record_payout(open_uow, attempt_id, lambda: gateway.payout(provider_id))
    elif leased:
        _record_payout(open_uow, attempt_id, lambda: _pay(gateway, leased, look_first=was_unknown))


def _pay(gateway: PayoutGateway, attempt: Attempt, *, look_first: bool) -> ProviderPayout:
    """Look for it by our reference when an earlier call may have happened; else send the stored body."""
    found = gateway.payout_by_reference(attempt.reference) if look_first else None
    return found or gateway.create_payout(request=json.loads(attempt.request), idempotency_key=attempt.idempotency_key)


def _record_payout(open_uow: OpenUow, attempt_id: UUID, call: Callable[[], ProviderPayout]) -> None:
    answer = _answer_of(open_uow, attempt_id, call)
    crashpoint("payout.after_call")
    with open_uow() as uow:
        if isinstance(answer, ProviderRejected):
            row = uow.get(Attempt, attempt_id)
            payout = uow.lock(Payout, _required(row.payout_id))
            payouts.fail_payout(uow, payout=payout, attempt=uow.lock(Attempt, attempt_id), reason=answer.description)
        elif answer is not None:
            payouts.apply_payout(uow, attempt_id=attempt_id, answer=answer)
    crashpoint("payout.after_record")


def _answer_of(open_uow: OpenUow, attempt_id: UUID, call: Callable[[], Any]) -> Any:
    """The provider's answer, its definite no, or None after noting that nothing is known."""
    try:
        return call()
    except ProviderRejected as no:
        return no
    except ProviderUnknown as silence:
        with open_uow() as uow:
            attempts.unknown(uow, uow.lock(Attempt, attempt_id), str(silence) or type(silence).__name__)
        return None


def _required(value: UUID | None) -> UUID:
    if value is None:
        raise ValueError("attempt without a purpose")
    return value
