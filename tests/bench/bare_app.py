"""A bare handler that only runs a claim's SQL: what FastAPI and psycopg2 alone can do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2.pool
from fastapi import FastAPI
from sqlalchemy.engine import make_url

from tests.bench.claim_sql import STATEMENTS

_url = make_url(os.environ["BENCH_DATABASE_URL"])
_pool = psycopg2.pool.ThreadedConnectionPool(
    10, 45, user=_url.username, dbname=_url.database, host=_url.query.get("host") or _url.host
)
_SQL = [s.format(job="%(job)s", cleaner="%(cleaner)s") for s in STATEMENTS]
app = FastAPI()


@contextmanager
def connection() -> Iterator[Any]:
    """A connection of the pool, committed at the end."""
    taken = _pool.getconn()
    try:
        with taken:
            yield taken
    finally:
        _pool.putconn(taken)


@app.post("/claim/{job}/{cleaner}")
def claim(job: str, cleaner: str) -> dict[str, str]:
    """Run the statements, nothing else."""
    with connection() as taken, taken.cursor() as cursor:
        for statement in _SQL:
            cursor.execute(statement, {"job": job, "cleaner": cleaner})
    return {"id": job}
