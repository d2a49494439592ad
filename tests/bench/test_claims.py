"""Claims a second: pgbench, a bare handler, and Cleanit, on the same server in the same run."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import make_url, text

from cleanit_app.adapters.access_tokens import AccessTokens
from cleanit_app.domain.actors import Actor, Role, permissions_of
from cleanit_app.local.ports import any_free
from cleanit_app.ops.databases import BINARIES
from tests.bench import claim_sql, town
from tests.bench.conftest import WEB_PROCESSES
from tests.bench.load import Figures, as_fast_as_it_goes
from tests.bench.report import Report
from tests.support.live import Live

pytestmark = [pytest.mark.bench, pytest.mark.row("JOB-04")]

PGBENCH_CLIENTS, JOBS_A_CLIENT, SECONDS = 16, 1_500, 6
CLIENTS = 32
BARE_CLAIMS, OUR_CLAIMS = 3_000, 3_000
FIRST_BARE = PGBENCH_CLIENTS * JOBS_A_CLIENT
FIRST_OURS = FIRST_BARE + BARE_CLAIMS + 100
SHARE = 0.12
ROUNDS = 3


def pgbench(live: Live, folder: Path) -> float:
    """Transactions a second with the claim's SQL."""
    script = folder / "claim.sql"
    script.write_text(claim_sql.for_pgbench(JOBS_A_CLIENT, town.CLEANERS))
    url = make_url(live.settings.database_url)
    command = [str(BINARIES / "pgbench"), "-n", "-M", "prepared", "-c", str(PGBENCH_CLIENTS), "-j", "2"]
    command += ["-t", str(JOBS_A_CLIENT - 2), "-D", "c=0", "-f", str(script), "-U", str(url.username)]
    command += ["-h", str(url.query["host"]), str(url.database)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return float(re.findall(r"tps = ([\d.]+)", done.stdout)[0])


@contextmanager
def bare_server(live: Live) -> Iterator[str]:
    """The bare handler, served by granian as Cleanit is."""
    port = any_free()
    environment = {**os.environ, "BENCH_DATABASE_URL": live.settings.database_url}
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(WEB_PROCESSES)]
    server = subprocess.Popen([*command, "--no-ws", "tests.bench.bare_app:app"], env=environment)
    try:
        time.sleep(2.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(15)


def ids(live: Live, table: str, column: str, first: int, count: int) -> list[UUID]:
    """Ids of numbered rows."""
    query = text(f"SELECT {column} FROM {table} WHERE n BETWEEN :first AND :last ORDER BY n")
    with live.engine.connect() as connection:
        return list(connection.execute(query, {"first": first, "last": first + count - 1}).scalars())


def bare(live: Live, base_url: str) -> Figures:
    """Claims through the bare handler."""
    jobs = ids(live, "bench_jobs", "job_id", FIRST_BARE, BARE_CLAIMS)
    cleaners = itertools.cycle(ids(live, "bench_cleaners", "user_id", 1, town.CLEANERS))
    asks = (("POST", f"/claim/{job}/{cleaner}", {}) for job, cleaner in zip(jobs, cleaners, strict=False))
    return asyncio.run(as_fast_as_it_goes(base_url, asks, CLIENTS))


def tokens(live: Live) -> list[str]:
    """An access token for each cleaner who has taken nothing yet."""
    maker = AccessTokens(live.settings.jwt_secret)
    now = datetime.now(UTC)
    made = []
    fresh = text("SELECT id FROM users u WHERE role = 'CLEANER' ORDER BY email")
    session = text(
        "INSERT INTO sessions (id, user_id, user_agent, created_at, expires_at)"
        " VALUES (gen_random_uuid(), :user, 'bench', now(), now() + interval '1 day') RETURNING id"
    )
    with live.engine.begin() as connection:
        for user in connection.execute(fresh).scalars().all():
            session_id = connection.execute(session, {"user": user}).scalar_one()
            actor = Actor(user, Role.CLEANER, permissions_of(Role.CLEANER), session_id)
            made.append(maker.issue(actor, now))
    return made


def release(live: Live) -> None:
    """Every job is free and was never taken."""
    free = text(
        "UPDATE jobs SET status = 'AVAILABLE', claimed_by = NULL, claimed_at = NULL, completion_deadline = NULL,"
        " claim_count = 0, last_claimed_by = NULL"
    )
    with live.engine.begin() as connection:
        connection.execute(free)
    town.tidy(live.engine)


def ours(live: Live) -> Figures:
    """Claims through Cleanit: sign-in, checks, history, events and all."""
    jobs = ids(live, "bench_jobs", "job_id", FIRST_OURS, OUR_CLAIMS)
    release(live)
    headers = [{"Authorization": f"Bearer {token}"} for token in tokens(live)]
    asks = (("POST", f"/api/jobs/{job}/claim", who) for job, who in zip(jobs, itertools.cycle(headers), strict=False))
    return asyncio.run(as_fast_as_it_goes(live.base_url, asks, CLIENTS))


@dataclass(frozen=True)
class Round:
    """The three ways of claiming, one after the other: a machine that others use changes its pace meanwhile."""

    ceiling: float
    floor: Figures
    full: Figures

    @property
    def share(self) -> float:
        """Cleanit's rate as a part of the ceiling."""
        return self.full.rate / self.ceiling


def one_round(measured: Live, folder: Path) -> Round:
    """Every job is free again, then each way claims for a while."""
    release(measured)
    ceiling = pgbench(measured, folder)
    with bare_server(measured) as base_url:
        floor = bare(measured, base_url)
    return Round(ceiling, floor, ours(measured))


def test_claims(measured: Live, report: Report, tmp_path: Path) -> None:
    town.open_jobs(measured.engine, FIRST_OURS + OUR_CLAIMS + 10)
    rounds = [one_round(measured, tmp_path) for _ in range(ROUNDS)]
    with measured.engine.connect() as connection:
        doubled = connection.execute(text("SELECT count(*) FROM jobs WHERE claim_count > 1 AND claimed_by IS NOT NULL"))
        twice = doubled.scalar_one()
    middle = sorted(rounds, key=lambda r: r.share)[ROUNDS // 2]
    ceiling, floor, full = middle.ceiling, middle.floor, middle.full
    shares = ", ".join(f"{100 * r.share:.1f}" for r in rounds)
    report.add("claims a second, pgbench, 16 clients, the same SQL", f"{ceiling:.0f}", "the ceiling")
    report.add(
        "claims a second, bare FastAPI handler, 32 clients",
        f"{floor.rate:.0f} ({100 * floor.rate / ceiling:.0f} %), p95 {floor.quantile(0.95):.0f} ms",
    )
    report.add(
        "claims a second through Cleanit, 32 clients",
        f"{full.rate:.0f} ({100 * middle.share:.1f} %, the middle of {shares}), p95 {full.quantile(0.95):.0f} ms,"
        f" {twice} double",
        f"≥ {100 * SHARE:.0f} %, p95 < 500 ms, 0 double",
    )
    for one in rounds:
        assert dict(one.full.statuses) == {200: OUR_CLAIMS}
        assert dict(one.floor.statuses) == {200: BARE_CLAIMS}
    assert twice == 0
    assert full.quantile(0.95) < 500
    assert middle.share >= SHARE
