"""Features over REST: a senior chooses with the second factor, people have it or not, a kill is heeded (OPS-06)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from cleanit_app.adapters import openfeature_flags
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.errors import InvalidFields
from cleanit_app.domain.features import Feature, FlagState
from cleanit_app.models import Campaign, FraudCase, User, new_id
from cleanit_app.services.flags.feature_flags import choose_flag, set_flag
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller, as_worker
from tests.factories import Town
from workers.jobs import fraud

As = Callable[[Actor], Caller]
FLAGS = "/api/admin/flags"
SEARCH = f"{FLAGS}/WORD_SEARCH"
pytestmark = pytest.mark.row("OPS-06")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question reads the table: tests do not wait two seconds."""
    monkeypatch.setattr(openfeature_flags, "FRESH_SECONDS", -1)


def found(caller: Caller) -> int:
    """The status of a search by words."""
    return caller.get("/api/campaigns", params={"q": "corner"}).status_code


def test_a_feature_rolled_out_to_ten_percent_reaches_those_and_grows(as_: As, town: Town, wiring: Wiring) -> None:
    town.campaign()
    senior, people = as_(town.admin()), [town.person(name=f"Asha {n}") for n in range(60)]

    def having() -> set[object]:
        return {one.id for one in people if wiring.features.is_on(Feature.WORD_SEARCH, one.id)}

    assert len(having()) == 60  # before anybody chose it is on for all
    assert senior("PUT", SEARCH, {"state": "PERCENT", "percent": 10}).status_code == 204
    ten = having()
    assert ten == having()
    assert 0 < len(ten) < 20
    assert senior("PUT", SEARCH, {"state": "PERCENT", "percent": 50}).status_code == 204
    half = having()
    assert ten < half
    inside = next(one for one in people if one.id in ten)
    outside = next(one for one in people if one.id not in half)
    assert (found(as_(inside)), found(as_(outside))) == (200, 503)
    refused = as_(outside).get("/api/campaigns", params={"q": "corner"}).json()
    assert refused == {"error": "FEATURE_OFF", "detail": "This is switched off at the moment. Everything else works."}
    assert as_(outside).get("/api/campaigns").status_code == 200  # the list itself stays


def test_named_people_and_the_kill(as_: As, anybody: Caller, town: Town) -> None:
    senior, tester, other = as_(town.admin()), town.person(), town.person()
    put = lambda **body: senior("PUT", SEARCH, body).status_code  # noqa: E731  # short
    assert put(state="PEOPLE", people=[str(tester.id)]) == 204
    assert (found(as_(tester)), found(as_(other)), found(anybody)) == (200, 503, 503)
    assert put(state="KILLED", people=[str(tester.id)], percent=100) == 204
    assert (found(as_(tester)), found(as_(other))) == (503, 503)
    assert put(state="ON") == 204
    assert (found(as_(other)), found(anybody)) == (200, 200)


def test_a_gift_is_taken_back_by_whom_the_feature_reaches(as_: As, town: Town) -> None:
    senior, one, other = as_(town.admin()), town.person(), town.person()
    campaign = town.campaign(target_paise=200_000)
    mine, theirs = town.give(campaign, 20_000, one), town.give(campaign, 30_000, other)
    choice = {"state": "PEOPLE", "people": [str(one.id)]}
    assert senior("PUT", f"{FLAGS}/CONTRIBUTION_BACK", choice).status_code == 204
    refused = as_(other).post(f"/api/contributions/{theirs.id}/take-back")
    assert (refused.status_code, refused.json()["error"]) == (503, "FEATURE_OFF")
    assert as_(one).post(f"/api/contributions/{mine.id}/take-back").status_code == 200
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).raised_paise == 30_000


def test_only_a_senior_with_the_second_factor_chooses_and_it_is_written_down(as_: As, town: Town) -> None:
    boss = town.admin(name="Zoya Ali")
    senior = as_(boss)
    for stranger in (town.person(), town.admin(AdminDuty.FINANCE), town.admin(AdminDuty.COMPLIANCE)):
        assert as_(stranger)("PUT", SEARCH, {"state": "OFF"}).status_code == 403
        assert as_(stranger).get(FLAGS).status_code == 403
    unproved = as_(replace(town.admin(), proved=False))("PUT", SEARCH, {"state": "OFF"})
    assert (unproved.status_code, unproved.json()["error"]) == (403, "SECOND_FACTOR_NEEDED")
    wrong: list[tuple[dict[str, object], str]] = [
        ({"state": "SOME"}, "state"), ({}, "state"), ({"state": "PERCENT", "percent": 101}, "percent"),
        ({"state": "PERCENT", "percent": 0}, "percent"), ({"state": "PERCENT"}, "percent"),
        ({"state": "PEOPLE"}, "people"),
        ({"state": "PERCENT", "percent": "ten"}, "percent"), ({"state": "PERCENT", "percent": -1}, "percent"),
        ({"state": "PEOPLE", "people": ["x"]}, "people"), ({"state": "PEOPLE", "people": [str(new_id())]}, "people"),
        ({"state": "PEOPLE", "people": 7}, "people"),
    ]  # fmt: skip
    for body, field in wrong:
        answer = senior("PUT", SEARCH, body)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field]), body
    assert senior("PUT", f"{FLAGS}/NOTHING", {"state": "ON"}).status_code == 404
    assert senior("PUT", SEARCH, {"state": "PERCENT", "percent": 10}).status_code == 204
    (item,) = [one for one in senior.get(FLAGS).json()["items"] if one["feature"] == "WORD_SEARCH"]
    assert (item["state"], item["percent"], item["changedByName"]) == ("PERCENT", 10, "Zoya Ali")
    acts = senior.get("/api/admin/actions", params={"action": "FlagChanged"}).json()["items"]
    assert [(one["adminName"], one["details"]["state"], one["details"]["percent"]) for one in acts] == [
        ("Zoya Ali", "PERCENT", 10)
    ]


def test_the_clock_heeds_a_kill_too(town: Town, wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = as_worker(wiring)
    monkeypatch.setattr(fraud, "wiring", lambda: jobs)
    senior, job = town.admin(), town.completed(town.cleaner())
    town.clock.move(minutes=5)

    def look(state: FlagState) -> int:
        with town.uow() as uow:
            set_flag(uow, actor=senior, feature=Feature.FRAUD_LOOK, state=state)
        fraud.look_for_fraud()
        with town.uow() as uow:
            return len(uow.all(FraudCase, FraudCase.job_id == job.id))

    assert look(FlagState.KILLED) == 0
    assert look(FlagState.ON) > 0


def test_people_are_named_by_mailbox_on_the_page(town: Town) -> None:
    senior, tester = town.admin(), town.person()

    def choose(contacts: str) -> list[UUID]:
        with town.uow() as uow:
            return choose_flag(
                uow, actor=senior, feature=Feature.WORD_SEARCH, state=FlagState.PEOPLE, percent="0", contacts=contacts
            ).people

    with town.uow() as uow:
        mail = uow.get(User, tester.user_id).email or ""
    assert choose(f" {mail} ,") == [tester.id]
    with pytest.raises(InvalidFields):
        choose(f"{mail}, nobody@example.in")
    with pytest.raises(InvalidFields):
        choose("")
