"""Boards through REST: the live numbers, the figures of days and weeks, and who sees what."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.metrics import METRICS, Period
from cleanit_app.services.boards.figures import count_figures, spans_to_count
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
PATH = "/api/admin/boards"


def count(town: Town) -> None:
    """What the clock does every ten minutes."""
    with town.uow() as uow:
        spans = spans_to_count(uow, nightly=False)
    for span in spans:
        with town.uow() as uow:
            count_figures(uow, span=span)


def series(board: Any) -> dict[str, Any]:
    return {one["metric"]: one for one in board["series"]}


@pytest.mark.row("MON-03")
def test_the_live_numbers_are_those_of_this_moment(as_: As, town: Town) -> None:
    senior = as_(town.admin(AdminDuty.SENIOR))
    nothing = senior.get(f"{PATH}/now").json()
    assert set(nothing.values()) == {0}
    town.give(town.campaign(), 12_300)
    town.completed(town.cleaner(), target_paise=100_000)
    approved = town.verified(town.cleaner("Sunil Das"), target_paise=200_000)
    assert senior.get(f"{PATH}/now").json() == {
        "activeCampaigns": 1,
        "toVerify": 1,
        "heldPaise": 12_300 + 100_000,
        "payoutsPending": 1,
        "payoutsPendingPaise": approved.amount_paise,
    }


@pytest.mark.row("MON-03", "MON-04", "SEC-03")
def test_each_admin_sees_as_far_as_the_own_duties_go(as_: As, anybody: Caller, town: Town) -> None:
    for path in (PATH, f"{PATH}/now", f"{PATH}/csv"):
        assert anybody.get(path).status_code == 401
        for stranger in (
            town.person(),
            town.cleaner(),
            town.admin(AdminDuty.SUPPORT),
            town.admin(AdminDuty.COMPLIANCE),
        ):
            assert as_(stranger).get(path).status_code == 403, path
    verifier, finance = (as_(town.admin(duty)) for duty in (AdminDuty.VERIFIER, AdminDuty.FINANCE))
    seen = verifier.get(f"{PATH}/now").json()
    assert (seen["heldPaise"], seen["payoutsPending"], seen["toVerify"]) == (None, None, 0)
    seen = finance.get(f"{PATH}/now").json()
    assert (seen["heldPaise"], seen["payoutsPending"], seen["toVerify"]) == (0, 0, None)
    money = {name for name, metric in METRICS.items() if metric.permission}
    assert not money & set(series(verifier.get(PATH).json()))
    assert "revenue" not in verifier.get(f"{PATH}/csv").text
    assert money <= set(series(finance.get(PATH).json()))


@pytest.mark.row("MON-04")
def test_days_are_compared_with_as_many_before(as_: As, town: Town) -> None:
    senior = as_(town.admin(AdminDuty.SENIOR))
    assert senior.get(PATH).json()["countedAt"] is None
    town.campaign()
    town.clock.move(days=13)
    for _ in range(3):
        town.campaign()
    count(town)
    found = series(senior.get(f"{PATH}?period=DAY&length=14").json())["campaigns_new"]
    assert [point["figure"] and point["figure"]["value"] for point in found["points"]] == [1, *[0] * 12, 3]
    assert (found["total"]["value"], found["before"]["value"]) == (4, 0)
    town.clock.move(days=14)
    count(town)
    found = series(senior.get(f"{PATH}?period=DAY&length=14").json())["campaigns_new"]
    assert (found["total"]["value"], found["before"]["value"]) == (0, 4)
    week = senior.get(f"{PATH}?period=WEEK&length=12").json()
    assert {one["metric"] for one in week["series"]} == {
        name for name, metric in METRICS.items() if metric.period is Period.WEEK and name != "retention"
    }
    assert week["cohorts"][0]["people"] >= 1


@pytest.mark.row("MON-04")
def test_the_table_has_plain_numbers(as_: As, town: Town) -> None:
    finance = as_(town.admin(AdminDuty.FINANCE))
    town.verified(town.cleaner(), target_paise=100_000)
    count(town)
    answer = finance.get(f"{PATH}/csv?period=DAY&length=2")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [len(row) for row in rows] == [len(rows[0])] * 3
    today = dict(zip(rows[0], rows[-1], strict=True))
    assert today["Day"] == "2026-11-24"
    assert today["Paid in, rupees"] == "1000.00"
    assert today["Jobs approved"] == "1"
    assert today["Fees without GST, rupees"] == "42.38"
    weeks = finance.get(f"{PATH}/csv?period=WEEK&length=1").content.decode("utf-8-sig").splitlines()
    assert weeks[1].split(",")[1:] == ["100.00", "0.00", "100.00"]


@pytest.mark.row("MON-04")
@pytest.mark.parametrize("query", ["period=MONTH", "length=0", "length=-1", "length=91", "length=x"])
def test_what_no_board_shows_is_said_to_be_unreadable(as_: As, town: Town, query: str) -> None:
    senior = as_(town.admin(AdminDuty.SENIOR))
    for path in (PATH, f"{PATH}/csv"):
        assert senior.get(f"{path}?{query}").status_code == 422
