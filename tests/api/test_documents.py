"""Papers of money through REST: invoices of the fee for finance, and a cleaner's year for its owner."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlmodel import select

from cleanit_app.api.documents import invoice_paper, statement_paper
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.policy import HousePolicy, TaxRegime
from cleanit_app.models import FeeInvoice, LedgerAccount, Payout, TdsDeduction
from cleanit_app.reads.tax.invoices import fee_paper
from cleanit_app.reads.tax.statements import year_statement
from cleanit_app.services.ledger import booking
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.review.approval_reversal import take_back_approval
from cleanit_app.services.review.verification import approve_completion
from cleanit_app.services.tax import invoices
from cleanit_app.services.tax.statements import safe_cell, statement_csv, statement_pdf
from cleanit_app.services.unit_of_work import unit_of_work
from tests.api.conftest import Caller
from tests.factories import ALL_TICKED, Town

As = Callable[[Actor], Caller]
CONTRACTOR = HousePolicy(
    tds_regime=TaxRegime.CONTRACTOR, company_name="Cleanit Pvt Ltd", company_gstin="09ABCDE1234F1Z5"
)


def owed(town: Town, cleaner: Actor, paise: int) -> Payout:
    """Pay that is owed under the dearer rules of tax, so that something is kept back."""
    job, admin = town.completed(cleaner, paise), town.admin()
    with unit_of_work(town.engine, town.clock.now(), policy=CONTRACTOR) as uow:
        approve_completion(uow, actor=admin, job_id=job.id, checklist=ALL_TICKED)
    with town.uow() as uow:
        return uow.run(select(Payout).where(Payout.job_id == job.id)).scalar_one()


@pytest.mark.row("LAW-05")
def test_finance_reads_the_papers_of_the_fee_page_by_page(as_: As, town: Town) -> None:
    finance = as_(town.admin(AdminDuty.FINANCE))
    for _ in range(3):
        owed(town, town.cleaner(), 100_000)
        town.clock.move(minutes=1)
    with town.uow() as uow:
        first = uow.run(select(FeeInvoice).order_by(FeeInvoice.number)).scalars().first()
        assert first is not None
    page = finance.get("/api/admin/invoices?limit=2").json()
    rest = finance.get(f"/api/admin/invoices?limit=2&cursor={page['nextCursor']}").json()
    numbers = [item["number"] for item in page["items"] + rest["items"]]
    assert numbers == ["CF/2627/000003", "CF/2627/000002", "CF/2627/000001"]
    assert rest["nextCursor"] is None
    item = rest["items"][0]
    assert (item["feePaise"], item["taxablePaise"], item["cgstPaise"], item["sgstPaise"]) == (5_000, 4_238, 381, 381)
    assert page["year"] == page["month"]
    assert page["year"] == {
        "invoices": 3, "creditNotes": 0, "feePaise": 15_000, "taxablePaise": 12_714, "gstPaise": 2_286,
    }  # fmt: skip
    assert finance.get("/api/admin/invoices?kind=CREDIT_NOTE").json()["items"] == []
    assert finance.get("/api/admin/invoices?kind=RECEIPT").status_code == 422
    file = finance.get(f"/api/admin/invoices/{first.id}/pdf")
    assert (file.status_code, file.headers["content-type"], file.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert "CF-2627-000001.pdf" in file.headers["content-disposition"]
    for stranger in (town.admin(AdminDuty.VERIFIER), town.cleaner()):
        assert as_(stranger).get("/api/admin/invoices").status_code == 403
        assert as_(stranger).get(f"/api/admin/invoices/{first.id}/pdf").status_code == 403
    assert finance.get(f"/api/admin/invoices/{town.campaign().id}/pdf").status_code == 404


@pytest.mark.row("LAW-05")
def test_a_paper_says_what_the_law_wants(town: Town) -> None:
    payout = owed(town, town.cleaner(), 100_000)
    finance = town.admin(AdminDuty.FINANCE)
    with town.uow() as uow:
        invoice = uow.run(select(FeeInvoice)).scalar_one()
        paper = invoice_paper(fee_paper(uow, actor=finance, invoice_id=invoice.id), "en")
    assert (paper.title, paper.number, paper.amount) == ("Tax invoice", "CF/2627/000001", "₹50")
    assert dict(paper.lines) == {
        "Date": "24-11-2026",
        "Supplier": "Cleanit Pvt Ltd",
        "GSTIN of supplier": "09ABCDE1234F1Z5",
        "Recipient": "Contributors of: Corner dump by the school",
        "Place of supply": "09",
        "Service": "Platform fee for one cleanup",
        "SAC code": "998599",
        "Taxable value": "42.38",
        "CGST 9%": "3.81",
        "SGST 9%": "3.81",
        "Total": "50.00",
        "Reverse charge": "No",
    }
    with town.uow() as uow:
        note = invoices.credit_invoice(uow, job_id=payout.job_id)
        assert note is not None
        uow.flush()
        undone = invoice_paper(fee_paper(uow, actor=finance, invoice_id=note.id), "hi")
        uow.session.rollback()
    assert (undone.title, dict(undone.lines)["किस बिल को पलटता है"]) == ("क्रेडिट नोट", "CF/2627/000001, 24-11-2026")


@pytest.mark.row("LAW-04", "PAY-11")
def test_a_cleaners_year_agrees_with_the_ledger_to_the_paisa(as_: As, town: Town) -> None:
    cleaner, finance = town.cleaner(), town.admin(AdminDuty.FINANCE)
    town.clock.at = datetime(2027, 3, 31, 18, 29, tzinfo=UTC)  # a minute before the Indian year ends
    old = owed(town, cleaner, 4_000_000)
    town.clock.move(minutes=1)
    fresh = [owed(town, cleaner, paise) for paise in (123_400, 4_567_800)]
    owed(town, town.cleaner("Salma Bano"), 100_000)
    town.clock.move(days=2)
    with town.uow() as uow:
        manual_payouts.record_manual_payout(uow, actor=finance, payout_id=fresh[0].id, reference="SBIN4270402001")
    caller = as_(cleaner)
    last, now = (caller.get(f"/api/cleaners/me/statements/{year}").json() for year in ("2627", "2728"))
    assert (last["firstOn"], last["lastOn"], now["years"]) == ("2026-04-01", "2027-03-31", ["2728", "2627"])
    assert (last["grossPaise"], last["taxPaise"], last["payPaise"]) == (3_800_000, 38_000, 3_762_000)
    assert [line["payoutId"] for line in last["items"]] == [str(old.id)]
    paid, open_line = now["items"]
    assert (paid["arrivedPaise"], paid["reference"], paid["status"]) == (117_230, "SBIN4270402001", "PAID")
    assert (open_line["arrivedPaise"], open_line["reference"], open_line["paidAt"]) == (0, None, None)
    with town.uow() as uow:
        kept = uow.all(TdsDeduction, TdsDeduction.payee_id == cleaner.user_id)
        assert last["taxPaise"] + now["taxPaise"] == -booking.balance(uow, LedgerAccount.TDS_PAYABLE, cleaner.user_id)
        assert last["payPaise"] + now["payPaise"] - now["arrivedPaise"] == -booking.balance(
            uow, LedgerAccount.CLEANER_PAYABLE, cleaner.user_id
        )
        for year in (last, now):
            mine = [d for d in kept if d.tax_year == year["year"]]
            assert (sum(d.gross_paise for d in mine), sum(d.tds_paise for d in mine)) == (
                year["grossPaise"], year["taxPaise"],
            )  # fmt: skip
    sheet = caller.get("/api/cleaners/me/statements/2728/csv")
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert [len(row) for row in rows] == [7] * 4
    for column, key in ((2, "grossPaise"), (3, "taxPaise"), (4, "payPaise"), (5, "feePaise")):
        assert all(re.fullmatch(r"\d+\.\d\d", row[column]) for row in rows[1:])
        cells = [Decimal(row[column]) for row in rows[1:]]
        assert sum(cells[:-1]) == cells[-1] == Decimal(now[key]) / 100
    file = caller.get("/api/cleaners/me/statements/2728/pdf")
    assert (file.headers["content-type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert "cleanit-2027-28.pdf" in file.headers["content-disposition"]
    for year in ("2729", "abcd", "２７２８", "27281"):
        assert caller.get(f"/api/cleaners/me/statements/{year}").status_code == 422
    assert caller.get("/api/cleaners/me/statements/2728/exe").status_code == 404
    assert as_(town.person()).get("/api/cleaners/me/statements/2728").json()["error"] == "NOT_AN_ACTIVE_CLEANER"
    assert as_(town.cleaner("Arif Ali")).get("/api/cleaners/me/statements/2728").json()["items"] == []


KEYS = ("grossPaise", "taxPaise", "payPaise", "arrivedPaise", "feePaise")


@pytest.mark.row("LAW-04", "PAY-11", "LAW-05")
def test_the_quarters_of_a_year_sum_to_the_ledger_with_the_fee(as_: As, town: Town) -> None:
    """Pay on both sides of each Indian quarter's midnight, in uneven sums."""
    cleaner, finance, other = town.cleaner(), town.admin(AdminDuty.FINANCE), town.cleaner("Salma Bano")
    paid = []
    for month, paise in ((6, 123_700), (9, 99_900), (12, 1_234_500)):
        town.clock.at = datetime(2027, month, 30 if month != 12 else 31, 18, 29, tzinfo=UTC)
        paid.append(owed(town, cleaner, paise))
        town.clock.move(minutes=1)
        paid.append(owed(town, cleaner, paise + 1_100))
        owed(town, other, 77_700)
    with town.uow() as uow:
        manual_payouts.record_manual_payout(uow, actor=finance, payout_id=paid[0].id, reference="SBIN4270402001")
    year = as_(cleaner).get("/api/cleaners/me/statements/2728").json()
    quarters = year["quarters"]
    assert [(one["number"], one["firstOn"], one["lastOn"], one["payments"]) for one in quarters] == [
        (1, "2027-04-01", "2027-06-30", 1), (2, "2027-07-01", "2027-09-30", 2), (3, "2027-10-01", "2027-12-31", 2),
        (4, "2028-01-01", "2028-03-31", 1),
    ]  # fmt: skip
    for key in KEYS:
        assert sum(one[key] for one in quarters) == year[key] == sum(line[key] for line in year["items"]), key
    with town.uow() as uow:
        fees = uow.run(_FEES, {"keys": [f"owed:{one.id}" for one in paid]}).scalar_one()
        assert year["feePaise"] == fees > 0
        assert year["taxPaise"] == -booking.balance(uow, LedgerAccount.TDS_PAYABLE, cleaner.user_id)
        assert year["payPaise"] - year["arrivedPaise"] == -booking.balance(
            uow, LedgerAccount.CLEANER_PAYABLE, cleaner.user_id
        )
    assert as_(cleaner).get("/api/cleaners/me/statements/2627").json()["feePaise"] == 0
    with town.uow() as uow:
        paper = statement_paper(year_statement(uow, actor=cleaner, year="2728"), "hi")
    heads, *rows = paper.quarters
    assert (len(heads), len(rows)) == (5, 4)
    assert rows[0][0] == "01-04-2027 से 30-06-2027"
    assert b"%PDF-" in statement_pdf(paper)[:8]


_FEES = text(
    """SELECT -sum(l.amount_paise)::bigint FROM ledger_lines l JOIN ledger_transfers t ON t.id = l.transfer_id
       WHERE t.business_key = ANY(:keys) AND l.account IN ('FEE_INCOME', 'GST_OUTPUT')"""
)


@pytest.mark.row("LAW-04")
def test_pay_that_is_owed_no_more_stands_in_no_quarter(as_: As, town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin()
    stays, goes = owed(town, cleaner, 123_400), owed(town, cleaner, 200_000)
    with town.uow() as uow:
        take_back_approval(uow, actor=admin, job_id=goes.job_id, reason="A second look: half of it lies there still")
    year = as_(cleaner).get("/api/cleaners/me/statements/2627").json()
    assert [line["payoutId"] for line in year["items"]] == [str(stays.id)]
    assert year["feePaise"] == sum(one["feePaise"] for one in year["quarters"]) == 6_170


@pytest.mark.row("LAW-04")
def test_a_long_year_takes_more_pages_and_no_words_become_a_formula(town: Town) -> None:
    cleaner = town.cleaner()
    owed(town, cleaner, 100_000)
    with town.uow() as uow:
        found = year_statement(uow, actor=cleaner)
    paper = statement_paper(found, "hi")
    row = ("24-11-2026", "=HYPERLINK(1) क्लिनिक के पीछे की नाली " * 3, *paper.rows[0][2:])
    sheet = ((row[0], row[1], *paper.sheet[0][2:]),)
    long = replace(paper, rows=(row,) * 90, sheet=sheet)
    assert len(re.findall(rb"/Type/Page\b", statement_pdf(long))) >= 5
    assert statement_pdf(long) == statement_pdf(long)
    assert b"'=HYPERLINK" in statement_csv(long)


@pytest.mark.row("LAW-04")
@pytest.mark.parametrize("risky", ["=1+1", "+91", "-2", "@SUM(A1)", "\t=1", " =1", "\u00a0=1", "＝1", "\n@x", "\r=2"])
def test_no_way_to_begin_a_formula_passes(risky: str) -> None:
    assert safe_cell(risky) == f"'{risky}"


@pytest.mark.row("LAW-04")
def test_plain_words_and_numbers_of_a_sheet_stay_as_they_are() -> None:
    cells = ("नाली", "24-11-2026", "a=b", "", Decimal("1234567.5"), Decimal(-5))
    assert [safe_cell(cell) for cell in cells] == ["नाली", "24-11-2026", "a=b", "", "1234567.50", "-5.00"]
