"""What admins do through REST: the queue in its order, decisions, money, people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.models import Campaign, Cleaner, FraudCase, Job, Payout, User
from cleanit_app.services.payouts import payouts
from cleanit_app.services.review import queue_watch
from tests.api.conftest import Caller
from tests.factories import Town, hand_in_id

As = Callable[[Actor], Caller]
TICKS = {
    "sameLocation": True,
    "visiblyCleaner": True,
    "noFraudSigns": True,
    "gpsMatches": True,
    "timestampReasonable": True,
}


@pytest.mark.row("VER-01", "VER-02")
def test_the_queue_has_its_order_and_all_evidence(as_: As, town: Town) -> None:
    known = town.cleaner()
    town.verified(known)
    old = town.completed(known)
    town.clock.move(hours=49)
    standard = town.completed(known)
    newcomer = town.completed(town.cleaner("Geeta Kumari"))
    town.clock.move(hours=1)
    valuable = town.completed(known, 600_000)
    admin = as_(town.admin(AdminDuty.VERIFIER))
    items = admin.get("/api/admin/verification-queue").json()["items"]
    assert [(item["jobId"], item["group"]) for item in items] == [
        (str(old.id), "URGENT"),
        (str(valuable.id), "HIGH_VALUE"),
        (str(newcomer.id), "FIRST_TIME"),
        (str(standard.id), "STANDARD"),
    ]
    first = items[0]
    assert first["waitingSeconds"] == 50 * 3600
    assert (first["gps"]["source"], first["gps"]["distanceM"], first["gps"]["accuracyM"]) == ("E1", 0, 9.0)
    assert (first["raisedPaise"], first["payPaise"], first["feePaise"]) == (100_000, 95_000, 5_000)
    assert (first["cleaner"]["completionRate"], first["cleaner"]["verifiedCount"]) == (1.0, 1)
    assert first["photos"]["after"]["sizes"][0]["url"].startswith(f"/files/jobs/{old.id}/completion/")
    assert first["ownInterest"] is False
    one = admin.get(f"/api/admin/jobs/{old.id}/verification").json()
    assert one == first
    paged = admin.get("/api/admin/verification-queue?limit=3").json()
    rest = admin.get(f"/api/admin/verification-queue?limit=3&cursor={paged['nextCursor']}").json()
    assert [item["jobId"] for item in paged["items"] + rest["items"]] == [item["jobId"] for item in items]


@pytest.mark.row("VER-07")
def test_waiting_times_and_workload(as_: As, town: Town) -> None:
    cleaner = town.cleaner()
    done, waiting = town.completed(cleaner), town.completed(cleaner)
    town.clock.move(hours=30)
    person = town.admin(AdminDuty.VERIFIER, name="Farhan Qureshi")
    admin = as_(person)
    admin.post(f"/api/admin/jobs/{done.id}/verify", {"action": "APPROVE", "checklist": TICKS})
    sla = admin.get("/api/admin/verification-queue/sla").json()
    assert (sla["waiting"], sla["over24h"], sla["over48h"]) == (1, 1, 0)
    assert sla["averageWaitingSeconds"] == sla["oldestWaitingSeconds"] == 30 * 3600
    assert sla["averageDecisionSeconds"] == 30 * 3600
    assert sla["workload"] == [
        {
            "adminId": str(person.id),
            "name": "Farhan Qureshi",
            "today": 1,
            "week": 1,
            "approved": 1,
            "rejected": 0,
            "escalated": 0,
            "averageSeconds": 30 * 3600,
        }
    ]
    assert town.job_of(waiting.campaign_id).status == "COMPLETED"


@pytest.mark.row("VER-09", "VER-08")
def test_the_board_counts_what_had_to_be_escalated(as_: As, town: Town) -> None:
    jobs = [town.completed(town.cleaner()) for _ in range(2)]
    town.clock.move(hours=49)
    with town.uow() as uow:
        queue_watch.watch_queue(uow)
    jobs.append(town.completed(town.cleaner()))
    person = town.admin(AdminDuty.VERIFIER)
    admin = as_(person)
    for job, action in zip(jobs, ("APPROVE", "REJECT", "APPROVE"), strict=True):
        body = {"action": action, "checklist": TICKS, "reason": "POOR_QUALITY"}
        assert admin("POST", f"/api/admin/jobs/{job.id}/verify", body).status_code == 200
    board = admin.get("/api/admin/verification-queue/sla").json()["workload"][0]
    assert (board["week"], board["approved"], board["rejected"], board["escalated"]) == (3, 2, 1, 2)
    assert board["averageSeconds"] == 2 * 49 * 3600 // 3


@pytest.mark.row("VER-03", "VER-04")
def test_approval_needs_five_ticks_and_makes_the_pay_due(as_: As, town: Town) -> None:
    cleaner = town.cleaner()
    job = town.completed(cleaner, 400_000)
    admin = as_(town.admin(AdminDuty.VERIFIER))
    path = f"/api/admin/jobs/{job.id}/verify"
    for missing in TICKS:
        for untrue in (False, None, "true", 1):
            body = {"action": "APPROVE", "checklist": TICKS | {missing: untrue}}
            assert admin.post(path, body).json()["error"] == "CHECKLIST_INCOMPLETE"
    for nonsense in (None, [], "all", 5):
        body = {"action": "APPROVE", "checklist": nonsense}
        assert admin.post(path, body).json()["error"] == "CHECKLIST_INCOMPLETE"
    approved = admin.post(path, {"action": "APPROVE", "checklist": TICKS, "notes": "Very <i>clean</i>"})
    assert (approved.status_code, approved.json()["status"], approved.json()["checklist"]) == (
        200,
        "VERIFIED",
        {
            "same_location": True,
            "visibly_cleaner": True,
            "no_fraud_signs": True,
            "gps_matches": True,
            "timestamp_reasonable": True,
        },
    )
    again = admin.post(path, {"action": "APPROVE", "checklist": TICKS})
    assert (again.status_code, again.json()["error"]) == (409, "MOVE_REFUSED")
    with town.uow() as uow:
        payout = uow.run(select(Payout)).scalar_one()
        assert (payout.amount_paise, payout.status) == (380_000, "PENDING")
        assert uow.get(Cleaner, cleaner.user_id).verified_count == 1
        assert uow.get(Job, job.id).verification_notes == "Very clean"


@pytest.mark.row("VER-05", "VER-06")
@pytest.mark.parametrize(
    ("body", "job_status", "suspended"),
    [
        ({"reason": "POOR_QUALITY", "notes": "left side"}, "CLAIMED", False),
        ({"reason": "WRONG_LOCATION", "allowRetry": False}, "FAILED", False),
        ({"reason": "FAKE_COMPLETION", "allowRetry": True}, "FAILED", True),
    ],
)
def test_rejection(body: dict[str, Any], job_status: str, suspended: bool, as_: As, town: Town) -> None:
    cleaner = town.cleaner()
    job = town.completed(cleaner)
    answer = as_(town.admin()).post(f"/api/admin/jobs/{job.id}/verify", {"action": "REJECT", **body})
    assert (answer.status_code, answer.json()["status"]) == (200, job_status)
    assert answer.json()["rejectionReason"] == body["reason"]
    work = as_(cleaner).get("/api/cleaners/me/work").json()
    heap = work["redo"] if job_status == "CLAIMED" else work["done"]
    assert [item["rejectionReason"] for item in heap] == [body["reason"]]
    with town.uow() as uow:
        assert (uow.get(User, cleaner.user_id).status == "SUSPENDED") is suspended
        assert (uow.first(FraudCase) is not None) is suspended
        assert uow.get(Campaign, job.campaign_id).status == "FUNDED"
    steps = as_(cleaner).get(f"/api/campaigns/{job.campaign_id}").json()["timeline"]
    assert [s["reason"] for s in steps if s["step"] == "REJECTED"] == [body["reason"]]


@pytest.mark.row("VER-05", "SEC-04")
@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({}, 422, "action"),
        ({"action": "MAYBE"}, 422, "action"),
        ({"action": ["APPROVE"]}, 422, "action"),
        ({"action": "REJECT"}, 422, "reason"),
        ({"action": "REJECT", "reason": "BECAUSE"}, 422, "reason"),
        ({"action": "REJECT", "reason": {"a": 1}}, 422, "reason"),
        ({"action": "REJECT", "reason": "OTHER", "notes": " "}, 422, None),
    ],
)
def test_a_decision_of_no_shape_is_refused(
    body: dict[str, Any], status: int, told: str | None, as_: As, town: Town
) -> None:
    job = town.completed(town.cleaner())
    refused = as_(town.admin()).post(f"/api/admin/jobs/{job.id}/verify", body)
    assert refused.status_code == status
    assert list(refused.json().get("fields", {})) == ([told] if told else [])


@pytest.mark.row("VER-03", "SEC-10")
def test_an_admin_never_decides_in_own_matters(as_: As, town: Town) -> None:
    creator = town.person()
    campaign = town.campaign(creator)
    town.give(campaign, 100_000)
    with town.uow() as uow:
        user = uow.lock(User, creator.user_id)
        user.role, user.duties = Role.ADMIN.value, [AdminDuty.SENIOR.value]
    cleaner = town.cleaner()
    admin = as_(creator)
    job = town.job_of(campaign.id)
    as_(cleaner).post(f"/api/jobs/{job.id}/claim")
    refused = admin.post(f"/api/admin/jobs/{job.id}/verify", {"action": "APPROVE", "checklist": TICKS})
    assert (refused.status_code, refused.json()["error"]) == (403, "OWN_INTEREST")


@pytest.mark.row("PAY-12", "PAY-11", "PAY-10")
def test_citizen_cleaner_and_finance_see_the_same_money(as_: As, town: Town) -> None:
    giver, cleaner = town.person(), town.cleaner()
    campaign = town.campaign(target_paise=400_000)
    town.give(campaign, 400_000, giver)
    job = town.job_of(campaign.id)
    as_(cleaner).post(f"/api/jobs/{job.id}/claim")
    overview = as_(town.admin(AdminDuty.FINANCE)).get("/api/admin/financial-overview").json()
    given = as_(giver).get("/api/users/me/transactions").json()["totals"]
    assert overview["heldPaise"] == given["heldPaise"] == 400_000
    assert overview["movements"][0]["amountPaise"] == 400_000
    assert sum(account["paise"] for account in overview["accounts"]) == 0
    assert as_(cleaner).get("/api/cleaners/me/earnings").json()["pendingPaise"] == 0


@pytest.mark.row("OPS-01", "PAY-04")
def test_finance_sends_one_payout_now(as_: As, town: Town) -> None:
    cleaner = town.cleaner()
    town.verified(cleaner)
    with town.uow() as uow:
        payout_id = uow.run(select(col(Payout.id))).scalar_one()
    admin = as_(town.admin(AdminDuty.FINANCE))
    assert admin.post(f"/api/admin/payouts/{payout_id}/send").status_code == 202
    with town.uow() as uow:
        assert payouts.due_payouts(uow, limit=10, again=True) == [payout_id]  # even when the hint is lost
        uow.lock(Cleaner, cleaner.user_id).payout_verified_at = None
    refused = admin.post(f"/api/admin/payouts/{payout_id}/send")
    assert (refused.status_code, refused.json()["error"]) == (409, "PAYOUT_DETAILS_MISSING")


@pytest.mark.row("LAW-08", "OPS-01")
def test_compliance_lets_cleaners_in(as_: As, town: Town) -> None:
    newcomer = town.person(Role.CLEANER, "Geeta Kumari")
    admin = as_(town.admin(AdminDuty.COMPLIANCE))
    assert as_(newcomer).get("/api/jobs").json()["error"] == "NOT_AN_ACTIVE_CLEANER"
    without = admin.post(f"/api/admin/cleaners/{newcomer.id}/activate")
    assert (without.status_code, without.json()["error"]) == (409, "IDENTITY_MISSING")
    assert admin.get("/api/admin/cleaners").json()["items"] == []
    with town.uow() as uow:
        hand_in_id(uow, newcomer)
    assert [w["id"] for w in admin.get("/api/admin/cleaners").json()["items"]] == [str(newcomer.id)]
    let_in = admin.post(f"/api/admin/cleaners/{newcomer.id}/activate")
    assert let_in.json() == {"id": str(newcomer.id), "kyc": "ACTIVE", "payoutConfirmed": False}
    assert as_(newcomer).get("/api/jobs").status_code == 200
    out = admin.post(f"/api/admin/cleaners/{newcomer.id}/reject", {"reason": "The ID is of somebody else"})
    assert out.json()["kyc"] == "REJECTED"
    found = admin.get("/api/admin/people", params={"q": "geeta"}).json()["items"]
    assert [(p["name"], p["kyc"]) for p in found] == [("Geeta Kumari", "REJECTED")]
    assert admin.get("/api/admin/people", params={"q": "%"}).json()["items"] == []


@pytest.mark.row("NOT-02")
def test_notifications_are_told_in_the_reader_s_language(as_: As, town: Town) -> None:
    person = town.person()
    with town.engine.begin() as connection:
        connection.exec_driver_sql(
            """INSERT INTO notifications (id, user_id, kind, "values", link, dedupe_key, created_at)
               SELECT gen_random_uuid(), %s, 'campaign_approved', '{"place": "Gali No. 4"}', '/campaigns/1',
                      'key' || n, %s FROM generate_series(1, 3) n""",
            (person.id, town.clock.now()),
        )
    caller = as_(person)
    inbox = caller.get("/api/users/me/notifications?limit=2").json()
    assert (inbox["unreadCount"], len(inbox["items"])) == (3, 2)
    assert inbox["items"][0]["text"] == "The cleanup at Gali No. 4 has begun. Neighbours can chip in now."
    hindi = caller.get("/api/users/me/notifications", headers={"Accept-Language": "hi"}).json()
    assert "शुरू हो गई" in hindi["items"][0]["text"]
    first = inbox["items"][0]["id"]
    assert as_(town.person()).post(f"/api/users/me/notifications/{first}/read").status_code == 404
    assert caller.post(f"/api/users/me/notifications/{first}/read").status_code == 204
    unread = caller.get("/api/users/me/notifications?unread=true").json()
    assert (unread["unreadCount"], len(unread["items"])) == (2, 2)
    assert caller.post("/api/users/me/notifications/read-all").status_code == 204
    assert caller.get("/api/users/me").json()["unreadCount"] == 0


@pytest.mark.row("CAM-13")
def test_an_admin_cancels_with_a_reason(as_: As, town: Town) -> None:
    campaign, admin = town.campaign(), as_(town.admin(AdminDuty.VERIFIER))
    town.give(campaign, 50_000)
    path = f"/api/admin/campaigns/{campaign.id}/cancel"
    assert admin("POST", path, {"reason": " "}).json()["error"] == "REASON_MISSING"
    done = admin("POST", path, {"reason": "The wall fell down"}).json()
    assert (done["status"], done["refundStatus"]) == ("CANCELLED", "PROCESSING")
    again = admin("POST", path, {"reason": "once more"})
    assert (again.status_code, again.json()["error"]) == (409, "MOVE_REFUSED")


@pytest.mark.row("JOB-08")
def test_a_held_job_is_listed_again_for_more(as_: As, town: Town) -> None:
    job, admin = town.job(), as_(town.admin(AdminDuty.VERIFIER))
    with town.uow() as uow:
        uow.lock(Job, job.id).review_since = uow.now
    held = admin.get("/api/admin/held-jobs").json()["items"]
    assert [(h["jobId"], h["payPaise"], h["mostPayPaise"]) for h in held] == [(str(job.id), 95_000, 595_000)]
    path = f"/api/admin/jobs/{job.id}/relist"
    assert admin("POST", path, {"payPaise": "many"}).status_code == 422
    assert admin("POST", path, {"payPaise": 100_000}).json()["payPaise"] == 100_000
    assert admin.get("/api/admin/held-jobs").json()["items"] == []
    note = admin("POST", f"/api/admin/campaigns/{job.campaign_id}/problem", {"reason": "locked gate"})
    assert note.status_code == 200
