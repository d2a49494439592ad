"""What finance sends and sees of single payouts and refunds, and of stopped money."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import WithJsonSchema

from cleanit_app.api.schemas.base import In, Moment, Out, Text, Truth, Whole
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.reading.numbers import whole
from cleanit_app.domain.statuses import PayoutStatus, RefundStatus

Ids = Annotated[Any, WithJsonSchema({"type": "array", "items": {"type": "string", "format": "uuid"}})]


class ReferenceIn(In):
    """The number under which a bank knows a transfer."""

    reference: Text = ""


class OutcomeIn(In):
    """Whether money left, and under which number."""

    left: Truth = None
    reference: Text = ""


class RefundsIn(In):
    """Exactly what a dry run showed."""

    refund_ids: Ids = None
    count: Whole = None
    paise: Whole = None

    def read(self) -> tuple[list[UUID], int, int]:
        """The ids, their number and their sum; InvalidFields when they are none."""
        try:
            return [UUID(str(i)) for i in self.refund_ids], whole(self.count), whole(self.paise)
        except (TypeError, ValueError) as nonsense:
            raise InvalidFields({"refundIds": FieldProblem("value_unreadable")}) from nonsense


class PayoutStateOut(Out):
    """How a payout stands after what was done to it."""

    id: UUID
    status: PayoutStatus
    held: bool
    hold_reason: str | None
    reference: str | None


class RefundStateOut(Out):
    """How a refund stands after what was done to it."""

    id: UUID
    status: RefundStatus
    amount_paise: int
    reference: str | None


class RefundPlanOut(Out):
    """A dry run: which refunds would be sent again, how many and how much."""

    refund_ids: list[UUID]
    count: int
    paise: int
    too_old: int
    overdue: int


class RefundsOrderedOut(Out):
    """What is sent again."""

    count: int
    paise: int


class OldMoneyOut(Out):
    """Held money of one campaign that grows old."""

    campaign_id: UUID
    title: str
    status: str
    count: int
    paise: int
    refund_until: Moment


class OldMoneyListOut(Out):
    """All of it, the oldest first."""

    items: list[OldMoneyOut]


class FlowOut(Out):
    """Whether a flow of money is stopped."""

    flow: str
    stopped_at: Moment | None
    reason: str


class FlowsOut(Out):
    """Payouts and refunds."""

    items: list[FlowOut]


class OddPaymentOut(Out):
    """A payment that looks odd; `found` is what its rule counted."""

    id: UUID
    rule: str
    found: int
    name: str
    campaign_id: UUID
    title: str
    amount_paise: int
    raised_at: Moment


class OddPaymentsOut(Out):
    """Those that nobody has looked at."""

    items: list[OddPaymentOut]
