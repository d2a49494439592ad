"""Disputes about anything: both sides speak, another admin hears the appeal, half-done work is divided (OPS-03)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.domain.money import part_that_goes_back, split_raised
from cleanit_app.domain.provider import ProviderTransferStatus as Standing
from cleanit_app.domain.statuses import DisputeStatus
from cleanit_app.i18n.amounts import rupees
from cleanit_app.models import (
    Alert,
    Campaign,
    Cleaner,
    Contribution,
    Dispute,
    FeeInvoice,
    Job,
    LedgerAccount,
    Notification,
    Payout,
    Penalty,
    Refund,
    User,
)
from cleanit_app.ports import ProviderRefund
from cleanit_app.reads.campaigns.campaign_detail import campaign_detail
from cleanit_app.reads.payments.contributions import my_contributions_to
from cleanit_app.services.accounts import accounts
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.services.ledger import booking
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payouts import payouts
from cleanit_app.services.people.suspension import suspend_person
from cleanit_app.services.refunds.refunds import apply_refund, prepare_refund
from cleanit_app.services.review.dispute_watch import watch_disputes
from cleanit_app.state.campaign_view import campaign_view
from cleanit_app.state.money_summary import way_of
from tests.api.conftest import Caller
from tests.api.test_disputes import Result
from tests.factories import FORMAT, FRESH, Town, picture

pytestmark = [pytest.mark.row("OPS-03")]
As = Callable[[Actor], Caller]
RAISE, REASON = "/api/disputes", "This is not what happened at all."


def told(town: Town, person: Actor) -> set[str]:
    """The kinds of what this person was told."""
    while True:
        with town.uow() as uow:
            if not relay_outbox(uow).events:
                break
    with town.uow() as uow:
        return set(uow.run(select(col(Notification.kind)).where(col(Notification.user_id) == person.id)).scalars())


def now(town: Town, person: Actor) -> Actor:
    """The actor that this person's account is at this moment."""
    with town.uow() as uow:
        return accounts.actor_of(uow.get(User, person.user_id), FRESH)


def raised(caller: Caller, about: str, subject: object = "", text: str = REASON, **more: Any) -> dict[str, Any]:
    """A new dispute."""
    answer = caller.post(RAISE, data={"about": about, "subjectId": str(subject), "text": text}, **more)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def decided(
    caller: Caller, dispute: object, uphold: bool, note: str = "We looked at it.", **more: Any
) -> dict[str, Any]:
    """The answer to a decision."""
    path = f"/api/admin/disputes/{dispute}/decide"
    said: dict[str, Any] = caller.post(path, {"uphold": uphold, "note": note, **more}).json()
    return said


class HalfDone(Result):
    """An accepted cleanup that three neighbours paid for, in uneven parts, with a dispute about it."""

    PARTS = (33_300, 49_900, 16_800)

    def __init__(self, town: Town, added_paise: int = 0) -> None:
        self.town = town
        self.creator, self.cleaner = town.person(), town.cleaner()
        self.campaign = town.campaign(self.creator)
        self.givers = [town.person(name=f"Neighbour {n}") for n in "ABC"]
        for giver, part in zip(self.givers, self.PARTS, strict=True):
            town.give(self.campaign, part, giver)
        self.giver = self.givers[0]
        self.job = town.job_of(self.campaign.id)
        if added_paise:
            with town.uow() as uow:
                job = uow.lock(Job, self.job.id)
                job.amount_paise, job.platform_added_paise = job.amount_paise + added_paise, added_paise
        self.path = f"/api/campaigns/{self.campaign.id}/disputes"
        self.accepted()

    def disputed(self, as_: As) -> str:
        """The id of a dispute that a neighbour raises."""
        made: str = as_(self.giver).post(self.path, {"reason": REASON}).json()["id"]
        return made


@pytest.mark.parametrize("percent", [10, 33, 50, 67, 90])
@pytest.mark.row("PAY-03", "PAY-08", "LAW-05", "LAW-04")
def test_half_done_work_pays_a_part_and_gives_the_rest_back_row_by_row(as_: As, town: Town, percent: int) -> None:
    work = HalfDone(town)
    dispute = work.disputed(as_)
    verifier = as_(town.admin(AdminDuty.VERIFIER))
    assert decided(verifier, dispute, True, "One side of the lane is clean.", donePercent=percent)["status"] == "SPLIT"
    back = [part_that_goes_back(part, percent) for part in work.PARTS]
    pay, fee = split_raised(100_000 - sum(back), 500)
    with town.uow() as uow:
        job = uow.get(Job, uow.get(Campaign, work.campaign.id).job_id)
        payout = uow.first(Payout, Payout.job_id == job.id)
        old = uow.first(Payout, Payout.job_id == work.job.id)
        refunds = {r.contributor_id: r.amount_paise for r in uow.all(Refund)}
        assert (job.status, job.amount_paise, job.platform_fee_paise, job.claimed_by) == (
            "VERIFIED",
            pay,
            fee,
            work.cleaner.user_id,
        )
        assert payout is not None
        assert old is not None
        assert (payout.status, payout.amount_paise + payout.tds_paise, old.status) == ("PENDING", pay, "CANCELLED")
        assert refunds == {g.user_id: paise for g, paise in zip(work.givers, back, strict=True)}
        assert pay + fee + sum(refunds.values()) == 100_000
        assert booking.balance(uow, LedgerAccount.HELD, work.campaign.id) == 0
        assert booking.balance(uow, LedgerAccount.CLEANER_PAYABLE) == -payout.amount_paise
        assert {g.id: -booking.balance(uow, LedgerAccount.SURPLUS, g.id) for g in uow.all(Contribution)} == {
            g.id: refunds[g.contributor_id] for g in uow.all(Contribution)
        }
        papers = sorted((p.kind, p.fee_paise) for p in uow.all(FeeInvoice))
        assert papers == [("CREDIT_NOTE", 5_000), ("INVOICE", fee), ("INVOICE", 5_000)]
        assert uow.get(Campaign, work.campaign.id).status == "COMPLETED"
        assert check_books(uow) == []
    assert "work_split_cleaner" in told(town, work.cleaner)
    for giver in work.givers:
        assert "money_comes_back_split" in told(town, giver)


def test_the_divided_money_leaves_once_on_each_way(as_: As, town: Town) -> None:
    """Refunds arrive one by one, the pay arrives, and nothing can take any of it a second time."""
    work = HalfDone(town)
    verifier = as_(town.admin(AdminDuty.VERIFIER))
    decided(verifier, work.disputed(as_), True, donePercent=50)
    with town.uow() as uow:
        owed = {r.id: r.amount_paise for r in uow.all(Refund)}
    for refund_id, paise in owed.items():
        with town.uow() as uow:
            attempt = prepare_refund(uow, refund_id=refund_id, form=FORMAT, keep_provider_fee=True)
            assert attempt is not None
            assert check_books(uow) == []
        answer = ProviderRefund(
            f"rfnd_{refund_id.hex[-14:]}", f"pay_{refund_id.hex[-14:]}", paise, Standing.PROCESSED, None, None
        )
        with town.uow() as uow:
            apply_refund(uow, attempt_id=attempt, answer=answer)
        with town.uow() as uow:
            assert check_books(uow) == []
    town.clock.move(hours=25)
    with town.uow() as uow:
        job_id = uow.get(Campaign, work.campaign.id).job_id
        payout = uow.first(Payout, Payout.job_id == job_id)
        assert payout is not None
        assert payouts.due_payouts(uow, limit=9) == [payout.id]
        assert payouts.prepare_payout(uow, payout_id=payout.id, form=FORMAT)
        assert check_books(uow) == []
    again = verifier.post(f"/api/admin/jobs/{job_id}/take-back-approval", {"reason": "Not cleaned at all"})
    assert again.json()["error"] in ("ALREADY_SPLIT", "PAYOUT_NOT_DUE")


def test_what_was_divided_is_neither_divided_nor_taken_back_again(as_: As, town: Town) -> None:
    work = HalfDone(town)
    verifier = as_(town.admin(AdminDuty.VERIFIER))
    decided(verifier, work.disputed(as_), True, donePercent=40)
    with town.uow() as uow:
        job_id = uow.get(Campaign, work.campaign.id).job_id
    second = as_(work.givers[1]).post(work.path, {"reason": REASON}).json()["id"]
    assert decided(verifier, second, True, donePercent=20)["error"] == "ALREADY_SPLIT"
    taken = verifier.post(f"/api/admin/jobs/{job_id}/take-back-approval", {"reason": "Not cleaned at all"})
    assert taken.json()["error"] == "ALREADY_SPLIT"
    cancelled = verifier.post(f"/api/admin/campaigns/{work.campaign.id}/cancel", {"reason": "Enough of this"})
    assert cancelled.json()["error"] == "MOVE_REFUSED"
    assert decided(verifier, second, True)["status"] == "UPHELD"  # what is left goes back
    with town.uow() as uow:
        assert uow.get(Campaign, work.campaign.id).status == "CANCELLED"
        assert sum(r.amount_paise for r in uow.all(Refund)) == 100_000
        assert check_books(uow) == []


def test_money_that_cleanit_added_is_divided_too_and_goes_to_no_neighbour(as_: As, town: Town) -> None:
    work = HalfDone(town, added_paise=10_000)
    decided(as_(town.admin(AdminDuty.VERIFIER)), work.disputed(as_), True, donePercent=50)
    with town.uow() as uow:
        job = uow.get(Job, uow.get(Campaign, work.campaign.id).job_id)
        back = sum(r.amount_paise for r in uow.all(Refund))
        assert job.platform_added_paise == 5_000
        assert job.amount_paise == split_raised(100_000 - back, 500)[0] + 5_000
        assert booking.balance(uow, LedgerAccount.PLATFORM_FUNDS, work.campaign.id) == 5_000


def test_two_who_decide_at_once_divide_once(as_: As, town: Town) -> None:
    work = HalfDone(town)
    dispute = work.disputed(as_)
    callers = [as_(town.admin(AdminDuty.VERIFIER)) for _ in range(3)]
    start, answers = threading.Barrier(3), list[str]()

    def press(caller: Caller, percent: int) -> None:
        start.wait()
        said = decided(caller, dispute, True, donePercent=percent)
        answers.append(said.get("status") or said["error"])

    threads = [threading.Thread(target=press, args=(c, p)) for c, p in zip(callers, (30, 50, 70), strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == ["MOVE_REFUSED", "MOVE_REFUSED", "SPLIT"]
    with town.uow() as uow:
        assert len(uow.all(Refund)) == 3
        assert check_books(uow) == []


def test_pay_that_is_on_its_way_is_not_divided(as_: As, town: Town) -> None:
    work = HalfDone(town)
    dispute = work.disputed(as_)
    with town.uow() as uow:
        payout = uow.lock(Payout, work.payout.id)
        payout.held_at = payout.hold_reason = None
        payout.scheduled_for = uow.now
    with town.uow() as uow:
        assert payouts.prepare_payout(uow, payout_id=payout.id, form=FORMAT)
    refused = decided(as_(town.admin(AdminDuty.VERIFIER)), dispute, True, donePercent=50)
    assert refused["error"] == "PAYOUT_NOT_DUE"


@pytest.mark.parametrize("percent", [0, 9, 91, 100, -5, 10**9, "50", 50.5, True, [50]])
def test_the_share_has_its_bounds(as_: As, town: Town, percent: object) -> None:
    work = HalfDone(town)
    refused = decided(as_(town.admin(AdminDuty.VERIFIER)), work.disputed(as_), True, donePercent=percent)
    assert list(refused["fields"]) == ["donePercent"]


@pytest.mark.parametrize(
    ("kept", "percent"), [(k, p) for k in (1, 99, 100, 999, 1_000, 33_333, 5_000_000) for p in (10, 37, 90)]
)
def test_a_part_is_never_more_than_was_given_nor_less_than_a_bank_gives_back(kept: int, percent: int) -> None:
    back = part_that_goes_back(kept, percent)
    assert 0 <= back <= kept
    assert back == 0 or back >= 100
    if kept >= 1_000:
        assert abs(back * 100 - kept * (100 - percent)) < 100


def test_after_a_split_a_giver_reads_what_is_for_the_work_and_no_more(as_: As, town: Town) -> None:
    work = HalfDone(town)
    decided(as_(town.admin(AdminDuty.VERIFIER)), work.disputed(as_), True, donePercent=50)
    back = part_that_goes_back(work.PARTS[0], 50)
    with town.uow() as uow:
        mine = my_contributions_to(uow, actor=work.giver, campaign_id=work.campaign.id)
        seen = campaign_detail(uow, actor=work.giver, campaign_id=work.campaign.id)
        page = campaign_view(seen, uow.now, takes_jobs=False, user_id=str(work.giver.user_id))
    assert [one.stays_paise for one in mine] == [work.PARTS[0] - back]
    for line in (way_of(mine, town.clock.now()), page.own_contribution):
        assert rupees(work.PARTS[0] - back) in line
        assert rupees(work.PARTS[0]) not in line


def test_both_sides_and_the_desk_speak_and_strangers_hear_nothing(as_: As, town: Town) -> None:
    work = HalfDone(town)
    dispute = work.disputed(as_)
    verifier, stranger = town.admin(AdminDuty.VERIFIER), town.person()
    say, page = f"{RAISE}/{dispute}/statements", f"{RAISE}/{dispute}"
    photo = {"photos": ("after.jpg", picture(11), "image/jpeg")}
    seen = as_(work.cleaner).post(say, data={"text": "It rained the night after."}, files=photo).json()
    assert (seen["side"], seen["steps"][1]["side"], seen["steps"][1]["mine"]) == ("OTHER", "OTHER", True)
    as_(verifier).post(say, data={"text": "Would half of the pay be fair to both?"})
    steps = as_(work.giver).get(page).json()["steps"]
    assert [(s["step"], s["side"]) for s in steps] == [("RAISED", "RAISER"), ("SAID", "OTHER"), ("SAID", "DESK")]
    assert as_(work.giver).get(page).json()["otherName"] == ""  # names are for the desk
    url = steps[1]["photos"][0]["sizes"][0]["url"]
    for who in (work.giver, work.cleaner, verifier):
        assert as_(who).get(url).status_code == 200
    for who in (stranger, work.givers[1], town.admin(AdminDuty.COMPLIANCE), town.admin(AdminDuty.SUPPORT)):
        assert as_(who).get(url).status_code == 404
        assert as_(who).get(page).status_code == 404
        assert as_(who).post(say, data={"text": "Let me speak, too"}).status_code == 404
    assert {"dispute_said"} <= told(town, work.giver) & told(town, work.cleaner)
    assert [one["id"] for one in as_(work.cleaner).get(RAISE).json()["items"]] == [dispute]
    key = {"Idempotency-Key": "same-words-1"}
    for _ in range(2):
        said = as_(work.giver).post(say, data={"text": "No rain fell."}, headers=key).json()
    assert [s["text"] for s in said["steps"]].count("No rain fell.") == 1
    decided(as_(verifier), dispute, False)
    assert as_(work.giver).post(say, data={"text": "One more word"}).json()["error"] == "DISPUTE_DONE"


def test_an_appeal_goes_to_another_admin_once_and_in_time(as_: As, town: Town) -> None:
    work = HalfDone(town)
    dispute = work.disputed(as_)
    first, second = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.VERIFIER)
    appeal = f"{RAISE}/{dispute}/appeal"
    assert as_(work.giver).post(appeal, data={"text": REASON}).json()["error"] == "NOT_DECIDED_YET"
    decided(as_(first), dispute, False, "It looks clean to me.")
    assert work.payout.held_at is None
    assert as_(town.person()).post(appeal, data={"text": REASON}).status_code == 404
    assert as_(first).post(appeal, data={"text": REASON}).status_code == 404
    assert as_(work.cleaner).post(appeal, data={"text": REASON}).json()["error"] == "NOTHING_LOST"
    assert as_(work.cleaner).get(f"{RAISE}/{dispute}").json()["mayAppeal"] is False
    assert as_(work.giver).get(f"{RAISE}/{dispute}").json()["mayAppeal"] is True
    made = as_(work.giver).post(appeal, data={"text": "Look at the left side, please."}).json()
    assert (made["isAppeal"], made["status"], made["appealOf"]) == (True, "OPEN", dispute)
    assert work.payout.hold_reason == "DISPUTED"
    assert as_(work.giver).post(appeal, data={"text": REASON}).json()["error"] == "APPEALED_ALREADY"
    assert decided(as_(first), made["id"], False)["error"] == "APPEAL_ELSEWHERE"
    assert as_(first).get(f"{RAISE}/{made['id']}").json()["mayDecide"] is False
    assert decided(as_(second), made["id"], False, "Both of us find it clean.")["status"] == "DISMISSED"
    assert work.payout.held_at is None
    assert "question_dismissed" in told(town, work.giver)
    over = as_(work.giver).post(f"{RAISE}/{made['id']}/appeal", data={"text": REASON})
    assert over.json()["error"] == "APPEALED_ALREADY"


def test_an_appeal_is_the_last_word_for_all_who_questioned_the_same_work(as_: As, town: Town) -> None:
    work = HalfDone(town)
    first, second, third = (town.admin(AdminDuty.VERIFIER) for _ in range(3))
    mine = work.disputed(as_)
    other = as_(work.givers[1]).post(work.path, {"reason": REASON}).json()["id"]
    decided(as_(first), mine, False, "It looks clean to me.")
    appeal = as_(work.giver).post(f"{RAISE}/{mine}/appeal", data={"text": REASON}).json()["id"]
    assert decided(as_(second), appeal, False, "And to me.")["status"] == "DISMISSED"
    with town.uow() as uow:
        assert uow.get(Dispute, UUID(other)).status is DisputeStatus.DISMISSED
    assert work.payout.held_at is None
    assert "dispute_dismissed" in told(town, work.givers[1])
    assert as_(work.givers[1]).get(f"{RAISE}/{other}").json()["mayAppeal"] is False
    again = as_(work.givers[1]).post(f"{RAISE}/{other}/appeal", data={"text": REASON})
    assert (again.status_code, again.json()["error"]) == (409, "APPEALED_ALREADY")
    for giver in work.givers:  # neither who questioned it before nor anybody else
        assert as_(giver).post(work.path, {"reason": REASON}).json()["error"] == "APPEALED_ALREADY"
    assert as_(third).get("/api/admin/disputes").json()["items"] == []


def test_after_a_divided_appeal_the_others_are_not_heard_either(as_: As, town: Town) -> None:
    work = HalfDone(town)
    mine = work.disputed(as_)
    other = as_(work.givers[1]).post(work.path, {"reason": REASON}).json()["id"]
    decided(as_(town.admin(AdminDuty.VERIFIER)), mine, False)
    appeal = as_(work.giver).post(f"{RAISE}/{mine}/appeal", data={"text": REASON}).json()["id"]
    assert decided(as_(town.admin(AdminDuty.VERIFIER)), appeal, True, donePercent=40)["status"] == "SPLIT"
    for person in (work.cleaner, work.givers[1]):
        refused = as_(person).post(f"{RAISE}/{other}/appeal", data={"text": REASON})
        assert (refused.status_code, refused.json()["error"]) == (409, "APPEALED_ALREADY")
    assert as_(work.givers[2]).post(work.path, {"reason": REASON}).json()["error"] == "APPEALED_ALREADY"
    with town.uow() as uow:
        assert check_books(uow) == []


def test_of_two_who_appeal_at_once_about_the_same_work_one_is_heard(as_: As, town: Town) -> None:
    work = HalfDone(town)
    ids = [as_(giver).post(work.path, {"reason": REASON}).json()["id"] for giver in work.givers]
    for one in ids:
        decided(as_(town.admin(AdminDuty.VERIFIER)), one, False)
    answers: list[int] = []

    def go(giver: Actor, dispute: str) -> None:
        answers.append(as_(giver).post(f"{RAISE}/{dispute}/appeal", data={"text": REASON}).status_code)

    racers = [threading.Thread(target=go, args=pair) for pair in zip(work.givers, ids, strict=True)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(answers) == [201, 409, 409]


def test_who_was_answered_appeals_and_does_not_ask_somebody_else(as_: As, town: Town) -> None:
    work = HalfDone(town)
    decided(as_(town.admin(AdminDuty.VERIFIER)), work.disputed(as_), False)
    again = as_(work.giver).post(work.path, {"reason": REASON})
    assert (again.status_code, again.json()["error"]) == (409, "APPEAL_INSTEAD")
    assert as_(work.givers[1]).post(work.path, {"reason": REASON}).status_code == 201  # another saw something else


def test_who_takes_the_place_over_can_be_questioned_after_an_appeal_about_the_first(as_: As, town: Town) -> None:
    work = HalfDone(town)
    dispute = work.disputed(as_)
    decided(as_(town.admin(AdminDuty.VERIFIER)), dispute, False)
    appeal = as_(work.giver).post(f"{RAISE}/{dispute}/appeal", data={"text": REASON}).json()["id"]
    assert decided(as_(town.admin(AdminDuty.VERIFIER)), appeal, True)["status"] == "UPHELD"
    second = town.cleaner()
    town.clock.move(hours=3)
    with town.uow() as uow:
        job_id = uow.get(Campaign, work.campaign.id).job_id
        assert job_id is not None
        claim_job(uow, actor=second, job_id=job_id)
    town.finish(second, job_id)
    assert as_(work.giver).post(work.path, {"reason": REASON}).status_code == 201


@pytest.mark.parametrize("about", ["PAYMENT", "REFUND"])
def test_who_was_right_about_everything_does_not_appeal(as_: As, town: Town, about: str) -> None:
    giver, campaign = town.person(), town.campaign(target_paise=200_000)
    gift = town.give(campaign, 20_000, giver)
    dispute = raised(as_(giver), about, gift.id)["id"]
    decided(as_(town.admin(AdminDuty.FINANCE)), dispute, True)
    refused = as_(giver).post(f"{RAISE}/{dispute}/appeal", data={"text": REASON})
    assert (refused.status_code, refused.json()["error"]) == (409, "NOTHING_LOST")


def test_after_seven_days_there_is_no_appeal(as_: As, town: Town) -> None:
    work = HalfDone(town)
    dispute = work.disputed(as_)
    decided(as_(town.admin(AdminDuty.VERIFIER)), dispute, False)
    town.clock.move(days=7)
    late = as_(work.giver).post(f"{RAISE}/{dispute}/appeal", data={"text": REASON})
    assert late.json()["error"] == "APPEAL_TOO_LATE"


def test_an_appeal_against_a_split_holds_the_smaller_pay(as_: As, town: Town) -> None:
    work = HalfDone(town)
    dispute = work.disputed(as_)
    decided(as_(town.admin(AdminDuty.VERIFIER)), dispute, True, donePercent=50)
    made = as_(work.cleaner).post(f"{RAISE}/{dispute}/appeal", data={"text": "I did all of it."}).json()
    assert (made["side"], made["mayDecide"]) == ("RAISER", False)
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == uow.get(Campaign, work.campaign.id).job_id)
        assert payout is not None
        assert payout.hold_reason == "DISPUTED"
    assert decided(as_(town.admin(AdminDuty.VERIFIER)), made["id"], False)["status"] == "DISMISSED"
    with town.uow() as uow:
        assert uow.get(Payout, payout.id).held_at is None


@pytest.mark.parametrize("about", ["PAYMENT", "REFUND", "FEE"])
def test_money_is_questioned_by_whose_it_is_and_decided_by_finance(as_: As, town: Town, about: str) -> None:
    giver, stranger = town.person(), town.person()
    gift = town.give(town.campaign(target_paise=200_000), 30_000, giver)
    finance = town.admin(AdminDuty.FINANCE)
    refused = as_(stranger).post(RAISE, data={"about": about, "subjectId": str(gift.id), "text": REASON})
    assert refused.status_code == 404
    made = raised(as_(giver), about, gift.id)
    assert (made["about"], made["status"], made["side"]) == (about, "OPEN", "RAISER")
    again = as_(giver).post(RAISE, data={"about": about, "subjectId": str(gift.id), "text": REASON})
    assert again.json()["error"] == "DISPUTE_STANDS"
    assert "question_raised_admin" in told(town, finance)
    assert [one["id"] for one in as_(finance).get("/api/admin/disputes/waiting").json()["items"]] == [made["id"]]
    verifier = town.admin(AdminDuty.VERIFIER)
    assert as_(verifier).get("/api/admin/disputes/waiting").json()["items"] == []
    assert decided(as_(verifier), made["id"], True)["error"] == "NOT_ALLOWED"
    assert decided(as_(finance), made["id"], True, "We found it and send it today.")["status"] == "UPHELD"
    assert "question_upheld" in told(town, giver)
    with town.uow() as uow:
        assert uow.all(Refund) == []  # a decision moves no money of this kind: the desks of finance do


def test_pay_is_questioned_without_being_held(as_: As, town: Town) -> None:
    cleaner = town.cleaner()
    job = town.verified(cleaner)
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == job.id)
        assert payout is not None
    raised(as_(cleaner), "FEE", payout.id, "Why was tax kept back from this?")
    with town.uow() as uow:
        assert uow.get(Payout, payout.id).held_at is None


def test_a_rejection_is_answered_by_who_rejected_and_decided_by_another(as_: As, town: Town) -> None:
    cleaner, rejecter, other = town.cleaner(), town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.VERIFIER)
    job = town.completed(cleaner)
    path = f"/api/admin/jobs/{job.id}/verify"
    points = ("sameLocation", "visiblyCleaner", "noFraudSigns", "gpsMatches", "timestampReasonable")
    no = {
        "action": "REJECT",
        "reason": "POOR_QUALITY",
        "notes": "Still dirty",
        "allowRetry": False,
        "checklist": dict.fromkeys(points, False),
    }
    assert as_(rejecter).post(path, no).status_code == 200
    made = raised(as_(cleaner), "REJECTION", job.id)
    assert "question_raised" in told(town, rejecter)
    assert as_(rejecter).get(f"{RAISE}/{made['id']}").json()["side"] == "OTHER"
    said = as_(rejecter).post(f"{RAISE}/{made['id']}/statements", data={"text": "The photo shows another wall."})
    assert said.status_code == 201
    assert decided(as_(rejecter), made["id"], False)["error"] == "OWN_INTEREST"
    with town.uow() as uow:
        before = uow.get(Cleaner, cleaner.user_id).rejected_count
    assert decided(as_(other), made["id"], True)["status"] == "UPHELD"
    with town.uow() as uow:
        assert uow.get(Cleaner, cleaner.user_id).rejected_count == before - 1
    fine = town.claimed(town.cleaner())
    with town.uow() as uow:
        owner = accounts.actor_of(uow.get(User, fine.claimed_by), FRESH)
    nothing = as_(owner).post(RAISE, data={"about": "REJECTION", "subjectId": str(fine.id), "text": REASON})
    assert nothing.json()["error"] == "NOTHING_TO_DISPUTE"


@pytest.mark.row("JOB-07")
def test_a_penalty_that_is_lifted_counts_no_more(as_: As, town: Town) -> None:
    cleaner = town.cleaner()
    job = town.claimed(cleaner)
    with town.uow() as uow:
        uow.add(
            Penalty(cleaner_id=cleaner.user_id, job_id=job.id, claim_number=1, deadline_at=uow.now, created_at=uow.now)
        )
        uow.lock(Cleaner, cleaner.user_id).released_count = 1
    with town.uow() as uow:
        (penalty,) = uow.all(Penalty)
    stranger = town.cleaner()
    refused = as_(stranger).post(RAISE, data={"about": "PENALTY", "subjectId": str(penalty.id), "text": REASON})
    assert refused.status_code == 404
    made = raised(as_(cleaner), "PENALTY", penalty.id, "The road was flooded all week.")
    assert decided(as_(town.admin(AdminDuty.VERIFIER)), made["id"], True)["status"] == "UPHELD"
    with town.uow() as uow:
        assert uow.get(Penalty, penalty.id).lifted_at is not None
        assert uow.get(Cleaner, cleaner.user_id).released_count == 0


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.CLEANER])
@pytest.mark.row("SEC-10")
def test_who_is_paused_signs_in_sees_why_and_questions_it(as_: As, town: Town, anybody: Caller, role: Role) -> None:
    person = town.cleaner() if role is Role.CLEANER else town.person()
    senior, compliance = town.admin(), town.admin(AdminDuty.COMPLIANCE)
    with town.uow() as uow:
        suspend_person(uow, actor=senior, user_id=person.user_id, reason="reports from three people")
        contact = uow.get(User, person.user_id).email
    signed = anybody.post("/api/auth/login", {"identifier": contact, "password": "nine-clean-lanes"})
    assert signed.status_code == 200, signed.text
    paused = now(town, person)
    assert as_(paused).get("/api/users/me").json()["suspensionReason"] == "reports from three people"
    assert as_(paused).post("/api/campaigns").status_code == 403
    made = raised(as_(paused), "SUSPENSION", text="It was somebody else with my name.")
    assert decided(as_(senior), made["id"], False)["error"] == "OWN_INTEREST"
    assert decided(as_(compliance), made["id"], True, "It was another person.")["status"] == "UPHELD"
    with town.uow() as uow:
        assert uow.get(User, person.user_id).status == "ACTIVE"
    assert {"question_upheld", "person_reinstated"} <= told(town, person)
    refused = as_(person).post(RAISE, data={"about": "SUSPENSION", "text": REASON})
    assert refused.json()["error"] == "NOTHING_TO_DISPUTE"


def test_it_is_late_after_48_hours_and_told_once(as_: As, town: Town) -> None:
    giver = town.person()
    gift = town.give(town.campaign(target_paise=200_000), 30_000, giver)
    finance = town.admin(AdminDuty.FINANCE)
    made = raised(as_(giver), "PAYMENT", gift.id)
    town.clock.move(hours=48)
    with town.uow() as uow:
        assert watch_disputes(uow) == 0
    town.clock.move(minutes=1)
    for raised_now in (1, 0):
        with town.uow() as uow:
            assert watch_disputes(uow) == raised_now
    assert "dispute_late" in told(town, finance)
    (waiting,) = as_(finance).get("/api/admin/disputes/waiting").json()["items"]
    assert waiting["late"] is True
    decided(as_(finance), made["id"], False)
    with town.uow() as uow:
        watch_disputes(uow)
        assert all(alert.cleared_at for alert in uow.all(Alert, Alert.kind == "DISPUTE_LATE"))


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({"about": "PAYMENT", "text": ""}, {"text"}),
        ({"about": "EVERYTHING", "text": REASON}, {"about"}),
        ({"text": "short"}, {"about", "text"}),
        ({"about": "PAYMENT", "text": REASON, "subjectId": "x"}, {"subjectId"}),
        ({"about": "RESULT", "text": REASON, "subjectId": str(uuid4())}, {"about"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(as_: As, town: Town, data: dict[str, str], fields: set[str]) -> None:
    refused = as_(town.person()).post(RAISE, data=data)
    assert (refused.status_code, set(refused.json()["fields"])) == (422, fields)


@pytest.mark.row("SEC-04")
def test_who_has_no_side_learns_nothing_of_what_may_be_sent(as_: As, anybody: Caller, town: Town) -> None:
    """Before a word is judged the caller is: a stranger hears of no format, and of no dispute."""
    work = HalfDone(town)
    dispute = work.disputed(as_)
    decided(as_(town.admin(AdminDuty.VERIFIER)), dispute, False)
    for door in ("statements", "appeal"):
        for text in ("", "x", "Long enough to be taken.", "y" * 5_000):
            answer = as_(town.person()).post(f"{RAISE}/{dispute}/{door}", data={"text": text})
            assert (answer.status_code, answer.json()["error"]) == (404, "NOT_FOUND"), (door, text)
            assert anybody.post(f"{RAISE}/{dispute}/{door}", data={"text": text}).status_code == 401
    assert as_(work.giver).post(f"{RAISE}/{dispute}/appeal", data={"text": "x"}).status_code == 422
