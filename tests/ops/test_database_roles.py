"""What each role of the database may do, and what it may not, tried on PostgreSQL itself (SEC-08, SCL-05)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from psycopg2.errors import InsufficientPrivilege, ReadOnlySqlTransaction
from sqlalchemy import Engine

from cleanit_app.adapters.connection_rights import UnfitConnection
from cleanit_app.local.postgres import Postgres
from cleanit_app.ops import backup, database_roles, databases
from cleanit_app.ops.database_roles import APP, BACKUP, FORGETS, MIGRATE, OF_THE_OTHER, READ, WORKER
from cleanit_app.ops.migrate import main as migrate
from cleanit_app.settings import Settings, get_settings
from cleanit_app.wiring import SESSION, Wiring
from tests.factories import Town
from tests.support.books import assert_books_are_right
from tests.support.machine import as_role

pytestmark = pytest.mark.row("SEC-08", "SCL-05")
Try = Callable[[str, str], list[tuple[object, ...]]]


@pytest.fixture
def try_as(db: Engine) -> Try:
    """Runs a statement as a role, in a transaction that is undone."""

    def act(role: str, statement: str) -> list[tuple[object, ...]]:
        connection = databases.connect(as_role(db.url.render_as_string(hide_password=False), role))
        connection.autocommit = False
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.rollback()
            connection.close()

    return act


FORBIDDEN = (
    "UPDATE ledger_lines SET amount_paise = 1",
    "DELETE FROM ledger_lines",
    "DELETE FROM ledger_transfers",
    "DELETE FROM status_history",
    "UPDATE admin_actions SET action = 'nothing'",
    "DELETE FROM payouts",
    "DELETE FROM contributions",
    "DELETE FROM users",
    "TRUNCATE outbox",
    "ALTER TABLE ledger_lines DISABLE TRIGGER ALL",
    "DROP TRIGGER ledger_lines_frozen ON ledger_lines",
    "CREATE TABLE mine (n int)",
    "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE EXTENSION pg_trgm",
    "UPDATE alembic_version SET version_num = '0001'",
    "CREATE ROLE another SUPERUSER",
    "COPY users TO PROGRAM 'cat'",
    "SET session_replication_role = replica",
)
"""What changes the books or the tables, or makes somebody else of oneself."""
REFUSED = (InsufficientPrivilege, ReadOnlySqlTransaction)


@pytest.mark.parametrize("role", [APP, WORKER, READ, BACKUP])
def test_nobody_who_works_changes_the_books_or_the_tables(try_as: Try, role: str) -> None:
    done = [act for act in FORBIDDEN if not is_refused(try_as, role, act)]
    assert done == []


def is_refused(try_as: Try, role: str, act: str) -> bool:
    try:
        try_as(role, act)
    except REFUSED:
        return True
    return False


OF_ANOTHER = (
    (APP, "INSERT INTO board_figures SELECT * FROM board_figures"),
    (APP, "DELETE FROM notifications"),
    (WORKER, "INSERT INTO sessions SELECT * FROM sessions"),
    (WORKER, "INSERT INTO setting_choices SELECT * FROM setting_choices"),
    (WORKER, "DELETE FROM saved_views"),
    (READ, "SELECT password_hash FROM users"),
    (READ, "SELECT cookie_hash FROM sessions"),
    (READ, "SELECT payout_details FROM cleaners"),
    (READ, "SELECT * FROM identity_documents"),
    (READ, "INSERT INTO users SELECT * FROM users"),
    (BACKUP, "INSERT INTO outbox SELECT * FROM outbox"),
)


def test_each_lacks_what_is_another_ones(try_as: Try) -> None:
    assert [(role, act) for role, act in OF_ANOTHER if not is_refused(try_as, role, act)] == []


def test_each_may_do_what_its_work_needs(try_as: Try, town: Town) -> None:
    town.give(town.campaign(), 50_000)
    for role in (APP, WORKER):
        assert try_as(role, "UPDATE users SET name = 'Asha' RETURNING name")
        assert try_as(role, "SELECT * FROM ledger_lines")
        for table in FORGETS[role]:
            try_as(role, f"DELETE FROM {table}")
    assert try_as(READ, "SELECT id, name, role FROM users")
    assert try_as(READ, "SELECT sum(amount_paise) FROM ledger_lines")
    assert try_as(BACKUP, "SELECT password_hash FROM users")
    assert not try_as(MIGRATE, "ALTER TABLE users ADD COLUMN wings int")


def test_the_lists_name_tables_that_there_are(try_as: Try) -> None:
    there = {name for (name,) in try_as(MIGRATE, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    named = {table for lists in (FORGETS, OF_THE_OTHER) for tables in lists.values() for table in tables}
    assert named - there == set()


def test_a_role_brings_its_time_limits_along(database_url: str) -> None:
    database_roles.make_roles(database_url)
    for role in (APP, WORKER, READ):
        with databases.connect(as_role(database_url, role)).cursor() as cursor:
            for name, value in SESSION.items():
                cursor.execute("SELECT current_setting(%s)", (name,))
                assert cursor.fetchone() == (value,), (role, name)


def test_the_roles_are_made_in_a_new_database_and_migrations_run_as_their_owner(
    postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases.create_database(postgres_server.url, "roles_first")
    url = postgres_server.database_url("roles_first")
    try:
        database_roles.make_roles(url)
        database_roles.make_roles(url)  # and again, as after each release
        monkeypatch.setenv("APP_ENV", "test")
        monkeypatch.setenv("DATABASE_URL", as_role(url, MIGRATE))
        get_settings.cache_clear()
        migrate(["upgrade", "head"])
        app = databases.connect(as_role(url, APP))
        with app.cursor() as cursor:
            cursor.execute("INSERT INTO outbox SELECT * FROM outbox")
            with pytest.raises(InsufficientPrivilege):
                cursor.execute("DELETE FROM ledger_lines")
        app.close()
    finally:
        get_settings.cache_clear()
        databases.drop_database(postgres_server.url, "roles_first")


def test_a_backup_and_its_trial_need_no_more_than_their_role(settings: Settings, town: Town) -> None:
    town.give(town.campaign(), 50_000)
    url = as_role(settings.database_url, BACKUP)
    backup.back_up(url, settings.backup_dir, settings.keys_of_backups, town.clock.now())
    counts = backup.restore_test(url, settings.backup_dir, settings.keys_of_backups, town.clock.now())
    assert counts["ledger_lines"] > 0


def test_production_works_as_its_role_and_never_as_a_superuser(settings: Settings, database_url: str) -> None:
    def reached(url: str, pooler: str = "") -> None:
        changes = {"app_env": "production", "database_url": url, "database_pooler": pooler}
        parts = Wiring(settings.model_copy(update=changes))
        try:
            with parts.open_read() as uow:
                assert_books_are_right(uow.session.get_bind().engine)
        finally:
            parts.engine.dispose()

    reached(as_role(database_url, APP))
    with pytest.raises(UnfitConnection, match="superuser"):
        reached(database_url)
    with pytest.raises(UnfitConnection, match="statement_timeout"):
        reached(as_role(database_url, APP), pooler="transaction")  # nobody has given this role its time limits here
    database_roles.make_roles(database_url)
    reached(as_role(database_url, APP), pooler="transaction")
