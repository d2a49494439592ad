"""Errors that nobody expected are found among the failures, alike ones as one, without what is private (MON-05)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import create_engine

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.errors import Busy
from cleanit_app.pages.admin.system.failures import _row
from cleanit_app.reads.notifications import inbox
from cleanit_app.reads.operations.failures import FailureItem, failures
from cleanit_app.services.operations.surprises import fingerprint_of
from cleanit_app.state import base
from cleanit_app.state.base import ReadFailed, TabSession
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import Town
from tests.support.words import in_both
from workers import worker

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("MON-05")
PATH = "/api/users/me/notifications"


def fails(trouble: Exception) -> Callable[..., Any]:
    """Something of ours in which an error comes up."""

    def act(*_given: object, **_named: object) -> None:
        raise trouble

    return act


@pytest.fixture
def every_second(wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each error comes at another second than the last."""
    seconds = iter(range(10_000))
    monkeypatch.setattr("cleanit_app.wiring.time", SimpleNamespace(monotonic=lambda: next(seconds) * 2.0))


def kept(town: Town) -> list[FailureItem]:
    """All failures, as finance reads them."""
    with town.uow() as uow:
        return failures(uow, actor=town.admin(AdminDuty.FINANCE)).each(lambda one: one)


@pytest.mark.usefixtures("every_second")
def test_a_request_that_surprises_is_kept_once_with_who_what_where_and_how_often(
    as_: As, town: Town, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    object.__setattr__(wiring.settings, "release", "2027.1")
    asha, began = town.person(), town.clock.at
    for number in range(3):
        trouble = ZeroDivisionError(f"no share for asha@example.in, password=geheim, number {number}")
        monkeypatch.setattr(inbox, "notifications", fails(trouble))
        assert as_(asha).get(PATH).status_code == 500
        town.clock.move(minutes=10)
    (one,) = as_(town.admin(AdminDuty.FINANCE)).get("/api/admin/errors").json()["items"]
    assert (one["source"], one["times"], one["userId"]) == ("api", 3, str(asha.id))
    assert (one["asked"], one["release"]) == (f"method=GET route={PATH}", "2027.1")
    assert one["firstAt"] == began.isoformat().replace("+00:00", "Z")
    assert "number 2" in one["message"]
    assert "raise trouble" in one["stack"]
    assert "geheim" not in str(one)
    assert "asha@example.in" not in str(one)


@pytest.mark.usefixtures("every_second")
def test_what_a_page_and_a_job_did_not_expect_stands_there_too_each_once(
    town: Town, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "wiring", lambda: wiring)
    monkeypatch.setattr(base, "look_up", lambda _caller: town.admin())
    monkeypatch.setattr(worker, "wiring", lambda: wiring)
    caller = TabSession("", "")
    for way in (base._read, base._write):
        trouble = KeyError("missing")
        with pytest.raises((ReadFailed, KeyError)):
            way(fails(trouble), caller, {})
        base._note(trouble, {"act": "again"}, caller)  # as the handler around it does
    with pytest.raises(ReadFailed):
        base._read(fails(KeyError("missing")), caller, {})
    job: Any = SimpleNamespace(func_name="workers.jobs.payouts.send", args=("7",))
    worker.keep_failure(job, KeyError, KeyError("missing"), None)
    worker.keep_failure(job, Busy, Busy(), None)  # expected: a line of its own each time
    found = kept(town)
    assert sorted((one.source, one.times, bool(one.first_at)) for one in found) == [
        ("job", 1, False), ("job", 1, True), ("page", 1, True), ("page", 2, True),
    ]  # fmt: skip
    surprise = next(one for one in found if one.source == "job" and one.first_at)
    assert surprise.asked == "job=workers.jobs.payouts.send subjects=7"
    english, hindi = in_both(lambda: _row(replace(surprise, times=12), town.clock.now()))
    assert english.often.startswith("12 times since ")
    assert hindi.often != english.often


def test_errors_of_other_places_are_others_and_a_flood_is_one_row_a_second(town: Town, wiring: Wiring) -> None:
    def here() -> KeyError:
        try:
            fails(KeyError("x"))()
        except KeyError as trouble:
            return trouble
        raise AssertionError

    assert fingerprint_of("api", here()) == fingerprint_of("api", here()) != fingerprint_of("page", here())
    assert fingerprint_of("api", here()) != fingerprint_of("api", ValueError("x"))
    for _ in range(50):
        wiring.surprised(here(), source="api", asked={})
    assert [one.times for one in kept(town)] == [1]
    wiring._surprised_at.clear()  # a second later
    wiring.surprised(here(), source="api", asked={})
    assert [one.times for one in kept(town)] == [51]


def test_a_database_that_is_away_hides_no_error(wiring: Wiring) -> None:
    wiring.engine = create_engine("postgresql+psycopg2://nobody@127.0.0.1:1/none")
    wiring.surprised(KeyError("x"), source="api", asked={})
