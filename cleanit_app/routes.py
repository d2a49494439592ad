"""Every address of the site, as functions, so that a link cannot be misspelt."""

from __future__ import annotations

from uuid import UUID

HOME = "/"
DISCOVER = "/campaigns"
START = "/start"
LOGIN = "/login"
JOIN = "/join"
RESET = "/reset"
RESET_CODE = "/reset/code"
ME = "/me"
ACCOUNT = "/me/account"
MY_MONEY = "/me/transactions"
MY_CAMPAIGNS = "/me/campaigns"
NOTIFICATIONS = "/notifications"
JOBS = "/jobs"
WORK = "/work"
EARNINGS = "/earnings"
STATEMENT = "/earnings/statement"
KYC = "/kyc"
ADMIN = "/admin"
CLEANED = "/cleaned"
LEDGER = "/ledger"
HOW = "/how-it-works"
HELP = "/help"
REPORT_A_HOLE = f"{HELP}#security"
SECURITY_TXT = "/.well-known/security.txt"
CREDITS = "/credits.txt"
TERMS = "/terms"
PRIVACY = "/privacy"
ACCEPT_TERMS = "/terms/accept"
ADMIN_CHECKS = "/admin/verification"
ADMIN_CAMPAIGNS = "/admin/campaigns"
ADMIN_PEOPLE = "/admin/people"
ADMIN_MONEY = "/admin/money"
ADMIN_PAYOUTS = "/admin/payouts"
ADMIN_AUDIT = "/admin/audit"
ADMIN_ERRORS = "/admin/errors"
SECOND_FACTOR = "/admin/second-factor"
READ_BEFORE_TERMS = (TERMS, PRIVACY, ACCEPT_TERMS, LOGIN, JOIN, HELP, SECOND_FACTOR)
"""Pages that are not interrupted to ask for new terms."""
ADMIN_REFUNDS = "/admin/refunds"


def campaign(campaign_id: UUID | str) -> str:
    """One campaign."""
    return f"/campaigns/{campaign_id}"


def checking(job_id: UUID | str) -> str:
    """One job's after-photo, for an admin to decide on."""
    return f"{ADMIN_CHECKS}/{job_id}"


def photo(base_key: str) -> str:
    """The public sizes of a photo; `/480.webp` and the like follow."""
    return f"/files/{base_key}"


def fund(campaign_id: UUID | str) -> str:
    """Where one gives money to a campaign."""
    return f"/campaigns/{campaign_id}/fund"


def gift(contribution_id: UUID | str) -> str:
    """One's own contribution with its receipt."""
    return f"{MY_MONEY}/{contribution_id}"


def job(job_id: UUID | str) -> str:
    """A job one may take."""
    return f"{JOBS}/{job_id}"


def work(job_id: UUID | str) -> str:
    """A job one has taken."""
    return f"{WORK}/{job_id}"


def inside(wanted: str | None, otherwise: str) -> str:
    """A path of this site; anything that could lead elsewhere becomes `otherwise`."""
    path = wanted or ""
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if ours and path.isprintable() and len(path) <= 500 else otherwise


def proof(job_id: UUID | str) -> str:
    """The camera for the after-photo of a job."""
    return f"/work/{job_id}/proof"


def payout(payout_id: UUID | str) -> str:
    """The pay for one job."""
    return f"/earnings/{payout_id}"


def paying(campaign_id: UUID | str, contribution_id: UUID | str) -> str:
    """The page that waits for one payment, and is its receipt afterwards."""
    return f"{fund(campaign_id)}/{contribution_id}"


def receipt_file(contribution_id: UUID | str) -> str:
    """The receipt as a PDF."""
    return f"/api/contributions/{contribution_id}/receipt"


def invoice_file(invoice_id: UUID | str) -> str:
    """An invoice of the fee, or a credit note, as a PDF."""
    return f"/api/admin/invoices/{invoice_id}/pdf"


def statement_file(year: str, form: str) -> str:
    """One's own financial year as a file."""
    return f"/api/cleaners/me/statements/{year}/{form}"
