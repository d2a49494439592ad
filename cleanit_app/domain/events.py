"""What has happened, in the past tense; recorded in the same transaction as the change itself."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True)
class Event:
    """Something that happened; `to_payload` and `from_payload` carry it through the outbox as JSON."""

    registry: ClassVar[dict[str, type[Event]]] = {}

    def __init_subclass__(cls) -> None:
        Event.registry[cls.__name__] = cls

    def to_payload(self) -> dict[str, Any]:
        """The event's fields as JSON values."""
        values = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: str(v) if isinstance(v, UUID) else v for name, v in values}

    @staticmethod
    def from_payload(name: str, payload: dict[str, Any]) -> Event:
        """Rebuild the event called `name`."""
        cls = Event.registry[name]
        uuids = {f.name for f in fields(cls) if "UUID" in str(f.type)}
        made = {k: UUID(v) if k in uuids and v is not None else v for k, v in payload.items()}
        return cls(**made)


@dataclass(frozen=True)
class CampaignCreated(Event):
    campaign_id: UUID
    creator_id: UUID
    waits_for_approval: bool


@dataclass(frozen=True)
class CampaignApproved(Event):
    campaign_id: UUID
    creator_id: UUID


@dataclass(frozen=True)
class CampaignDeclined(Event):
    campaign_id: UUID
    creator_id: UUID
    reason: str


@dataclass(frozen=True)
class CampaignCancelled(Event):
    campaign_id: UUID
    creator_id: UUID
    reason: str


@dataclass(frozen=True)
class CampaignCorrected(Event):
    """Its creator changed what it says before money came in; `fields` names what, with blanks (LAW-03)."""

    campaign_id: UUID
    creator_id: UUID
    fields: str
    collects: bool


@dataclass(frozen=True)
class CampaignExpired(Event):
    """Time was over below 80 %; what was raised goes back."""

    campaign_id: UUID
    creator_id: UUID
    raised_paise: int


@dataclass(frozen=True)
class CampaignRefunded(Event):
    """The last refund of an ended campaign has reached its person."""

    campaign_id: UUID
    creator_id: UUID


@dataclass(frozen=True)
class ContributionReceived(Event):
    campaign_id: UUID
    contribution_id: UUID
    contributor_id: UUID
    amount_paise: int
    missing_paise: int


@dataclass(frozen=True)
class ContributionTakenBack(Event):
    """Its giver wanted it back while the campaign collected; so much is missing now."""

    campaign_id: UUID
    contribution_id: UUID
    contributor_id: UUID
    amount_paise: int
    missing_paise: int


@dataclass(frozen=True)
class CampaignFunded(Event):
    campaign_id: UUID
    job_id: UUID
    raised_paise: int


@dataclass(frozen=True)
class JobAvailable(Event):
    job_id: UUID
    campaign_id: UUID
    amount_paise: int


@dataclass(frozen=True)
class JobClaimed(Event):
    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID


CLEANER_SUSPENDED = "suspended"
"""The reason of a job that was freed because its cleaner's account was paused."""


@dataclass(frozen=True)
class JobUnclaimed(Event):
    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    reason: str


@dataclass(frozen=True)
class JobCompleted(Event):
    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID


@dataclass(frozen=True)
class ReviewBegun(Event):
    """An admin has opened an after-photo, and has the turn to decide on it (VER-07)."""

    job_id: UUID
    campaign_id: UUID


@dataclass(frozen=True)
class ReviewEscalated(Event):
    """An admin hands an after-photo up to seniors, with what is unsure (VER-08)."""

    job_id: UUID
    campaign_id: UUID
    reason: str


@dataclass(frozen=True)
class DecisionMade(Event):
    """An admin decided on an after-photo and may undo it for a moment; nothing has happened yet."""

    job_id: UUID
    campaign_id: UUID


@dataclass(frozen=True)
class DecisionUndone(Event):
    job_id: UUID
    campaign_id: UUID


@dataclass(frozen=True)
class DecisionFellThrough(Event):
    """A decision could not be carried out any more; `why` is the code of the refusal."""

    job_id: UUID
    campaign_id: UUID
    admin_id: UUID
    why: str


@dataclass(frozen=True)
class JobVerified(Event):
    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    payout_id: UUID
    amount_paise: int


@dataclass(frozen=True)
class JobRejected(Event):
    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    reason: str
    may_retry: bool


@dataclass(frozen=True)
class ApprovalTakenBack(Event):
    """Work that was accepted is not any more, and its pay is not owed; `goes_on` with another job."""

    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    payout_id: UUID
    amount_paise: int
    reason: str
    goes_on: bool


@dataclass(frozen=True)
class DisputeOpened(Event):
    """Who started or paid for a cleanup does not find it done; its pay waits for a decision."""

    dispute_id: UUID
    job_id: UUID
    campaign_id: UUID
    payout_id: UUID
    cleaner_id: UUID
    amount_paise: int
    reason: str


@dataclass(frozen=True)
class DisputeDecided(Event):
    """A dispute was looked at; `goes_on` when the pay waits for nothing else of this kind any more."""

    dispute_id: UUID
    job_id: UUID
    campaign_id: UUID
    payout_id: UUID
    cleaner_id: UUID
    raised_by: UUID
    amount_paise: int
    upheld: bool
    goes_on: bool
    note: str


@dataclass(frozen=True)
class QuestionRaised(Event):
    """Somebody questions something else than a result whose pay is here; `about` as in `DisputeAbout`."""

    dispute_id: UUID
    raised_by: UUID
    other_id: UUID | None
    about: str


@dataclass(frozen=True)
class ResultLeftToFinance(Event):
    """Who questioned a result was right, but money that has left cannot follow; `why` is a `LeftToFinance`."""

    dispute_id: UUID
    campaign_id: UUID
    why: str
    amount_paise: int


@dataclass(frozen=True)
class DisputeAppealed(Event):
    """A decision is questioned; another admin looks again."""

    dispute_id: UUID
    raised_by: UUID
    other_id: UUID | None
    about: str


@dataclass(frozen=True)
class DisputeSaid(Event):
    """One side, or the desk, said something more; the others read it."""

    dispute_id: UUID
    raised_by: UUID
    other_id: UUID | None
    side: str


@dataclass(frozen=True)
class QuestionDecided(Event):
    """A dispute about something else than a result, or an appeal, was decided."""

    dispute_id: UUID
    raised_by: UUID
    other_id: UUID | None
    about: str
    upheld: bool
    note: str


@dataclass(frozen=True)
class WorkSplit(Event):
    """Half-done work: so much of the money goes to its cleaner, the rest back to neighbours row by row."""

    dispute_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    payout_id: UUID
    amount_paise: int
    back_paise: int
    note: str


@dataclass(frozen=True)
class DisputeLate(Event):
    """A dispute has waited longer than we promise; `waiting` counts all that have."""

    dispute_id: UUID
    about: str
    waiting: int


@dataclass(frozen=True)
class JobAutoReleased(Event):
    """A claim ran out of time; `held` when it was the third and an admin must look."""

    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    held: bool


@dataclass(frozen=True)
class JobCancelled(Event):
    """The job a cleaner had in hand is gone, through no fault of that cleaner."""

    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID


@dataclass(frozen=True)
class JobExpired(Event):
    """Nobody finished a job in its 90 days; the campaign is over and its money goes back."""

    job_id: UUID
    campaign_id: UUID
    creator_id: UUID


@dataclass(frozen=True)
class DeadlineNear(Event):
    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    hours: int


@dataclass(frozen=True)
class CleanerSuspended(Event):
    cleaner_id: UUID
    reason: str


@dataclass(frozen=True)
class PersonSuspended(Event):
    """An admin paused an account; its owner reads the reason."""

    user_id: UUID
    reason: str


@dataclass(frozen=True)
class PersonReinstated(Event):
    """An admin let a paused person back; the reason is for the record."""

    user_id: UUID
    reason: str


@dataclass(frozen=True)
class PayRaised(Event):
    """The platform added to the pay of a job that nobody finished."""

    job_id: UUID
    campaign_id: UUID
    added_paise: int


@dataclass(frozen=True)
class CampaignMarked(Event):
    """An admin marked a campaign as problematic."""

    campaign_id: UUID
    note: str


@dataclass(frozen=True)
class VerificationSlow(Event):
    """Decisions take too long: `kind` is QUEUE_LONG, OVER_48_H (then with its job) or AVERAGE_LONG."""

    kind: str
    job_id: UUID | None
    waiting: int


@dataclass(frozen=True)
class SupportAsked(Event):
    """Somebody asked support something; `person_id` is None for who has no account here or did not sign in."""

    ticket_id: UUID
    person_id: UUID | None
    topic: str


@dataclass(frozen=True)
class SupportWrittenTo(Event):
    """Who asked wrote again, to the admin who has the thread or to all who answer."""

    ticket_id: UUID
    assigned_to: UUID | None
    topic: str


@dataclass(frozen=True)
class SupportAnswered(Event):
    ticket_id: UUID
    person_id: UUID | None


@dataclass(frozen=True)
class SupportHandedOver(Event):
    """One admin gave a thread to another."""

    ticket_id: UUID
    to_id: UUID
    by_name: str


@dataclass(frozen=True)
class SupportClosed(Event):
    """An admin holds a question for settled."""

    ticket_id: UUID
    person_id: UUID | None


@dataclass(frozen=True)
class SupportReopened(Event):
    """An admin took a settled question up again."""

    ticket_id: UUID
    person_id: UUID | None


@dataclass(frozen=True)
class SupportLate(Event):
    """A question has waited longer than we promise; `waiting` counts all that have."""

    ticket_id: UUID
    waiting: int


@dataclass(frozen=True)
class FraudSuspected(Event):
    case_id: UUID
    job_id: UUID
    cleaner_id: UUID


@dataclass(frozen=True)
class FraudCaseOpened(Event):
    """A case about a person: the clock found signs, or somebody here saw something (OPS-04)."""

    case_id: UUID
    person_id: UUID
    kind: str


@dataclass(frozen=True)
class FraudCaseHandedOver(Event):
    case_id: UUID
    person_id: UUID
    reason: str


@dataclass(frozen=True)
class FraudCaseClosed(Event):
    """A person decided whether it was fraud."""

    case_id: UUID
    person_id: UUID
    confirmed: bool
    reason: str


@dataclass(frozen=True)
class AccountFlagged(Event):
    """So many photos of a cleaner were not accepted that somebody should look at the account (VER-05)."""

    cleaner_id: UUID
    rejections: int


@dataclass(frozen=True)
class CleanerKycChanged(Event):
    """Whether a cleaner may take jobs; after a no with what is wrong with the ID, and what somebody wrote."""

    cleaner_id: UUID
    status: str
    ground: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class IdentityHandedIn(Event):
    cleaner_id: UUID
    document_id: UUID


@dataclass(frozen=True)
class IdentityChecked(Event):
    """The automatic check has said its word; a person decides."""

    cleaner_id: UUID
    document_id: UUID
    status: str


@dataclass(frozen=True)
class PhotoWasInfected(Event):
    """A photo that waited to be scanned turned out harmful; nobody has seen it and nobody will."""

    photo_id: UUID
    owner_id: UUID
    found: str


@dataclass(frozen=True)
class PayoutSucceeded(Event):
    payout_id: UUID
    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    amount_paise: int


@dataclass(frozen=True)
class PayoutFailed(Event):
    payout_id: UUID
    job_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    amount_paise: int
    reason: str
    needs_person: bool


@dataclass(frozen=True)
class PayoutDetailsWrong(Event):
    """A bank says that the cleaner's account details are wrong; only the cleaner can mend that."""

    payout_id: UUID | None
    cleaner_id: UUID
    amount_paise: int
    reason: str


@dataclass(frozen=True)
class PayoutHeld(Event):
    payout_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    amount_paise: int
    reason: str


@dataclass(frozen=True)
class PayoutReleased(Event):
    payout_id: UUID
    campaign_id: UUID
    cleaner_id: UUID
    amount_paise: int


@dataclass(frozen=True)
class PayoutAccountChanged(Event):
    """Where a cleaner's pay goes was changed; nothing is paid there before `usable_at` (an ISO moment)."""

    cleaner_id: UUID
    mask: str
    usable_at: str


@dataclass(frozen=True)
class AccountChecked(Event):
    """A bank was asked whose account it is, or could not be asked; `status` as in AccountCheckStatus."""

    cleaner_id: UUID
    status: str
    score: int | None


@dataclass(frozen=True)
class TransferUnsure(Event):
    """Nobody knows whether a payout or refund left: a person must look (`why` is a code)."""

    payout_id: UUID | None
    refund_id: UUID | None
    campaign_id: UUID
    amount_paise: int
    why: str


@dataclass(frozen=True)
class MoneyWaits(Event):
    """Payouts or refunds wait for something on our side, such as a balance (`why` is a code)."""

    flow: str
    campaign_id: UUID
    amount_paise: int
    why: str


@dataclass(frozen=True)
class MoneyFlowStopped(Event):
    flow: str
    reason: str


@dataclass(frozen=True)
class MoneyFlowResumed(Event):
    flow: str


@dataclass(frozen=True)
class RefundsOrdered(Event):
    """An admin sent waiting refunds again, all together or one."""

    count: int
    amount_paise: int


@dataclass(frozen=True)
class PaymentLooksOdd(Event):
    flag_id: UUID
    campaign_id: UUID
    contributor_id: UUID
    amount_paise: int
    rule: str


@dataclass(frozen=True)
class OddPaymentSeen(Event):
    flag_id: UUID


@dataclass(frozen=True)
class MoneyComesBack(Event):
    """Late or surplus money was booked apart and is owed to who paid it; `why` is a `ReturnCause`."""

    refund_id: UUID
    campaign_id: UUID
    contribution_id: UUID
    contributor_id: UUID
    amount_paise: int
    why: str = "FULL"  # what was stored before causes were told apart


@dataclass(frozen=True)
class RefundProcessed(Event):
    refund_id: UUID
    campaign_id: UUID
    contributor_id: UUID
    amount_paise: int


@dataclass(frozen=True)
class RefundStuck(Event):
    refund_id: UUID
    campaign_id: UUID
    contributor_id: UUID
    amount_paise: int
    reason: str


@dataclass(frozen=True)
class SignInsFailed(Event):
    """Somebody tries to guess the password or the second factor of an account (SEC-10)."""

    user_id: UUID
    failures: int


@dataclass(frozen=True)
class SignInsLocked(Event):
    """So many tries failed that browsers which the account does not know wait (SEC-10)."""

    user_id: UUID
    failures: int
    until_at: str  # ISO 8601, UTC


@dataclass(frozen=True)
class BurstSeen(Event):
    """More than `count` of one kind of refusal came within a quarter of an hour (SEC-10); `kind` is a `Burst`."""

    kind: str
    count: int


@dataclass(frozen=True)
class PasswordChanged(Event):
    """Somebody set a new password; `by_code` after forgetting the old one."""

    user_id: UUID
    by_code: bool


@dataclass(frozen=True)
class ContactChanged(Event):
    """A phone number or mailbox took the place of another; the masks are for its owner alone."""

    user_id: UUID
    field: str
    mask: str


@dataclass(frozen=True)
class CodeAskedElsewhere(Event):
    """Somebody not signed in to this account had a code sent to its phone or mailbox; the mask is for its owner."""

    user_id: UUID
    purpose: str
    mask: str


@dataclass(frozen=True)
class NameAsked(Event):
    """A cleaner asks for another name; what was accepted counts until an admin has looked (LAW-03)."""

    cleaner_id: UUID
    change_id: UUID


@dataclass(frozen=True)
class NameDecided(Event):
    """An admin looked at a cleaner's ID and bank beside the new name; `account_waits`: pay waits to be confirmed."""

    cleaner_id: UUID
    accepted: bool
    account_waits: bool
    reason: str


@dataclass(frozen=True)
class DataExported(Event):
    """Somebody took a copy of everything that is kept about the own account (LAW-01)."""

    user_id: UUID


@dataclass(frozen=True)
class ErasureAsked(Event):
    """Somebody wants the own account deleted; `at` is when, in ISO 8601 (LAW-02)."""

    user_id: UUID
    at: str


@dataclass(frozen=True)
class ErasureTakenBack(Event):
    """Signed in before the account was deleted, so it stays (LAW-02)."""

    user_id: UUID


@dataclass(frozen=True)
class AccountErased(Event):
    """Nothing of the account is left but its money records (LAW-02)."""

    user_id: UUID


@dataclass(frozen=True)
class BannedPersonJoined(Event):
    """A new contact is that of somebody who was suspended when that account was deleted (LAW-02, OPS-04)."""

    user_id: UUID
    earlier_id: UUID


@dataclass(frozen=True)
class SecondFactorChanged(Event):
    """An admin's second factor was set up (`stands`) or taken away, by that person or by a senior."""

    user_id: UUID
    stands: bool


@dataclass(frozen=True)
class RecoveryCodeUsed(Event):
    """A recovery code stood in for the authenticator app; `left` of them are left."""

    user_id: UUID
    left: int


@dataclass(frozen=True)
class TermsRenewed(Event):
    """The terms hold in another version; who accepted an earlier one is told (LAW-06)."""

    version: str


@dataclass(frozen=True)
class AdminMade(Event):
    """Somebody became an admin with these duties (SEC-10)."""

    user_id: UUID
    duties: str


@dataclass(frozen=True)
class AdminDutiesChanged(Event):
    """An admin has these duties from now on, none when empty (SEC-10)."""

    user_id: UUID
    duties: str


@dataclass(frozen=True)
class MismatchesFound(Event):
    """The provider's book and ours differ in so many places (PAY-13)."""

    run_id: UUID
    count: int


@dataclass(frozen=True)
class MessageUnknown(Event):
    """The provider speaks of something that is not known here, for more than ten minutes."""

    message_id: UUID
    event: str


@dataclass(frozen=True)
class MessageParked(Event):
    """A message of the provider could not be worked on, and will not be by itself."""

    message_id: UUID
    event: str


@dataclass(frozen=True)
class ReconciliationLate(Event):
    """For so many hours nobody has compared both books to the end (PAY-13)."""

    hours: int


@dataclass(frozen=True)
class SettingChosen(Event):
    """A senior gave a number of the business another value, for the moment that the choice holds (OPS-01)."""

    choice_id: UUID
    chooser_id: UUID
    setting: str
    was: int
    value: int
    effective_at: str
    why: str


@dataclass(frozen=True)
class HelpArticleWritten(Event):
    """Support wrote a help article out of a question, or another edition of it (OPS-02)."""

    article_id: UUID
    title: str


@dataclass(frozen=True)
class HelpArticlePublished(Event):
    """A help article is shown to everybody."""

    article_id: UUID
    title: str


@dataclass(frozen=True)
class HelpArticleWithdrawn(Event):
    """A help article is shown to nobody any more."""

    article_id: UUID
    title: str


@dataclass(frozen=True)
class CannedAnswerChanged(Event):
    """A senior wrote an answer of the support desk anew, made another ready, or retired one (OPS-01)."""

    version_id: UUID
    chooser_id: UUID
    title: str
    retired: bool
    why: str


@dataclass(frozen=True)
class TaxQuarterTaken(Event):
    """An admin took the tax of a quarter along, with the PANs of those it was kept back from (LAW-04)."""

    admin_id: UUID
    quarter: str


@dataclass(frozen=True)
class BannerSet(Event):
    """Everybody sees a banner between two moments (OPS-01)."""

    banner_id: UUID
    tone: str
    begins_at: str
    ends_at: str


@dataclass(frozen=True)
class BannerEnded(Event):
    """A banner was taken away before its time."""

    banner_id: UUID


@dataclass(frozen=True)
class TransactionsExported(Event):
    """An admin took found transactions along as a file."""

    exporter_id: UUID


@dataclass(frozen=True)
class BulkRunStarted(Event):
    """An admin lets one thing be done to many, each by itself (OPS-01)."""

    run_id: UUID
    action: str
    count: int


@dataclass(frozen=True)
class BulkRunStopped(Event):
    """Nothing more is done of it until somebody lets it go on; `why` is empty when an admin pressed the button."""

    run_id: UUID
    why: str


@dataclass(frozen=True)
class BulkRunContinued(Event):
    run_id: UUID


@dataclass(frozen=True)
class NoticeGoesOut(Event):
    """The turn of a person in a run of notices has come; the run holds the words."""

    run_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class BulkRunEnded(Event):
    """No row waits any more; `failed` of them want a person."""

    run_id: UUID
    starter_id: UUID
    done: int
    skipped: int
    failed: int


@dataclass(frozen=True)
class BooksWrong(Event):
    """So many rules of the books do not hold."""

    run_id: UUID
    count: int
