"""The demo gives the desk one of each thing to open, once (OPS-01)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from cleanit_app.domain.statuses import BulkRunStatus, DisputeStatus, FraudCaseStatus, TicketStatus
from cleanit_app.models import BulkRow, BulkRun, Dispute, FraudCase, Payout, SupportTicket
from cleanit_app.services.demo.desk import REPORTED, load_desk
from cleanit_app.services.demo.places import ADMIN, CITIZEN
from cleanit_app.services.unit_of_work import UnitOfWork, unit_of_work
from tests.factories import Town


@pytest.mark.books
@pytest.mark.row("OPS-01", "OPS-02", "OPS-03", "OPS-04")
def test_the_desk_has_one_of_each_and_no_pay_waits_for_it(town: Town) -> None:
    citizen, cleaner = town.person(), town.cleaner("Arif Ali")
    town.give(town.campaign(target_paise=200_000), 50_000, citizen)
    town.verified(cleaner)
    people = {CITIZEN: citizen, ADMIN: town.admin(), REPORTED: cleaner}

    @contextmanager
    def open_at(at: datetime) -> Iterator[UnitOfWork]:
        with unit_of_work(town.engine, at) as uow:
            yield uow

    assert load_desk(open_at, town.clock.now(), people) is True
    assert load_desk(open_at, town.clock.now(), people) is False
    with town.uow() as uow:
        assert [t.status for t in uow.all(SupportTicket)] == [TicketStatus.ANSWERED]
        assert [(d.status, d.about) for d in uow.all(Dispute)] == [(DisputeStatus.OPEN, "PAYMENT")]
        assert [c.status for c in uow.all(FraudCase)] == [FraudCaseStatus.OPEN]
        assert [r.status for r in uow.all(BulkRun)] == [BulkRunStatus.DONE]
        assert {r.status for r in uow.all(BulkRow)} == {"DONE"}
        assert [p.held_at for p in uow.all(Payout)] == [None]
