"""Figures of days and weeks: exact against the ledger, counted by the clock, and right again after what came late."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import col

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.calendar import ist_date
from cleanit_app.metrics import METRICS, Period
from cleanit_app.models import BoardFigure, Campaign, LedgerAccount, LedgerLine, LedgerTransfer, Payout
from cleanit_app.services.boards.figures import count_figures, span_of, spans_to_count
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.jobs import jobs
from cleanit_app.services.ledger import booking
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.review.approval_reversal import take_back_approval
from cleanit_app.wiring import Wiring
from tests.factories import Town
from workers.jobs import campaigns as midnight
from workers.jobs import operations

pytestmark = pytest.mark.row("MON-04")
REVENUE = (LedgerAccount.FEE_INCOME,)


def kept(town: Town, metric: str) -> dict[date, int]:
    """What the board says of each day or week, zeros left out."""
    with town.uow() as uow:
        figures = uow.all(BoardFigure, col(BoardFigure.metric) == metric)
    return {one.starts_on: one.value for one in figures if one.value}


def ledger(town: Town, accounts: tuple[LedgerAccount, ...], kinds: tuple[str, ...] = ()) -> dict[date, int]:
    """The lines of these accounts by Indian day, credit positive, added up one by one; zeros left out."""
    days: dict[date, int] = defaultdict(int)
    with town.uow() as uow:
        transfers = {one.id: one for one in uow.all(LedgerTransfer)}
        for line in uow.all(LedgerLine):
            of = transfers[line.transfer_id]
            if line.account in accounts and (not kinds or of.kind in kinds):
                days[ist_date(of.created_at)] -= line.amount_paise
    return {day: paise for day, paise in days.items() if paise}


def tick_nightly(town: Town) -> None:
    """The night's run: the hour of each daily job comes once."""
    town.clock.move(days=1)
    operations.tick("figures-nightly")


def paid_by_hand(town: Town, job_id: UUID, reference: str) -> None:
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == job_id)
        assert payout is not None
        finance = town.admin(AdminDuty.FINANCE)
        manual_payouts.record_manual_payout(uow, actor=finance, payout_id=payout.id, reference=reference)


def test_a_whole_life_under_a_moved_clock_is_exact_against_the_ledger(town: Town, parts: Wiring) -> None:
    ramesh, sunil = town.cleaner(), town.cleaner("Sunil Das")
    for week in range(7):
        job = town.verified(ramesh, target_paise=100_000 + 700 * week)
        town.clock.move(hours=19, minutes=31)  # over midnights of both India and UTC
        town.give(town.campaign(), 12_300 + 100 * week)
        if week % 2:
            paid_by_hand(town, job.id, f"SBIN426112400{week}")
        if week == 2:
            town.clock.move(days=20)  # nothing ran meanwhile
        else:
            operations.tick("figures")
        town.clock.move(days=5, hours=3)
        midnight.close_due_campaigns()
    senior = town.admin(AdminDuty.SENIOR)
    lost = town.verified(sunil)
    town.clock.move(days=2)
    with town.uow() as uow:
        take_back_approval(uow, actor=senior, job_id=lost.id, reason="Another street", cancel_campaign=False)
    operations.tick("figures")
    assert kept(town, "revenue") == ledger(town, REVENUE)
    assert min(kept(town, "revenue").values()) < 0  # the day on which the approval was taken back
    assert kept(town, "gst") == ledger(town, (LedgerAccount.GST_OUTPUT,))
    captured = ledger(town, (LedgerAccount.HELD, LedgerAccount.SURPLUS), ("PAYMENT_CAPTURED",))
    assert kept(town, "money_in") == captured
    to_cleaners = ledger(town, (LedgerAccount.PAYOUT_CLEARING,), ("PAYOUT_PROCESSED", "PAYOUT_REVERSED"))
    assert kept(town, "money_to_cleaners") == {day: -paise for day, paise in to_cleaners.items()}
    assert len(kept(town, "revenue")) >= 7
    assert sum(kept(town, "jobs_done").values()) == 8
    with town.uow() as uow:
        new, funded = uow.all(Campaign), uow.all(Campaign, col(Campaign.funded_at).is_not(None))
    for metric, days in (
        ("campaigns_new", [ist_date(one.created_at) for one in new]),
        ("campaigns_funded", [ist_date(one.funded_at) for one in funded if one.funded_at]),
    ):
        assert kept(town, metric) == {day: days.count(day) for day in days}, metric


def test_a_day_begins_at_midnight_in_india(town: Town, parts: Wiring) -> None:
    town.person()
    town.clock.at = datetime(2026, 11, 25, 18, 29, 59, tzinfo=UTC)
    town.campaign()
    town.clock.at = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
    town.campaign()
    operations.tick("figures")
    assert kept(town, "campaigns_new") == {date(2026, 11, 25): 1, date(2026, 11, 26): 1}


def test_sign_ups_are_counted_by_role_and_admins_never(town: Town, parts: Wiring) -> None:
    for _ in range(2):
        town.person()
    town.cleaner()
    town.admin(AdminDuty.SENIOR)
    operations.tick("figures")
    today = ist_date(town.clock.now())
    assert kept(town, "signups_citizens") == {today: 2}
    assert kept(town, "signups_cleaners") == {today: 1}


def test_what_is_booked_late_comes_into_its_day_and_a_run_again_changes_nothing(town: Town, parts: Wiring) -> None:
    town.verified(town.cleaner())
    first = ist_date(town.clock.now())
    operations.tick("figures")
    before = kept(town, "revenue")
    operations.tick("figures")
    assert kept(town, "revenue") == before
    town.clock.move(days=4)
    operations.tick("figures")
    late(town, datetime(2026, 11, 24, 7, tzinfo=UTC), 4_200, "within five weeks")
    tick_nightly(town)
    assert kept(town, "revenue")[first] == before[first] + 4_200
    town.clock.move(days=90)
    operations.tick("figures")
    late(town, datetime(2026, 11, 24, 8, tzinfo=UTC), 77, "months later")
    tick_nightly(town)
    assert kept(town, "revenue") == ledger(town, REVENUE)
    assert kept(town, "revenue")[first] == before[first] + 4_277


def late(town: Town, at: datetime, paise: int, key: str) -> None:
    """Fees that were booked into a day that is long counted."""
    with town.uow() as uow:
        uow.now = at
        lines: list[booking.Line] = [(LedgerAccount.FEE_INCOME, None, -paise), (LedgerAccount.BANK, None, paise)]
        booking.book(uow, kind="ADJUSTMENT", key=key, lines=lines, campaign_id=None)


def test_a_past_day_may_be_counted_again_by_itself(town: Town, parts: Wiring) -> None:
    town.verified(town.cleaner())
    day = ist_date(town.clock.now())
    town.clock.move(days=200)
    for _ in range(2):
        with town.uow() as uow:
            count_figures(uow, span=span_of(Period.DAY, day))
    assert kept(town, "revenue") == ledger(town, REVENUE)


def test_each_day_since_the_first_account_is_counted_once_it_can_be(town: Town, parts: Wiring) -> None:
    town.person()
    town.clock.move(days=40)
    with town.uow() as uow:
        spans = spans_to_count(uow, nightly=False)
    days = [span.starts_on for span in spans if span.period is Period.DAY]
    weeks = [span.starts_on for span in spans if span.period is Period.WEEK]
    assert days == [date(2026, 11, 24) + timedelta(days=n) for n in range(41)]
    assert {day.weekday() for day in weeks} == {0}
    assert weeks[0] <= days[0]
    assert len(weeks) == 6


def shares(town: Town, metric: str) -> dict[tuple[date, date], tuple[int, int | None]]:
    with town.uow() as uow:
        figures = uow.all(BoardFigure, col(BoardFigure.metric) == metric)
    return {(one.starts_on, one.cohort_on): (one.value, one.base) for one in figures}


def test_weeks_say_success_funding_time_completion_and_who_comes_back(town: Town, parts: Wiring) -> None:
    monday, next_monday = date(2026, 11, 23), date(2026, 11, 30)
    ramesh, sunil, asha = town.cleaner(), town.cleaner(), town.person()
    called_off, slow = town.campaign(asha), town.campaign(target_paise=100_000)
    town.clock.move(hours=10)
    town.give(slow, 100_000, asha)
    job = town.job_of(slow.id)
    with town.uow() as uow:
        jobs.claim_job(uow, actor=ramesh, job_id=job.id)
    with town.uow() as uow:
        jobs.unclaim_job(uow, actor=ramesh, job_id=job.id, reason="Rain")
    with town.uow() as uow:
        jobs.claim_job(uow, actor=sunil, job_id=job.id)
    town.finish(sunil, job.id)
    with town.uow() as uow:
        campaigns.cancel_campaign(uow, actor=asha, campaign_id=called_off.id)
    town.clock.move(days=7)
    town.give(town.campaign(), 20_000, asha)
    operations.tick("figures")
    assert shares(town, "success_rate")[monday, monday] == (1, 2)
    assert shares(town, "funding_time")[monday, monday] == (10 * 3600, 1)
    assert shares(town, "completion_rate")[monday, monday] == (1, 2)
    joined = shares(town, "retention")
    assert joined[monday, monday][0] >= 2
    back, of = joined[next_monday, monday]
    assert back == 1  # Asha gave again, the cleaners took no job
    assert of is not None
    assert of >= 2
    assert shares(town, "success_rate")[next_monday, next_monday] == (0, 0)


def test_every_metric_is_counted(town: Town, parts: Wiring) -> None:
    town.person()
    operations.tick("figures")
    with town.uow() as uow:
        assert {one.metric for one in uow.all(BoardFigure)} == set(METRICS)
