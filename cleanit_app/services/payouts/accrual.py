"""Owing pay: what a verified job gives to cleaner, tax office and house, booked at once, and taken back whole."""

from __future__ import annotations

from datetime import datetime

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.statuses import PayoutStatus
from cleanit_app.models import Campaign, Cleaner, Job, LedgerAccount, Payout, new_id
from cleanit_app.services.ledger import booking
from cleanit_app.services.tax import invoices, tds
from cleanit_app.services.unit_of_work import UnitOfWork


def owe_pay(
    uow: UnitOfWork, *, job: Job, campaign: Campaign, cleaner: Cleaner, by: Actor, counts_from: datetime | None = None
) -> Payout:
    """Owe the cleaner the job's amount without the tax kept back; the fee is earned and invoiced (VER-04).

    What the house adds to a job (JOB-08) comes from its own funds, the rest from what the campaign holds.
    The cooling period runs from `counts_from`, else from now.
    """
    payout = Payout(
        id=new_id(),
        job_id=job.id,
        campaign_id=campaign.id,
        cleaner_id=cleaner.id,
        amount_paise=job.amount_paise,
        scheduled_for=(counts_from or uow.now) + LIMITS.payout_cooling,
        created_at=uow.now,
    )
    uow.add(payout)
    uow.flush()
    tax = tds.keep_back_tax(uow, payout_id=payout.id, cleaner=cleaner, gross_paise=job.amount_paise)
    payout.tds_paise = tax.tds_paise
    payout.amount_paise = job.amount_paise - tax.tds_paise
    payout.begin(by=by, at=uow.now, why="job verified")
    invoice = invoices.issue_invoice(uow, job=job, campaign=campaign)
    booking.book(
        uow,
        kind="PAYOUT_OWED",
        key=f"owed:{payout.id}",
        campaign_id=campaign.id,
        lines=[
            (LedgerAccount.HELD, campaign.id, job.amount_paise - job.platform_added_paise + job.platform_fee_paise),
            (LedgerAccount.PLATFORM_FUNDS, campaign.id, job.platform_added_paise),
            (LedgerAccount.CLEANER_PAYABLE, cleaner.id, -payout.amount_paise),
            (LedgerAccount.TDS_PAYABLE, cleaner.id, -tax.tds_paise),
            (LedgerAccount.FEE_INCOME, None, -invoice.taxable_paise),
            (LedgerAccount.GST_OUTPUT, None, invoice.taxable_paise - invoice.fee_paise),
        ],
    )
    return payout


def take_back_pay(uow: UnitOfWork, *, payout: Payout, by: Actor, why: str) -> None:
    """Owe nothing for a locked payout that has not left: ledger, tax and fee as if it had never been owed.

    The fee's invoice is undone by a credit note, for an invoice that was issued is never changed (LAW-05).
    """
    booking.book_mirror(uow, kind="PAYOUT_TAKEN_BACK", key=f"taken-back:{payout.id}", of_key=f"owed:{payout.id}")
    tds.take_back_tax(uow, payout_id=payout.id)
    payout.held_at = payout.held_by = payout.hold_reason = None
    payout.failure_reason = why[:300]
    payout.move_to(PayoutStatus.CANCELLED, by=by, at=uow.now, why=why[:300])
    invoices.credit_invoice(uow, job_id=payout.job_id)
