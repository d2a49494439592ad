"""The tax of a quarter at the desk and as files for the accountant, to the paisa as the ledger has it (LAW-04)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import httpx
import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.calendar import quarter_days, quarter_of
from cleanit_app.models import Cleaner, LedgerAccount, Notification, User
from cleanit_app.reads.tax import return_lines
from cleanit_app.reads.tax.tax_quarters import tax_quarter
from cleanit_app.services.ledger import booking
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.unit_of_work import unit_of_work
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.api.test_documents import CONTRACTOR, owed
from tests.api.test_taking_back import take_back
from tests.factories import Town

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("LAW-04")
PAN = "ACUPA7085R"
Q3 = "/api/admin/tax/2627/3"


@pytest.fixture(autouse=True)
def _books(town: Town) -> Iterator[None]:
    yield
    with town.uow() as uow:
        assert check_books(uow) == []


def named(town: Town, cleaner: Actor, name: str) -> None:
    """Call a cleaner so."""
    with town.uow() as uow:
        uow.lock(User, cleaner.user_id).name = name


def lines(answer: httpx.Response) -> list[dict[str, str]]:
    """The rows of a file as a spreadsheet reads them."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_quarter_is_stated_payee_by_payee_as_the_ledger_has_it(as_: As, town: Town) -> None:
    known, unknown = town.cleaner("Ramesh Pal"), town.cleaner("Salma Bano")
    as_(known)("PUT", "/api/cleaners/me/pan", {"pan": PAN})
    town.clock.at = datetime(2026, 9, 30, 18, 29, tzinfo=UTC)  # a minute before the Indian quarter begins
    owed(town, known, 1_000_000)
    town.clock.move(minutes=1)
    for cleaner, paise in ((known, 4_000_000), (known, 123_400), (unknown, 4_000_000), (unknown, 4_000_000)):
        owed(town, cleaner, paise)
    town.clock.at = datetime(2027, 1, 1, 6, 0, tzinfo=UTC)
    owed(town, known, 2_000_000)
    seen = as_(town.admin(AdminDuty.FINANCE)).get(Q3).json()
    mine = {one["payeeId"]: one for one in seen["items"]}
    assert (mine[str(known.id)]["payments"], mine[str(known.id)]["grossPaise"]) == (2, 3_800_000 + 117_230)
    assert (mine[str(known.id)]["panMask"], mine[str(unknown.id)]["panMask"]) == ("AC•••••••R", None)
    assert (mine[str(unknown.id)]["payments"], mine[str(unknown.id)]["withoutPan"]) == (2, 1)
    assert mine[str(unknown.id)]["tdsPaise"] == 38_000 + 760_000  # 1 % below ₹50,000, then 20 % without PAN
    assert (seen["payees"], seen["payments"]) == (2, 4)
    assert seen["grossPaise"] == seen["ledgerGrossPaise"] == sum(one["grossPaise"] for one in mine.values())
    assert seen["tdsPaise"] == seen["ledgerTdsPaise"] == sum(one["tdsPaise"] for one in mine.values())
    found = {one["check"]: (one["count"], one["amountPaise"]) for one in seen["findings"]}
    assert found == {"TAN_MISSING": (1, 0), "PAN_MISSING": (1, 0), "HIGHER_RATE": (1, 760_000)}
    with town.uow() as uow:
        kept = sum(booking.balance(uow, LedgerAccount.TDS_PAYABLE, one.user_id) for one in (known, unknown))
    year = [as_(town.admin(AdminDuty.FINANCE)).get(f"/api/admin/tax/2627/{n}").json()["tdsPaise"] for n in (1, 2, 3, 4)]
    assert sum(year) == -kept


def test_the_file_says_each_payment_with_the_pan_and_leaves_the_challan_to_the_accountant(as_: As, town: Town) -> None:
    known, unknown = town.cleaner("Ramesh Pal"), town.cleaner("=HYPERLINK(1)")
    as_(known)("PUT", "/api/cleaners/me/pan", {"pan": PAN})
    owed(town, known, 4_000_000)
    owed(town, unknown, 1_000_000)
    finance = as_(town.admin(AdminDuty.FINANCE))
    first, second = lines(finance.get(f"{Q3}/csv"))
    assert (first["payee PAN"], first["payee name"], first["tax year"], first["quarter"]) == (
        PAN, "Ramesh Pal", "2026-27", "Q3",
    )  # fmt: skip
    assert (first["section"], first["payment code"]) == ("393(1) Table 6(i), earlier 194C", "1023")
    assert (first["amount credited (INR)"], first["tax deducted (INR)"]) == ("38000.00", "380.00")
    assert (first["rate (%)"], first["credited on"], first["deducted on"]) == ("1.0000", "24/11/2026", "24/11/2026")
    for left in ("challan BSR code", "challan date", "challan serial", "official remark code", "tax deposited (INR)"):
        assert first[left] == ""
    assert (second["payee PAN"], second["payee name"]) == ("PANNOTAVBL", "'=HYPERLINK(1)")
    assert (second["tax deducted (INR)"], second["remark"]) == ("0.00", "no deduction, below threshold")
    assert (second["rate (%)"], second["deducted on"]) == ("0.0000", "")
    by_payee = lines(finance.get(f"{Q3}/csv?by=payee"))
    assert sum(Decimal(one["tax deducted (INR)"]) for one in by_payee) == Decimal("380.00")
    assert [one["payments"] for one in by_payee] == ["1", "1"]
    assert finance.get(f"{Q3}/csv?by=moon").status_code == 422


def test_a_pan_that_no_key_opens_is_said_so_and_a_deleted_payee_keeps_the_name_of_the_papers(
    as_: As, town: Town, wiring: Wiring
) -> None:
    cleaner = town.cleaner("Ramesh Pal")
    owed(town, cleaner, 4_000_000)
    with town.uow() as uow:
        row = uow.lock(Cleaner, cleaner.user_id)
        row.pan_locked, row.pan_given_at = b"spoilt", uow.now
        row.tax_name_locked = wiring.cipher.lock("Ramesh Pal", context=f"cleaners:tax_name_locked:{cleaner.id}")
    named(town, cleaner, "Deleted User")
    (line,) = lines(as_(town.admin(AdminDuty.FINANCE)).get(f"{Q3}/csv"))
    assert (line["payee PAN"], line["payee name"]) == ("PANINVALID", "Ramesh Pal")


@pytest.mark.row("VER-05")
def test_what_is_taken_back_counts_no_more_and_after_the_quarter_asks_for_a_correction(as_: As, town: Town) -> None:
    cleaner, senior = town.cleaner(), as_(town.admin())
    first, kept = owed(town, cleaner, 4_000_000), owed(town, cleaner, 2_000_000)
    take_back(senior, first)
    seen = senior.get(Q3).json()
    assert (seen["payments"], seen["grossPaise"], seen["tdsPaise"]) == (1, 1_900_000, 0)
    assert seen["tdsPaise"] == seen["ledgerTdsPaise"]
    town.clock.at = datetime(2027, 1, 2, 6, 0, tzinfo=UTC)
    take_back(senior, kept)
    later = senior.get(Q3).json()
    assert (later["payments"], later["ledgerGrossPaise"]) == (0, 0)
    assert {one["check"]: one["count"] for one in later["findings"]} == {"TAN_MISSING": 1, "TAKEN_BACK_LATER": 1}


@pytest.mark.row("SEC-10")
def test_files_ask_for_the_second_factor_and_seniors_hear_of_them(as_: As, anybody: Caller, town: Town) -> None:
    owed(town, town.cleaner(), 100_000)
    senior, finance = town.admin(AdminDuty.SENIOR), town.admin(AdminDuty.FINANCE)
    unproved = replace(finance, proved=False)
    town.clock.move(minutes=1)
    assert as_(unproved).get(f"{Q3}/csv").json()["error"] == "SECOND_FACTOR_NEEDED"
    assert as_(unproved).get(Q3).status_code == 200
    for stranger in (town.admin(AdminDuty.VERIFIER), town.cleaner(), town.person()):
        assert as_(stranger).get(Q3).status_code == 403
        assert as_(stranger).get(f"{Q3}/csv").status_code == 403
    assert anybody.get(Q3).status_code == 401
    assert as_(finance).get(f"{Q3}/csv").status_code == 200
    with town.uow() as uow:
        relay_outbox(uow)
        told = select(Notification.values).where(
            col(Notification.user_id) == senior.id, col(Notification.kind) == "tax_quarter_taken"
        )
        assert [one["quarter"] for one in uow.run(told).scalars()] == ["2026-27 Q3"]
    acts = as_(senior).get(f"/api/admin/actions?admin={finance.id}").text
    assert "TaxQuarterTaken" in acts


@pytest.mark.parametrize(("path", "status"), [("2627/0", 404), ("2627/5", 404), ("2628/1", 422), ("x/1", 422)])
def test_what_is_no_quarter_is_refused(as_: As, town: Town, path: str, status: int) -> None:
    finance = as_(town.admin(AdminDuty.FINANCE))
    for door in (path, f"{path}/csv"):
        assert finance.get(f"/api/admin/tax/{door}").status_code == status


def test_a_long_file_comes_in_parts_without_a_gap(as_: As, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(return_lines, "LINES_AT_ONCE", 2)
    cleaners = [town.cleaner() for _ in range(3)]
    for cleaner in cleaners * 2:
        owed(town, cleaner, 100_000)
    finance = as_(town.admin(AdminDuty.FINANCE))
    every = lines(finance.get(f"{Q3}/csv"))
    assert [one["line"] for one in every] == ["1", "2", "3", "4", "5", "6"]
    assert len({one["payment reference"] for one in every}) == 6
    payees = lines(finance.get(f"{Q3}/csv?by=payee"))
    assert {one["payee reference"] for one in payees} == {str(one.id) for one in cleaners}
    page = finance.get(f"{Q3}?limit=2").json()
    rest = finance.get(f"{Q3}?limit=2&cursor={page['nextCursor']}").json()
    assert (len(page["items"]), len(rest["items"]), rest["nextCursor"]) == (2, 1, None)


def test_a_quarter_with_everything_has_nothing_to_put_right(as_: As, town: Town) -> None:
    cleaner, finance = town.cleaner(), town.admin(AdminDuty.FINANCE)
    as_(cleaner)("PUT", "/api/cleaners/me/pan", {"pan": PAN})
    owed(town, cleaner, 4_000_000)
    house = replace(CONTRACTOR, company_tan="LKNC01234B")

    def found() -> list[str]:
        with unit_of_work(town.engine, town.clock.now(), policy=house) as uow:
            return [str(one.check) for one in tax_quarter(uow, actor=finance, year="2627", quarter=3).findings]

    assert found() == ["NOT_OVER"]
    town.clock.at = datetime(2026, 12, 31, 18, 30, tzinfo=UTC)
    assert found() == []


def test_the_tan_of_the_settings_is_one_or_none(settings: Settings) -> None:
    known = settings.model_dump()
    assert Settings.model_validate(known | {"company_tan": " lknc01234b "}).company_tan == "LKNC01234B"
    with pytest.raises(ValueError, match="TAN"):
        Settings.model_validate(known | {"company_tan": "LKNC0123"})


def test_quarters_cover_the_year_day_by_day() -> None:
    spans = [quarter_days("2728", n) for n in (1, 2, 3, 4)]
    assert (spans[0][0].isoformat(), spans[3][1].isoformat()) == ("2027-04-01", "2028-03-31")
    assert all((later[0] - earlier[1]).days == 1 for earlier, later in pairwise(spans))
    assert all(quarter_of(day) == n for n, span in enumerate(spans, start=1) for day in span)
