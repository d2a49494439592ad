"""Numbers of the business over REST: tried, chosen by a senior, heeded by every process, never forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from cleanit_app.adapters import fresh_reading
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.house_settings import SETTINGS
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import Notification, PaymentFlag, new_id
from cleanit_app.reads.operations.setting_trials import QUESTIONS
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import Town
from tests.support.words import WORDS, in_both

As = Callable[[Actor], Caller]
ALL = "/api/admin/settings"
ONE = f"{ALL}/questions_a_day"
BIG = f"{ALL}/big_first_contribution_paise"
WHY = "Many ask twice after the monsoon"
pytestmark = pytest.mark.row("OPS-01")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question reads the table: tests do not wait two seconds."""
    monkeypatch.setattr(fresh_reading, "FRESH_SECONDS", -1)


@pytest.fixture
def other(settings: Settings, town: Town) -> Iterator[Wiring]:
    """The parts of another process on the same database."""
    parts = Wiring(settings)
    parts.clock = town.clock
    yield parts
    parts.engine.dispose()


def item(caller: Caller, name: str = "questions_a_day") -> dict[str, Any]:
    """What the list says of one setting."""
    found: list[dict[str, Any]] = caller.get(ALL).json()["items"]
    return next(one for one in found if one["name"] == name)


def ask(caller: Caller) -> int:
    """The status of a question to support."""
    return caller("POST", "/api/support/tickets", data={"topic": "OTHER", "text": "Is the pump repaired?"}).status_code


def test_a_choice_reaches_every_process_and_keeps_its_history(
    as_: As, town: Town, wiring: Wiring, other: Wiring
) -> None:
    senior = as_(town.admin(name="Zoya Ali"))
    assert (item(senior)["value"], item(senior)["choices"]) == (10, [])
    assert senior("PUT", ONE, {"value": 20, "why": WHY, "seen": 10}).status_code == 204
    town.clock.move(minutes=1)
    assert senior("PUT", ONE, {"value": "4", "why": "It was too many.", "seen": 20}).status_code == 204
    for parts in (wiring, other):
        with parts.open_uow() as uow:
            assert uow.limits.questions_a_day == 4
    now = item(senior)
    assert (now["value"], now["usual"], now["least"], now["most"], now["waiting"]) == (4, 10, 3, 100, None)
    assert [(one["was"], one["value"], one["why"], one["madeByName"]) for one in now["choices"]] == [
        (20, 4, "It was too many.", "Zoya Ali"), (10, 20, WHY, "Zoya Ali"),
    ]  # fmt: skip
    acts = senior.get("/api/admin/actions", params={"action": "SettingChosen"}).json()["items"]
    assert [(one["adminName"], one["details"]["was"], one["details"]["value"]) for one in acts] == [
        ("Zoya Ali", 20, 4), ("Zoya Ali", 10, 20),
    ]  # fmt: skip


def test_the_rule_goes_by_the_chosen_number(as_: As, town: Town) -> None:
    senior, person = as_(town.admin()), as_(town.person())
    assert senior("PUT", ONE, {"value": 3, "why": WHY}).status_code == 204
    assert [ask(person) for _ in range(4)] == [201, 201, 201, 429]
    assert senior("PUT", ONE, {"value": 5, "why": WHY}).status_code == 204
    assert ask(person) == 201


def test_a_process_goes_on_by_what_it_read_for_two_seconds(
    as_: As, town: Town, other: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh_reading, "FRESH_SECONDS", 2.0)
    moments = [100.0]
    other._choices._clock = lambda: moments[0]
    assert other.house.limits.questions_a_day == 10
    assert as_(town.admin())("PUT", ONE, {"value": 20, "why": WHY}).status_code == 204
    moments[0] += 1.9
    assert other.house.limits.questions_a_day == 10
    moments[0] += 0.2
    assert other.house.limits.questions_a_day == 20


def test_a_planned_choice_waits_for_its_day_and_can_be_replaced(as_: As, town: Town, wiring: Wiring) -> None:
    senior = as_(town.admin())
    day = (town.clock.now() + timedelta(days=7)).isoformat()
    assert senior("PUT", ONE, {"value": 20, "why": WHY, "effectiveFrom": day}).status_code == 204
    assert (item(senior)["value"], item(senior)["waiting"]["value"]) == (10, 20)
    town.clock.move(days=7)
    assert (item(senior)["value"], item(senior)["waiting"]) == (20, None)
    assert wiring.house.limits.questions_a_day == 20
    later = (town.clock.now() + timedelta(days=7)).isoformat()
    assert senior("PUT", ONE, {"value": 50, "why": WHY, "effectiveFrom": later}).status_code == 204
    assert senior("PUT", ONE, {"value": 20, "why": "It stays as it is."}).status_code == 204  # takes the plan back
    assert item(senior)["waiting"] is None
    town.clock.move(days=8)
    assert item(senior)["value"] == 20


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"value": 2, "why": WHY}, "value"), ({"value": 101, "why": WHY}, "value"),
        ({"value": -1, "why": WHY}, "value"), ({"value": 10, "why": WHY}, "value"),
        ({"value": "ten", "why": WHY}, "value"), ({"value": True, "why": WHY}, "value"), ({"why": WHY}, "value"),
        ({"value": 12.5, "why": WHY}, "value"), ({"value": [12], "why": WHY}, "value"),
        ({"value": 20}, "why"), ({"value": 20, "why": " \u200b "}, "why"), ({"value": 20, "why": "x" * 1_001}, "why"),
        ({"value": 20, "why": WHY, "seen": 11}, "value"), ({"value": 20, "why": WHY, "seen": "x"}, "value"),
        ({"value": 20, "why": WHY, "effectiveFrom": "2020-01-01T00:00:00Z"}, "effectiveFrom"),
        ({"value": 20, "why": WHY, "effectiveFrom": "2199-01-01T00:00:00Z"}, "effectiveFrom"),
        ({"value": 20, "why": WHY, "effectiveFrom": "tomorrow"}, "effectiveFrom"),
        ({"value": 20, "why": WHY, "effectiveFrom": "2026-11-25T00:00:00"}, "effectiveFrom"),
        ({"value": 20, "why": WHY, "effectiveFrom": 7}, "effectiveFrom"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_said_at_its_field(as_: As, town: Town, body: dict[str, object], wrong: str) -> None:
    senior = as_(town.admin())
    refused = senior("PUT", ONE, body)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, [wrong])
    assert item(senior)["choices"] == []


def test_two_seniors_who_saw_the_same_number_do_not_cross(as_: As, town: Town) -> None:
    one, two = as_(town.admin()), as_(town.admin())
    assert one("PUT", ONE, {"value": 20, "why": WHY, "seen": 10}).status_code == 204
    late = two("PUT", ONE, {"value": 15, "why": WHY, "seen": 10})
    assert (late.status_code, late.json()["fields"]["value"]) == (422, WORDS["field.setting_moved"][0])
    assert item(two)["value"] == 20


def test_only_a_senior_with_the_second_factor_chooses(as_: As, anybody: Caller, town: Town) -> None:
    body = {"value": 20, "why": WHY}
    for stranger in (town.person(), town.cleaner(), *(town.admin(duty) for duty in AdminDuty if duty != "SENIOR")):
        caller = as_(stranger)
        assert [caller("PUT", ONE, body).status_code, caller.get(ALL).status_code] == [403, 403]
        assert caller.get(f"{ONE}/trial", params={"value": 20}).status_code == 403
    assert [anybody("PUT", ONE, body).status_code, anybody.get(ALL).status_code] == [401, 401]
    unproved = as_(replace(town.admin(), proved=False))
    refused = unproved("PUT", ONE, body)
    assert (refused.status_code, refused.json()["error"]) == (403, "SECOND_FACTOR_NEEDED")
    assert unproved.get(ALL).status_code == 200
    assert unproved("PUT", f"{ALL}/jwt_secret", body).status_code in (403, 404)
    assert as_(town.admin())("PUT", f"{ALL}/jwt_secret", body).status_code == 404


def test_the_other_seniors_are_told_in_their_language(as_: As, town: Town) -> None:
    told = town.admin(name="Meera Joshi")
    senior = as_(town.admin(name="Zoya Ali"))
    assert senior("PUT", BIG, {"value": 500_000, "why": WHY}).status_code == 204
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        heard = uow.all(Notification, Notification.user_id == told.id, Notification.kind == "setting_chosen")
    (one,) = heard
    english, hindi = in_both(lambda: notification_words(one.kind, one.values, town.clock.now()))
    assert all(said in english for said in ("Zoya Ali", "₹10,000 becomes ₹5,000", WHY))
    assert "₹5,000" in hindi
    assert english != hindi
    assert one.link == "/admin/settings"


def test_the_trial_counts_by_the_rule_itself(as_: As, town: Town) -> None:
    senior = as_(town.admin())
    for rupees in (4_000, 6_000, 12_000):
        town.give(town.campaign(target_paise=2_000_000), rupees * 100, town.person())
    with town.uow() as uow:
        assert [one.rule for one in uow.all(PaymentFlag)] == ["BIG_FIRST"]
    tried = senior.get(f"{BIG}/trial", params={"value": 500_000}).json()
    assert tried == {"value": 500_000, "counted": True, "before": 1, "after": 2}
    assert item(senior, "big_first_contribution_paise")["choices"] == []  # trying changes nothing
    town.clock.move(days=31)
    assert senior.get(f"{BIG}/trial", params={"value": 500_000}).json()["after"] == 0
    unknown = senior.get(f"{ALL}/area_share/trial", params={"value": 50}).json()
    assert unknown == {"value": 50, "counted": False, "before": None, "after": None}
    assert senior.get(f"{BIG}/trial", params={"value": "some"}).status_code == 422
    assert senior.get(f"{ALL}/nothing/trial", params={"value": 1}).status_code == 404


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_trial_can_be_asked(as_: As, town: Town, name: str) -> None:
    town.completed(town.cleaner())
    answer = as_(town.admin()).get(f"{ALL}/{name}/trial", params={"value": SETTINGS[name].least})
    assert answer.status_code == 200
    assert answer.json()["before"] >= 0
    assert f"setting.{name}.counted" in WORDS


@pytest.mark.parametrize(
    "wrong",
    [
        "INSERT INTO setting_choices SELECT :id, 'questions_a_day', 10, 101, 'x', now(), id, now() FROM users LIMIT 1",
        "INSERT INTO setting_choices SELECT :id, 'no_such_number', 10, 20, 'x', now(), id, now() FROM users LIMIT 1",
        "INSERT INTO setting_choices SELECT :id, 'questions_a_day', 10, 20, ' ', now(), id, now() FROM users LIMIT 1",
        "INSERT INTO setting_choices SELECT :id, 'questions_a_day', 10, 20, 'x', now(), id, now() - interval '1 s'"
        " FROM users LIMIT 1",
        "UPDATE setting_choices SET value = 30",
        "DELETE FROM setting_choices",
        "TRUNCATE setting_choices",
    ],
)
def test_the_database_refuses_what_no_senior_could_choose(as_: As, town: Town, db: Engine, wrong: str) -> None:
    assert as_(town.admin())("PUT", ONE, {"value": 20, "why": WHY}).status_code == 204
    with pytest.raises(IntegrityError), db.begin() as connection:
        connection.execute(text(wrong), {"id": new_id()} if ":id" in wrong else {})
