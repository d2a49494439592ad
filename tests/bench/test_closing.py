"""Midnight over a thousand and a hundred thousand campaigns whose time is over, with ten gifts each."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from cleanit_app.local import postgres, valkey
from cleanit_app.local.postgres import Postgres
from cleanit_app.local.valkey import Valkey
from cleanit_app.ops import databases
from cleanit_app.ops.migrate import migrate
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.bench import closing_town
from tests.bench.report import Report
from tests.support.machine import folder
from workers.jobs import campaigns as sweep

pytestmark = [pytest.mark.bench, pytest.mark.row("CAM-10")]

MOST_SECONDS = 300


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wiring]:
    """The parts of a worker on a PostgreSQL that really writes to disk."""
    with (
        folder() as root,
        Postgres(root / "data", root / "sockets", root / "log").running(postgres.DURABLE) as server,
        Valkey(root / "valkey", root / "valkey.sock", root / "vlog").running(valkey.FORGETFUL) as queue,
    ):
        databases.create_database(server.url, "bench")
        migrate(server.database_url("bench"))
        settings = Settings(app_env="test", database_url=server.database_url("bench"), redis_url=queue.url())
        made = Wiring(settings)
        monkeypatch.setattr(sweep, "wiring", lambda: made)
        yield made
        made.engine.dispose()


def test_midnight(parts: Wiring, report: Report) -> None:
    engine = create_engine(parts.settings.database_url)
    seconds, memory = {}, {}
    for count, tag in ((1_000, "few"), (100_000, "many")):
        closing_town.time_is_over(engine, count, tag)
        started = time.monotonic()
        sweep.close_due_campaigns()
        seconds[count] = time.monotonic() - started
        memory[count] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        report.add(
            f"midnight, {count:,} campaigns due with {closing_town.GIFTS} gifts each",
            f"{seconds[count]:.1f} s, {1000 * seconds[count] / count:.2f} ms each, {memory[count]} MB",
            "< 300 s, flat, memory constant" if count > 1_000 else "",
        )
    with engine.connect() as connection:
        ask = "SELECT status, count(*), sum(raised_paise) FROM campaigns GROUP BY status ORDER BY status"
        found = {status: (count, int(paise)) for status, count, paise in connection.execute(text(ask))}
        owed = connection.execute(text("SELECT count(*), sum(amount_paise) FROM refunds")).one()
    engine.dispose()
    assert set(found) == {"EXPIRED", "FUNDED"}
    assert (found["EXPIRED"][0], found["FUNDED"][0]) == (90_900, 10_100)
    assert (owed[0], int(owed[1])) == (909_000, found["EXPIRED"][1])
    assert seconds[100_000] < MOST_SECONDS
    assert seconds[100_000] / 100_000 <= 1.5 * seconds[1_000] / 1_000
    assert memory[100_000] <= memory[1_000] + 50
