"""Charts as they are drawn: bars from zero up and down, the sum beside the time before, and the same as numbers."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.metrics import METRICS, Period
from cleanit_app.pages.admin.system.boards.view import CHARTS, NO_FIGURE, ChartView, chart_view, cohort_row, period_of
from cleanit_app.reads.boards.boards import LENGTHS, board
from cleanit_app.services.review.approval_reversal import take_back_approval
from tests.api.test_boards import count
from tests.factories import Town

pytestmark = pytest.mark.row("MON-04")


def drawn(town: Town, duty: AdminDuty = AdminDuty.SENIOR) -> dict[str, ChartView]:
    count(town)
    views = {}
    with town.uow() as uow:
        for name in CHARTS:
            found = board(uow, actor=town.admin(duty), period=period_of(name), length=LENGTHS[period_of(name)][0])
            views[name] = chart_view(found, name, uow.now)
    return views


def test_every_metric_is_drawn_once_with_others_of_its_unit() -> None:
    shown = [metric for metrics in CHARTS.values() for metric in metrics]
    assert sorted([*shown, "retention"]) == sorted(METRICS)
    for metrics in CHARTS.values():
        assert len({(METRICS[one].unit, METRICS[one].period) for one in metrics}) == 1


def test_a_chart_without_anything_is_flat_and_says_so(town: Town) -> None:
    for name, chart in drawn(town).items():
        assert (chart.shown, chart.bars, chart.top) == (True, [], ""), name
        assert len(chart.rows) == LENGTHS[period_of(name)][0]
        assert "nan" not in str(chart)


def test_bars_stand_on_zero_and_what_was_taken_back_hangs_below(town: Town) -> None:
    job = town.verified(town.cleaner(), target_paise=200_000)
    town.clock.move(days=2)
    with town.uow() as uow:
        senior = town.admin(AdminDuty.SENIOR)
        take_back_approval(uow, actor=senior, job_id=job.id, reason="Another street", cancel_campaign=False)
    town.clock.move(days=3)
    chart = drawn(town)["revenue"]
    up, down = [bar for bar in chart.bars if bar.colour == "0"]
    zero = float(chart.zero)
    assert float(up.y) + float(up.height) == pytest.approx(zero)
    assert float(down.y) == pytest.approx(zero)
    assert float(down.height) == float(up.height)
    back, earned = [row.cells[0] for row in chart.rows if row.cells[0] not in ("₹0", NO_FIGURE)]
    assert (back, earned[0]) == (f"−{earned}", "₹")
    assert chart.sums[0].figure == "₹0"


def test_who_verifies_sees_no_money_and_the_sums_are_compared(town: Town) -> None:
    town.campaign()
    town.clock.move(days=14)
    for _ in range(3):
        town.campaign()
    views = drawn(town, AdminDuty.VERIFIER)
    assert {name for name, chart in views.items() if not chart.shown} == {"money", "revenue"}
    new = views["campaigns"].sums[0]
    assert (new.figure, new.before) == ("3", "Before: 1 (+200%)")
    assert new.before in views["campaigns"].said


def test_cohorts_have_a_line_for_weeks_that_are_to_come(town: Town) -> None:
    town.campaign()
    count(town)
    with town.uow() as uow:
        found = board(uow, actor=town.admin(AdminDuty.SENIOR), period=Period.WEEK, length=12)
        row = cohort_row(found.cohorts[0], uow.now)
    assert set(row.shares) == {"–"}
