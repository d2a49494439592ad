"""Finance reaches everything that waits and moved, however much it is, page by page (PAY-12, OPS-01)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cleanit_app.domain.actors import SYSTEM, Actor, AdminDuty
from cleanit_app.domain.statuses import PayoutStatus, RefundStatus
from cleanit_app.models import Payout, Refund
from cleanit_app.services.campaigns import closing
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]


def pages(caller: Caller, path: str, limit: int) -> list[list[dict[str, Any]]]:
    """Every page of a list."""
    found, cursor = [], ""
    while True:
        page = caller.get(f"{path}?limit={limit}{cursor}").json()
        found.append(page["items"])
        if page["nextCursor"] is None:
            return found
        cursor = f"&cursor={page['nextCursor']}"


@pytest.mark.row("PAY-12", "OPS-01")
def test_the_payout_behind_fifty_others_is_found_and_held(as_: As, town: Town) -> None:
    cleaner, finance = town.cleaner(), as_(town.admin(AdminDuty.FINANCE))
    for _ in range(53):
        town.verified(cleaner)
        town.clock.move(minutes=1)
    with town.uow() as uow:
        last = max(uow.all(Payout), key=lambda one: one.scheduled_for)
        stuck = sorted(uow.all(Payout), key=lambda one: one.scheduled_for)[30]
        uow.lock(Payout, stuck.id).move_to(PayoutStatus.MANUAL, by=SYSTEM, at=uow.now, why="a person must look")
    assert len(finance.get("/api/admin/financial-overview").json()["payouts"]) == 50
    found = pages(finance, "/api/admin/payouts", 50)
    assert [len(page) for page in found] == [50, 3]
    every = [item for page in found for item in page]
    assert len({item["id"] for item in every}) == 53
    assert (every[0]["id"], every[0]["status"]) == (str(stuck.id), "MANUAL")
    rest = [item["scheduledFor"] for item in every[1:]]
    assert rest == sorted(rest)
    assert every[-1]["id"] == str(last.id)
    held = finance.post(f"/api/admin/payouts/{every[-1]['id']}/hold", {"reason": "Name differs"})
    assert held.json()["held"] is True
    assert pages(finance, "/api/admin/payouts", 50)[1][-1]["held"] is True


@pytest.mark.row("PAY-08", "PAY-12")
def test_refunds_and_movements_go_on_too(as_: As, town: Town) -> None:
    finance, admin = as_(town.admin(AdminDuty.FINANCE)), town.admin()
    campaign = town.campaign(target_paise=1_000_000)
    for _ in range(52):
        town.give(campaign, 10_000)
    with town.uow() as uow:
        closing.cancel_by_admin(uow, actor=admin, campaign_id=campaign.id, reason="The ward cleaned it")
    with town.uow() as uow:
        stuck = uow.all(Refund)[40].id
        uow.lock(Refund, stuck).move_to(RefundStatus.MANUAL, by=SYSTEM, at=uow.now, why="a person must look")
    refunds = pages(finance, "/api/admin/refunds", 50)
    assert [len(page) for page in refunds] == [50, 2]
    assert refunds[0][0]["id"] == str(stuck)
    assert len({item["id"] for page in refunds for item in page}) == 52
    moved = pages(finance, "/api/admin/transactions", 20)
    assert [len(page) for page in moved] == [20, 20, 12]
    assert len({item["id"] for page in moved for item in page}) == 52


@pytest.mark.row("SEC-04")
@pytest.mark.parametrize("path", ["payouts", "refunds", "transactions"])
def test_a_cursor_of_another_list_is_refused(as_: As, town: Town, path: str) -> None:
    finance = as_(town.admin(AdminDuty.FINANCE))
    for cursor in ("WzEsMl0", "bm90aGluZw", "WyJ5ZXMiLCJub3ciLCJ4Il0"):
        refused = finance.get(f"/api/admin/{path}?cursor={cursor}")
        assert (refused.status_code, refused.json()["error"]) == (400, "BAD_REQUEST")
