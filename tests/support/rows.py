"""Every row of every table as a fingerprint, and whose a row is: what changed, and whether it may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import SQLModel

import cleanit_app.models

assert cleanit_app.models  # importing them has filled the metadata
TABLES = SQLModel.metadata.tables
OWNERS = ("user_id", "owner_id", "creator_id", "contributor_id", "cleaner_id", "claimed_by", "payee_id", "admin_id",
          "raised_by")  # fmt: skip
BY_THE_CLOCK = ("sweep_beats", "daily_runs", "scheduled_runs", "check_runs", "reconciliation_seen")
"""Written by the worker that keeps time, whoever calls."""

Rows = dict[str, dict[str, dict[str, Any]]]


def all_rows(engine: Engine) -> Rows:
    """Every row by table and primary key."""
    found: Rows = {}
    with engine.connect() as connection:
        for name, table in TABLES.items():
            if name in BY_THE_CLOCK:
                continue
            # When news was shown in an open tab is the live wire's business, some moments later.
            rows = connection.execute(text(f"""SELECT to_jsonb(t) - 'delivered_at' FROM "{name}" t""")).scalars()
            key = [column.name for column in table.primary_key]
            found[name] = {"|".join(str(row[part]) for part in key): row for row in rows}
    return found


@dataclass(frozen=True)
class Change:
    """A row that is new, gone or different."""

    table: str
    key: str
    fields: tuple[str, ...]
    row: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {', '.join(self.fields)}"


def changes(before: Rows, after: Rows) -> list[Change]:
    """What is not as it was."""
    made = []
    for table in before:
        for key in before[table].keys() | after[table].keys():
            old, new = before[table].get(key), after[table].get(key)
            if old != new:
                fields = ("new",) if old is None else ("gone",) if new is None else _differing(old, new)
                made.append(Change(table, key, fields, new or old or {}))
    return made


def _differing(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(name for name in new if old.get(name) != new[name]))


def not_mine(found: list[Change], after: Rows, user_id: str) -> list[Change]:
    """The changes of rows that are not this person's, nor hang on what is, nor are news of it to others."""
    mine = {user_id}
    for table in TABLES:
        for row in after.get(table, {}).values():
            if user_id in (row.get(name) for name in OWNERS) and "id" in row:
                mine.add(row["id"])
    mine |= {row["campaign_id"] for row in after["jobs"].values() if row["claimed_by"] == user_id}
    told = [change for change in found if change.table == "notifications" and change.fields == ("new",)]
    return [change for change in found if change not in told and not _hangs_on(change.row, mine, user_id)]


def _hangs_on(row: dict[str, Any], mine: set[str], user_id: str) -> bool:
    owners = [row[name] for name in OWNERS if row.get(name)]
    if owners:
        return user_id in owners
    return any(row.get(name) in mine for name in row if name in ("id", "actor_id") or name.endswith("_id"))
