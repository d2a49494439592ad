"""The order in which transactions lock: whoever holds one thing waits only for what stands further down.

Two who follow it never wait for one another for ever. PostgreSQL would end one of two who did, after a second, and
its work with it: a message worked on later, an admin who has to press again. Every lock is one that lets others point
at the row (FOR NO KEY UPDATE), for keys never change; several rows of one table are locked in the order of their ids.

`UnitOfWork` refuses to lock what has no place here, and a test reads the statements of all stories against it. Free
of the order are rows that a transaction has made itself, and questions that pass over what is locked (SKIP LOCKED),
for they never wait.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import TextClause, text


class NamedLock(StrEnum):
    """A lock on something that has no row of its own; held until the transaction ends."""

    STARTING = "starting"  # of campaigns, by whom: the same wish sent twice at once is seen by the second
    BULK = "bulk"  # of runs, by whom: the same run asked for twice at once is seen by the second
    VIEWS = "views"  # that an admin keeps: how many there are
    ASKING = "asking"  # of support, by whom: the same question sent twice at once is seen by the second
    SETTLEMENT = "settlement"  # of the provider, by its id: booked once
    CONTACT = "contact"  # a phone number or mailbox: given to one account
    FRAUD_SCAN = "fraud-scan"  # a rule: goes on where the last look stopped
    BANNER = "banner"  # of the site: no two stand at the same time
    SETTING = "setting"  # its name: what is chosen about it one after the other
    TAX_YEAR = "tax-year"  # of a payee: payments are taxed one after the other


ORDER: dict[str, str] = {
    "webhook_events": "a message has one worker, from its first step to its last",
    "money_switches": "asked before money is looked at, held shared: nobody stops a flow in the middle of a decision",
    NamedLock.BULK: "held before a run is written down and its forerunner is looked at",
    "bulk_runs": "held shared while one of its rows is done: nobody stops a run in the middle of a row",
    "bulk_rows": "a row has one worker, from its first step to its last; below it comes all that a row does",
    NamedLock.STARTING: "held before the campaign is made and its cancelled forerunners are looked at",
    NamedLock.VIEWS: "held while a view is kept, alone",
    NamedLock.ASKING: "held before a question or message is written down",
    "jobs": "who does the work decides what may happen to campaign and pay; claims start here",
    "capture_tokens": "used up with the photo of its job",
    "campaigns": "what was raised, and whether it is open; before all money that comes in, goes out or goes back",
    "reviews": "whose turn it is to decide on the job that is locked",
    "pending_decisions": "carried out or undone with its job locked",
    "contributions": "one at a time below its campaign: the last rupee is taken once",
    "refunds": "below the campaign whose last one ends it",
    "payouts": "below job and campaign, which close and open again with it",
    "transfer_attempts": "a call belongs to its payout or refund, which decides what the answer means",
    "escrow_transactions": "where the money of a campaign is follows the call that moved it",
    "transactions": "what people read of a call follows it",
    "disputes": "decided with their payout locked, so that none is opened meanwhile",
    "cleaners": "figures and account of who worked, last of what a decision about work or pay changes",
    "name_changes": "another name of a cleaner who is locked, above the papers that it is decided by",
    "account_checks": "a question about the account of a cleaner who is locked",
    "identity_documents": "an ID of a cleaner who is locked",
    "one_time_codes": "spent before the account that it opens or changes is touched",
    "pending_accounts": "opened with its code",
    "users": "suspended for what a locked job or cleaner shows; nothing of money comes after it",
    NamedLock.CONTACT: "taken or free is asked by whoever is about to change an account",
    "data_requests": "end with the account that they are about",
    "second_factors": "below the account that it guards",
    "recovery_codes": "stands in for the second factor",
    "sessions": "end with what was changed about their account",
    "refresh_tokens": "belong to a session",
    "known_devices": "written when a session begins",
    "failed_sign_ins": "forgotten when a session begins",
    "support_tickets": "written to, handed over and closed alone",
    "help_articles": "written, published and withdrawn with their question locked",
    NamedLock.FRAUD_SCAN: "one look at a time by each rule",
    "fraud_cases": "closed when their cleaner is let back, widened by what a rule finds",
    "feature_flags": "one choice at a time",
    NamedLock.BANNER: "held before it is looked whether another stands in that time",
    "site_banners": "taken away alone",
    NamedLock.SETTING: "held before a choice is written down",
    "photos": "come out of quarantine alone",
    NamedLock.TAX_YEAR: "counted when all that decides the pay is locked",
    "fee_invoices": "undone by a credit note, when the pay is taken back",
    NamedLock.SETTLEMENT: "booked at night, with the fees of its payments",
    "payments": "their fee is mended when a settlement says another",
    "receipt_counters": "a number is taken last, for everybody else who needs one waits",
    "payment_flags": "seen by finance, alone",
    "check_runs": "a look at the books ends",
    "reconciliation_seen": "what a run met is forgotten with its end",
    "reconciliation_differences": "closed by what was applied before",
    "outbox": "told by the relay",
    "notifications": "read and forgotten alone",
    "alerts": "raised and cleared after all else",
    "error_logs": "what went wrong is noted after all else",
    "scheduled_jobs": "asked for by hand, taken by its worker",
    "daily_runs": "a day of the clock, taken and finished alone",
    "sweep_beats": "written when a job of the clock has gone well",
}
"""What is locked, from first to last, and why it stands there: tables, and locks with a name."""

_PLACES = {what: place for place, what in enumerate(ORDER)}


class NoPlaceToLock(Exception):
    """Something is to be locked that has no place in the order; it needs one before anybody may wait for it."""


def place_of(what: str) -> int:
    """Where a table or a named lock stands, from 0; NoPlaceToLock for others."""
    try:
        return _PLACES[what]
    except KeyError:
        raise NoPlaceToLock(what) from None


def key_of(lock: NamedLock, of: str) -> int:
    """The number by which the database knows a named lock; nobody's contact is written into its log for it."""
    return int.from_bytes(hashlib.sha256(f"{lock}:{of}".encode()).digest()[:8], "big", signed=True)


@lru_cache
def taking(lock: NamedLock) -> TextClause:
    """The question that waits for a named lock, `:key`, and says in the database's own lists which it waits for."""
    return text(f"/* {lock.value} */ SELECT pg_advisory_xact_lock(:key)")
