"""Every column has its bounds, the migrations make the same as the models, and rows from before are mended."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Engine,
    Enum,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
    create_engine,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from cleanit_app.local.postgres import Postgres
from cleanit_app.models import bounds
from cleanit_app.ops import databases
from cleanit_app.ops.migrate import migrate

TABLES = sorted(SQLModel.metadata.tables.values(), key=lambda table: table.name)
RANGED = (DateTime, Date, Integer, BigInteger, Float, JSONB)


@pytest.fixture
def empty(postgres_server: Postgres) -> Iterator[str]:
    """The address of a database without tables."""
    name = "bounds"
    databases.create_database(postgres_server.url, name)
    yield postgres_server.database_url(name)
    databases.drop_database(postgres_server.url, name)


def _checks(table: Table) -> str:
    return " ".join(str(c.sqltext) for c in table.constraints if isinstance(c, CheckConstraint))


def _is_held(table: Table, column: Column[object]) -> bool:
    """Whether something says how far a value of this column may go."""
    kind, mentioned = (
        column.type,
        f"{column.name}"
        in _checks(table).replace('"', " ").replace("(", " ").replace(")", " ").replace(",", " ").split(),
    )
    if isinstance(kind, Uuid | LargeBinary) or kind.python_type is bool or column.computed is not None:
        return True
    if isinstance(kind, Enum):
        return mentioned
    if isinstance(kind, AutoString | String):
        return bool(kind.length) or mentioned
    return mentioned or bool(column.foreign_keys) or (table.name, column.name) in bounds.ANY_NUMBER


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_has_its_bounds(table: Table) -> None:
    assert [c.name for c in table.columns if not _is_held(table, c)] == []


def _of_database(engine: Engine) -> set[tuple[str, str, str]]:
    asked = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
               WHERE contype = 'c' AND connamespace = 'public'::regnamespace"""
    with engine.connect() as c:
        return {(str(a), str(b), _bare(str(d))) for a, b, d in c.execute(text(asked))}


def _bare(check: str) -> str:
    """A CHECK without the casts and brackets that PostgreSQL writes, more of them after a type has changed."""
    return re.sub(r"::(character varying|text|timestamp with time zone|date|bigint|numeric)(\[\])?|[()\s]", "", check)


def test_the_migrations_make_the_checks_of_the_models(postgres_server: Postgres, empty: str) -> None:
    migrated = create_engine(postgres_server.database_url("template_cleanit"))
    made = create_engine(empty)
    with made.begin() as c:
        c.execute(text("CREATE EXTENSION cube"))
        SQLModel.metadata.create_all(c)
    there, here = _of_database(migrated), _of_database(made)
    migrated.dispose(), made.dispose()
    assert there - here == set()
    assert here - there == set()


@pytest.mark.row("JOB-10", "OPS-07")
def test_rows_from_before_are_mended_and_noted(empty: str) -> None:
    migrate(empty, "0026")
    engine = create_engine(empty)
    user = "00000000-0000-7000-8000-000000000001"
    with engine.begin() as c:
        c.execute(
            text(
                """INSERT INTO users (id, name, email, password_hash, role, status, language, created_at)
                   VALUES (:u, repeat('x', 900), 'a@example.in', 'h', 'CITIZEN', 'ACTIVE', 'en', '-infinity')"""
            ),
            {"u": user},
        )
        for n, (taken, place, bright) in enumerate(
            [("0002-01-01 BC", "NaN", "NaN"), ("10000-01-01", "Infinity", "-5"), ("infinity", "91", "1e30")]
        ):
            c.execute(
                text(
                    """INSERT INTO photos (id, owner_id, sha256, phash, original_key, base_key, widths, width, height,
                         bytes_received, received_at, brightness, sharpness, location_source, latitude, longitude,
                         accuracy_m, taken_at, exif)
                       VALUES (gen_random_uuid(), :u, :sha, -5, 'k', 'k', '{160}', 640, 480, 1, '20000-01-01',
                         CAST(:bright AS float8), 'Infinity', 'E2', CAST(:place AS float8), 80, 'NaN',
                         CAST(:taken AS timestamptz), '[]')"""
                ),
                {"u": user, "sha": bytes([n]), "bright": bright, "place": place, "taken": taken},
            )
        c.execute(text("SET LOCAL session_replication_role = replica"))
        c.execute(
            text("INSERT INTO ledger_transfers (id, kind, business_key, created_at) VALUES (:u, 'X', 'x', 'infinity')"),
            {"u": user},
        )
    migrate(empty)
    with engine.begin() as c:
        assert c.execute(text("SELECT DISTINCT taken_at, latitude, longitude, accuracy_m FROM photos")).all() == [
            (None, None, 80.0, None)
        ]
        assert c.execute(text("SELECT count(*) FROM photos WHERE brightness BETWEEN 0 AND 255")).scalar() == 3
        assert c.execute(text("SELECT max(received_at)::text FROM photos")).scalar() == "2199-12-31 23:59:59+00"
        assert c.execute(text("SELECT created_at::text, char_length(name) FROM users")).one() == (
            "2000-01-01 00:00:00+00",
            512,
        )
        assert c.execute(text("SELECT created_at::text FROM ledger_transfers")).scalar() == "2199-12-31 23:59:59+00"
        said = set(c.execute(text("SELECT message FROM error_logs WHERE source = 'mended'")).scalars())
    assert {"photos.taken_at was 0002-01-01 00:00:00+00 BC", "photos.taken_at was infinity"} <= said
    for outside in (
        "UPDATE photos SET taken_at = '0001-01-01'",
        "UPDATE photos SET taken_at = '2200-01-01'",
        "UPDATE photos SET latitude = 'NaN'",
        "UPDATE photos SET accuracy_m = -1",
        "UPDATE users SET created_at = 'infinity'",
        "UPDATE users SET name = repeat('x', 513)",
        "UPDATE photos SET exif = '[]'",
        "UPDATE photos SET bytes_received = -1",
        "UPDATE users SET duties = '{KING}'",
    ):
        with pytest.raises((IntegrityError, DataError)), engine.begin() as c:
            c.execute(text(outside))
    engine.dispose()
