"""What failed is kept with who, what and where, and finance reads it page by page (MON-05)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]


@pytest.mark.row("MON-05")
def test_finance_reads_what_failed_with_who_what_and_where(
    as_: As, town: Town, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    gift = town.give(town.campaign(), 20_000)
    monkeypatch.setattr("cleanit_app.wiring.current_request", lambda: "request-of-a-job")
    for number in range(5):
        with wiring.open_uow() as uow:
            try:
                raise ValueError(f"planted {number}")
            except ValueError as trouble:
                source = "payment" if number else "job"
                note_failure(uow, source=source, subject_id=gift.id, trouble=trouble, where="settle")
    finance = as_(town.admin(AdminDuty.FINANCE))
    first = finance.get("/api/admin/errors?limit=3").json()
    newest = first["items"][0]
    said = {name: newest[name] for name in ("source", "message", "subjectId", "userId", "requestId", "environment")}
    assert said == {
        "source": "payment", "message": "settle: ValueError: planted 4", "subjectId": str(gift.id),
        "userId": str(gift.contributor_id), "requestId": "request-of-a-job", "environment": "test",
    }  # fmt: skip
    assert "raise ValueError" in newest["stack"]
    rest = finance.get(f"/api/admin/errors?limit=3&cursor={first['nextCursor']}").json()
    assert [one["message"][-1] for one in (*first["items"], *rest["items"])] == ["4", "3", "2", "1", "0"]
    assert rest["nextCursor"] is None
    jobs: list[Any] = finance.get("/api/admin/errors?source=job").json()["items"]
    assert [one["message"] for one in jobs] == ["settle: ValueError: planted 0"]
    for stranger in (town.person(), town.admin(AdminDuty.SUPPORT)):
        assert as_(stranger).get("/api/admin/errors").status_code == 403
