"""Money as the contract shows it: whole paise, states in words."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from cleanit_app import routes
from cleanit_app.api.schemas.base import In, Moment, Out, PhotosOut, Text, Truth, Whole
from cleanit_app.domain.statuses import CampaignStatus, ContributionStatus, PayoutStatus, RefundStatus
from cleanit_app.reads.ledger.money import (
    ContributionState,
    Earnings,
    FinancialOverview,
    MoneyState,
    MyTransactions,
    PayoutItem,
    PayState,
    TransactionDetail,
    TransactionItem,
)


class ContributionIn(In):
    """A wish to give."""

    amount_paise: Whole = None
    anonymous: Truth = False


class OrderOut(Out):
    """What Checkout needs."""

    contribution_id: UUID
    razorpay_order_id: str
    razorpay_key_id: str
    amount_paise: int
    currency: str = "INR"


class RefundOut(Out):
    """Money that goes back."""

    id: UUID
    amount_paise: int
    cause: str
    status: RefundStatus
    created_at: Moment
    due_on: date
    completed_at: Moment | None
    reference: str | None


class ContributionOut(Out):
    """How a payment stands."""

    id: UUID
    campaign_id: UUID
    campaign_title: str
    campaign_status: CampaignStatus
    status: PayState
    state: MoneyState
    amount_paise: int
    kept_paise: int
    razorpay_order_id: str | None
    created_at: Moment
    paid_at: Moment | None
    failed_at: Moment | None
    failure_reason: str | None
    receipt_number: str | None
    refunds: list[RefundOut]


def contribution_out(state: ContributionState) -> ContributionOut:
    """A contribution in the contract's shape."""
    return ContributionOut.of(state, status=state.state, state=state.money_state, razorpay_order_id=state.order_id)


class TransactionOut(Out):
    """One contribution and where its money is."""

    id: UUID
    campaign_id: UUID
    campaign_title: str
    campaign_status: CampaignStatus
    amount_paise: int
    kept_paise: int
    anonymous: bool
    state: MoneyState
    created_at: Moment
    paid_at: Moment | None
    receipt_number: str | None
    refunds: list[RefundOut]


class TotalsOut(Out):
    """Sums of ledger lines."""

    given_paise: int
    held_paise: int
    paid_out_paise: int
    refund_on_the_way_paise: int
    refunded_paise: int


class ContributionLineOut(Out):
    """One contribution in short; `date` is when the money arrived, or when it was wished for."""

    id: UUID
    amount_paise: int
    status: ContributionStatus
    state: MoneyState
    campaign_id: UUID
    campaign_title: str
    date: Moment
    razorpay_payment_id: str | None
    receipt_number: str | None
    receipt_url: str | None


class RefundLineOut(RefundOut):
    """Money that goes back, and of which contribution."""

    contribution_id: UUID
    campaign_id: UUID
    campaign_title: str


class TransactionsOut(Out):
    """A page of a person's contributions and of what goes back of them, with totals over all of them.

    `items` tell the same contributions at length.
    """

    contributions: list[ContributionLineOut]
    refunds: list[RefundLineOut]
    total_contributed_paise: int
    total_refunded_paise: int
    items: list[TransactionOut]
    next_cursor: str | None
    totals: TotalsOut


def transactions_out(mine: MyTransactions) -> TransactionsOut:
    """A page of contributions in the contract's shape."""
    contributions = mine.page.items
    return TransactionsOut(
        contributions=mine.page.each(_contribution_line),
        refunds=[
            RefundLineOut.of(
                refund,
                contribution_id=contribution.id,
                campaign_id=contribution.campaign_id,
                campaign_title=contribution.campaign_title,
            )
            for contribution in contributions
            for refund in contribution.refunds
        ],
        total_contributed_paise=mine.totals.given_paise,
        total_refunded_paise=mine.totals.refunded_paise,
        items=mine.page.each(TransactionOut.model_validate),
        next_cursor=mine.page.next_cursor,
        totals=TotalsOut.model_validate(mine.totals),
    )


def _contribution_line(contribution: TransactionItem) -> ContributionLineOut:
    receipt = routes.receipt_file(contribution.id) if contribution.receipt_number else None
    return ContributionLineOut.of(
        contribution, date=contribution.paid_at or contribution.created_at, receipt_url=receipt
    )


class TransactionDetailOut(TransactionOut):
    """One contribution with its whole way."""

    upi_reference: str | None
    payment_id: str | None
    method: str | None
    held_at: Moment | None
    released_at: Moment | None
    campaign_address: str
    completed_at: Moment | None
    verified_at: Moment | None
    cleaner_name: str | None
    cleaner_paid_at: Moment | None
    photos: PhotosOut


def transaction_detail_out(detail: TransactionDetail) -> TransactionDetailOut:
    """One contribution in the contract's shape."""
    return TransactionDetailOut.of(detail, **detail.item.__dict__, photos=PhotosOut.of(detail))


class PayoutOut(Out):
    """The pay for one job."""

    id: UUID
    job_id: UUID
    campaign_id: UUID
    campaign_title: str
    amount_paise: int
    status: PayoutStatus
    verified_at: Moment | None
    scheduled_for: Moment
    leaves_at: Moment | None
    initiated_at: Moment | None
    paid_at: Moment | None
    reference: str | None
    failure_reason: str | None
    held: bool
    razorpay_payout_id: str | None


class PayoutLineOut(Out):
    """The pay for one job in short."""

    id: UUID
    job_id: UUID
    campaign_title: str
    amount_paise: int
    status: PayoutStatus
    scheduled_for: Moment
    paid_at: Moment | None
    razorpay_payout_id: str | None


class EarningsOut(Out):
    """A page of a cleaner's payouts, all that have not arrived, and totals from the ledger.

    `items` tell the same payouts at length.
    """

    payouts: list[PayoutLineOut]
    pending: list[PayoutLineOut]
    total_earned_paise: int
    total_pending_paise: int
    average_per_job_paise: int
    items: list[PayoutOut]
    next_cursor: str | None
    pending_paise: int
    paid_paise: int
    paid_count: int
    average_paise: int
    this_year_paise: int
    year: str
    next_run: Moment
    payout_mask: str | None
    payout_confirmed: bool


def earnings_out(mine: Earnings, pending: tuple[PayoutItem, ...]) -> EarningsOut:
    """Earnings in the contract's shape."""
    items = mine.page.each(PayoutOut.model_validate)
    return EarningsOut.of(
        mine,
        payouts=mine.page.each(PayoutLineOut.model_validate),
        pending=[PayoutLineOut.model_validate(item) for item in pending],
        total_earned_paise=mine.paid_paise,
        total_pending_paise=mine.coming_paise,
        average_per_job_paise=mine.average_paise,
        items=items,
        next_cursor=mine.page.next_cursor,
        pending_paise=mine.coming_paise,
    )


class CountOut(Out):
    """How many and how much."""

    count: int
    paise: int


class BalanceOut(Out):
    """One account of the ledger, debit positive."""

    account: str
    paise: int


class PayoutToDoOut(Out):
    """A payout that has not arrived."""

    id: UUID
    job_id: UUID
    campaign_id: UUID
    campaign_title: str
    cleaner_id: UUID
    cleaner_name: str
    amount_paise: int
    status: PayoutStatus
    scheduled_for: Moment
    due: bool
    details_confirmed: bool
    held: bool
    failure_reason: str | None
    tries: int
    hold_reason: str | None
    unsure: bool
    queued: bool


class RefundToDoOut(Out):
    """A refund that has not arrived."""

    id: UUID
    contribution_id: UUID
    campaign_id: UUID
    campaign_title: str
    contributor_name: str = Field(serialization_alias="giverName")  # its name on the wire stays
    amount_paise: int
    cause: str
    status: RefundStatus
    created_at: Moment
    due_on: date
    late: bool
    failure_reason: str | None
    unsure: bool
    too_old: bool


class MovementOut(Out):
    """One line of money that moved."""

    id: UUID
    type: str
    status: str
    amount_paise: int
    reference: str | None
    campaign_id: UUID
    campaign_title: str
    created_at: Moment


class FoundTransactionOut(MovementOut):
    """One line of money that moved, with whose it is."""

    person_id: UUID | None
    person_name: str


class FinancialOverviewOut(Out):
    """All money of the house, from the ledger."""

    captured_paise: int
    raised_paise: int
    held_paise: int
    surplus_paise: int
    owed_to_cleaners_paise: int
    payouts_under_way_paise: int
    paid_out_paise: int
    refunds_under_way_paise: int
    refunded_paise: int
    fees_paise: int
    fees_this_month_paise: int
    gst_paise: int
    gateway_fees_paise: int
    payout_fees_paise: int
    accounts: list[BalanceOut]
    payouts_pending: CountOut
    payouts_processing: CountOut
    payouts_manual: CountOut
    refunds_open: CountOut
    refunds_manual: CountOut
    next_run: Moment
    payouts: list[PayoutToDoOut]
    refunds: list[RefundToDoOut]
    movements: list[MovementOut]


def overview_out(overview: FinancialOverview) -> FinancialOverviewOut:
    """The overview in the contract's shape."""
    return FinancialOverviewOut.model_validate(overview)


class PublicMoneyOut(Out):
    """What anybody may know of the money."""

    held_paise: int
    paid_to_cleaners_paise: int
    refunded_paise: int
    campaigns_collecting: int
    places_cleaned: int


class SavedViewIn(In):
    """Under which name a question is kept."""

    name: Text = None


class SavedViewOut(Out):
    """A view that an admin keeps of the list of transactions."""

    id: UUID
    name: str
    question: str
