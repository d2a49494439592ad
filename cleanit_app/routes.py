"""Every address of the site, and the only place that spells one, so that a link cannot be misspelt.

A page's own pattern and a door's come from the same functions: `campaign("[campaign_id]")`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

HOME = "/"
DISCOVER = "/campaigns"
START = "/start"
LOGIN = "/login"
JOIN = "/join"
RESET = "/reset"
RESET_CODE = "/reset/code"
CLEANED = "/cleaned"
LEDGER = "/ledger"
HOW = "/how-it-works"
HELP = "/help"
REPORT_A_HOLE = f"{HELP}#security"
SECURITY_TXT = "/.well-known/security.txt"
CREDITS = "/credits.txt"
SUPPORT = "/support"
DISPUTES = "/disputes"
NEW_DISPUTE = "/disputes/new"
SUPPORT_ANSWER = "/support/answer"
TERMS = "/terms"
ACCEPT_TERMS = "/terms/accept"
PRIVACY = "/privacy"

ME = "/me"
ACCOUNT = "/me/account"
KEPT = "/me/account?kept=1"
"""Where whoever signs in to an account that was to be deleted reads that it stays."""
PHOTO_CONSENTS = "/me/account#photos"
DELETE_ACCOUNT = "/me/account/delete"
MY_DATA = "/me/account/data"
MY_MONEY = "/me/transactions"
MY_CAMPAIGNS = "/me/campaigns"
NOTIFICATIONS = "/notifications"

JOBS = "/jobs"
WORK = "/work"
EARNINGS = "/earnings"
STATEMENT = "/earnings/statement"
KYC = "/kyc"

ADMIN = "/admin"
ADMIN_ADMINS = "/admin/admins"
ADMIN_AUDIT = "/admin/audit"
ADMIN_BOARDS = "/admin/boards"
ADMIN_BULK = "/admin/bulk"
ADMIN_CAMPAIGNS = "/admin/campaigns"
ADMIN_CHECKS = "/admin/verification"
ADMIN_DISPUTES = "/admin/disputes"
ADMIN_ERRORS = "/admin/errors"
ADMIN_FLAGS = "/admin/flags"
ADMIN_FORECAST = "/admin/coming"
ADMIN_FRAUD = "/admin/fraud"
ADMIN_HELD = "/admin/held"
ADMIN_INVOICES = "/admin/invoices"
ADMIN_JOBS = "/admin/jobs"
ADMIN_MONEY = "/admin/money"
ADMIN_PAYOUTS = "/admin/payouts"
ADMIN_PEOPLE = "/admin/people"
ADMIN_RECONCILIATION = "/admin/reconciliation"
ADMIN_REFUNDS = "/admin/refunds"
ADMIN_SETTINGS = "/admin/settings"
ADMIN_CANNED = "/admin/settings/answers"
ADMIN_BANNER = "/admin/banner"
ADMIN_SUPPORT = "/admin/support"
ADMIN_TAX = "/admin/tax"
ADMIN_TRANSACTIONS = "/admin/transactions"
SECOND_FACTOR = "/admin/second-factor"

READ_BEFORE_TERMS = (TERMS, PRIVACY, ACCEPT_TERMS, LOGIN, JOIN, HELP, SUPPORT, SUPPORT_ANSWER, SECOND_FACTOR)
"""Pages that are not interrupted to ask for new terms."""

OF_CLEANERS = (JOBS, WORK, EARNINGS, KYC)
"""Where the pages of cleaners begin: who joins for one of them joins as a cleaner."""

SESSION = "/session"
"""Where a browser sends plain forms; what follows says which."""
SEND_LOGIN = f"{SESSION}/login"
SEND_LOGOUT = f"{SESSION}/logout"
SEND_JOIN = f"{SESSION}/register"
SEND_JOIN_AGAIN = f"{SESSION}/register/code"
SEND_JOIN_CODE = f"{SESSION}/register/confirm"
SEND_RESET = f"{SESSION}/reset"
SEND_RESET_CODE = f"{SESSION}/reset/confirm"
SEND_TERMS = f"{SESSION}/terms"

FILES = "/files"
"""The public sizes of photos."""
PRIVATE = "/private"
"""Originals, and photos in threads of guests, behind links that are over in minutes."""
OF_GUESTS = "guests"

TUTORIALS = "/tutorials"
"""Recordings and pictures of the guides, made by `make tutorials`."""

API = "/api"
"""REST; the rest of each path stands at its door in `cleanit_app/api`, here only what pages and scripts call."""
API_CAMPAIGNS = f"{API}/campaigns"
API_PLACES = f"{API}/places"
API_IDENTITY_DOCUMENT = f"{API}/cleaners/me/identity-document"
API_DISPUTES = f"{API}/disputes"
API_SUPPORT = f"{API}/support"
API_ASK = f"{API_SUPPORT}/tickets"
API_ASK_AS_GUEST = f"{API_SUPPORT}/guests"
API_WRITE_AS_GUEST = f"{API_SUPPORT}/guests/messages"
API_BOARDS = f"{API}/admin/boards"
API_WEBHOOKS = f"{API}/webhooks"
API_RAZORPAY = f"{API_WEBHOOKS}/razorpay"
DATA_EXPORT = f"{API}/users/me/data-export"
DATA_ARCHIVE = f"{DATA_EXPORT}/zip"


def campaign(campaign_id: UUID | str) -> str:
    """One campaign."""
    return f"{DISCOVER}/{campaign_id}"


def correct_campaign(campaign_id: UUID | str) -> str:
    """Where its creator puts right what a campaign says."""
    return f"{DISCOVER}/{campaign_id}/correct"


def cleaner(cleaner_id: UUID | str) -> str:
    """A cleaner as everybody sees them."""
    return f"/cleaners/{cleaner_id}"


def tax_file(year: str, quarter: int, by: str) -> str:
    """The tax of a quarter as a file for the accountant; `by` payee or payment."""
    return f"{API}/admin/tax/{year}/{quarter}/csv?by={by}"


def checking(job_id: UUID | str) -> str:
    """One job's after-photo, for an admin to decide on."""
    return f"{ADMIN_CHECKS}/{job_id}"


def admin_campaign(campaign_id: UUID | str) -> str:
    """One campaign, for admins."""
    return f"{ADMIN_CAMPAIGNS}/{campaign_id}"


def fraud_case(case_id: UUID | str) -> str:
    """One case of possible fraud, for admins."""
    return f"{ADMIN_FRAUD}/{case_id}"


def person(person_id: UUID | str) -> str:
    """One person, for admins."""
    return f"{ADMIN_PEOPLE}/{person_id}"


def bulk_run(run_id: UUID | str) -> str:
    """One run over many things, for admins."""
    return f"{ADMIN_BULK}/{run_id}"


def photo(base_key: str) -> str:
    """The public sizes of a photo; `/480.webp` and the like follow. Nothing for a photo that is withheld."""
    return f"{FILES}/{base_key}" if base_key else ""


def smallest_photo(base_key: str, widths: Sequence[int]) -> str:
    """The smallest public size of a photo, for a picture of a few millimetres; empty when it has none."""
    return f"{photo(base_key)}/{min(widths)}.webp" if base_key and widths else ""


def original(photo_id: UUID | str) -> str:
    """The way to a photo as it was received, for its owner and for who verifies."""
    return f"{API}/photos/{photo_id}/original"


def start_again(campaign_id: UUID | str) -> str:
    """The start form, filled with what one's own campaign said that was declined or taken back."""
    return f"{START}?again={campaign_id}"


def guide(slug: str) -> str:
    """One guide of the help pages."""
    return f"{HELP}/{slug}"


def recording(slug: str, language: str, kind: str) -> str:
    """A guide's recording in a language (`webm`), its captions (`vtt`) or its first picture (`webp`)."""
    return f"{TUTORIALS}/{slug}.{language}.{kind}"


def recorded_step(slug: str, number: int, language: str) -> str:
    """The screen at one step of a guide, counted from 1."""
    return f"{TUTORIALS}/{slug}.{number}.{language}.webp"


def help_article(article_id: UUID | str) -> str:
    """One answer of the help pages that came out of a question."""
    return f"{HELP}/answers/{article_id}"


def ticket(ticket_id: UUID | str) -> str:
    """One's own question to support."""
    return f"{SUPPORT}/{ticket_id}"


def admin_ticket(ticket_id: UUID | str) -> str:
    """A question, for who answers it."""
    return f"{ADMIN_SUPPORT}/{ticket_id}"


def admin_article(ticket_id: UUID | str) -> str:
    """Where what was found for a question becomes a help article."""
    return f"{admin_ticket(ticket_id)}/article"


def attachment(photo_id: UUID | str) -> str:
    """A photo in a thread; `/480.webp` and the like follow."""
    return f"{API}/attachments/{photo_id}"


def guest_attachment(photo_id: UUID | str) -> str:
    """What a link to a photo in a thread is made of that is read by a code."""
    return f"{OF_GUESTS}/{photo_id}"


def dispute(dispute_id: UUID | str) -> str:
    """One dispute, for its two sides."""
    return f"{DISPUTES}/{dispute_id}"


def admin_dispute(dispute_id: UUID | str) -> str:
    """One dispute, for who decides."""
    return f"{ADMIN_DISPUTES}/{dispute_id}"


def questioning(about: str, subject_id: Any = "") -> Any:
    """Where one questions something of one's own; the subject is a text, an id or a Var."""
    known = str(subject_id) if isinstance(subject_id, UUID) else subject_id
    return NEW_DISPUTE + "?about=" + about + "&subject=" + known


def dispute_door(dispute_id: UUID | str, act: str) -> str:
    """REST of one dispute, for the forms that say something in it or appeal."""
    return f"{API_DISPUTES}/{dispute_id}/{act}"


def fund(campaign_id: UUID | str) -> str:
    """Where one gives money to a campaign."""
    return f"{campaign(campaign_id)}/fund"


def contribution(contribution_id: UUID | str) -> str:
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
    return f"{work(job_id)}/proof"


def payout(payout_id: UUID | str) -> str:
    """The pay for one job."""
    return f"{EARNINGS}/{payout_id}"


def paying(campaign_id: UUID | str, contribution_id: UUID | str) -> str:
    """The page that waits for one payment, and is its receipt afterwards."""
    return f"{fund(campaign_id)}/{contribution_id}"


def receipt_file(contribution_id: UUID | str) -> str:
    """The receipt as a PDF."""
    return f"{API}/contributions/{contribution_id}/receipt"


def receipts_file(year: str) -> str:
    """All of one's own receipts of a financial year as a PDF."""
    return f"{API}/users/me/receipts/{year}"


def transactions(query: str) -> str:
    """The list of transactions as a question finds and sorts it."""
    return f"{ADMIN_TRANSACTIONS}?{query}" if query else ADMIN_TRANSACTIONS


def transactions_file(query: str) -> str:
    """Found transactions as a table for a spreadsheet."""
    return f"{API}/admin/transactions/csv?{query}"


def invoice_file(invoice_id: UUID | str) -> str:
    """An invoice of the fee, or a credit note, as a PDF."""
    return f"{API}/admin/invoices/{invoice_id}/pdf"


def board_table(period: str, length: int) -> str:
    """The figures of so many days or weeks as CSV."""
    return f"{API_BOARDS}/csv?period={period}&length={length}"


def statement_file(year: str, form: str) -> str:
    """One's own financial year as a file."""
    return f"{API}/cleaners/me/statements/{year}/{form}"


def private_file(until: int | str, signature: str, key: str) -> str:
    """An original, for whoever holds the link before `until` (seconds since 1970)."""
    return f"{PRIVATE}/{until}/{signature}/{key}"


def identity_picture(document_id: UUID | str) -> str:
    """The picture of an ID, for an admin who may see it."""
    return f"{API}/admin/identity-documents/{document_id}/picture"


def contribution_door(contribution_id: UUID | str) -> str:
    """REST of one contribution, for the script that pays."""
    return f"{API}/contributions/{contribution_id}"


def ticket_door(ticket_id: UUID | str) -> str:
    """REST of one's own question, for the form that writes into it."""
    return f"{API_ASK}/{ticket_id}/messages"


def admin_ticket_door(ticket_id: UUID | str) -> str:
    """REST of a question, for the form that answers it."""
    return f"{API}/admin/support/{ticket_id}/messages"


def job_door(job_id: UUID | str) -> str:
    """REST of one job, for the script that takes the after-photo."""
    return f"{API}/jobs/{job_id}"


def join_for(goal: str) -> str:
    """The page to join on, for somebody who wants to go on to a page of ours."""
    return f"{JOIN}?next={goal}"


def paper(name: Any) -> Any:
    """One of a cleaner's papers, or `all` of them; a text or a Var."""
    return KYC + "?paper=" + name


def confirming(goal: str) -> str:
    """Where one confirms a phone or mailbox by a code, to go on to `goal`."""
    return f"{ACCOUNT}?next={goal}"


def after_login(goal: str) -> str:
    """Where one signs in to go on to `goal`."""
    return f"{LOGIN}?next={goal}"
