"""Every way a wish can be refused: a code for machines, a status for HTTP, a sentence for people."""

from __future__ import annotations

from typing import Any, ClassVar


class DomainError(Exception):
    """A refusal that is expected; `code` names it, `status` is its HTTP status.

    The sentence shown to people is `error.<CODE>` in the catalogue, filled with `values`.
    """

    code: ClassVar[str] = "REFUSED"
    status: ClassVar[int] = 409

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(f"{self.code} {values}" if values else self.code)

    @property
    def words(self) -> str:
        """The key of the sentence in the catalogue."""
        return f"error.{self.code}"


class NotSignedIn(DomainError):
    code, status = "NOT_SIGNED_IN", 401


class BadCredentials(DomainError):
    code, status = "BAD_CREDENTIALS", 401


class TooManyRequests(DomainError):
    """Too much in too short a time; `seconds` says how long to wait (SEC-01)."""

    code, status = "TOO_MANY_REQUESTS", 429

    @classmethod
    def wait(cls, seconds: int) -> TooManyRequests:
        """The refusal with its wait, said in minutes."""
        return cls(seconds=seconds, minutes=max(1, -(-seconds // 60)))


class SignInLocked(TooManyRequests):
    """After so many wrong passwords browsers that an account does not know wait, or bring a code (SEC-10)."""

    code = "SIGN_IN_LOCKED"


class TryLater(DomainError):
    """Something we need for a safe answer does not answer; nothing was changed."""

    code, status = "TRY_LATER", 503


class Busy(DomainError):
    """Too many slow things run at once; a moment later there is room."""

    code, status = "BUSY", 503


class Unavailable(DomainError):
    """A part of the house does not answer or has no room; nothing was changed, a moment later it may go well."""

    code, status = "UNAVAILABLE", 503


class FeatureOff(DomainError):
    """Somebody asked for what is switched off, for all or for that person (OPS-06)."""

    code, status = "FEATURE_OFF", 503


class RowUnreadable(DomainError):
    """Something that is stored about this cannot be read; a person has to look at it. Lists go on without it."""

    code, status = "ROW_UNREADABLE", 503


class ForeignNetwork(DomainError):
    """Admins and webhooks may come from listed networks only (SEC-02)."""

    code, status = "FOREIGN_NETWORK", 403


class TokenRefused(DomainError):
    code, status = "TOKEN_REFUSED", 401


class ConfirmFirst(DomainError):
    """The password was typed too long ago for what changes an account."""

    code, status = "CONFIRM_FIRST", 403


class SecondFactorNeeded(DomainError):
    """An admin must show a code of the authenticator app: at sign-in once there is one, and for money always."""

    code, status = "SECOND_FACTOR_NEEDED", 403


class SecondFactorStands(DomainError):
    """There is a second factor already; it is taken away before another one is set up."""

    code = "SECOND_FACTOR_STANDS"


class TermsNotAccepted(DomainError):
    """There are new terms: reading goes on, acting waits for them to be accepted (LAW-06)."""

    code, status = "TERMS_NOT_ACCEPTED", 403


class TermsChanged(DomainError):
    """What was accepted is not the version that holds now."""

    code = "TERMS_CHANGED"


class NotAllowed(DomainError):
    code, status = "NOT_ALLOWED", 403


class AccountSuspended(DomainError):
    code, status = "ACCOUNT_SUSPENDED", 403


class AccountPaused(DomainError):
    """No admin signs in to a paused account; others do, read the reason, and question it there."""

    code, status = "ACCOUNT_PAUSED", 403


class NotACleaner(DomainError):
    code, status = "NOT_AN_ACTIVE_CLEANER", 403


class PhoneNotConfirmed(DomainError):
    """A cleaner is let in once a code has shown that the phone is that person's (LAW-08)."""

    code = "PHONE_NOT_CONFIRMED"


class BeingReviewed(DomainError):
    """Another admin looks at it now: `name`, until `until_at`."""

    code, status = "BEING_REVIEWED", 409


class DecisionPending(DomainError):
    """Somebody has decided on it a moment ago, and may still undo that."""

    code = "DECISION_PENDING"


class UndoTooLate(DomainError):
    """The decision has been carried out, or is about to be."""

    code = "UNDO_TOO_LATE"


class OwnInterest(DomainError):
    """An admin decides on nothing in which that person has a part."""

    code, status = "OWN_INTEREST", 403


class IdentityMissing(DomainError):
    """Nobody is let in whose ID nobody has seen (LAW-08)."""

    code = "IDENTITY_MISSING"


class IdentityKnown(DomainError):
    """The ID was found good already; another one would only be one more thing to keep."""

    code = "IDENTITY_ALREADY_CHECKED"


class JobNotOpen(DomainError):
    """Held back for an admin, or past its 90 days."""

    code = "JOB_NOT_OPEN"


class PayNotRaised(DomainError):
    """Pay only goes up, in whole rupees, and not beyond what the platform adds at most."""

    code, status = "PAY_NOT_RAISED", 422


class NotFound(DomainError):
    """It does not exist, or is not yours: the two look the same on purpose."""

    code, status = "NOT_FOUND", 404


class InvalidFields(DomainError):
    """Some fields are wrong; `fields` maps each to a `FieldProblem`."""

    code, status = "INVALID_FIELDS", 422

    def __init__(self, fields: dict[str, FieldProblem]) -> None:
        self.fields = fields
        super().__init__(fields=", ".join(sorted(fields)))


class AccountInUse(InvalidFields):
    """An account is not deleted while its money or work is open; each reason is a field with its sentence (LAW-02)."""

    code, status = "ACCOUNT_IN_USE", 409


class FieldProblem:
    """What is wrong with one field: a catalogue key `field.<key>` and the values for its sentence."""

    __slots__ = ("key", "values")

    def __init__(self, key: str, **values: Any) -> None:
        self.key = key
        self.values = values

    def __repr__(self) -> str:
        return f"FieldProblem({self.key!r}, {self.values!r})"


class MoveRefused(DomainError):
    """The status table has no such move (CAM-01, JOB-01)."""

    code = "MOVE_REFUSED"


class CampaignClosed(DomainError):
    code = "CAMPAIGN_NOT_COLLECTING"


class CampaignTimeOver(DomainError):
    """The time to give is over, though the campaign closes only at midnight (CAM-10)."""

    code = "CAMPAIGN_TIME_OVER"


class OwnCampaign(DomainError):
    code, status = "OWN_CAMPAIGN", 403


class AmountTooSmall(DomainError):
    code, status = "AMOUNT_TOO_SMALL", 422


class AmountTooLarge(DomainError):
    code, status = "AMOUNT_OVER_REMAINING", 422


class AmountNotWhole(DomainError):
    """Paise would leave a rest that nobody can pay: the provider takes no less than a rupee."""

    code, status = "AMOUNT_NOT_WHOLE_RUPEES", 422


class TaxRuleMissing(DomainError):
    """No dated tax rule holds on this day, so nothing may be owed (LAW-04)."""

    code, status = "TAX_RULE_MISSING", 503


class ContributionStays(DomainError):
    """A gift is taken back only while its campaign collects; afterwards a dispute decides."""

    code = "CONTRIBUTION_STAYS"


class MoneyRaised(DomainError):
    code = "MONEY_ALREADY_RAISED"


class CorrectionTooLate(DomainError):
    """Neighbours gave for what they read: its words and place stay (LAW-03)."""

    code = "CORRECTION_TOO_LATE"


class CorrectionAfterEnd(DomainError):
    """The campaign has ended, or its time is over: its words and place stay."""

    code = "CORRECTION_AFTER_END"


class PaymentUnderWay(DomainError):
    """Somebody is paying for what the campaign says now; `minutes` says how long that may take."""

    code = "PAYMENT_UNDER_WAY"


class ChangedMeanwhile(DomainError):
    """What somebody looked at when they began is not what stands there now: another tab or person was faster."""

    code = "CHANGED_MEANWHILE"


class IdempotencyConflict(DomainError):
    """The key came before with another wish; `names` says which fields differ."""

    code = "IDEMPOTENCY_KEY_REUSED"


class AlreadyClaimed(DomainError):
    code = "ALREADY_CLAIMED"


class LastClaimedByYou(DomainError):
    code = "LAST_CLAIMED_BY_YOU"


class ClaimLimitReached(DomainError):
    code, status = "CLAIM_LIMIT", 429


class OwnJob(DomainError):
    """A cleaner never takes a job of a campaign that person started or paid into."""

    code, status = "OWN_JOB", 403


class TooLateToUnclaim(DomainError):
    code = "TOO_LATE_TO_UNCLAIM"


class DeadlinePassed(DomainError):
    code = "DEADLINE_PASSED"


class ClaimRanOut(DomainError):
    """The time of my claim ended `when`, and the job is open to others again."""

    code = "CLAIM_RAN_OUT"


class ClaimRanOutHeld(DomainError):
    """The time of my claim ended `when`, and an admin decides what becomes of the job."""

    code = "CLAIM_RAN_OUT_HELD"


class ClaimRanOutGone(DomainError):
    """The time of my claim ended `when`, and the job is not open any more."""

    code = "CLAIM_RAN_OUT_GONE"


class ClaimGivenBack(DomainError):
    """I gave this job back, or it was freed from me."""

    code = "CLAIM_GIVEN_BACK"


class CaptureTokenRefused(DomainError):
    code = "CAPTURE_TOKEN_REFUSED"


class PhotoMissing(DomainError):
    code, status = "PHOTO_MISSING", 422


class NotAnImage(DomainError):
    code, status = "NOT_AN_IMAGE", 415


class PhotoTooLarge(DomainError):
    code, status = "PHOTO_TOO_LARGE", 413


class TooManyPixels(DomainError):
    code, status = "TOO_MANY_PIXELS", 413


class PhotoTooSmall(DomainError):
    """Too few pixels for anybody to judge by."""

    code, status = "PHOTO_TOO_SMALL", 422


class TooManyPhotos(DomainError):
    """More photos than one message holds; `most` says how many do (OPS-02)."""

    code, status = "TOO_MANY_PHOTOS", 422


class CodeUnknown(DomainError):
    """No question to support has this code (OPS-02)."""

    code, status = "CODE_UNKNOWN", 404


class PhotoBroken(DomainError):
    code, status = "PHOTO_BROKEN", 415


class PhotoNotChecked(DomainError):
    """Photos cannot be looked at on this machine now, which is no word about this photo; operators are told."""

    code, status = "PHOTO_NOT_CHECKED", 503


class PhotoInfected(DomainError):
    code, status = "PHOTO_INFECTED", 422


class PhotoAlreadyUsed(DomainError):
    code = "PHOTO_ALREADY_USED"


class PhotoInOwnCampaign(PhotoAlreadyUsed):
    """The one who sends it has another campaign with this very photo, called `title`."""

    @property
    def words(self) -> str:
        return "error.PHOTO_IN_OWN_CAMPAIGN"


class AlreadyStarted(DomainError):
    """The same whole wish came before: `campaign_id` is what became of it. Doors answer with that campaign."""

    code = "ALREADY_STARTED"


class ChecklistIncomplete(DomainError):
    code, status = "CHECKLIST_INCOMPLETE", 422


class ReasonTooLong(DomainError):
    """A reason or note has more than `most` letters; nothing of it is cut off unasked."""

    code, status = "REASON_TOO_LONG", 422


class ReasonMissing(DomainError):
    code, status = "REASON_MISSING", 422


class SignatureRefused(DomainError):
    code, status = "BAD_SIGNATURE", 400


class MalformedRequest(DomainError):
    code, status = "BAD_REQUEST", 400


class IdempotencyKeyUnfit(MalformedRequest):
    """The header that names a wish is not there, or has fewer or more letters than a key has."""

    def __init__(self, problem: str, **values: Any) -> None:
        self.problem = problem
        super().__init__(**values)

    @property
    def words(self) -> str:
        return f"field.{self.problem}"


class PayoutDetailsMissing(DomainError):
    code = "PAYOUT_DETAILS_MISSING"


class PayoutNotDue(DomainError):
    code = "PAYOUT_NOT_DUE"


class PayoutNotByHand(DomainError):
    code = "PAYOUT_NOT_BY_HAND"


class PayoutOnHold(DomainError):
    code = "PAYOUT_ON_HOLD"


class PayoutDisputed(DomainError):
    """Only a decision on the open dispute lets this pay go on."""

    code = "PAYOUT_DISPUTED"


class NotYourCleanup(DomainError):
    """Who neither started nor paid for a cleanup does not question its result."""

    code, status = "NOT_YOUR_CLEANUP", 403


class NothingToDispute(DomainError):
    """No result was accepted that could be questioned."""

    code = "NOTHING_TO_DISPUTE"


class DisputeTooLate(DomainError):
    """The cooling period of a result is over."""

    code = "DISPUTE_TOO_LATE"


class PayHasLeft(DomainError):
    """The pay for a result is paid or on its way: its dispute comes too late."""

    code = "PAY_HAS_LEFT"


class DisputeStands(DomainError):
    """This person has an open dispute about this job already."""

    code = "DISPUTE_STANDS"


class AlreadySplit(DomainError):
    """The money of this work was divided by a decision; it is divided once (OPS-03)."""

    code = "ALREADY_SPLIT"


class DisputeDone(DomainError):
    """This dispute is decided; who does not agree appeals (OPS-03)."""

    code = "DISPUTE_DONE"


class NotDecidedYet(DomainError):
    """A dispute that is still heard has no decision to appeal against (OPS-03)."""

    code = "NOT_DECIDED_YET"


class NothingLost(DomainError):
    """Who won everything has nothing to appeal against (OPS-03)."""

    code = "NOTHING_LOST"


class AppealedAlready(DomainError):
    """There was an appeal about this, whose decision is the last one (OPS-03)."""

    code = "APPEALED_ALREADY"


class AppealInstead(DomainError):
    """This person questioned the result before, and it was decided: an appeal is the way on (OPS-03)."""

    code = "APPEAL_INSTEAD"


class AppealTooLate(DomainError):
    """The time to appeal is over (OPS-03)."""

    code = "APPEAL_TOO_LATE"


class AppealElsewhere(DomainError):
    """Another admin decides about an appeal, never the one it is about (OPS-03)."""

    code, status = "APPEAL_ELSEWHERE", 403


class SecondLook(DomainError):
    """Whoever accepted the work does not say that it stands, while somebody else can."""

    code, status = "SECOND_LOOK", 403


class AccountRefused(DomainError):
    """The bank does not know the account: only new details help, no confirmation."""

    code = "ACCOUNT_REFUSED_BY_BANK"


class AccountChanged(DomainError):
    """The account that was looked at is no longer the one that would be confirmed."""

    code = "ACCOUNT_CHANGED"


class MoneyStopped(DomainError):
    """An admin stopped this flow of money; nothing loses its place."""

    code = "MONEY_STOPPED"


class RefundNotWaiting(DomainError):
    code = "REFUND_NOT_WAITING"


class RefundTooOld(DomainError):
    """The provider refunds nothing older than six months: only a bank transfer helps."""

    code = "REFUND_TOO_OLD"


class NothingToBook(DomainError):
    """The provider moved nothing here that can be booked as an adjustment."""

    code = "NOTHING_TO_BOOK"


class ListChanged(DomainError):
    """What was looked at is no longer what would be done."""

    code = "LIST_CHANGED"


class ProviderUnavailable(DomainError):
    code, status = "PROVIDER_UNAVAILABLE", 503


class OrderInProgress(ProviderUnavailable):
    """Another call of the same person is getting the order of this very wish; `seconds` until asking again helps."""

    code, status = "ORDER_IN_PROGRESS", 409


class ReceiptNotReady(DomainError):
    code = "RECEIPT_NOT_READY"


class PaymentMismatch(DomainError):
    """The provider's payment is not the one we asked for: other order, amount or currency."""

    code, status = "PAYMENT_MISMATCH", 422


class UnknownSubject(DomainError):
    """A message speaks of something we do not know (yet)."""

    code = "UNKNOWN_SUBJECT"
