"""What we ask Razorpay for, in its JSON: the bodies of our calls. Amounts in whole paise, INR only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from cleanit_app.ports import BankDetails, UpiDetails

Body = dict[str, object]
_FIVE_DAYS_MINUTES = 7200
_CAPTURE = {
    "capture": "automatic",
    "capture_options": {
        "automatic_expiry_period": _FIVE_DAYS_MINUTES,
        "manual_expiry_period": _FIVE_DAYS_MINUTES,
        "refund_speed": "normal",
    },
}
"""Whatever the account's default: authorised money is taken at once, a late yes of a bank as well."""
_NAME_LENGTH = 50
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9 ’\-_/().]+")


def whole(paise: int) -> int:
    """The amount itself; TypeError for anything but whole paise, before anything is sent."""
    if isinstance(paise, bool) or not isinstance(paise, int):
        raise TypeError(f"paise are whole numbers, got {type(paise).__name__}")
    return paise


def order(*, amount_paise: int, receipt: str, notes: Mapping[str, str]) -> Body:
    """An order of a contribution."""
    paise = whole(amount_paise)
    return {"amount": paise, "currency": "INR", "receipt": receipt, "notes": dict(notes), "payment": _CAPTURE}


def refund(*, payment_id: str, amount_paise: int, receipt: str, notes: Mapping[str, str]) -> Body:
    """A refund as it is stored before the call; the payment's id goes into the address, the rest is the body."""
    paise = whole(amount_paise)
    return {"payment_id": payment_id, "amount": paise, "speed": "normal", "receipt": receipt, "notes": dict(notes)}


def refund_parts(stored: Mapping[str, object]) -> tuple[str, Body]:
    """The payment's id and the body of a stored refund; those stored before version 0033 say it in other words."""
    if "paymentId" in stored:
        amount, receipt, notes = (stored[name] for name in ("amountPaise", "receipt", "notes"))
        return str(stored["paymentId"]), {"amount": amount, "speed": "normal", "receipt": receipt, "notes": notes}
    return str(stored["payment_id"]), {name: value for name, value in stored.items() if name != "payment_id"}


def contact(*, name: str, reference_id: str) -> Body:
    """Somebody who is paid."""
    return {"name": contact_name(name, reference_id), "type": "vendor", "reference_id": reference_id}


def contact_name(name: str, reference_id: str) -> str:
    """A name RazorpayX accepts (3 to 50 Latin letters, digits, few signs); else one made of the reference."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"\s+", " ", _NOT_IN_NAMES.sub(" ", plain)).strip()
    plain = re.sub(r"[^a-zA-Z0-9.]+\Z", "", plain[:_NAME_LENGTH])
    return plain if len(plain) >= 3 else f"Cleaner {re.sub(r'[^a-zA-Z0-9]', '', reference_id)[-8:]}"


def fund_account(*, contact_id: str, details: BankDetails | UpiDetails) -> Body:
    """Where somebody is paid: a bank account or a UPI id."""
    if isinstance(details, BankDetails):
        bank = {"name": details.holder_name, "ifsc": details.ifsc, "account_number": details.account_number}
        return {"contact_id": contact_id, "account_type": "bank_account", "bank_account": bank}
    return {"contact_id": contact_id, "account_type": "vpa", "vpa": {"address": details.vpa}}


def payout(
    account_number: str,
    *,
    fund_account_id: str,
    to_upi: bool,
    amount_paise: int,
    reference: str,
    narration: str,
    notes: Mapping[str, str],
) -> Body:
    """A payout from our account; it waits there when our balance is short."""
    return {
        "account_number": account_number,
        "fund_account_id": fund_account_id,
        "amount": whole(amount_paise),
        "currency": "INR",
        "mode": "UPI" if to_upi else "IMPS",
        "purpose": "payout",
        "queue_if_low_balance": True,
        "reference_id": reference,
        "narration": narration,
        "notes": dict(notes),
    }


def validation(account_number: str, *, fund_account_id: str, is_bank: bool) -> Body:
    """A check (penny drop) of a fund account; a UPI id is asked about without a rupee."""
    drop: Body = {"amount": 100, "currency": "INR"} if is_bank else {}
    return {"account_number": account_number, "fund_account": {"id": fund_account_id}, **drop}
