"""Days and hours as India counts them."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from cleanit_app.domain.calendar import add_business_days, financial_year, ist_date, next_payout_run


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/New_York"])
@pytest.mark.row("PAY-04")
def test_indian_days_do_not_depend_on_the_machine(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "TZ", zone)
    time.tzset()
    assert ist_date(datetime(2026, 3, 31, 18, 29, 59, tzinfo=UTC)) == date(2026, 3, 31)
    assert ist_date(datetime(2026, 3, 31, 18, 30, tzinfo=UTC)) == date(2026, 4, 1)
    assert financial_year(date(2026, 3, 31)) == "2526"
    assert financial_year(date(2026, 4, 1)) == "2627"
    ten = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
    assert next_payout_run(ten) == ten
    assert next_payout_run(ten + timedelta(seconds=1)) == ten + timedelta(days=1)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.row("PAY-09")
def test_working_days_leave_out_the_weekend() -> None:
    assert add_business_days(date(2026, 11, 26), 7) == date(2026, 12, 7)
