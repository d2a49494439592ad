"""Where a cleaner is paid: the details in clear for one call, and the provider's own id for the account (PAY-04)."""

from __future__ import annotations

import json
from uuid import UUID

from cleanit_app.domain.errors import PayoutDetailsMissing
from cleanit_app.models import Cleaner, User
from cleanit_app.ports import BankDetails, FieldCipher, PayoutProvider, UpiDetails
from cleanit_app.services.unit_of_work import OpenUow


def payout_details(cleaner: Cleaner, cipher: FieldCipher) -> BankDetails | UpiDetails | None:
    """The details in clear, for the call to the provider alone; None when none were entered."""
    if cleaner.payout_details is None:
        return None
    context = f"cleaners:payout_details:{cleaner.id}"
    values = json.loads(cipher.unlock(cleaner.payout_details, context=context))
    return UpiDetails(**values) if cleaner.payout_kind == "UPI" else BankDetails(**values)


def ensure_fund_account(open_uow: OpenUow, provider: PayoutProvider, cipher: FieldCipher, *, cleaner_id: UUID) -> None:
    """Make a cleaner's account known to the provider; repeating it gives the same ids (it compares details)."""
    with open_uow() as uow:
        cleaner = uow.get(Cleaner, cleaner_id)
        if cleaner.razorpay_fund_account_id:
            return
        details = payout_details(cleaner, cipher)
        changed_at, contact_id = cleaner.payout_changed_at, cleaner.razorpay_contact_id
        name = uow.get(User, cleaner_id).name
    if details is None:
        raise PayoutDetailsMissing
    contact_id = contact_id or provider.create_contact(name=name, reference_id=cleaner_id.hex)
    fund_account_id = provider.create_fund_account(contact_id=contact_id, details=details)
    with open_uow() as uow:
        cleaner = uow.lock(Cleaner, cleaner_id)
        cleaner.razorpay_contact_id = cleaner.razorpay_contact_id or contact_id  # two may have asked: the first stays
        if cleaner.razorpay_fund_account_id:
            return
        if cleaner.payout_changed_at == changed_at:  # changed while we asked: the next payout asks again
            cleaner.razorpay_fund_account_id = fund_account_id
