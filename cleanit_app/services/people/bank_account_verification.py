"""The story of asking a bank whose account it is (penny drop): plan and commit, ask, record and commit."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.errors import PayoutDetailsMissing
from cleanit_app.domain.transfer_reasons import WRONG_DETAILS
from cleanit_app.models import AccountCheck, Cleaner
from cleanit_app.ports import (
    FieldCipher,
    PayoutProvider,
    ProviderRejected,
    ProviderTimeout,
    ProviderUnknown,
    ProviderValidation,
)
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.payouts.fund_accounts import ensure_fund_account
from cleanit_app.services.people import bank_account_checks
from cleanit_app.services.unit_of_work import OpenUow


def check_account(open_uow: OpenUow, provider: PayoutProvider, cipher: FieldCipher, *, check_id: UUID) -> None:
    """Ask a bank about an account, or what became of the question; silence is asked about later (LAW-08).

    There is no key for such questions, so one whose answer was lost is looked for before another is asked.
    """
    with open_uow() as uow:
        check = bank_account_checks.take_up(uow, check_id=check_id)
    if check is None:
        return
    try:
        answer = (
            provider.validation(check.provider_id) if check.provider_id else _ask(open_uow, provider, cipher, check)
        )
    except ProviderUnknown as silence:
        with open_uow() as uow:
            note_failure(uow, source="account_check", subject_id=check_id, trouble=silence)
            if not isinstance(silence, ProviderTimeout):  # that one may be at it still: the claim runs out by itself
                bank_account_checks.look_again(uow, check_id=check_id)
        return
    except ProviderRejected as no:
        with open_uow() as uow:
            wrong = no.reason in WRONG_DETAILS and not check.provider_id
            why = no.reason if wrong and no.reason else no.description
            bank_account_checks.refuse(uow, check_id=check_id, reason=why, wrong_details=wrong)
        return
    with open_uow() as uow:
        bank_account_checks.apply_validation(uow, check_id=check_id, answer=answer)
        bank_account_checks.look_again(uow, check_id=check_id)


def _ask(open_uow: OpenUow, provider: PayoutProvider, cipher: FieldCipher, check: AccountCheck) -> ProviderValidation:
    ensure_fund_account(open_uow, provider, cipher, cleaner_id=check.cleaner_id)
    with open_uow() as uow:
        fund_account_id = uow.get(Cleaner, check.cleaner_id).razorpay_fund_account_id
    if fund_account_id is None:
        raise PayoutDetailsMissing
    lost = provider.validation_of(fund_account_id) if check.tries > 1 else None
    if lost is not None and not _is_of_another(open_uow, check, lost.id):
        return lost
    return provider.validation(provider.validate_fund_account(fund_account_id=fund_account_id))


def _is_of_another(open_uow: OpenUow, check: AccountCheck, provider_id: str) -> bool:
    with open_uow() as uow:
        known = uow.first(AccountCheck, AccountCheck.provider_id == provider_id)
    return known is not None and known.id != check.id
