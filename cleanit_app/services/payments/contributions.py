"""Contributions: a wish to give, its order at the provider, and asking what became of it."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import (
    AmountNotWhole,
    AmountTooLarge,
    AmountTooSmall,
    CampaignClosed,
    CampaignTimeOver,
    FieldProblem,
    InvalidFields,
    NotFound,
    OrderInProgress,
    OwnCampaign,
    ProviderUnavailable,
)
from cleanit_app.domain.provider import UNDECIDED, ProviderPaymentStatus
from cleanit_app.domain.statuses import ContributionStatus, takes_contributions, time_is_over
from cleanit_app.models import (
    Campaign,
    Contribution,
    new_id,
)
from cleanit_app.ports import (
    PaymentProvider,
    ProviderPayment,
    ProviderRejected,
    ProviderTimeout,
    ProviderUnknown,
)
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.crashpoints import crashpoint
from cleanit_app.services.payments import orders
from cleanit_app.services.payments.payments import apply_payment
from cleanit_app.services.repeats import must_be_the_same, read_key
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

log = logging.getLogger(__name__)
WAITS_FOR_ANOTHER = 3.0  # seconds: the usual time of two calls, and no thread stands still for long
FIRST_CHECK = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(days=5)  # banks confirm up to five days late


def start_contribution(
    uow: UnitOfWork,
    *,
    actor: Actor,
    campaign_id: UUID,
    amount_paise: object,
    anonymous: object,
    idempotency_key: str | None,
) -> Contribution:
    """Note the wish to give; the same key from the same person is the same wish (CAM-08).

    Raises CampaignClosed, CampaignTimeOver, OwnCampaign, AmountTooSmall, AmountTooLarge, IdempotencyKeyUnfit,
    IdempotencyConflict, and InvalidFields when `anonymous` is no yes or no: a name is not shown on a guess.
    """
    actor.must(Permission.CONTRIBUTE)
    idempotency_key = read_key(idempotency_key)
    if isinstance(amount_paise, bool) or not isinstance(amount_paise, int):
        raise AmountTooSmall(least_paise=LIMITS.smallest_contribution_paise)
    if not isinstance(anonymous, bool):
        raise InvalidFields({"anonymous": FieldProblem("value_unreadable")})
    if earlier := uow.first(Contribution, *_of_key(actor.user_id, idempotency_key)):
        return _must_equal(earlier, campaign_id, amount_paise, anonymous)
    campaign = uow.get(Campaign, campaign_id)
    if campaign.creator_id == actor.user_id:
        raise OwnCampaign
    _must_take_contributions(uow, campaign)
    _check_amount(campaign, amount_paise)
    contribution = Contribution(
        id=new_id(),
        campaign_id=campaign_id,
        contributor_id=actor.user_id,
        amount_paise=amount_paise,
        anonymous=anonymous,
        idempotency_key=idempotency_key,
        created_at=uow.now,
        next_check_at=uow.now + FIRST_CHECK,
    )
    if _add_once(uow, contribution):
        made = uow.get(Contribution, contribution.id)
        made.begin(by=actor, at=uow.now, why="wished for")
        return made
    twin = uow.first(Contribution, *_of_key(actor.user_id, idempotency_key))
    if twin is None:
        raise NotFound
    return _must_equal(twin, campaign_id, amount_paise, anonymous)


def _of_key(user_id: UUID, key: str) -> tuple[Any, Any]:
    return col(Contribution.contributor_id) == user_id, col(Contribution.idempotency_key) == key


def _must_equal(earlier: Contribution, campaign_id: UUID, amount_paise: int, anonymous: bool) -> Contribution:
    """The earlier wish of the same key; IdempotencyConflict when it was another wish."""
    before = {
        "campaignId": earlier.campaign_id,
        "amountPaise": earlier.amount_paise,
        "anonymous": earlier.anonymous,
    }
    must_be_the_same(before, {"campaignId": campaign_id, "amountPaise": amount_paise, "anonymous": anonymous})
    return earlier


def _add_once(uow: UnitOfWork, contribution: Contribution) -> bool:
    """Add the wish; False when a twin was faster (a double click arrives twice at the same moment)."""
    table = Contribution.__table__  # type: ignore[attr-defined]  # SQLModel does not tell
    adding = insert(table).values(**contribution.model_dump())
    once = adding.on_conflict_do_nothing(index_elements=["contributor_id", "idempotency_key"])
    return uow.run(once.returning(table.c.id)).first() is not None


def _must_take_contributions(uow: UnitOfWork, campaign: Campaign) -> None:
    """Before a wish and again before its order: from `expires_at` on there are no new ones (CAM-10)."""
    if time_is_over(campaign.status, campaign.expires_at, uow.now):
        raise CampaignTimeOver
    if not takes_contributions(campaign.status, campaign.expires_at, uow.now):
        raise CampaignClosed


def _check_amount(campaign: Campaign, amount_paise: int) -> None:
    """Ten rupees or more, unless less than that is missing; never more than is missing."""
    if amount_paise % 100:
        raise AmountNotWhole
    if amount_paise > campaign.missing_paise:
        raise AmountTooLarge(missing_paise=campaign.missing_paise)
    if amount_paise < min(LIMITS.smallest_contribution_paise, campaign.missing_paise):
        raise AmountTooSmall(least_paise=LIMITS.smallest_contribution_paise)


def place_order(open_uow: OpenUow, provider: PaymentProvider, *, actor: Actor, contribution_id: UUID) -> Contribution:
    """Get the provider's order for a wish, once however many ask: claimed, asked for by receipt, then made (PAY-01).

    Who comes while another gets it waits for it. OrderInProgress when that takes long, ProviderUnavailable when the
    provider does not answer; the wish stays and the next try goes on from it. CampaignTimeOver and CampaignClosed when
    the campaign takes no contributions any more; an order from before stays and may be paid.
    """
    contribution, mine = _claimed(open_uow, actor=actor, contribution_id=contribution_id)
    if not mine:
        return contribution
    crashpoint("order.after_claim")
    try:
        order = provider.order_by_receipt(contribution.id.hex) or provider.create_order(
            amount_paise=contribution.amount_paise,
            receipt=contribution.id.hex,
            notes={"contributionId": str(contribution.id), "campaignId": str(contribution.campaign_id)},
        )
    except ProviderTimeout as silence:  # it may be made this moment: the claim stays until that is over
        raise ProviderUnavailable from silence
    except (ProviderUnknown, ProviderRejected) as silence:
        with open_uow() as uow:
            orders.release(uow, contribution_id=contribution_id)
        raise ProviderUnavailable from silence
    crashpoint("order.after_call")
    with open_uow() as uow:
        return orders.record_order(uow, contribution_id=contribution_id, order=order)


def _claimed(open_uow: OpenUow, *, actor: Actor, contribution_id: UUID) -> tuple[Contribution, bool]:
    """The wish with its order, or without one and claimed for us; waits a moment for whoever is at it."""
    patience = time.monotonic() + WAITS_FOR_ANOTHER
    while True:
        with open_uow() as uow:
            own_contribution(uow, actor=actor, contribution_id=contribution_id)
            contribution, mine = orders.claim(uow, contribution_id=contribution_id)
            if mine:
                _must_take_contributions(uow, uow.get(Campaign, contribution.campaign_id))
        if mine or contribution.razorpay_order_id:
            return contribution, mine
        if time.monotonic() >= patience:
            raise OrderInProgress(seconds=2)
        time.sleep(0.1)


def own_contribution(uow: UnitOfWork, *, actor: Actor, contribution_id: UUID) -> Contribution:
    """One's own contribution; NotFound for anybody else's."""
    actor.must(Permission.CONTRIBUTE)
    contribution = uow.get(Contribution, contribution_id)
    if contribution.contributor_id != actor.user_id:
        raise NotFound
    return contribution


def confirm_contribution(
    open_uow: OpenUow,
    provider: PaymentProvider,
    *,
    actor: Actor,
    contribution_id: UUID,
    payment_id: str,
    order_id: str,
    signature: str,
) -> Contribution:
    """Hear from the browser that it was paid; believed only when signed for our order, and then asked for.

    NotFound when order or signature are not of this contribution. The callback alone is never proof.
    """
    with open_uow() as uow:
        contribution = own_contribution(uow, actor=actor, contribution_id=contribution_id)
        ours = contribution.razorpay_order_id
    genuine = ours == order_id and provider.callback_is_genuine(
        order_id=order_id, payment_id=payment_id, signature=signature
    )
    if not genuine:
        raise NotFound
    ask_about_order(open_uow, provider, contribution_id=contribution_id)
    with open_uow() as uow:
        return uow.get(Contribution, contribution_id)


def ask_about_order(open_uow: OpenUow, provider: PaymentProvider, *, contribution_id: UUID) -> None:
    """Ask the provider what became of an order and book what arrived; the poller's and callback's way (PAY-01)."""
    payments = _payments_now(open_uow, provider, contribution_id)
    with open_uow() as uow:
        for payment in payments or ():
            apply_payment(uow, contribution_id=contribution_id, payment=payment)
        decided = payments is not None and not any(payment.status in UNDECIDED for payment in payments)
        _plan_next_check(uow, contribution_id, decided=decided)


def ask_later(uow: UnitOfWork, contribution_id: UUID) -> None:
    """What could not be booked is asked about again after a pause, behind the others (PAY-01)."""
    _plan_next_check(uow, contribution_id, decided=False)


@open_before_terms
def look_now(open_uow: OpenUow, provider: PaymentProvider, *, actor: Actor, contribution_id: UUID) -> bool:
    """Ask about one's own contribution while its page waits, beside the poller's plan (PAY-01).

    True while a try waits for its bank, so that nobody is asked to pay again. NotFound for anybody else's.
    """
    with open_uow() as uow:
        own_contribution(uow, actor=actor, contribution_id=contribution_id)
    payments = _payments_now(open_uow, provider, contribution_id) or []
    with open_uow() as uow:
        for payment in payments:
            apply_payment(uow, contribution_id=contribution_id, payment=payment)
    return any(payment.status in UNDECIDED for payment in payments)


def _payments_now(open_uow: OpenUow, provider: PaymentProvider, contribution_id: UUID) -> list[ProviderPayment] | None:
    """What the provider knows of a contribution's order now; None when it does not answer, which is not a no."""
    with open_uow() as uow:
        order_id = uow.get(Contribution, contribution_id).razorpay_order_id
    try:
        if order_id is None:
            order = provider.order_by_receipt(contribution_id.hex)
            order_id = order.id if order else None
        payments = provider.payments_of_order(order_id) if order_id else []
        return sorted((_captured(provider, p) for p in payments), key=lambda p: p.created_at)
    except (ProviderUnknown, ProviderRejected):
        return None  # asked again at the next check


def _captured(provider: PaymentProvider, payment: ProviderPayment) -> ProviderPayment:
    """An authorised payment is captured; the provider would give it back after some days otherwise.

    When that does not work now, it stays authorised for us: the other tries of its order must still be heard.
    """
    if payment.status is not ProviderPaymentStatus.AUTHORIZED:
        return payment
    try:
        return provider.capture(payment.id, payment.amount_paise)
    except (ProviderUnknown, ProviderRejected) as trouble:
        log.warning("a payment could not be captured yet", extra={"payment": payment.id, "why": str(trouble)})
        return payment


def _plan_next_check(uow: UnitOfWork, contribution_id: UUID, *, decided: bool) -> None:
    """Ask again later; given up only when the provider itself said that nothing was paid and nothing waits."""
    contribution = uow.lock(Contribution, contribution_id)
    if contribution.status not in (ContributionStatus.CREATED, ContributionStatus.PENDING):
        return
    contribution.checks += 1
    contribution.next_check_at = uow.now + min(FIRST_CHECK * 2**contribution.checks, timedelta(hours=6))
    if decided and uow.now - contribution.created_at > GIVE_UP_AFTER:
        contribution.move_to(ContributionStatus.LAPSED, by=SYSTEM, at=uow.now, why="never paid")


def open_contributions(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Contributions whose outcome should be asked about now."""
    due = (
        select(col(Contribution.id))
        .where(
            col(Contribution.status).in_([ContributionStatus.CREATED, ContributionStatus.PENDING]),
            col(Contribution.next_check_at) <= uow.now,
        )
        .order_by(col(Contribution.next_check_at))
        .limit(limit)
    )
    return list(uow.run(due).scalars())
