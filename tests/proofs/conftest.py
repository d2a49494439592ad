"""Lives to prove things on: short in the ordinary run, long under `make proofs`."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from cleanit_app.local.postgres import Postgres
from tests.proofs.life import Base, Life
from tests.support.machine import fresh_database


@pytest.fixture(scope="module")
def engine(postgres_server: Postgres) -> Iterator[Engine]:
    """A database for all proofs of a module."""
    with fresh_database(postgres_server) as url:
        made = create_engine(url, pool_size=20, max_overflow=30)
        yield made
        made.dispose()


@pytest.fixture(scope="module")
def settled(engine: Engine) -> tuple[Life, Base]:
    """A town where everybody has settled in and some money is on its way, and the way back to that moment."""
    life = Life(engine)
    life.settle_in()
    life.begin_work()
    return life, Base(life)


@pytest.fixture
def life(settled: tuple[Life, Base]) -> Iterator[Life]:
    """The settled town, afresh."""
    life, base = settled
    base.restore()
    with life.working():
        yield life


def seeds(short: int) -> list[int]:
    """Seeds of this run: PROOF_SEEDS=first:last for the long ones, else the first few."""
    first, _, last = os.environ.get("PROOF_SEEDS", f"0:{short}").partition(":")
    return list(range(int(first), int(last)))
