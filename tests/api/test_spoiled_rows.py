"""One row that nobody can read takes no list away: under each list of the API every column is spoiled in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from cleanit_app.services.unit_of_work import UNREADABLE
from tests.api.conftest import Caller
from tests.factories import Town

FAR = ("10000-01-01", "0001-01-01 BC", "infinity", "-infinity", "9999-12-31 23:59:59+00", "0001-01-01")


@contextmanager
def spoiled(db: Engine, table: str, row_id: UUID, **values: str) -> Iterator[None]:
    """Within the block the row holds these values, whatever constraints and triggers say."""
    key = "user_id" if table == "cleaners" else "id"
    checks = "SELECT conname FROM pg_constraint WHERE conrelid = CAST(:table AS regclass) AND contype = 'c'"
    with db.begin() as c:
        for (name,) in c.execute(text(checks), {"table": table}).all():
            c.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))
        c.execute(text("SET LOCAL session_replication_role = replica"))
        was = c.execute(text(f"SELECT * FROM {table} WHERE {key} = :id"), {"id": row_id}).mappings().one()
        changes = ", ".join(f"{name} = {value}" for name, value in values.items())
        c.execute(text(f"UPDATE {table} SET {changes} WHERE {key} = :id"), {"id": row_id})
    yield
    with db.begin() as c:
        c.execute(text("SET LOCAL session_replication_role = replica"))
        back = ", ".join(f"{name} = :{name}" for name in values)
        c.execute(text(f"UPDATE {table} SET {back} WHERE {key} = :id"), {"id": row_id, **{n: was[n] for n in values}})


def ids_of(caller: Caller, path: str, limit: int = 2) -> set[str]:
    """The ids of all items, page after page; a list that never ends fails."""
    found: set[str] = set()
    cursor = ""
    for _ in range(50):
        more = f"&cursor={cursor}" if cursor else ""
        answer = caller.get(f"{path}{'&' if '?' in path else '?'}limit={limit}{more}")
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found |= {str(item.get("id") or item.get("jobId")) for item in body["items"]}
        cursor = body.get("nextCursor")
        if not cursor:
            return found
    pytest.fail("the list never ends")


def noted(db: Engine, subject: UUID) -> list[str]:
    with db.connect() as c:
        asked = text("SELECT message FROM error_logs WHERE source = :s AND subject_id = :id")
        return list(c.execute(asked, {"s": UNREADABLE, "id": subject}).scalars())


@pytest.mark.row("JOB-10", "CAM-08", "MON-05")
@pytest.mark.parametrize("far", FAR)
def test_a_photo_of_another_age_takes_no_list_away(db: Engine, town: Town, anybody: Caller, far: str) -> None:
    campaigns = [town.campaign(title=f"Heap number {n} by the canal") for n in range(4)]
    bad = campaigns[1]
    with spoiled(db, "photos", bad.photo_id, taken_at=f"'{far}'"):
        for limit in (1, 2, 100):
            assert ids_of(anybody, "/api/campaigns", limit) == {str(c.id) for c in campaigns if c.id != bad.id}
        assert len(noted(db, bad.id)) == 1
        detail = anybody.get(f"/api/campaigns/{bad.id}")
        assert (detail.status_code, detail.json()["error"]) == (503, "ROW_UNREADABLE")
    assert str(bad.id) in ids_of(anybody, "/api/campaigns")


@pytest.mark.row("CAM-08")
@pytest.mark.parametrize("sort", ["new", "ending", "almost", "near&near=26.8467,80.9462"])
@pytest.mark.parametrize(
    "values",
    [
        {"activated_at": "'10000-01-01'", "expires_at": "'20000-01-01'"},
        {"activated_at": "'-infinity'", "expires_at": "'infinity'"},
        {"expires_at": "'0044-03-15 BC'"},
        {"refund_status": "'NONSENSE'", "status": "'ACTIVE'", "latitude": "'NaN'"},
    ],
)
def test_every_order_goes_on_behind_a_row_that_nobody_can_read(
    db: Engine, town: Town, anybody: Caller, sort: str, values: dict[str, str]
) -> None:
    campaigns = [town.campaign(title=f"Heap number {n} by the canal") for n in range(4)]
    bad = campaigns[2]
    with spoiled(db, "campaigns", bad.id, **values):
        for limit in (1, 3):
            assert ids_of(anybody, f"/api/campaigns?sort={sort}", limit) >= {
                str(c.id) for c in campaigns if c.id != bad.id
            }
