"""A banner over REST: set by a senior in every language, seen by everybody in its time, taken away, never forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
ALL = "/api/admin/banners"
SAID = {"en": "The bank is slow today", "hi": "आज बैंक धीमा है", "mr": "आज बँक संथ आहे"}
pytestmark = pytest.mark.row("OPS-01")


def body(town: Town, *, begins: float = 0, ends: float = 24, **more: Any) -> dict[str, Any]:
    """A banner from so many hours on until so many hours on."""
    now = town.clock.now()
    times = {
        "fromAt": (now + timedelta(hours=begins)).isoformat(),
        "untilAt": (now + timedelta(hours=ends)).isoformat(),
    }
    return {"said": SAID, "tone": "WARN", "link": "/help", **times} | more


def seen(caller: Caller) -> dict[str, Any] | None:
    """What everybody sees."""
    answer = caller.get("/api/banner")
    assert answer.status_code == 200
    found: dict[str, Any] | None = answer.json()["banner"]
    return found


def test_a_banner_is_seen_by_everybody_until_its_time_ends(as_: As, anybody: Caller, town: Town) -> None:
    assert seen(anybody) is None
    made = as_(town.admin(name="Zoya Ali")).post(ALL, body(town))
    assert made.status_code == 201
    for caller in (anybody, as_(town.person()), as_(town.cleaner())):
        banner = seen(caller)
        assert banner is not None
        assert (banner["said"], banner["tone"], banner["link"]) == (SAID, "WARN", "/help")
    town.clock.move(hours=24)
    assert seen(anybody) is None


def test_a_banner_taken_away_is_gone_at_once_and_stays_in_the_list(as_: As, anybody: Caller, town: Town) -> None:
    senior, other = as_(town.admin(name="Zoya Ali")), as_(town.admin(name="Meera Joshi"))
    first = senior.post(ALL, body(town)).json()["id"]
    assert seen(anybody) is not None
    for _ in range(2):
        assert other.post(f"{ALL}/{first}/end").status_code == 204
    assert seen(anybody) is None
    town.clock.move(minutes=1)
    second = senior.post(ALL, body(town, tone="INFO", link="")).json()["id"]
    banner = seen(anybody)
    assert banner is not None
    assert banner["id"] == second
    items = senior.get(ALL).json()["items"]
    assert [(one["id"], one["madeByName"], one["endedByName"]) for one in items] == [
        (second, "Zoya Ali", None), (first, "Zoya Ali", "Meera Joshi"),
    ]  # fmt: skip
    acts = {one["action"] for one in senior.get("/api/admin/actions").json()["items"]}
    assert {"BannerSet", "BannerEnded"} <= acts
    page = senior.get(ALL, params={"limit": 1}).json()
    assert [one["id"] for one in senior.get(ALL, params={"cursor": page["nextCursor"]}).json()["items"]] == [first]


def test_one_that_comes_is_known_before_and_two_never_stand_together(as_: As, anybody: Caller, town: Town) -> None:
    senior = as_(town.admin())
    assert senior.post(ALL, body(town, begins=48, ends=72)).status_code == 201
    now = senior.post(ALL, body(town, begins=0, ends=48))
    assert now.status_code == 201
    banner = seen(anybody)
    assert banner is not None
    assert banner["id"] == now.json()["id"]
    crossing = senior.post(ALL, body(town, begins=47, ends=49))
    assert (crossing.status_code, list(crossing.json()["fields"])) == (422, ["fromAt"])
    town.clock.move(hours=48)
    banner = seen(anybody)
    assert banner is not None
    assert banner["id"] != now.json()["id"]


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"said": None}, ["en", "hi", "mr"]), ({"said": "Slow"}, ["en", "hi", "mr"]),
        ({"said": [1]}, ["en", "hi", "mr"]),
        ({"said": SAID | {"mr": " "}}, ["mr"]), ({"said": SAID | {"hi": "ओह"}}, ["hi"]),
        ({"said": SAID | {"en": "x" * 201}}, ["en"]), ({"tone": "LOUD"}, ["tone"]), ({"tone": None}, ["tone"]),
        ({"untilAt": None}, ["untilAt"]), ({"untilAt": "soon"}, ["untilAt"]), ({"untilAt": 7}, ["untilAt"]),
        ({"untilAt": "2026-11-25T10:00:00"}, ["untilAt"]), ({"fromAt": "x"}, ["fromAt"]),
        ({"untilAt": "2020-01-01T00:00:00Z"}, ["untilAt"]), ({"untilAt": "2199-01-01T00:00:00Z"}, ["untilAt"]),
        ({"link": "https://example.com"}, ["link"]), ({"link": "//example.com"}, ["link"]),
        ({"link": "/\\example.com"}, ["link"]), ({"link": "javascript:alert(1)"}, ["link"]),
        ({"link": "/session/logout"}, ["link"]), ({"link": "/a b"}, ["link"]), ({"link": "/" + "x" * 400}, ["link"]),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_said_at_its_field(
    as_: As, anybody: Caller, town: Town, wrong: dict[str, Any], fields: list[str]
) -> None:
    refused = as_(town.admin()).post(ALL, body(town) | wrong)
    assert (refused.status_code, sorted(refused.json()["fields"])) == (422, fields)
    assert seen(anybody) is None


def test_only_a_senior_with_the_second_factor_sets_one(as_: As, anybody: Caller, town: Town) -> None:
    for stranger in (town.person(), *(town.admin(duty) for duty in AdminDuty if duty is not AdminDuty.SENIOR)):
        caller = as_(stranger)
        assert [caller.post(ALL, body(town)).status_code, caller.get(ALL).status_code] == [403, 403]
    assert anybody.post(ALL, body(town)).status_code == 401
    unproved = as_(replace(town.admin(), proved=False)).post(ALL, body(town))
    assert (unproved.status_code, unproved.json()["error"]) == (403, "SECOND_FACTOR_NEEDED")


def test_every_process_hears_of_it(as_: As, town: Town, wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[bool] = []
    monkeypatch.setattr(wiring.live, "wake_all_tabs", lambda: woken.append(True))
    senior = as_(town.admin())
    made = senior.post(ALL, body(town)).json()["id"]
    assert woken == [True]
    assert senior.post(f"{ALL}/{made}/end").status_code == 204
    assert woken == [True, True]


@pytest.mark.parametrize(
    "wrong",
    [
        "INSERT INTO site_banners SELECT :id, said, tone, link, from_at, until_at, made_at, made_by FROM site_banners",
        "UPDATE site_banners SET until_at = from_at",
        "UPDATE site_banners SET tone = 'LOUD'",
        "UPDATE site_banners SET said = said - 'mr'",
        "UPDATE site_banners SET ended_at = now()",
    ],
)
def test_the_database_refuses_what_no_senior_could_set(as_: As, town: Town, db: Engine, wrong: str) -> None:
    made = as_(town.admin()).post(ALL, body(town)).json()["id"]
    values = {"id": made[:-1] + ("0" if made[-1] != "0" else "1")} if ":id" in wrong else {}
    with pytest.raises(IntegrityError), db.begin() as connection:
        connection.execute(text(wrong), values)
