"""What we need from outside, in our words; adapters answer these, services and doors ask them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from cleanit_app.domain import bounds
from cleanit_app.domain.features import Feature
from cleanit_app.domain.limits import Use
from cleanit_app.domain.pictures import ExaminedPhoto, Stamp
from cleanit_app.domain.provider import (
    PaymentFailure,
    ProviderCheckStatus,
    ProviderOrderStatus,
    ProviderPaymentStatus,
    ProviderTransferStatus,
)
from cleanit_app.domain.transfer_reasons import TransferReason


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class ProviderRejected(Exception):
    """The provider gave a definite no: nothing happened. `description` is its sentence, `reason` our word for it."""

    def __init__(
        self,
        description: str,
        *,
        reason: TransferReason | None = None,
        field: str | None = None,
        status: int | None = None,
    ) -> None:
        self.description = description
        self.reason = reason
        self.field = field
        self.status = status
        super().__init__(description)

    @property
    def is_about_us(self) -> bool:
        """Whether our key, address or account is refused: that says nothing about what was asked."""
        return self.reason is TransferReason.NO_ACCESS


PAGE = 100
"""How many things the lists of the provider give at once."""


class ProviderKeyConflict(ProviderRejected):
    """The provider knows our key with another body: what it did under that key is not known."""


class ProviderUnknown(Exception):
    """No usable answer (timeout, reset, 5xx, garbage): it may or may not have happened."""


class ProviderTimeout(ProviderUnknown):
    """No answer in time: the provider may be at it still, so that a look now does not say how it ends."""


class ProviderUnreadable(ProviderUnknown):
    """An answer that came and that says something no such thing can be: figures out of range, another shape."""


class ProviderThrottled(ProviderUnknown):
    """The provider asked us to slow down (HTTP 429)."""


@dataclass(frozen=True)
class ProviderOrder:
    """An order to pay, as the provider knows it; amounts in paise."""

    id: str
    amount_paise: int
    amount_paid_paise: int
    status: ProviderOrderStatus
    receipt: str | None

    def __post_init__(self) -> None:
        _checked(self, ids=("id",), texts=("receipt",))
        _known(self, "status", ProviderOrderStatus)
        bounds.whole_paise(self.amount_paise, least=1)
        _part_of(self.amount_paid_paise, self.amount_paise, "paid")


@dataclass(frozen=True)
class ProviderPayment:
    """One try to pay an order; `fee_paise` includes `tax_paise` and is known from capture on.

    `failure` is why it failed; `failure_text` is what the provider said about that, for people.
    """

    id: str
    order_id: str | None
    amount_paise: int
    currency: str
    status: ProviderPaymentStatus
    method: str | None
    fee_paise: int | None
    tax_paise: int | None
    amount_refunded_paise: int
    failure: PaymentFailure | None
    failure_text: str | None
    reference: str | None
    created_at: datetime

    def __post_init__(self) -> None:
        _checked(
            self,
            ids=("id",),
            maybe_ids=("order_id",),
            words=("currency",),
            told=("method", "failure_text", "reference"),
        )
        _known(self, "status", ProviderPaymentStatus)
        _known(self, "failure", PaymentFailure)
        bounds.whole_paise(self.amount_paise, least=1)
        _part_of(0 if self.fee_paise is None else self.fee_paise, self.amount_paise, "fee")
        _part_of(0 if self.tax_paise is None else self.tax_paise, self.fee_paise or 0, "tax")
        _part_of(self.amount_refunded_paise, self.amount_paise, "refunded")
        _moment(self.created_at)

    @property
    def went_back(self) -> bool:
        """Whether all of it was given back: whatever was captured once, nothing of it is left."""
        return self.status is ProviderPaymentStatus.REFUNDED or self.amount_refunded_paise >= self.amount_paise


@dataclass(frozen=True)
class ProviderRefund:
    """Money on its way back to the instrument it came from."""

    id: str
    payment_id: str
    amount_paise: int
    status: ProviderTransferStatus
    receipt: str | None
    arn: str | None

    def __post_init__(self) -> None:
        _checked(self, ids=("id", "payment_id"), texts=("receipt",), told=("arn",))
        _known(self, "status", ProviderTransferStatus)
        bounds.whole_paise(self.amount_paise, least=1)


@dataclass(frozen=True)
class ProviderPayout:
    """Money on its way to a cleaner's bank; `fees_paise` includes `tax_paise`.

    `reason` is why it waits, failed or came back, where we know that reason; `description` is the provider's sentence.
    """

    id: str
    amount_paise: int
    status: ProviderTransferStatus
    reference_id: str | None
    utr: str | None
    fees_paise: int
    tax_paise: int
    reason: TransferReason | None
    description: str | None

    def __post_init__(self) -> None:
        _checked(self, ids=("id",), texts=("reference_id",), told=("utr", "description"))
        _known(self, "status", ProviderTransferStatus)
        _known(self, "reason", TransferReason)
        bounds.whole_paise(self.amount_paise, least=1)
        _part_of(self.fees_paise, self.amount_paise, "fees")
        _part_of(self.tax_paise, self.fees_paise, "tax")


@dataclass(frozen=True)
class ProviderValidation:
    """What a bank said about an account: `account_works` once `status` is completed."""

    id: str
    status: ProviderCheckStatus
    account_works: bool | None
    registered_name: str | None

    def __post_init__(self) -> None:
        _checked(self, ids=("id",), told=("registered_name",))
        _known(self, "status", ProviderCheckStatus)


@dataclass(frozen=True)
class ProviderDispute:
    """A bank that wants a payment back for its customer."""

    id: str
    payment_id: str
    amount_paise: int

    def __post_init__(self) -> None:
        _checked(self, ids=("id", "payment_id"))
        bounds.whole_paise(self.amount_paise, least=1)


@dataclass(frozen=True)
class BankDetails:
    """A bank account to pay into."""

    holder_name: str
    account_number: str
    ifsc: str


@dataclass(frozen=True)
class UpiDetails:
    """A UPI id to pay into."""

    holder_name: str
    vpa: str


@dataclass(frozen=True)
class ProviderSettlement:
    """Collected money that the provider sent to our bank, in paise."""

    id: str
    amount_paise: int
    status: ProviderTransferStatus
    utr: str | None
    created_at: datetime

    def __post_init__(self) -> None:
        _checked(self, ids=("id",), told=("utr",))
        _known(self, "status", ProviderTransferStatus)
        bounds.whole_paise(self.amount_paise, least=-bounds.MOST_PAISE)
        _moment(self.created_at)


@dataclass(frozen=True)
class SettledRow:
    """One payment or refund inside a settlement; `credit_paise` is negative for what was taken away."""

    provider_id: str
    is_payment: bool
    credit_paise: int
    fee_paise: int
    settlement_id: str

    def __post_init__(self) -> None:
        _checked(self, ids=("provider_id", "settlement_id"))
        bounds.whole_paise(self.credit_paise, least=-bounds.MOST_PAISE)
        bounds.whole_paise(self.fee_paise)


def _checked(
    answer: object,
    *,
    ids: Sequence[str] = (),
    maybe_ids: Sequence[str] = (),
    words: Sequence[str] = (),
    texts: Sequence[str] = (),
    told: Sequence[str] = (),
) -> None:
    """Hold the texts of an answer to their bounds, whoever read it: the API's answers and signed messages alike.

    ValueError for ids, words and our own texts out of bounds; what is only told to people is cut to fit.
    """
    for name in ids:
        bounds.provider_id(getattr(answer, name))
    for name in maybe_ids:
        if getattr(answer, name) is not None:
            bounds.provider_id(getattr(answer, name))
    for name in words:
        bounds.text_within(getattr(answer, name), most=64)
    for name in texts:
        bounds.maybe_text(getattr(answer, name))
    for name in told:
        object.__setattr__(answer, name, bounds.said(getattr(answer, name)))


def _known(answer: object, name: str, words: type[StrEnum]) -> None:
    """Hold a word to ours; ValueError for any other. None is no word and stays."""
    value = getattr(answer, name)
    if value is not None:
        object.__setattr__(answer, name, words(value))


def _part_of(part: object, whole: int, what: str) -> None:
    if bounds.whole_paise(part) > whole:
        raise ValueError(f"{what} of {part} paise is more than {whole}")


def _moment(at: datetime) -> None:
    if bounds.moment_within(at) is None:
        raise ValueError(f"no moment of our time: {at}")


@dataclass(frozen=True)
class UnreadableRow:
    """A row of a page that nobody can read: the others are compared, and this one is noted. `id` when that much is
    readable.
    """

    id: str | None
    why: str


ProviderThing = (
    ProviderPayment | ProviderRefund | ProviderPayout | ProviderValidation | ProviderDispute | ProviderSettlement
)
"""What a message of the provider can be about."""


@dataclass(frozen=True)
class ProviderEnvelope:
    """What stands on the outside of a message: its name at the provider, for people, and whose account it names."""

    event: str
    account_id: object


class ProviderFormat(Protocol):
    """Reads and writes the provider's language. Pure: it calls nobody and keeps nothing, so that it may be used inside
    a transaction; it is no hand of the two-hands rule. Every method raises ValueError for what nobody can read.
    """

    def envelope(self, raw: bytes) -> ProviderEnvelope: ...
    def read(self, raw: bytes) -> ProviderThing | None:
        """What a signed message is about, equal to what the provider answers; None for news that change nothing."""
        ...

    def payout_request(
        self,
        *,
        fund_account_id: str,
        to_upi: bool,
        amount_paise: int,
        reference: str,
        narration: str,
        notes: Mapping[str, str],
    ) -> dict[str, object]:
        """The exact body of a payout, to be stored before the call."""
        ...

    def refund_request(
        self, *, payment_id: str, amount_paise: int, receipt: str, notes: Mapping[str, str]
    ) -> dict[str, object]:
        """The exact order of a refund, to be stored before the call."""
        ...


class PaymentProvider(Protocol):
    """Takes money in and gives it back; `request` is what was stored before the call. Every method may raise the three
    Provider errors.
    """

    key_id: str
    checkout_script_url: str

    def create_order(self, *, amount_paise: int, receipt: str, notes: Mapping[str, str]) -> ProviderOrder: ...
    def order(self, order_id: str) -> ProviderOrder: ...
    def order_by_receipt(self, receipt: str) -> ProviderOrder | None: ...
    def payments_of_order(self, order_id: str) -> list[ProviderPayment]: ...
    def payment(self, payment_id: str) -> ProviderPayment: ...
    def capture(self, payment_id: str, amount_paise: int) -> ProviderPayment: ...
    def refund(self, *, request: Mapping[str, object], idempotency_key: str) -> ProviderRefund: ...
    def refund_of(self, request: Mapping[str, object]) -> ProviderRefund | None:
        """The refund that a stored request made; None when it made none."""
        ...

    def refund_by_id(self, refund_id: str) -> ProviderRefund: ...
    def refunds_of_payment(self, payment_id: str) -> list[ProviderRefund]: ...
    def payments_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderPayment | UnreadableRow]: ...
    def refunds_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderRefund | UnreadableRow]: ...
    def settlements_page(
        self, since: datetime, until: datetime, skip: int
    ) -> list[ProviderSettlement | UnreadableRow]: ...
    def settled_rows(self, day: date, skip: int) -> list[SettledRow | UnreadableRow]: ...
    def callback_is_genuine(self, *, order_id: str, payment_id: str, signature: str) -> bool: ...


class PayoutProvider(Protocol):
    """Sends money out. `request` is the exact body that was stored before the call."""

    def create_contact(self, *, name: str, reference_id: str) -> str: ...
    def create_fund_account(self, *, contact_id: str, details: BankDetails | UpiDetails) -> str: ...
    def create_payout(self, *, request: Mapping[str, object], idempotency_key: str) -> ProviderPayout: ...
    def payout(self, payout_id: str) -> ProviderPayout: ...
    def payout_by_reference(self, reference_id: str) -> ProviderPayout | None: ...
    def payouts_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderPayout | UnreadableRow]: ...
    def validate_fund_account(self, *, fund_account_id: str) -> str: ...
    def validation(self, validation_id: str) -> ProviderValidation: ...
    def validation_of(self, fund_account_id: str) -> ProviderValidation | None: ...


class StoreAway(OSError):
    """The store of files does not answer, or not as it should."""


class FileStore(Protocol):
    """Keeps files by key; keys are ours and never come from a person. Every method may raise OSError."""

    def put(self, key: str, data: bytes, content_type: str) -> None: ...
    def get(self, key: str) -> bytes:
        """The bytes of a key; KeyError when there is no such file."""
        ...

    def delete(self, key: str) -> None: ...


class ExaminerAway(Exception):
    """No process could be had that may look at strangers' bytes; that says nothing about the photo."""


class PhotoExaminer(Protocol):
    """Takes a received photo apart where it can do no harm; ExaminerAway when it cannot begin."""

    def examine(
        self, data: bytes, *, most_bytes: int, kinds: tuple[str, ...], stamp: Stamp | None = None
    ) -> ExaminedPhoto: ...
    def warm(self) -> None: ...
    def close(self) -> None: ...


class ScannerAway(Exception):
    """Nobody could say whether these bytes are clean; that is no clean bill."""


@dataclass(frozen=True)
class Verdict:
    """What a scanner says: the name of what it found, or None for clean bytes."""

    found: str | None


class VirusScanner(Protocol):
    """Looks for what is known to be harmful; raises ScannerAway."""

    @property
    def is_there(self) -> bool:
        """Whether there is a scanner at all."""
        ...

    def scan(self, data: bytes) -> Verdict: ...


class CacheAway(Exception):
    """A shared cache did not say that it forgot."""


class SharedCache(Protocol):
    """What stands between the site and browsers and keeps public files; raises CacheAway."""

    def forget(self, keys: Sequence[str]) -> None:
        """Forget the public files under these keys, so that the next to ask for them comes to us."""
        ...


class CannotUnlock(ValueError):
    """A locked value was changed, moved from another place, or its key is not in the ring."""


class FieldCipher(Protocol):
    """Locks single values before they reach the database; `context` binds a value to its place.

    `unlock` and `unseal` raise CannotUnlock.
    """

    def lock(self, plain: str, *, context: str) -> bytes: ...
    def unlock(self, blob: bytes, *, context: str) -> str: ...
    def seal(self, data: bytes, *, context: str) -> bytes: ...
    def unseal(self, blob: bytes, *, context: str) -> bytes: ...

    @property
    def newest(self) -> int:
        """The id of the key that locks."""
        ...


@dataclass(frozen=True)
class IdentityAnswer:
    """What the issuer of an ID says of its number; `registered_name` when it knows it."""

    known: bool
    registered_name: str | None
    reference: str | None


class IdentityCheckerAway(Exception):
    """No usable answer about an ID: asking again is harmless."""


class IdentityChecker(Protocol):
    """Asks issuers of IDs whose number one is; raises IdentityCheckerAway."""

    @property
    def is_there(self) -> bool:
        """Whether there is anybody to ask; without, people alone look at IDs."""
        ...

    def check(self, *, kind: str, number: str, name: str, reference: str) -> IdentityAnswer: ...


class LimitsUnknown(Exception):
    """Nobody can say how much was used: reading goes on, guessing passwords and codes does not (SEC-01)."""


class Limits(Protocol):
    """Counts what is limited, for all processes together; may raise LimitsUnknown."""

    def take(self, uses: Sequence[Use], now: datetime) -> int:
        """Use each once and return 0, or use none and return the seconds to wait."""
        ...

    def give_back(self, uses: Sequence[Use]) -> None: ...


class CodeNotSent(Exception):
    """The message service did not take the code, or nobody knows whether it did."""


class OtpSender(Protocol):
    """Brings a one-time code to a phone or mailbox; raises CodeNotSent. The service has the words for a purpose."""

    def send(self, *, destination: str, code: str, purpose: str, language: str) -> None: ...


class FeatureFlags(Protocol):
    """Which features are on for whom (OPS-06)."""

    def is_on(self, feature: Feature, person_id: UUID | None) -> bool:
        """Whether somebody has a feature; for None, whether everybody has."""
        ...


class KeyedHash(Protocol):
    """A hash that nobody can make, or try out, without a key that is not in the database."""

    def of(self, value: str, *, context: str) -> bytes: ...


LIVE_CHANNEL = "cleanit:live"
"""Where wake-ups are said, and where each web process listens."""


OPEN_JOBS = "open-jobs"
"""Stands among the campaigns that changed when there is a job to take: lists of them cannot name what they lack."""


def all_of(person_id: object) -> str:
    """Stands among them when something of this person changed: their open lists cannot name a thing that is new."""
    return f"of-{person_id}"


class Live(Protocol):
    """Wakes the open tabs of people; losing a wake-up loses nothing."""

    def wake(self, user_ids: list[str], campaign_ids: list[str], *, everybody: bool = False) -> None: ...
    def end_session(self, session_id: str) -> None: ...
    def wake_all_tabs(self) -> None: ...


class RevokedSessions(Protocol):
    """Remembers sessions that ended while their access tokens would still be good; forgetting one loses nothing."""

    def add(self, session_ids: Iterable[UUID]) -> None: ...
    def holds(self, session_id: UUID) -> bool: ...


class JobQueue(Protocol):
    """Hints a worker that something is due; the database remains the truth."""

    def enqueue(
        self,
        queue: str,
        job: str,
        *args: str,
        most_seconds: int = 120,
        in_seconds: int = 0,
        request_id: str | None = None,
    ) -> None: ...
