"""Every list of the API, with a spoiled row under it: column after column of table after table.

A town lives twice. Of the second life, one kind of row after another gets values that nobody can read; whatever the
first life shows must be shown still, page after page, and nothing may answer with more than a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DataError

from cleanit_app.domain.actors import Actor, Role
from cleanit_app.models import Job
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.jobs import jobs
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payments.payments import apply_payment
from cleanit_app.services.review import disputes
from tests.api.conftest import Caller
from tests.factories import Town, hand_in_id

BAD = {
    "timestamp with time zone": ("'10000-01-01'", "'infinity'", "'0044-03-15 BC'"),
    "date": ("'10000-01-01'", "'-infinity'", "'0044-03-15 BC'"),
    "double precision": ("'NaN'", "'-Infinity'", "'1e300'"),
    "jsonb": ("'7'", "'[{\"flag\": {}}, 5]'", "'\"text\"'"),
    "character varying": ("'NONSENSE'",),
    "ARRAY": ("'{}'",),
    "integer": ("-1", "2147483647"),
    "bigint": ("-10000000000001", "10000000000001"),
}
NOT_ASKED = {"refresh_tokens", "sessions", "known_devices", "one_time_codes", "recovery_codes", "second_factors"}
"""Tables that say who one is: spoiled, one is a stranger, and no list is asked."""


PATHS = [
    ("nobody", "/api/campaigns", "items"),
    ("nobody", "/api/campaigns?sort=ending", "items"),
    ("nobody", "/api/campaigns?sort=almost", "items"),
    ("nobody", "/api/campaigns?sort=near&near=26.8467,80.9462", "items"),
    ("nobody", "/api/money", ""),
    ("creator", "/api/users/me/campaigns", "items"),
    ("giver", "/api/users/me/transactions", "items"),
    ("giver", "/api/users/me/notifications", "items"),
    ("giver", "/api/users/me/data-export", ""),
    ("cleaner", "/api/users/me/data-export", ""),
    ("giver", "/api/users/me/sessions", "items"),
    ("cleaner", "/api/jobs", "items"),
    ("cleaner", "/api/jobs?near=26.8467,80.9462", "items"),
    ("cleaner", "/api/jobs?sort=new", "items"),
    ("cleaner", "/api/cleaners/me/work", ""),
    ("cleaner", "/api/cleaners/me/earnings", "items"),
    ("cleaner", "/api/cleaners/me/statements/2627", ""),
    ("cleaner", "/api/cleaners/me/statements/2627/csv", ""),
    ("cleaner", "/api/users/me/notifications", "items"),
    ("senior", "/api/admin/campaigns", "items"),
    ("senior", "/api/admin/held-jobs", "items"),
    ("senior", "/api/admin/verification-queue", "items"),
    ("senior", "/api/admin/verification-queue/sla", ""),
    ("senior", "/api/admin/financial-overview", ""),
    ("senior", "/api/admin/cleaners", "items"),
    ("senior", "/api/admin/people?q=a", "items"),
    ("senior", "/api/admin/actions", "items"),
    ("senior", "/api/admin/errors", "items"),
    ("senior", "/api/admin/admins", "items"),
    ("senior", "/api/admin/payouts", "items"),
    ("senior", "/api/admin/refunds", "items"),
    ("senior", "/api/admin/transactions", "items"),
    ("senior", "/api/admin/refunds/plan", ""),
    ("senior", "/api/admin/old-money", ""),
    ("senior", "/api/admin/payment-flags", ""),
    ("senior", "/api/admin/money-flows", ""),
    ("senior", "/api/admin/disputes", "items"),
    ("senior", "/api/admin/invoices", "items"),
]


@dataclass
class People:
    creator: Actor
    giver: Actor
    cleaner: Actor
    senior: Actor


def live(town: Town, who: People) -> None:
    """Something in every list: each state once, by the same people, and some strangers."""
    town.waiting(town.person(name="Anu Rao"), 100_000)
    collecting = town.campaign(who.creator)
    town.give(collecting, 20_000, who.giver)
    town.wish(collecting, 10_000, who.giver)
    town.job()
    town.claimed(who.cleaner)
    town.completed(who.cleaner)
    given = town.campaign(who.creator)
    town.give(given, 100_000, who.giver)
    with town.uow() as uow:
        claimed = jobs.claim_job(uow, actor=who.cleaner, job_id=town.job_of(given.id).id)
    town.finish(who.cleaner, claimed.id)
    with town.uow() as uow:
        reason = "Half of the heap is still lying beside the wall."
        disputes.open_dispute(uow, actor=who.giver, campaign_id=given.id, reason=reason)
    held = town.job()
    with town.uow() as uow:
        uow.lock(Job, held.id).review_since = uow.now
    newcomer = town.person(Role.CLEANER, name="Anil Roy")
    with town.uow() as uow:
        hand_in_id(uow, newcomer)
    late = town.campaign(who.creator)
    wish = town.wish(late, 30_000, who.giver)
    with town.uow() as uow:
        campaigns.cancel_campaign(uow, actor=who.creator, campaign_id=late.id)
    with town.uow() as uow:
        apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    with town.uow() as uow:
        relay_outbox(uow)


def keys_of(c: Connection, table: str) -> list[str]:
    asked = """SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
               AND a.attnum = ANY(i.indkey) WHERE i.indrelid = CAST(:t AS regclass) AND i.indisprimary"""
    return list(c.execute(text(asked), {"t": table}).scalars())


def tables_of(db: Engine) -> dict[str, list[tuple[str, str]]]:
    """Every table with its columns and their types, but keys and what is computed."""
    asked = """SELECT table_name, column_name, data_type FROM information_schema.columns
               WHERE table_schema = 'public' AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"""
    found: dict[str, list[tuple[str, str]]] = {}
    with db.connect() as c:
        for table, column, kind in c.execute(text(asked)).all():
            if table != "alembic_version" and column not in keys_of(c, table):
                found.setdefault(str(table), []).append((str(column), str(kind)))
    return found


def free_of_checks(db: Engine) -> None:
    """No CHECK, no trigger, no length keeps a bad value out."""
    asked = """SELECT conrelid::regclass::text, conname FROM pg_constraint
               WHERE contype = 'c' AND connamespace = 'public'::regnamespace"""
    with db.begin() as c:
        for table, name in c.execute(text(asked)).all():
            c.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))


@contextmanager
def spoiled(db: Engine, table: str, where: str, names: Sequence[str], value: str) -> Iterator[None]:
    """Within the block these columns of these rows hold this value; unique ones stay as they are."""
    with db.begin() as c:  # DataError leaves all as it was
        c.execute(text("SET LOCAL session_replication_role = replica"))
        keys, quoted = ", ".join(keys_of(c, table)), [f'"{name}"' for name in names if name not in unique_of(c, table)]
        if quoted:
            c.execute(text(f"CREATE TABLE was AS SELECT {keys}, {', '.join(quoted)} FROM {table} WHERE {where}"))
            changes = ", ".join(f"{name} = {value}" for name in quoted)
            c.execute(text(f"UPDATE {table} SET {changes} WHERE {where}"))
    try:
        yield
    finally:
        with db.begin() as c:
            c.execute(text("SET LOCAL session_replication_role = replica"))
            same = " AND ".join(f"t.{key} = was.{key}" for key in keys_of(c, table))
            back = ", ".join(f"{name} = was.{name}" for name in quoted)
            if quoted:
                c.execute(text(f"UPDATE {table} t SET {back} FROM was WHERE {same}"))
                c.execute(text("DROP TABLE was"))


def unique_of(c: Connection, table: str) -> set[str]:
    """Columns of which no two rows may hold the same."""
    asked = """SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
               AND a.attnum = ANY(i.indkey) WHERE i.indrelid = CAST(:t AS regclass) AND i.indisunique"""
    return set(c.execute(text(asked), {"t": table}).scalars())


def shown(caller: Caller, path: str, part: str, size: int = 50) -> set[str]:
    """The ids a list shows, page after page; the test fails on any other answer than 200 and on a list without end."""
    ids: set[str] = set()
    cursor = ""
    for _ in range(60):
        more = f"limit={size}{f'&cursor={cursor}' if cursor else ''}" if part else ""
        answer = caller.get(f"{path}{'&' if '?' in path else '?'}{more}")
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
        if not part:
            return ids
        body = answer.json()
        ids |= {str(one.get("id") or one.get("jobId") or one.get("userId")) for one in body[part]}
        cursor = body.get("nextCursor") or ""
        if not cursor:
            return ids
    raise AssertionError(f"{path} never ends")


@dataclass
class Twice:
    """A town that lived twice: who asks, what the first life shows, and which rows are of the second."""

    db: Engine
    callers: dict[str, Caller]
    first: dict[tuple[str, str], set[str]]

    def of_second(self, table: str) -> str:
        """The condition for rows of the second life."""
        with self.db.connect() as c:
            same = " AND ".join(f"f.{key} = {table}.{key}" for key in keys_of(c, table))
        return f"NOT EXISTS (SELECT FROM first_{table} f WHERE {same})"

    def lives_in(self, table: str) -> bool:
        """Whether the second life left rows in a table."""
        with self.db.connect() as c:
            return bool(c.execute(text(f"SELECT EXISTS (SELECT FROM {table} WHERE {self.of_second(table)})")).scalar())

    def lost(self) -> list[str]:
        """Lists that do not show all of the first life now."""
        return [
            f"{who} {path}"
            for who, path, part in PATHS
            if not shown(self.callers[who], path, part) >= self.first[who, path]
        ]


@pytest.fixture
def twice(db: Engine, town: Town, as_: Any, anybody: Caller) -> Twice:
    """That town; after the test its books are not looked at, for its rows were meddled with and put back."""
    people = People(town.person(), town.person(name="Imran Khan"), town.cleaner(), town.admin())
    for each in (people.creator,):  # who has started one before needs no admin
        town.campaign(each)
    callers = {name: as_(person) for name, person in vars(people).items()} | {"nobody": anybody}
    live(town, people)
    with db.begin() as c:
        for table in tables_of(db):
            keys = ", ".join(keys_of(c, table))
            c.execute(text(f"CREATE TABLE first_{table} AS SELECT {keys} FROM {table}"))
    first = {(who, path): shown(callers[who], path, part) for who, path, part in PATHS}
    live(town, people)
    free_of_checks(db)
    return Twice(db, callers, first)


@pytest.mark.row("MON-05", "TST-02")
def test_every_list_stands_over_a_spoiled_row(twice: Twice) -> None:
    """Kind by kind, all columns of a table at once; nothing is lost, nothing fails, and what is left out is noted."""
    assert twice.lost() == []
    troubles = []
    for table, columns in tables_of(twice.db).items():
        if table in NOT_ASKED or table.startswith("first_") or not twice.lives_in(table):
            continue
        for kind, values in BAD.items():
            names = [name for name, its in columns if its == kind and name != "email"]
            if names:
                try:
                    with spoiled(twice.db, table, twice.of_second(table), names, values[len(table) % len(values)]):
                        lost = twice.lost()
                except DataError:
                    lost = []  # what is computed of it cannot be: no row could ever hold this
                except AssertionError as failed:
                    lost = [str(failed)]
                troubles += [f"{table} {kind}: {one}" for one in lost]
    assert troubles == []
    assert twice.lost() == []
