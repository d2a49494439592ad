"""Why money does not leave, waits or comes back: one word for each reason, whoever found it; `bank.…` are its words."""

from __future__ import annotations

from enum import StrEnum


class TransferReason(StrEnum):
    """A reason that we know; what a bank says beyond these is kept as it said it, for people to read."""

    # the account that is paid to
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_FROZEN = "account_frozen"
    ACCOUNT_WRONG = "account_wrong"
    ACCOUNT_ASLEEP = "account_asleep"
    ACCOUNT_UNKNOWN = "account_unknown"
    UPI_WRONG = "upi_wrong"
    IFSC_WRONG = "ifsc_wrong"
    NO_IMPS = "no_imps"
    NAME_WRONG = "name_wrong"
    NAME_DIFFERS = "name_differs"
    # the bank or the provider
    BANK_REFUSED = "bank_refused"
    BANK_FAILED = "bank_failed"
    BANK_TROUBLE = "bank_trouble"
    BANK_AWAY = "bank_away"
    BANK_SILENT = "bank_silent"
    LIMIT_REACHED = "limit_reached"
    PROVIDER_AWAY = "provider_away"
    PROVIDER_SILENT = "provider_silent"
    PROVIDER_TROUBLE = "provider_trouble"
    PROVIDER_BROKE = "provider_broke"
    CALLED_OFF = "called_off"
    NO_REASON = "no_reason"
    # we ourselves
    BALANCE_SHORT = "balance_short"
    NO_ACCESS = "no_access"
    PAYMENT_TOO_OLD = "payment_too_old"
    NEVER_LEFT = "never_left"
    KEY_CONFLICT = "key_conflict"
    UNKNOWN_OUTCOME = "unknown_outcome"
    UNKNOWN_FOR_A_DAY = "unknown_for_a_day"
    LEFT_AFTER_ALL = "left_after_all"


WRONG_DETAILS = frozenset(
    {
        TransferReason.ACCOUNT_CLOSED,
        TransferReason.ACCOUNT_FROZEN,
        TransferReason.ACCOUNT_WRONG,
        TransferReason.ACCOUNT_ASLEEP,
        TransferReason.ACCOUNT_UNKNOWN,
        TransferReason.UPI_WRONG,
        TransferReason.IFSC_WRONG,
        TransferReason.NO_IMPS,
        TransferReason.NAME_WRONG,
    }
)
"""The bank says that the details are wrong: only the cleaner can mend that (PAY-07)."""
