"""Tables and the small truths of their rows; importing this package registers every table."""

from sqlmodel import SQLModel

from cleanit_app.models import bounds, due
from cleanit_app.models.accounts import (
    AccountCheck,
    Cleaner,
    FraudCase,
    RefreshToken,
    Session,
    TermsAcceptance,
    User,
)
from cleanit_app.models.base import (
    HasStatus,
    StatusChange,
    begin_all,
    first_id_of_moment,
    id_of_moment,
    move_all,
    new_id,
)
from cleanit_app.models.campaigns import Campaign, move_refunds_of_all
from cleanit_app.models.clock import Alert, DailyRun, SweepBeat
from cleanit_app.models.disputes import Dispute
from cleanit_app.models.identity import IdentityDocument
from cleanit_app.models.jobs import CaptureToken, DeadlineReminder, Job, Penalty
from cleanit_app.models.ledger import Account, LedgerLine, LedgerTransfer
from cleanit_app.models.messages import ErrorLog, Notification, OutboxEvent, WebhookEvent
from cleanit_app.models.money import (
    Attempt,
    Contribution,
    EscrowTransaction,
    FailedTry,
    MoneySwitch,
    Payment,
    PaymentFlag,
    Payout,
    ReceiptCounter,
    Refund,
    Transaction,
)
from cleanit_app.models.nightly import CheckRun, Difference, Seen
from cleanit_app.models.photos import Photo
from cleanit_app.models.security import (
    AdminAction,
    FailedSignIn,
    KnownDevice,
    OneTimeCode,
    PendingAccount,
    RecoveryCode,
    SecondFactor,
)
from cleanit_app.models.taxes import FeeInvoice, TdsDeduction, TdsReturn, TdsRuleRow

bounds.hold_all(SQLModel.metadata)

__all__ = [
    "Account",
    "AccountCheck",
    "AdminAction",
    "Alert",
    "Attempt",
    "Campaign",
    "CaptureToken",
    "CheckRun",
    "Cleaner",
    "Contribution",
    "DailyRun",
    "DeadlineReminder",
    "Difference",
    "Dispute",
    "ErrorLog",
    "EscrowTransaction",
    "FailedSignIn",
    "FailedTry",
    "FeeInvoice",
    "FraudCase",
    "HasStatus",
    "IdentityDocument",
    "Job",
    "KnownDevice",
    "LedgerLine",
    "LedgerTransfer",
    "MoneySwitch",
    "Notification",
    "OneTimeCode",
    "OutboxEvent",
    "Payment",
    "PaymentFlag",
    "Payout",
    "Penalty",
    "PendingAccount",
    "Photo",
    "ReceiptCounter",
    "RecoveryCode",
    "RefreshToken",
    "Refund",
    "SecondFactor",
    "Seen",
    "Session",
    "StatusChange",
    "SweepBeat",
    "TdsDeduction",
    "TdsReturn",
    "TdsRuleRow",
    "TermsAcceptance",
    "Transaction",
    "User",
    "WebhookEvent",
    "begin_all",
    "due",
    "first_id_of_moment",
    "id_of_moment",
    "move_all",
    "move_refunds_of_all",
    "new_id",
]
