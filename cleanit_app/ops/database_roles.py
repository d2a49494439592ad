"""The database's own roles, each with what its work needs and no more (SEC-08, SCL-05).

Run as `cleanit roles`, once by whoever may make roles; `cleanit migrate` grants anew what new tables need.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import psycopg2.extensions
from psycopg2 import sql

from cleanit_app.ops import databases
from cleanit_app.settings import get_settings
from cleanit_app.wiring import SESSION

APP, WORKER, READ, MIGRATE, BACKUP = (f"cleanit_{name}" for name in ("app", "worker", "read", "migrate", "backup"))
ROLES = {
    APP: "pages and API",
    WORKER: "workers and relay",
    READ: "figures for people who look: no secret, no number of a bank or an ID",
    MIGRATE: "owns the tables and changes them",
    BACKUP: "reads everything, and tries restores in databases of its own",
}
_Settings = Mapping[str, str]
SETTINGS: Mapping[str, _Settings] = {
    APP: SESSION,
    WORKER: SESSION,
    READ: {**SESSION, "default_transaction_read_only": "on"},
    MIGRATE: {"timezone": "UTC"},
    BACKUP: {"timezone": "UTC"},
}
"""What each session of a role begins with, also where a pooler lets nobody say it."""

_OF_BOTH = ("one_time_codes", "pending_accounts", "pending_decisions", "second_factors", "recovery_codes", "outbox")
FORGETS: Mapping[str, tuple[str, ...]] = {
    APP: (*_OF_BOTH, "saved_views", "escrow_transactions"),
    WORKER: (
        *_OF_BOTH, "account_fingerprints", "attachments", "capture_tokens", "desk_notes", "failed_sign_ins",
        "known_devices", "name_changes", "notifications", "photo_takedowns", "reconciliation_seen", "refresh_tokens",
        "scheduled_jobs", "scheduled_runs", "sessions", "sweep_beats",
    ),
}  # fmt: skip
"""The tables from which rows go; from every other nobody deletes but who owns them."""
OF_THE_OTHER: Mapping[str, tuple[str, ...]] = {
    APP: ("board_figures", "fraud_scans", "reconciliation_seen"),
    WORKER: (
        "feature_flags", "recovery_codes", "refresh_tokens", "saved_views", "second_factors", "sessions",
        "setting_choices", "site_banners", "terms_acceptances",
    ),
}  # fmt: skip
"""Tables to which only the other one adds: who breaks into a page fakes no figures, a job opens no session."""
LOCKED = ("fee_invoices",)
"""Frozen tables whose rows are locked all the same, which PostgreSQL lets nobody do who may change no column."""
WITHHELD = ("users.password_hash", "pending_accounts.password_hash")
"""What READ does not see, beside every column of bytes: hashes, keys, and what is locked."""

_FROZEN = """SELECT DISTINCT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = 'rows_are_frozen' AND t.tgattr = ''::int2vector"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_COLUMNS = """SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND data_type <> 'bytea' ORDER BY ordinal_position"""
_OWNED = """SELECT format('ALTER TABLE %%s OWNER TO %%I', c.oid::regclass, %(owner)s) FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
UNION ALL
SELECT format('ALTER FUNCTION %%s OWNER TO %%I', p.oid::regprocedure, %(owner)s) FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""


def make_roles(url: str) -> None:
    """Make the roles that are not there, hand the tables over to MIGRATE, and grant each what it needs.

    Wants a role that may do so: a superuser, or the owner of the database with CREATEROLE. Sets no password.
    """
    connection = databases.connect(url)
    try:
        with connection.cursor() as cursor:
            for role in ROLES:
                _make(cursor, role, connection.info.dbname)
            _let_in(cursor, connection.info.dbname)
            cursor.execute(_OWNED, {"owner": MIGRATE})
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)
            grant(cursor)
    finally:
        connection.close()


def grant_again(url: str) -> None:
    """Grant what tables need that came since; where there are no roles it does nothing."""
    connection = databases.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)", (list(ROLES),))
            if cursor.fetchone() == (len(ROLES),):
                grant(cursor)
    finally:
        connection.close()


def _make(cursor: psycopg2.extensions.cursor, role: str, database: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
    name, place = sql.Identifier(role), sql.Identifier(database)
    if not cursor.fetchone():
        cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    cursor.execute(sql.SQL("ALTER ROLE {} {}").format(name, sql.SQL("CREATEDB" if role == BACKUP else "NOCREATEDB")))
    for setting, value in SETTINGS[role].items():
        cursor.execute(
            sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(
                name, place, sql.Identifier(setting), sql.Literal(value)
            )
        )


def _let_in(cursor: psycopg2.extensions.cursor, database: str) -> None:
    place = sql.Identifier(database)
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(place))
    cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(place, _names(*ROLES)))
    cursor.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(place, _names(MIGRATE)))
    cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(_names(*ROLES)))
    cursor.execute(sql.SQL("GRANT CREATE ON SCHEMA public TO {}").format(_names(MIGRATE)))


def grant(cursor: psycopg2.extensions.cursor) -> None:
    """Give each role its rights on every table there is now, and take away what is more."""
    cursor.execute(_FROZEN)
    frozen = {name for (name,) in cursor.fetchall()}
    cursor.execute(_TABLES)
    for (table,) in cursor.fetchall():
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(table), _names(APP, WORKER, READ)))
        for role in (APP, WORKER):
            _give(cursor, role, table, rights_of(role, table, frozen))
        _give(cursor, BACKUP, table, ["SELECT"])
        _show(cursor, table)
    for kind in (APP, WORKER):
        cursor.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(_names(kind)))
    cursor.execute(sql.SQL("GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(_names(BACKUP, WORKER)))


def rights_of(role: str, table: str, frozen: set[str]) -> list[str]:
    """What APP or WORKER may do with a table; of a `frozen` one no row is ever changed."""
    if table == "alembic_version":
        return ["SELECT"]
    adds = [] if table in OF_THE_OTHER[role] else ["INSERT"]
    changes = ["UPDATE"] if table not in frozen else ["UPDATE (id)"] if table in LOCKED else []
    return ["SELECT", *adds, *changes, *(["DELETE"] if table in FORGETS[role] else [])]


def _show(cursor: psycopg2.extensions.cursor, table: str) -> None:
    """Let READ see what is no secret."""
    cursor.execute(_COLUMNS, (table,))
    shown = [name for (name,) in cursor.fetchall() if f"{table}.{name}" not in WITHHELD]
    columns = sql.SQL(", ").join(map(sql.Identifier, shown))
    cursor.execute(sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(columns, sql.Identifier(table), _names(READ)))


def _give(cursor: psycopg2.extensions.cursor, role: str, table: str, rights: list[str]) -> None:
    words = sql.SQL(", ").join(map(sql.SQL, rights))
    cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(words, sql.Identifier(table), _names(role)))


def _names(*roles: str) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, roles))


def main() -> int:
    """Make the roles in the database of these settings, and say what is left to do."""
    make_roles(get_settings().database_directly)
    for role, what in ROLES.items():
        sys.stdout.write(f"  {role:<16} {what}\n")
    sys.stdout.write("Give each a password (\\password in psql) or a certificate, and name one in each DATABASE_URL.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
