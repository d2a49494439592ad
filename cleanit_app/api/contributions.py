"""Contributions: confirmed by the browser, asked about while waiting, and their receipt."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import ConfigDict

from cleanit_app.api.dependencies import asking, changing, language, who_asks, wiring_of
from cleanit_app.api.receipts import paper_of
from cleanit_app.api.schemas.base import In, Text, answer, file_of
from cleanit_app.api.schemas.money import ContributionOut, contribution_out
from cleanit_app.domain.errors import FeatureOff, MalformedRequest
from cleanit_app.domain.features import Feature
from cleanit_app.reads.ledger import money
from cleanit_app.services.payments import contributions
from cleanit_app.services.payments.receipts import receipt_pdf
from cleanit_app.services.payments.taking_back import take_contribution_back

router = APIRouter(prefix="/api/contributions", tags=["contributions"])


class CheckoutConfirmIn(In):
    """What Checkout hands to the browser; named as Razorpay names it."""

    model_config = ConfigDict(alias_generator=None)
    razorpay_payment_id: Text = None
    razorpay_order_id: Text = None
    razorpay_signature: Text = None


@router.get("/{contribution_id}", response_model=ContributionOut)
def contribution(request: Request, contribution_id: UUID) -> Response:
    """How a payment of mine stands."""
    with asking(request) as call:
        state = money.contribution_state(call.uow, actor=call.actor, contribution_id=contribution_id)
        return answer(contribution_out(state))


@router.post("/{contribution_id}/confirm", response_model=ContributionOut)
def confirm(request: Request, contribution_id: UUID, body: CheckoutConfirmIn) -> Response:
    """Tell that Checkout said paid; believed only when signed for our order and confirmed by the provider."""
    parts = (body.razorpay_payment_id, body.razorpay_order_id, body.razorpay_signature)
    if not all(isinstance(part, str) and 0 < len(part) <= 200 for part in parts):
        raise MalformedRequest(field="body")
    actor = who_asks(request, before_terms=True)  # the money is there already
    wiring = wiring_of(request)
    contributions.confirm_contribution(
        wiring.open_uow,
        wiring.payments,
        actor=actor,
        contribution_id=contribution_id,
        payment_id=body.razorpay_payment_id,
        order_id=body.razorpay_order_id,
        signature=body.razorpay_signature,
    )
    with changing(request, before_terms=True) as call:  # read where it was written
        state = money.contribution_state(call.uow, actor=call.actor, contribution_id=contribution_id)
    return answer(contribution_out(state))


@router.post("/{contribution_id}/take-back", response_model=ContributionOut)
def take_back(request: Request, contribution_id: UUID) -> Response:
    """Take my gift back while its campaign still collects; 409 CONTRIBUTION_STAYS afterwards."""
    with changing(request, before_terms=True) as call:
        if not wiring_of(request).features.is_on(Feature.CONTRIBUTION_BACK, call.actor.user_id):
            raise FeatureOff
        take_contribution_back(call.uow, actor=call.actor, contribution_id=contribution_id)
        state = money.contribution_state(call.uow, actor=call.actor, contribution_id=contribution_id)
    return answer(contribution_out(state))


@router.get("/{contribution_id}/receipt", response_class=Response, responses=file_of("application/pdf"))
def receipt(request: Request, contribution_id: UUID) -> Response:
    """The receipt of my contribution as a PDF that tells where the money is now (PAY-02, PAY-10)."""
    with asking(request) as call:
        facts = money.receipt(call.uow, actor=call.actor, contribution_id=contribution_id)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="{facts.number}.pdf"',
    }
    return Response(receipt_pdf(paper_of(facts, language(request))), 200, headers, "application/pdf")
