"""The sandbox's own book: one SQLite file that survives restarts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_INDEXED = ("order_id", "payment_id", "receipt", "reference_id", "fund_account_id", "contact_id", "status")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  created_at INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS record_by_kind ON record (kind, seq);
CREATE TABLE IF NOT EXISTS idempotency (
  family TEXT NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL, result_id TEXT NOT NULL,
  PRIMARY KEY (family, key));
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS timer (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, due_at REAL NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS timer_by_due ON timer (due_at);
CREATE TABLE IF NOT EXISTS endpoint (
  id TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT, events TEXT NOT NULL, topic TEXT,
  active INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, disabled_at INTEGER);
CREATE TABLE IF NOT EXISTS delivery (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, event TEXT NOT NULL, url TEXT NOT NULL,
  endpoint_id TEXT NOT NULL, body BLOB NOT NULL, secret TEXT, spoiled_attempts INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL, due_at REAL NOT NULL, first_at REAL, attempts INTEGER NOT NULL DEFAULT 0,
  last_result TEXT, fault TEXT, created_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS delivery_by_due ON delivery (state, due_at, seq);
CREATE TABLE IF NOT EXISTS fault (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL, kind TEXT NOT NULL, remaining INTEGER NOT NULL,
  options TEXT NOT NULL);
"""
_TABLES = ("record", "idempotency", "setting", "timer", "delivery", "fault")


class Store:
    """Keeps JSON records by id and kind. Used from one thread only, so every request is serial and atomic."""

    def __init__(self, path: str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.executescript(_SCHEMA)
        for name in _INDEXED:
            self.db.execute(
                f"CREATE INDEX IF NOT EXISTS record_{name} ON record (kind, json_extract(body, '$.{name}'))"
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens or nothing does."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def add(self, kind: str, body: Json) -> Json:
        """Insert a record; the body carries `id` and `created_at`."""
        self.db.execute(
            "INSERT INTO record (id, kind, created_at, body) VALUES (?, ?, ?, ?)",
            (body["id"], kind, body["created_at"], json.dumps(body, ensure_ascii=False)),
        )
        return body

    def save(self, body: Json) -> Json:
        """Write a changed record back."""
        text = json.dumps(body, ensure_ascii=False)
        self.db.execute("UPDATE record SET body = ? WHERE id = ?", (text, body["id"]))
        return body

    def get(self, kind: str, record_id: str) -> Json | None:
        """The record of this kind and id, if there is one."""
        row = self.db.execute("SELECT body FROM record WHERE id = ? AND kind = ?", (record_id, kind)).fetchone()
        return None if row is None else json.loads(row["body"])

    def find(self, kind: str, newest_first: bool = False, **where: Any) -> list[Json]:
        """All records of a kind whose fields equal the given values, in the order they were made."""
        clauses = "".join(f" AND json_extract(body, '$.{name}') = ?" for name in where)
        order = "DESC" if newest_first else "ASC"
        sql = f"SELECT body FROM record WHERE kind = ?{clauses} ORDER BY seq {order}"  # noqa: S608 field names are ours
        return [json.loads(row["body"]) for row in self.db.execute(sql, (kind, *where.values()))]

    def setting(self, name: str, default: Any = None) -> Any:
        """A stored value, or the default."""
        row = self.db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return default if row is None else json.loads(row["value"])

    def set(self, name: str, value: Any) -> None:
        """Store a value under a name."""
        self.db.execute(
            "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, json.dumps(value)),
        )

    def wipe(self) -> None:
        """Forget everything but the webhook addresses."""
        for table in _TABLES:
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608 table names are ours

    def close(self) -> None:
        """Close the file."""
        self.db.close()
