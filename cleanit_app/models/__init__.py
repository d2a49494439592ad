"""Tables and the small truths of their rows; importing this package registers every table."""

from sqlmodel import SQLModel

from cleanit_app.models import bounds, due
from cleanit_app.models.auth import (
    FailedSignIn,
    KnownDevice,
    OneTimeCode,
    PendingAccount,
    RecoveryCode,
    RefreshToken,
    SecondFactor,
    Session,
)
from cleanit_app.models.banners import SiteBanner
from cleanit_app.models.base import (
    HasStatus,
    StatusChange,
    begin_all,
    first_id_of_moment,
    id_of_moment,
    move_all,
    new_id,
)
from cleanit_app.models.boards import BoardFigure
from cleanit_app.models.bulk import BulkRow, BulkRun
from cleanit_app.models.campaigns import Campaign, CampaignCorrection, move_refunds_of_all
from cleanit_app.models.canned_answers import CannedAnswerVersion
from cleanit_app.models.features import FeatureFlag
from cleanit_app.models.help_articles import HelpArticle, HelpArticleEdition
from cleanit_app.models.house_settings import SettingChoice
from cleanit_app.models.jobs import CaptureToken, DeadlineReminder, Job, Penalty
from cleanit_app.models.ledger import EscrowTransaction, LedgerAccount, LedgerLine, LedgerTransfer, Transaction
from cleanit_app.models.notifications import Alert, Notification, OutboxEvent
from cleanit_app.models.operations import DailyRun, ErrorLog, SavedView, ScheduledJob, ScheduledRun, SweepBeat
from cleanit_app.models.payments import Contribution, FailedTry, Payment, PaymentFlag
from cleanit_app.models.payouts import Payout
from cleanit_app.models.people import (
    AccountCheck,
    AdminAction,
    Cleaner,
    DataRequest,
    DeskNote,
    IdentityDocument,
    NameChange,
    PhotoConsent,
    TermsAcceptance,
    User,
)
from cleanit_app.models.photos import PHOTO_IS_PUBLIC, Photo, PhotoTakedown
from cleanit_app.models.reconciliation import CheckRun, Difference, Seen
from cleanit_app.models.refunds import Refund
from cleanit_app.models.review import (
    AccountFingerprint,
    Dispute,
    DisputeStatement,
    FraudCase,
    FraudFinding,
    FraudScan,
    PendingDecision,
    Review,
)
from cleanit_app.models.search import SearchWord
from cleanit_app.models.support import Attachment, SupportMessage, SupportTicket
from cleanit_app.models.tax import FeeInvoice, ReceiptCounter, TdsDeduction, TdsReturn, TdsRuleRow
from cleanit_app.models.transfers import Attempt, MoneySwitch
from cleanit_app.models.webhooks import WebhookEvent

bounds.hold_all(SQLModel.metadata)

__all__ = [
    "PHOTO_IS_PUBLIC",
    "AccountCheck",
    "AccountFingerprint",
    "AdminAction",
    "Alert",
    "Attachment",
    "Attempt",
    "BoardFigure",
    "BulkRow",
    "BulkRun",
    "Campaign",
    "CampaignCorrection",
    "CannedAnswerVersion",
    "CaptureToken",
    "CheckRun",
    "Cleaner",
    "Contribution",
    "DailyRun",
    "DataRequest",
    "DeadlineReminder",
    "DeskNote",
    "Difference",
    "Dispute",
    "DisputeStatement",
    "ErrorLog",
    "EscrowTransaction",
    "FailedSignIn",
    "FailedTry",
    "FeatureFlag",
    "FeeInvoice",
    "FraudCase",
    "FraudFinding",
    "FraudScan",
    "HasStatus",
    "HelpArticle",
    "HelpArticleEdition",
    "IdentityDocument",
    "Job",
    "KnownDevice",
    "LedgerAccount",
    "LedgerLine",
    "LedgerTransfer",
    "MoneySwitch",
    "NameChange",
    "Notification",
    "OneTimeCode",
    "OutboxEvent",
    "Payment",
    "PaymentFlag",
    "Payout",
    "Penalty",
    "PendingAccount",
    "PendingDecision",
    "Photo",
    "PhotoConsent",
    "PhotoTakedown",
    "ReceiptCounter",
    "RecoveryCode",
    "RefreshToken",
    "Refund",
    "Review",
    "SavedView",
    "ScheduledJob",
    "ScheduledRun",
    "SearchWord",
    "SecondFactor",
    "Seen",
    "Session",
    "SettingChoice",
    "SiteBanner",
    "StatusChange",
    "SupportMessage",
    "SupportTicket",
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
