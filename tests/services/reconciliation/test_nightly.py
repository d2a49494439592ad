"""The night: both books compared by the clock, tried again while the provider is silent, and told when it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.calendar import IST
from cleanit_app.models import CheckRun, DailyRun, ErrorLog, Notification
from cleanit_app.ports import ProviderUnknown
from cleanit_app.reads.reconciliation.nightly import nightly_checks
from cleanit_app.wiring import Wiring
from tests.factories import Town
from tests.services.reconciliation.test_reconcile import Paper
from workers.jobs import operations
from workers.relay import relay_all

TWO_AT_NIGHT = datetime(2026, 11, 25, 2, 0, tzinfo=IST)


class Silent(Paper):
    """A provider that does not answer."""

    def payments_page(self, *_: Any) -> list[Any]:
        """No answer."""
        raise ProviderUnknown("no answer")


def let_say(parts: Wiring, paper: Any) -> None:
    """From now on this is what the provider says."""
    parts.payments = paper  # cached values, set before they are asked for
    parts.payouts = paper


def told(town: Town, parts: Wiring, kind: str) -> list[Notification]:
    """What people were told under this kind."""
    relay_all(parts)
    with town.uow() as uow:
        return list(uow.run(select(Notification).where(col(Notification.kind) == kind)).scalars())


def night_of(town: Town, day: date) -> DailyRun:
    with town.uow() as uow:
        found = uow.first(DailyRun, col(DailyRun.name) == "reconciliation", col(DailyRun.on_date) == day)
        assert found is not None
        return found


@pytest.mark.row("PAY-13")
def test_the_clock_compares_both_books_keeps_the_report_and_tells_finance(town: Town, parts: Wiring) -> None:
    campaign, paper = town.campaign(), Paper()
    finance, other = town.admin(AdminDuty.FINANCE), town.admin(AdminDuty.SUPPORT)
    same, less, gone = (town.give(campaign, paise) for paise in (10_000, 20_000, 30_000))
    lost = town.wish(campaign, 15_000)
    for wish in (same, less, lost):
        said = town.payment(wish, payment_id=wish.razorpay_payment_id or "pay_lost")
        paper.known[said.id] = said
    off = str(less.razorpay_payment_id)
    paper.known[off] = replace(paper.known[off], amount_paise=19_900)
    let_say(parts, paper)
    town.clock.at = TWO_AT_NIGHT.astimezone(UTC)
    operations.tick("reconciliation")
    assert night_of(town, date(2026, 11, 25)).finished_at == town.clock.now()
    with town.uow() as uow:
        run = uow.run(select(CheckRun).where(col(CheckRun.kind) == "RECONCILIATION")).scalar_one()
        assert run.report == {"PAYMENT AMOUNT": 1, "PAYMENT MISSING_HERE": 1, "PAYMENT MISSING_THERE": 1}
        seen = nightly_checks(uow, actor=finance)
    assert {(d.provider_id, d.kind) for d in seen.differences} == {
        (off, "AMOUNT"), ("pay_lost", "MISSING_HERE"), (str(gone.razorpay_payment_id), "MISSING_THERE")
    }  # fmt: skip
    heard = {notification.user_id: notification.values["n"] for notification in told(town, parts, "mismatches_found")}
    assert heard[finance.user_id or campaign.id] == 3
    assert other.user_id not in heard


@pytest.mark.row("PAY-13", "MON-05")
def test_a_night_without_an_answer_is_tried_again_and_not_done(town: Town, parts: Wiring) -> None:
    let_say(parts, Silent())
    town.clock.at = TWO_AT_NIGHT.astimezone(UTC)
    with pytest.raises(ProviderUnknown):
        operations.tick("reconciliation")
    night = night_of(town, date(2026, 11, 25))
    assert night.finished_at is None
    assert night.trouble is not None
    with town.uow() as uow:
        assert "reconciliation" in uow.run(select(ErrorLog.source)).scalars().all()
    let_say(parts, Paper())
    operations.tick("reconciliation")  # too soon: its pause is not over
    assert night_of(town, date(2026, 11, 25)).finished_at is None
    town.clock.move(minutes=3)
    operations.catch_up()
    operations.run_day("reconciliation", "2026-11-25")
    assert night_of(town, date(2026, 11, 25)).finished_at == town.clock.now()


@pytest.mark.row("PAY-13")
def test_finance_hears_once_when_both_books_were_not_compared_for_long(town: Town, parts: Wiring) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    let_say(parts, Paper())
    town.clock.at = TWO_AT_NIGHT.astimezone(UTC)
    operations.tick("reconciliation-watch")
    assert told(town, parts, "reconciliation_late") == []  # nothing was to be compared yet
    operations.tick("reconciliation")
    let_say(parts, Silent())
    town.clock.move(days=1)
    with pytest.raises(ProviderUnknown):
        operations.tick("reconciliation")
    operations.tick("reconciliation-watch")
    assert told(town, parts, "reconciliation_late") == []  # one night may fail
    town.clock.move(hours=13)
    for _ in range(3):
        operations.tick("reconciliation-watch")
    (notification,) = told(town, parts, "reconciliation_late")
    assert (notification.user_id, notification.values["n"]) == (finance.user_id, 37)
    with town.uow() as uow:
        assert nightly_checks(uow, actor=finance).hours_late == {"RECONCILIATION": 37}
    let_say(parts, Paper())
    operations.run_day("reconciliation", "2026-11-26")
    operations.tick("reconciliation-watch")
    with town.uow() as uow:
        assert nightly_checks(uow, actor=finance).hours_late == {}
        assert uow.run(text("SELECT count(*) FROM alerts WHERE cleared_at IS NULL")).scalar_one() == 0
    town.clock.move(hours=37)
    operations.tick("reconciliation-watch")
    assert len(told(town, parts, "reconciliation_late")) == 2
