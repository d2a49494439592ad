"""Every status, the moves between them, and what each allows: guards and buttons ask the same tables."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from cleanit_app.domain.errors import MoveRefused


class Status(StrEnum):
    """A state of something that has a life; `MOVES` says which states may follow."""

    def may_become(self, target: Status) -> bool:
        """Whether the table allows this move."""
        return target in MOVES[type(self)].get(self, frozenset())

    def check_move(self, target: Status) -> None:
        """Raise MoveRefused unless the table allows this move."""
        if not self.may_become(target):
            raise MoveRefused(what=type(self).__name__, current=self.value, target=target.value)


class CampaignStatus(Status):
    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    FUNDED = "FUNDED"
    COMPLETED = "COMPLETED"
    CLOSED = "CLOSED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


class JobStatus(Status):
    AVAILABLE = "AVAILABLE"
    CLAIMED = "CLAIMED"
    COMPLETED = "COMPLETED"
    VERIFIED = "VERIFIED"
    PAID = "PAID"
    RELEASED = "RELEASED"  # a moment, not a resting place
    REJECTED = "REJECTED"  # a moment, not a resting place
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class ContributionStatus(Status):
    """CREATED: wished for. PENDING: an order waits to be paid. SUCCESS: money is here. LAPSED: never paid."""

    CREATED = "CREATED"
    PENDING = "PENDING"
    SUCCESS = "SUCCESS"
    LAPSED = "LAPSED"


class EscrowStatus(Status):
    HELD = "HELD"
    RELEASED = "RELEASED"
    REFUNDED = "REFUNDED"


class PayoutStatus(Status):
    """PENDING waits for its hour, PROCESSING is with the provider, MANUAL waits for a person.

    CANCELLED: the approval was taken back before it was paid, so nothing is owed.
    """

    PENDING = "PENDING"
    PROCESSING = "PROCESSING"
    PAID = "PAID"
    FAILED = "FAILED"
    MANUAL = "MANUAL"
    CANCELLED = "CANCELLED"


class RefundStatus(Status):
    PENDING = "PENDING"
    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    MANUAL = "MANUAL"


class AttemptStatus(Status):
    """One call that moves money. UNKNOWN is asked about, never repeated under a new key.

    MANUAL: nobody knows after a day, or the provider contradicts itself; only looked up until a person decides.
    """

    READY = "READY"
    SENDING = "SENDING"
    UNKNOWN = "UNKNOWN"
    ACCEPTED = "ACCEPTED"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    REVERSED = "REVERSED"
    MANUAL = "MANUAL"


class AccountCheckStatus(Status):
    """WAITING to be asked, ASKED at the bank; then the bank's word, or that nobody can ask (UNAVAILABLE)."""

    WAITING = "WAITING"
    ASKED = "ASKED"
    MATCHES = "MATCHES"
    DIFFERS = "DIFFERS"
    INVALID = "INVALID"
    UNAVAILABLE = "UNAVAILABLE"
    REPLACED = "REPLACED"  # the details changed meanwhile


class DocumentStatus(Status):
    """A handed-in ID. WAITING for the automatic check, then its word; a person ends it, or a newer one does."""

    WAITING = "WAITING"
    MATCHES = "MATCHES"
    DIFFERS = "DIFFERS"
    UNKNOWN = "UNKNOWN"  # the issuer knows no such number
    UNAVAILABLE = "UNAVAILABLE"  # nobody could be asked
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    REPLACED = "REPLACED"


class CampaignRefundStatus(Status):
    NONE = "NONE"
    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"


class KycStatus(Status):
    PENDING = "PENDING"
    VERIFIED = "VERIFIED"
    ACTIVE = "ACTIVE"
    REJECTED = "REJECTED"


class DisputeStatus(Status):
    """OPEN waits, and keeps the pay of a result back. UPHELD: who raised it was right. DISMISSED: it stands as it was.

    SPLIT: half-done work, a part to the cleaner, the rest back.
    """

    OPEN = "OPEN"
    UPHELD = "UPHELD"
    DISMISSED = "DISMISSED"
    SPLIT = "SPLIT"


class TicketStatus(Status):
    """OPEN waits for us and its clock runs, ANSWERED waits for who asked, CLOSED is settled until somebody writes."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    CLOSED = "CLOSED"


class ArticleStatus(Status):
    """DRAFT is seen by the desk, PUBLISHED by everybody, WITHDRAWN by the desk again."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"


class FraudCaseStatus(Status):
    """OPEN: for whoever looks into fraud; WITH_COMPLIANCE: handed over; CONFIRMED, UNFOUNDED: a person decided."""

    OPEN = "OPEN"
    WITH_COMPLIANCE = "WITH_COMPLIANCE"
    CONFIRMED = "CONFIRMED"
    UNFOUNDED = "UNFOUNDED"


class BulkRunStatus(Status):
    """RUNNING: a worker goes on with it. STOPPED by an admin, or for want of one. DONE: no row waits."""

    RUNNING = "RUNNING"
    STOPPED = "STOPPED"
    DONE = "DONE"


class BulkRowStatus(Status):
    """WAITING for its turn; then DONE, SKIPPED because a rule says no, or FAILED on a trouble of ours."""

    WAITING = "WAITING"
    DONE = "DONE"
    SKIPPED = "SKIPPED"
    FAILED = "FAILED"


class NameChangeStatus(Status):
    """WAITING for a person who looks at ID and bank; ACCEPTED is the name from then on. TAKEN_BACK by who asked."""

    WAITING = "WAITING"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    TAKEN_BACK = "TAKEN_BACK"


class UserStatus(Status):
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    DELETED = "DELETED"


C, J, P, R, A, K, E, Q, D = (
    CampaignStatus,
    JobStatus,
    PayoutStatus,
    RefundStatus,
    AttemptStatus,
    KycStatus,
    EscrowStatus,
    AccountCheckStatus,
    DocumentStatus,
)
_BY_A_PERSON = frozenset({D.ACCEPTED, D.REFUSED, D.REPLACED})

MOVES: dict[type[Status], dict[Status, frozenset[Status]]] = {
    CampaignStatus: {
        C.DRAFT: frozenset({C.ACTIVE, C.CANCELLED}),
        C.ACTIVE: frozenset({C.FUNDED, C.EXPIRED, C.CANCELLED}),
        C.FUNDED: frozenset({C.COMPLETED, C.CANCELLED}),
        # back to FUNDED when the work is rejected and another try or another cleaner follows
        C.COMPLETED: frozenset({C.CLOSED, C.FUNDED}),
        # a bank may send the cleaner's money back days later
        C.CLOSED: frozenset({C.COMPLETED}),
    },
    JobStatus: {
        J.AVAILABLE: frozenset({J.CLAIMED, J.CANCELLED}),
        J.CLAIMED: frozenset({J.COMPLETED, J.RELEASED, J.CANCELLED}),
        J.RELEASED: frozenset({J.AVAILABLE}),
        J.COMPLETED: frozenset({J.VERIFIED, J.REJECTED}),
        J.REJECTED: frozenset({J.CLAIMED, J.FAILED}),
        # an approval that was taken back before its pay had left
        J.VERIFIED: frozenset({J.PAID, J.FAILED}),
        J.PAID: frozenset({J.VERIFIED}),
    },
    ContributionStatus: {
        ContributionStatus.CREATED: frozenset(
            {ContributionStatus.PENDING, ContributionStatus.LAPSED, ContributionStatus.SUCCESS}
        ),
        ContributionStatus.PENDING: frozenset({ContributionStatus.SUCCESS, ContributionStatus.LAPSED}),
        # banks confirm late: money that arrives after we gave up is still money
        ContributionStatus.LAPSED: frozenset({ContributionStatus.SUCCESS}),
    },
    EscrowStatus: {
        E.HELD: frozenset({E.RELEASED, E.REFUNDED}),
        # a failed refund or a reversed payout brings the money back into our hands
        E.RELEASED: frozenset({E.REFUNDED, E.HELD}),
    },
    PayoutStatus: {
        P.PENDING: frozenset({P.PROCESSING, P.MANUAL, P.CANCELLED}),
        P.PROCESSING: frozenset({P.PAID, P.FAILED}),
        P.FAILED: frozenset({P.PENDING, P.MANUAL}),
        # a person sends it again, or paid it at the bank
        P.MANUAL: frozenset({P.PENDING, P.PAID, P.CANCELLED}),
        P.PAID: frozenset({P.FAILED}),
    },
    RefundStatus: {
        R.PENDING: frozenset({R.PROCESSING, R.MANUAL}),
        R.PROCESSING: frozenset({R.COMPLETED, R.FAILED}),
        R.FAILED: frozenset({R.PENDING, R.MANUAL}),
        R.MANUAL: frozenset({R.PENDING, R.COMPLETED}),
    },
    AttemptStatus: {
        A.READY: frozenset({A.SENDING}),
        A.SENDING: frozenset({A.ACCEPTED, A.UNKNOWN, A.FAILED, A.SUCCEEDED, A.REVERSED, A.MANUAL}),
        A.UNKNOWN: frozenset({A.SENDING, A.ACCEPTED, A.SUCCEEDED, A.FAILED, A.REVERSED, A.MANUAL}),
        A.MANUAL: frozenset({A.ACCEPTED, A.SUCCEEDED, A.FAILED, A.REVERSED}),
        A.ACCEPTED: frozenset({A.SUCCEEDED, A.FAILED, A.REVERSED}),
        A.SUCCEEDED: frozenset({A.REVERSED}),
        # a provider may pay after it had said no
        A.FAILED: frozenset({A.REVERSED, A.SUCCEEDED}),
    },
    AccountCheckStatus: {
        Q.WAITING: frozenset({Q.ASKED, Q.UNAVAILABLE, Q.INVALID, Q.REPLACED}),
        Q.ASKED: frozenset({Q.MATCHES, Q.DIFFERS, Q.INVALID, Q.UNAVAILABLE, Q.REPLACED}),
    },
    DocumentStatus: {
        D.WAITING: frozenset({D.MATCHES, D.DIFFERS, D.UNKNOWN, D.UNAVAILABLE}) | _BY_A_PERSON,
        D.MATCHES: _BY_A_PERSON,
        D.DIFFERS: _BY_A_PERSON,
        D.UNKNOWN: _BY_A_PERSON,
        D.UNAVAILABLE: _BY_A_PERSON,
        D.ACCEPTED: frozenset({D.REPLACED}),
    },
    CampaignRefundStatus: {
        CampaignRefundStatus.NONE: frozenset({CampaignRefundStatus.PROCESSING}),
        CampaignRefundStatus.PROCESSING: frozenset({CampaignRefundStatus.COMPLETED}),
        # money can arrive after the last refund was done
        CampaignRefundStatus.COMPLETED: frozenset({CampaignRefundStatus.PROCESSING}),
    },
    KycStatus: {
        K.PENDING: frozenset({K.VERIFIED, K.ACTIVE, K.REJECTED}),
        K.VERIFIED: frozenset({K.ACTIVE, K.REJECTED}),
        K.REJECTED: frozenset({K.PENDING}),
        K.ACTIVE: frozenset({K.REJECTED}),
    },
    DisputeStatus: {
        DisputeStatus.OPEN: frozenset({DisputeStatus.UPHELD, DisputeStatus.DISMISSED, DisputeStatus.SPLIT}),
    },
    TicketStatus: {
        TicketStatus.OPEN: frozenset({TicketStatus.ANSWERED, TicketStatus.CLOSED}),
        TicketStatus.ANSWERED: frozenset({TicketStatus.OPEN, TicketStatus.CLOSED}),
        TicketStatus.CLOSED: frozenset({TicketStatus.OPEN}),
    },
    ArticleStatus: {
        ArticleStatus.DRAFT: frozenset({ArticleStatus.PUBLISHED, ArticleStatus.WITHDRAWN}),
        ArticleStatus.PUBLISHED: frozenset({ArticleStatus.WITHDRAWN}),
        ArticleStatus.WITHDRAWN: frozenset({ArticleStatus.PUBLISHED}),
    },
    FraudCaseStatus: {
        FraudCaseStatus.OPEN: frozenset(
            {FraudCaseStatus.WITH_COMPLIANCE, FraudCaseStatus.CONFIRMED, FraudCaseStatus.UNFOUNDED}
        ),
        FraudCaseStatus.WITH_COMPLIANCE: frozenset({FraudCaseStatus.CONFIRMED, FraudCaseStatus.UNFOUNDED}),
    },
    BulkRunStatus: {
        BulkRunStatus.RUNNING: frozenset({BulkRunStatus.STOPPED, BulkRunStatus.DONE}),
        BulkRunStatus.STOPPED: frozenset({BulkRunStatus.RUNNING}),
        # what failed is tried again
        BulkRunStatus.DONE: frozenset({BulkRunStatus.RUNNING}),
    },
    BulkRowStatus: {
        BulkRowStatus.WAITING: frozenset({BulkRowStatus.DONE, BulkRowStatus.SKIPPED, BulkRowStatus.FAILED}),
        BulkRowStatus.FAILED: frozenset({BulkRowStatus.WAITING}),
    },
    NameChangeStatus: {
        NameChangeStatus.WAITING: frozenset(
            {NameChangeStatus.ACCEPTED, NameChangeStatus.REFUSED, NameChangeStatus.TAKEN_BACK}
        ),
    },
    UserStatus: {
        UserStatus.ACTIVE: frozenset({UserStatus.SUSPENDED, UserStatus.DELETED}),
        UserStatus.SUSPENDED: frozenset({UserStatus.ACTIVE, UserStatus.DELETED}),
    },
}

COLLECTS_MONEY = frozenset({C.ACTIVE})


def time_is_over(status: CampaignStatus, expires_at: datetime | None, now: datetime) -> bool:
    """Whether it still collects by its status but takes no new contributions: midnight decides about it (CAM-10)."""
    return status in COLLECTS_MONEY and expires_at is not None and now >= expires_at


def takes_contributions(status: CampaignStatus, expires_at: datetime | None, now: datetime) -> bool:
    """Whether a new order may be made for a campaign: it collects, and `expires_at` has not come (CAM-10)."""
    return status in COLLECTS_MONEY and not time_is_over(status, expires_at, now)


def may_be_corrected(status: CampaignStatus, raised_paise: int, expires_at: datetime | None, now: datetime) -> bool:
    """Whether its creator may change what a campaign says and where it lies: until money is in (LAW-03)."""
    return status in CREATOR_MAY_CORRECT and not raised_paise and not time_is_over(status, expires_at, now)


PUBLIC_CAMPAIGNS = frozenset({C.ACTIVE, C.FUNDED, C.COMPLETED, C.CLOSED, C.EXPIRED, C.CANCELLED})
ENDED_WITHOUT_WORK = frozenset({C.EXPIRED, C.CANCELLED})
CREATOR_MAY_CANCEL = frozenset({C.ACTIVE})
CREATOR_MAY_CORRECT = frozenset({C.DRAFT, C.ACTIVE})  # and only until money is in (LAW-03)
ADMIN_MAY_CANCEL = frozenset({C.DRAFT, C.ACTIVE, C.FUNDED})


TERMINAL_JOBS = frozenset({J.PAID, J.FAILED, J.CANCELLED})
HAS_CLEANER = frozenset({J.CLAIMED, J.COMPLETED, J.VERIFIED, J.PAID, J.FAILED})

OPEN_ATTEMPTS = frozenset({A.READY, A.SENDING, A.UNKNOWN, A.ACCEPTED, A.MANUAL})
OPEN_CHECKS = frozenset({Q.WAITING, Q.ASKED})
# an ID that a person may decide about
OPEN_DOCUMENTS = frozenset({D.WAITING, D.MATCHES, D.DIFFERS, D.UNKNOWN, D.UNAVAILABLE})
