"""One row that nobody can read stops no sweep for the others."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from cleanit_app.services.endings import due_to_close
from cleanit_app.services.queue_watch import watch_queue
from tests.factories import Town


@pytest.mark.row("CAM-10", "VER-08")
@pytest.mark.parametrize("moment", ["0044-03-15 BC", "-infinity"])
def test_a_moment_from_before_our_time_stops_no_sweep(town: Town, moment: str) -> None:
    bad, good, job = town.campaign(), town.campaign(), town.completed(town.cleaner())
    with town.uow() as uow:
        for table in ("campaigns", "jobs"):
            uow.run(text(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_in_range"))
        uow.run(
            text("UPDATE campaigns SET expires_at = CAST(:at AS timestamptz) WHERE id = :id"),
            {"at": moment, "id": bad.id},
        )
        uow.run(
            text("UPDATE jobs SET completed_at = CAST(:at AS timestamptz) WHERE id = :id"), {"at": moment, "id": job.id}
        )
    town.clock.move(days=90)
    with town.uow() as uow:
        assert [one for _, one in due_to_close(uow, limit=9)] == [good.id]
        assert watch_queue(uow) == 0
