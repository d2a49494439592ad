"""What every test may ask for: a database, a queue, settings, a browser, a whole running Cleanit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine, create_engine

from cleanit_app.local.postgres import Postgres
from cleanit_app.local.valkey import Valkey
from cleanit_app.settings import Settings
from tests.support import secrets
from tests.support.machine import fresh_database, running_postgres, running_valkey


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """An own PostgreSQL for this test process, with a migrated template database."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Postgres) -> str:
    """The address of that PostgreSQL's maintenance database."""
    return postgres_server.url


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Valkey]:
    """An own Valkey for this test process."""
    with running_valkey() as server:
        yield server


@pytest.fixture
def valkey_url(valkey_server: Valkey) -> str:
    """The address of that Valkey, emptied for this test."""
    with redis.Redis.from_url(valkey_server.url()) as client:
        client.flushall()
    return valkey_server.url()


@pytest.fixture
def database_url(postgres_server: Postgres) -> Iterator[str]:
    """The address of a new, migrated, empty database."""
    with fresh_database(postgres_server) as url:
        yield url


@pytest.fixture
def db(database_url: str) -> Iterator[Engine]:
    """A SQLAlchemy engine on a new, migrated, empty database."""
    engine = create_engine(database_url, pool_size=5, max_overflow=45)
    yield engine
    engine.dispose()


@pytest.fixture
def settings(database_url: str, valkey_server: Valkey, valkey_url: str, tmp_path: Path) -> Settings:
    """Settings that point at this test's own database, queue and files."""
    return Settings(
        app_env="test",
        database_url=database_url,
        redis_url=valkey_url,
        redis_state_url=valkey_server.url(1),
        storage_dir=tmp_path / "files",
        jwt_secret=secrets.JWT_SECRET,
        file_signing_secret=secrets.FILE_SIGNING_SECRET,
        field_encryption_keys=secrets.FIELD_ENCRYPTION_KEYS,
        razorpay_key_id=secrets.RAZORPAY_KEY_ID,
        razorpay_key_secret=secrets.RAZORPAY_KEY_SECRET,
        razorpay_webhook_secrets=[secrets.RAZORPAY_WEBHOOK_SECRET],
        razorpay_x_account_number=secrets.RAZORPAY_X_ACCOUNT_NUMBER,
    )
