"""Invoices of the platform's fee: one for each paid job, numbered without a gap, undone by a credit note (LAW-05).

The fee is earned when the work is approved, and the approval issues the invoice in its own transaction: there is no
earlier moment that a late booking could miss. A credit note is dated by the day it is issued (section 34, CGST Act).
"""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.tax import FeeTax, split_fee
from cleanit_app.models import Campaign, FeeInvoice, Job, new_id
from cleanit_app.services.tax.document_numbering import next_number
from cleanit_app.services.unit_of_work import UnitOfWork

INVOICES, CREDIT_NOTES = "CF", "CN"


def issue_invoice(uow: UnitOfWork, *, job: Job, campaign: Campaign) -> FeeInvoice:
    """The invoice of a job's fee, made in the transaction that earns it; its number is taken last of all."""
    tax = split_fee(job.platform_fee_paise, between_states=uow.policy.gst_between_states)
    invoice = _paper(uow, "INVOICE", job.id, campaign.id, job.platform_fee_paise, tax)
    invoice.sac, invoice.parties = uow.policy.fee_sac, _parties(uow, campaign)
    invoice.number = next_number(uow, INVOICES, "/", of=invoice.issued_at)
    return uow.add(invoice)


def credit_invoice(uow: UnitOfWork, *, job_id: UUID) -> FeeInvoice | None:
    """The credit note for a job whose fee is undone; None when it has no invoice. A second one is refused."""
    invoice = uow.first(FeeInvoice, FeeInvoice.job_id == job_id, FeeInvoice.kind == "INVOICE", lock=True)
    if invoice is None:
        return None
    tax = FeeTax(invoice.taxable_paise, invoice.cgst_paise, invoice.sgst_paise, invoice.igst_paise)
    note = _paper(uow, "CREDIT_NOTE", invoice.job_id, invoice.campaign_id, invoice.fee_paise, tax)
    note.sac, note.parties, note.corrects_id = invoice.sac, invoice.parties, invoice.id
    note.number = next_number(uow, CREDIT_NOTES, "/", of=note.issued_at)
    return uow.add(note)


def _paper(uow: UnitOfWork, kind: str, job_id: UUID, campaign_id: UUID, fee: int, tax: FeeTax) -> FeeInvoice:
    return FeeInvoice(
        id=new_id(),
        number="",
        kind=kind,
        job_id=job_id,
        campaign_id=campaign_id,
        issued_at=uow.now,
        issued_on=ist_date(uow.now),
        fee_paise=fee,
        taxable_paise=tax.taxable,
        cgst_paise=tax.cgst,
        sgst_paise=tax.sgst,
        igst_paise=tax.igst,
        sac="",
    )


def _parties(uow: UnitOfWork, campaign: Campaign) -> dict[str, str]:
    policy = uow.policy
    return {
        "supplier": policy.company_name,
        "supplierAddress": policy.company_address,
        "supplierGstin": policy.company_gstin,
        "placeOfSupply": policy.company_state,
        "recipient": f"Contributors of: {campaign.title}",
        "reverseCharge": "no",
    }
