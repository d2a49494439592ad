"""A giver takes the own gift back while the campaign still collects; once funded only a dispute does (PAY-08)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import ContributionStays, NotFound
from cleanit_app.domain.events import ContributionTakenBack
from cleanit_app.domain.money_returns import ReturnCause
from cleanit_app.domain.statuses import takes_contributions
from cleanit_app.models import Campaign, Contribution, EscrowTransaction, LedgerAccount, Payment, Refund
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.ledger import booking
from cleanit_app.services.refunds.refunds import owe_refund
from cleanit_app.services.unit_of_work import UnitOfWork

CAUSE = "TAKEN_BACK"


@open_before_terms
def take_contribution_back(uow: UnitOfWork, *, actor: Actor, contribution_id: UUID) -> Refund:
    """Give back what the campaign kept of my contribution, by the refund path; asked twice it is done once.

    ContributionStays once the campaign collects no more (funded at the same moment: who locked the campaign first
    wins), for a gift that is not here, and where the house has switched this off. NotFound for a stranger's.
    """
    actor.must(Permission.MANAGE_SELF)
    known = uow.get(Contribution, contribution_id)
    if known.contributor_id != actor.user_id:
        raise NotFound(what="Contribution")
    campaign = uow.lock(Campaign, known.campaign_id)
    contribution = uow.lock(Contribution, contribution_id)
    if earlier := uow.first(Refund, Refund.contribution_id == contribution.id, Refund.cause == CAUSE):
        return earlier
    open_now = takes_contributions(campaign.status, campaign.expires_at, uow.now)
    if not (uow.policy.contribution_back and open_now and contribution.kept_paise):
        raise ContributionStays
    return _take_out(uow, actor, campaign, contribution)


def _take_out(uow: UnitOfWork, actor: Actor, campaign: Campaign, contribution: Contribution) -> Refund:
    """Out of the campaign at once, into what is owed back: nothing else can be done with this money any more."""
    payment = uow.first(Payment, Payment.contribution_id == contribution.id, col(Payment.kept_paise) > 0, lock=True)
    if payment is None:
        raise ContributionStays
    kept = payment.kept_paise
    booking.book(
        uow,
        kind="CONTRIBUTION_TAKEN_BACK",
        key=f"taken-back:{payment.id}",
        campaign_id=campaign.id,
        lines=[(LedgerAccount.HELD, campaign.id, kept), (LedgerAccount.SURPLUS, contribution.id, -kept)],
    )
    uow.run(delete(EscrowTransaction).where(col(EscrowTransaction.contribution_id) == contribution.id))
    payment.kept_paise = contribution.kept_paise = 0
    campaign.raised_paise -= kept
    refund = owe_refund(
        uow,
        payment=payment,
        contribution=contribution,
        amount_paise=kept,
        cause=CAUSE,
        why=ReturnCause.TAKEN_BACK,
    )
    told = ContributionTakenBack(
        campaign.id, contribution.id, contribution.contributor_id, kept, campaign.missing_paise
    )
    uow.record(told, by=actor)
    return refund
