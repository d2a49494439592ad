"""A share, days or a radius that a senior chose: new campaigns and claims go by it, old ones keep what was promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from cleanit_app.adapters import fresh_reading
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.terms import TERMS
from cleanit_app.i18n import catalogue, say_in
from cleanit_app.i18n.house_figures import changed_figures
from cleanit_app.i18n.terms import terms_hash
from cleanit_app.models import Campaign, Job, TermsAcceptance
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import Town, picture

As = Callable[[Actor], Caller]
ALL = "/api/admin/settings"
WHY = "The ward agreed to it"
NEXT = f"{TERMS.version}.1"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch, wiring: Wiring) -> Iterator[None]:
    """Every question reads the table, and this process's words follow it, as the front door lets them."""
    monkeypatch.setattr(fresh_reading, "FRESH_SECONDS", -1)
    catalogue.figures_from(lambda: changed_figures(wiring.house_known))
    yield
    catalogue.figures_from(dict)


@pytest.fixture
def choose(as_: As, town: Town) -> Callable[..., int]:
    """A senior gives a number another value."""
    senior = as_(town.admin())

    def put(name: str, value: int, **more: Any) -> int:
        senior.post("/api/users/me/terms", {"version": _version(senior)})  # each one makes new terms for seniors too
        return senior("PUT", f"{ALL}/{name}", {"value": value, "why": WHY} | more).status_code

    return put


def _version(caller: Caller) -> str:
    editions = [one for one in caller.get(ALL).json()["items"] if one["inTerms"] for _ in one["choices"]]
    return f"{TERMS.version}.{len(editions)}" if editions else TERMS.version


def accept(caller: Caller, version: str = NEXT) -> int:
    """Accept a version of the terms."""
    return caller.post("/api/users/me/terms", {"version": version}).status_code


def start(caller: Caller, seed: int, target_paise: int = 200_000) -> Any:
    """A wish for a new cleanup."""
    draft = {
        "title": "Corner dump by the school", "targetPaise": str(target_paise), "address": f"Gali {seed}, Lucknow",
        "description": "Children step into the road to get past this heap every single morning.",
        "latitude": str(26.8 + seed / 50), "longitude": "80.94",
    }  # fmt: skip
    return caller("POST", "/api/campaigns", data=draft, files={"photo": ("photo.jpg", picture(seed), "image/jpeg")})


def campaign(town: Town, made: Any) -> Campaign:
    """The row behind an answer."""
    with town.uow() as uow:
        return uow.get(Campaign, UUID(made.json()["id"]))


@pytest.mark.row("LAW-06", "OPS-01")
def test_another_share_is_for_new_campaigns_and_asked_of_everybody(
    as_: As, town: Town, choose: Callable[..., int]
) -> None:
    person = as_(town.person())
    before = start(person, 1)
    assert before.status_code == 201
    text = terms_hash()
    assert choose("fee_bps", 450) == 204
    me = person.get("/api/users/me").json()
    assert me["termsDue"] is True
    assert start(person, 2).json()["error"] == "TERMS_NOT_ACCEPTED"
    assert accept(person, TERMS.version) == 409
    assert accept(person) == 204
    after = start(person, 3)
    assert after.status_code == 201
    old, new = campaign(town, before), campaign(town, after)
    assert [(one.fee_bps, one.terms_version) for one in (old, new)] == [(500, TERMS.version), (450, NEXT)]
    with town.uow() as uow:
        log = uow.run(select(TermsAcceptance).where(col(TermsAcceptance.version) == NEXT)).scalars().all()
    assert log
    assert all(one.text_hash == terms_hash() != text for one in log)


@pytest.mark.row("LAW-06", "OPS-01")
def test_words_say_the_share_that_holds(town: Town, choose: Callable[..., int], wiring: Wiring) -> None:
    usual = say_in("en", "terms.money.2")
    assert "95%" in usual
    assert choose("fee_bps", 725) == 204
    with wiring.open_uow() as uow:
        assert uow.policy.terms.fee_bps == 725
    for language in ("en", "hi", "mr"):
        said = say_in(language, "terms.money.2")
        assert "92.75%" in said
        assert "7.25%" in said
    assert choose("fee_bps", 500) == 204
    with wiring.open_uow():
        assert say_in("en", "terms.money.2") == usual


@pytest.mark.row("CAM-07", "OPS-01")
def test_days_of_a_campaign_are_those_of_its_start(
    as_: As, anybody: Caller, town: Town, choose: Callable[..., int]
) -> None:
    person, verifier = as_(town.person()), as_(town.admin(AdminDuty.VERIFIER))
    waits = start(person, 1)
    town.clock.move(hours=1)
    assert choose("window_small_days", 20) == 204
    assert [accept(person), accept(verifier)] == [204, 204]
    fresh = start(person, 2)
    days = []
    for made in (waits, fresh):
        assert verifier.post(f"/api/admin/campaigns/{made.json()['id']}/approve").status_code == 200
        row = campaign(town, made)
        assert row.expires_at is not None
        assert row.activated_at is not None
        days.append((row.expires_at - row.activated_at).days)
    assert days == [30, 20]


@pytest.mark.row("JOB-04", "OPS-01")
def test_days_and_number_of_claims(as_: As, town: Town, choose: Callable[..., int]) -> None:
    actor = town.cleaner()
    cleaner, jobs = as_(actor), [town.job() for _ in range(4)]

    def claim(job: Job) -> int:
        return cleaner.post(f"/api/jobs/{job.id}/claim").status_code

    def time_of(job: Job) -> timedelta:
        with town.uow() as uow:
            row = uow.get(Job, job.id)
        assert row.claimed_at is not None
        assert row.completion_deadline is not None
        return row.completion_deadline - row.claimed_at

    assert claim(jobs[0]) == 200
    assert choose("claim_time", 10) == 204
    assert claim(jobs[1]) == 403  # new terms first
    assert accept(cleaner) == 204
    assert claim(jobs[1]) == 200
    assert [time_of(job).days for job in jobs[:2]] == [7, 10]
    assert choose("claim_limit", 3) == 204
    assert [claim(job) for job in jobs[2:]] == [200, 429]
    assert choose("claim_limit", 4) == 204
    assert claim(jobs[3]) == 200


@pytest.mark.row("JOB-10", "OPS-01")
def test_the_radius_of_the_proof_is_the_chosen_one(as_: As, town: Town, choose: Callable[..., int]) -> None:
    senior = as_(town.admin())
    url = f"{ALL}/proof_radius_km/trial"
    town.completed(town.cleaner())
    assert senior.get(url, params={"value": 100}).json()["counted"] is True
    assert choose("proof_radius_km", 250) == 204
    said = next(one for one in senior.get(ALL).json()["items"] if one["name"] == "proof_radius_km")
    assert (said["value"], said["counts"], said["inTerms"]) == (250, "METRES", False)
    assert "250 m" in say_in("en", "check.needs_note")


@pytest.mark.row("OPS-01")
def test_the_fee_s_trial_counts_money(as_: As, town: Town) -> None:
    town.job(200_000)
    tried = as_(town.admin()).get(f"{ALL}/fee_bps/trial", params={"value": 400}).json()
    assert (tried["before"], tried["after"]) == (10_000, 8_000)
