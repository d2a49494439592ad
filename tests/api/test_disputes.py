"""A result that is questioned: the pay stays where it is until somebody without a part has decided (OPS-03)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import AdminAction, Campaign, Dispute, Job, LedgerAccount, Notification, Payout, User
from cleanit_app.reads.campaigns.timeline import StepKind, timeline
from cleanit_app.services.accounts import accounts
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.services.ledger import booking
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.payouts import payouts
from tests.api.conftest import Caller
from tests.factories import FORMAT, PROVED, Town

pytestmark = [pytest.mark.row("OPS-03")]
As = Callable[[Actor], Caller]
REASON = "Half of the heap still lies behind the wall."


class Result:
    """An accepted cleanup with its people."""

    def __init__(self, town: Town, *, creator: Actor | None = None, giver: Actor | None = None) -> None:
        self.town = town
        self.creator, self.giver = creator or town.person(), giver or town.person(name="Imran Khan")
        self.cleaner = town.cleaner()
        self.campaign = town.campaign(self.creator)
        town.give(self.campaign, 100_000, self.giver)
        self.job = town.job_of(self.campaign.id)
        self.path = f"/api/campaigns/{self.campaign.id}/disputes"

    def accepted(self) -> Result:
        """Taken, cleaned and approved."""
        with self.town.uow() as uow:
            claim_job(uow, actor=self.cleaner, job_id=self.job.id)
        self.town.finish(self.cleaner, self.job.id)
        return self

    @property
    def payout(self) -> Payout:
        """The pay as it stands."""
        with self.town.uow() as uow:
            found = uow.first(Payout, Payout.job_id == self.job.id)
            assert found is not None
            return found


def heard(town: Town, person: Actor) -> set[str]:
    """What this person was told about disputes and pay."""
    told = 1
    while told:
        with town.uow() as uow:
            told = relay_outbox(uow).events
    with town.uow() as uow:
        kinds = uow.run(select(col(Notification.kind)).where(col(Notification.user_id) == person.id)).scalars()
        return {kind for kind in kinds if kind.startswith(("dispute", "pay"))}


def test_a_doubt_holds_the_pay_and_a_dismissal_lets_it_go_in_its_place(as_: As, town: Town) -> None:
    result = Result(town).accepted()
    verifier, scheduled = town.admin(AdminDuty.VERIFIER), result.payout.scheduled_for
    town.clock.move(hours=23)
    made = as_(result.giver).post(result.path, {"reason": f"  <b>{REASON}</b> "})
    assert (made.status_code, made.json()["status"], made.json()["reason"]) == (201, "OPEN", REASON)
    assert (result.payout.hold_reason, result.payout.held_by) == ("DISPUTED", None)
    assert as_(result.giver).post(result.path, {"reason": REASON}).json()["error"] == "DISPUTE_STANDS"
    shown = as_(result.giver).get(f"/api/campaigns/{result.campaign.id}").json()
    assert (shown["job"]["underReview"], shown["viewer"]["mayDispute"]) == (True, False)
    assert as_(result.creator).get(f"/api/campaigns/{result.campaign.id}").json()["viewer"]["mayDispute"]
    town.clock.move(days=3)
    with town.uow() as uow:
        assert payouts.due_payouts(uow, limit=9) == []
        assert payouts.prepare_payout(uow, payout_id=result.payout.id, form=FORMAT) is None
    (item,) = as_(verifier).get("/api/admin/disputes").json()["items"]
    assert (item["reason"], item["byCreator"], item["raisedByName"], item["late"]) == (
        REASON,
        False,
        "Imran Khan",
        True,
    )
    assert (item["photos"]["after"]["sizes"][0]["url"][:7], item["amountPaise"]) == ("/files/", 95_000)
    decide = f"/api/admin/disputes/{item['id']}/decide"
    assert as_(verifier).post(decide, {"uphold": False, "note": " "}).json()["error"] == "REASON_MISSING"
    assert as_(verifier).post(decide, {"note": "?"}).json()["error"] == "INVALID_FIELDS"
    done = as_(verifier).post(decide, {"uphold": False, "note": "The heap is on the other plot."}).json()
    assert (done["status"], done["note"]) == ("DISMISSED", "The heap is on the other plot.")
    assert as_(verifier).post(decide, {"uphold": True, "note": "Or not"}).json()["error"] == "MOVE_REFUSED"
    payout = result.payout
    assert (payout.status, payout.held_at, payout.hold_reason, payout.scheduled_for) == (
        "PENDING",
        None,
        None,
        scheduled,
    )
    with town.uow() as uow:
        assert payouts.due_payouts(uow, limit=9) == [payout.id]
        steps = [step.step for step in timeline(uow, result.campaign.id)]
        done_by = uow.run(select(AdminAction.action).where(col(AdminAction.admin_id) == verifier.id)).scalars().all()
    assert steps[-3:] == [StepKind.VERIFIED, StepKind.DISPUTED, StepKind.WORK_STANDS]
    assert "DecideDispute" in done_by
    assert heard(town, result.cleaner) == {"dispute_opened", "dispute_dismissed_cleaner"}
    assert heard(town, result.giver) == {"dispute_dismissed"}
    assert "dispute_opened_admin" in heard(town, verifier)


@pytest.mark.row("VER-05", "LAW-05")
@pytest.mark.parametrize("cancel", [False, True])
def test_who_was_right_gets_the_work_done_again_or_the_money_back(as_: As, town: Town, cancel: bool) -> None:
    result = Result(town).accepted()
    for person in (result.creator, result.giver):
        assert as_(person).post(result.path, {"reason": REASON}).status_code == 201
    admin = as_(town.admin(AdminDuty.VERIFIER))
    listed = admin.get("/api/admin/disputes").json()["items"]
    assert [one["others"] for one in listed] == [1, 1]
    wish = {"uphold": True, "note": "The heap is still there.", "cancelCampaign": cancel}
    assert admin.post(f"/api/admin/disputes/{listed[0]['id']}/decide", wish).json()["status"] == "UPHELD"
    assert admin.get("/api/admin/disputes").json()["items"] == []
    assert (result.payout.status, result.payout.held_at) == ("CANCELLED", None)
    with town.uow() as uow:
        assert {d.status for d in uow.all(Dispute)} == {"UPHELD"}
        campaign = uow.get(Campaign, result.campaign.id)
        assert campaign.status == ("CANCELLED" if cancel else "FUNDED")
        assert uow.get(Job, result.job.id).status == "FAILED"
        assert booking.balance(uow, LedgerAccount.CLEANER_PAYABLE) == 0
        if not cancel:
            assert uow.get(Job, campaign.job_id).status == "AVAILABLE"
    assert heard(town, result.cleaner) == {"dispute_opened", "pay_taken_back"}
    assert "dispute_upheld" in heard(town, result.giver)
    assert "dispute_upheld" in heard(town, result.creator)


def test_two_doubts_and_a_hold_of_finance_each_keep_the_pay(as_: As, town: Town) -> None:
    result = Result(town).accepted()
    verifier, finance = as_(town.admin(AdminDuty.VERIFIER)), as_(town.admin(AdminDuty.FINANCE))
    hold, release = (f"/api/admin/payouts/{result.payout.id}/{do}" for do in ("hold", "release"))
    ids = [as_(p).post(result.path, {"reason": REASON}).json()["id"] for p in (result.creator, result.giver)]

    def dismiss(dispute_id: str) -> None:
        answer = verifier.post(f"/api/admin/disputes/{dispute_id}/decide", {"uphold": False, "note": "It is clean."})
        assert answer.json()["status"] == "DISMISSED"

    dismiss(ids[0])
    assert result.payout.held_at is not None
    assert heard(town, result.cleaner) == {"dispute_opened", "dispute_dismissed_waits"}
    assert finance.post(release).json()["error"] == "PAYOUT_DISPUTED"
    assert finance.post(hold, {"reason": "Name differs"}).json()["holdReason"] == "Name differs"
    assert finance.post(release).json()["holdReason"] == "DISPUTED"  # the doubt still keeps it
    finance.post(hold, {"reason": "Name differs"})
    dismiss(ids[1])
    assert result.payout.hold_reason == "Name differs"
    assert finance.post(release).json()["held"] is False
    town.clock.move(hours=25)
    with town.uow() as uow:
        assert payouts.due_payouts(uow, limit=9) == [result.payout.id]


def test_the_desk_that_takes_an_approval_back_answers_the_doubts_too(as_: As, town: Town) -> None:
    result = Result(town).accepted()
    as_(result.giver).post(result.path, {"reason": REASON})
    back = as_(town.admin()).post(f"/api/admin/jobs/{result.job.id}/take-back-approval", {"reason": "Not cleaned"})
    assert back.json()["status"] == "FAILED"
    with town.uow() as uow:
        (dispute,) = uow.all(Dispute)
    assert (dispute.status, dispute.note) == ("UPHELD", "Not cleaned")


def test_only_who_has_a_part_and_only_in_time(as_: As, town: Town) -> None:
    result = Result(town)
    giver = as_(result.giver)
    assert giver.post(result.path, {"reason": REASON}).json()["error"] == "NOTHING_TO_DISPUTE"
    result.accepted()
    for stranger in (town.person(), result.cleaner, town.cleaner()):
        refused = as_(stranger).post(result.path, {"reason": REASON})
        assert (refused.status_code, refused.json()["error"]) == (403, "NOT_YOUR_CLEANUP")
        assert not as_(stranger).get(f"/api/campaigns/{result.campaign.id}").json()["viewer"]["mayDispute"]
    assert as_(town.admin()).post(result.path, {"reason": REASON}).json()["error"] == "NOT_ALLOWED"
    for wrong in ("too short", "x" * 501, None, 7, ["a"]):
        refused = giver.post(result.path, {"reason": wrong})
        assert (refused.status_code, list(refused.json()["fields"])) == (422, ["reason"])
    town.clock.move(hours=24)
    late = giver.post(result.path, {"reason": REASON})
    assert (late.json()["error"], late.status_code) == ("DISPUTE_TOO_LATE", 409)
    assert late.json()["detail"] == "The 24 hours to question this result are over."
    assert not giver.get(f"/api/campaigns/{result.campaign.id}").json()["viewer"]["mayDispute"]
    with town.uow() as uow:
        assert uow.all(Dispute) == []


@pytest.mark.row("PAY-06")
def test_pay_that_has_left_is_not_disputed(as_: As, town: Town) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    sent, by_hand = Result(town).accepted(), Result(town).accepted()
    with town.uow() as uow:
        payouts.order_payout_now(uow, actor=finance, payout_id=sent.payout.id)
    with town.uow() as uow:
        assert payouts.prepare_payout(uow, payout_id=sent.payout.id, form=FORMAT)
        manual_payouts.record_manual_payout(uow, actor=finance, payout_id=by_hand.payout.id, reference="SBIN4261124001")
    for result in (sent, by_hand):
        refused = as_(result.giver).post(result.path, {"reason": REASON}).json()
        assert refused["error"] == "PAY_HAS_LEFT"
        assert "pay has left already" in refused["detail"]


def test_no_admin_decides_who_has_a_part_or_no_duty_or_no_second_factor(as_: As, town: Town) -> None:
    result = Result(town).accepted()
    dispute = as_(result.giver).post(result.path, {"reason": REASON}).json()["id"]
    decide, wish = f"/api/admin/disputes/{dispute}/decide", {"uphold": True, "note": "Still dirty"}
    for stranger in (result.giver, result.cleaner, town.admin(AdminDuty.FINANCE), town.admin(AdminDuty.COMPLIANCE)):
        assert as_(stranger).post(decide, wish).json()["error"] == "NOT_ALLOWED"
        assert as_(stranger).get("/api/admin/disputes").status_code == 403
    involved = town.admin()
    with town.uow() as uow:
        uow.lock(Campaign, result.campaign.id).creator_id = involved.user_id
    assert as_(involved).get("/api/admin/disputes").json()["items"][0]["ownInterest"]
    assert as_(involved).post(decide, wish).json()["error"] == "OWN_INTEREST"


@pytest.mark.row("LAW-06")
def test_who_approved_does_not_say_that_it_stands_while_somebody_else_can(as_: As, town: Town) -> None:
    result, other = Result(town).accepted(), Result(town).accepted()
    approver, second = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.VERIFIER)
    with town.uow() as uow:
        for job_id in (result.job.id, other.job.id):
            uow.lock(Job, job_id).verified_by = approver.user_id
    ids = [as_(one.giver).post(one.path, {"reason": REASON}).json()["id"] for one in (result, other)]
    assert [one["approvedByMe"] for one in as_(approver).get("/api/admin/disputes").json()["items"]] == [True, True]
    assert [one["approvedByMe"] for one in as_(second).get("/api/admin/disputes").json()["items"]] == [False, False]
    stands, path = {"uphold": False, "note": "I looked again."}, "/api/admin/disputes/{}/decide"
    refused = as_(approver).post(path.format(ids[0]), stands)
    assert (refused.status_code, refused.json()["error"]) == (403, "SECOND_LOOK")
    assert result.payout.hold_reason == "DISPUTED"
    upheld = as_(approver).post(path.format(ids[1]), {"uphold": True, "note": "I was wrong."})
    assert upheld.json()["status"] == "UPHELD"
    assert as_(second).post(path.format(ids[0]), stands).json()["status"] == "DISMISSED"
    assert result.payout.hold_reason is None


@pytest.mark.row("LAW-06")
def test_who_approved_neither_divides_the_work_nor_hears_the_cleaners_appeal(as_: As, town: Town) -> None:
    result, second, third = Result(town).accepted(), town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.VERIFIER)
    approver = town.admin(AdminDuty.VERIFIER)
    with town.uow() as uow:
        uow.lock(Job, result.job.id).verified_by = approver.user_id
    dispute = as_(result.giver).post(result.path, {"reason": REASON}).json()["id"]
    path, half = "/api/admin/disputes/{}/decide", {"uphold": True, "note": "Half of it.", "donePercent": 50}
    assert as_(approver).post(path.format(dispute), half).json()["error"] == "SECOND_LOOK"
    assert as_(second).post(path.format(dispute), half).json()["status"] == "SPLIT"
    appeal = as_(result.cleaner).post(f"/api/disputes/{dispute}/appeal", data={"text": REASON}).json()["id"]
    all_of_it = {"uphold": True, "note": "It was clean."}
    assert as_(approver).post(path.format(appeal), all_of_it).json()["error"] == "SECOND_LOOK"
    assert as_(second).post(path.format(appeal), all_of_it).json()["error"] == "APPEAL_ELSEWHERE"
    assert as_(third).post(path.format(appeal), all_of_it).json()["status"] == "UPHELD"


def test_the_only_admin_who_can_decides_about_the_own_approval(as_: As, town: Town) -> None:
    result, finance = Result(town).accepted(), town.admin(AdminDuty.FINANCE)
    with town.uow() as uow:
        job = uow.lock(Job, result.job.id)
        for user in uow.all(User, User.role == "ADMIN"):
            if user.id not in (job.verified_by, finance.user_id):
                user.duties = [AdminDuty.COMPLIANCE]
        involved = uow.lock(User, uow.lock(Campaign, result.campaign.id).creator_id)
        involved.role, involved.duties = "ADMIN", [AdminDuty.VERIFIER]  # has a part, so is nobody to ask
        approver = accounts.actor_of(uow.get(User, job.verified_by), PROVED)
    dispute = as_(result.giver).post(result.path, {"reason": REASON}).json()["id"]
    done = as_(approver).post(f"/api/admin/disputes/{dispute}/decide", {"uphold": False, "note": "It is clean."})
    assert done.json()["status"] == "DISMISSED"


def test_the_list_goes_on_page_by_page(as_: As, town: Town) -> None:
    made = []
    for _ in range(3):
        result = Result(town).accepted()
        made.append(as_(result.giver).post(result.path, {"reason": REASON}).json()["id"])
        town.clock.move(minutes=1)
    admin, seen, cursor = as_(town.admin(AdminDuty.VERIFIER)), [], ""
    while True:
        page = admin.get(f"/api/admin/disputes?limit=1{cursor}").json()
        seen += [item["id"] for item in page["items"]]
        if page["nextCursor"] is None:
            break
        cursor = f"&cursor={page['nextCursor']}"
    assert seen == made
