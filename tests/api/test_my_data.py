"""A copy of everything that is kept about oneself (LAW-01), and who hears that it was taken (SEC-10)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Notification, User
from cleanit_app.reads.people.data_export import _MANY, _ONE
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.services.notifications.relay import relay_outbox
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town

As = Callable[[Actor], Caller]
PATH = "/api/users/me/data-export"
# What nobody needs to be given: locked values, hashes, files' names, bookkeeping of jobs that run by the clock.
INSIDE = {
    "password_hash", "payout_details", "pan_locked", "number_locked", "cookie_hash", "token_hash", "address_hash",
}  # fmt: skip
ABOUT_OTHERS = {
    "outbox", "admin_actions", "fraud_cases", "payment_flags", "failed_sign_ins", "error_logs",
    "reconciliation_differences", "desk_notes", "reviews", "pending_decisions", "feature_flags", "bulk_runs",
    "setting_choices", "canned_answer_versions", "help_articles", "help_article_editions", "site_banners",
    "saved_views",
}  # fmt: skip


def told(town: Town, person: Actor, kind: str) -> int:
    """How many notifications of this kind somebody has."""
    with town.uow() as uow:
        relay_outbox(uow)
        mine = select(Notification.id).where(col(Notification.user_id) == person.id, col(Notification.kind) == kind)
        return len(uow.run(mine).all())


@pytest.mark.row("LAW-01")
def test_it_holds_all_of_ones_own_and_nothing_of_others(as_: As, town: Town) -> None:
    giver, other = town.person(name="Farida Khan"), town.person(name="Gopal Rao")
    cleaner = town.cleaner("Ramesh Pal")
    started = town.campaign(creator=giver, target_paise=80_000)
    given_to = town.campaign(target_paise=100_000)
    town.give(given_to, 60_000, giver)
    town.give(given_to, 40_000, other)
    job = town.job_of(given_to.id)
    with town.uow() as uow:
        claim_job(uow, actor=cleaner, job_id=job.id)
    mine = as_(giver).get(PATH)
    assert mine.status_code == 200
    assert mine.headers["content-disposition"].startswith('attachment; filename="cleanit-data-')
    assert mine.headers["cache-control"] == "no-store"
    data = mine.json()
    assert data["profile"]["name"] == "Farida Khan"
    assert data["cleaner"] is None
    assert [c["id"] for c in data["campaigns"]] == [str(started.id)]
    assert [p["id"] for p in data["photos"]] == [str(started.photo_id)]
    assert [(g["campaignId"], g["amountPaise"]) for g in data["contributions"]] == [(str(given_to.id), 60_000)]
    assert [p["amountPaise"] for p in data["payments"]] == [60_000]
    assert len(data["signIns"]) == 1
    for secret in ("Gopal", "Ramesh", str(other.id), str(cleaner.id)):
        assert secret not in mine.text
    work = as_(cleaner).get(PATH).json()
    assert work["cleaner"]["kycStatus"] == "ACTIVE"
    assert [j["campaignTitle"] for j in work["jobs"]] == [given_to.title]


@pytest.mark.row("LAW-01")
def test_every_table_about_a_person_is_in_it_or_named_here(town: Town) -> None:
    people = text(
        """SELECT DISTINCT c.conrelid::regclass::text FROM pg_constraint c
           WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass"""
    )
    with town.uow() as uow:
        about_people = set(uow.run(people).scalars())
    inside = " ".join([*_ONE.values(), *_MANY.values()])
    elsewhere = {
        "refresh_tokens", "known_devices", "one_time_codes", "second_factors", "recovery_codes", "capture_tokens",
        "failed_tries", "account_checks", "account_fingerprints", "bulk_rows",
    }  # fmt: skip
    left_out = {table for table in about_people if f"FROM {table}" not in inside}
    assert left_out <= elsewhere | ABOUT_OTHERS
    assert not [word for word in INSIDE if word in inside]


@pytest.mark.row("LAW-01", "SEC-10")
def test_it_asks_for_the_password_and_seniors_hear_of_it_once_a_day(as_: As, town: Town, anybody: Caller) -> None:
    person, senior, finance = town.person(), town.admin(AdminDuty.SENIOR), town.admin(AdminDuty.FINANCE)
    caller = as_(person)
    assert anybody.get(PATH).status_code == 401
    town.clock.move(minutes=11)
    assert caller.get(PATH).json()["error"] == "CONFIRM_FIRST"
    assert told(town, senior, "data_exported_admin") == 0
    assert caller.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 204
    for _ in range(3):
        assert caller.get(PATH).status_code == 200
    assert told(town, person, "data_exported") == 3
    assert [(one["kind"], one["outcome"]) for one in caller.get(PATH).json()["requests"]] == 4 * [("EXPORT", "DONE")]
    assert told(town, senior, "data_exported_admin") == 1
    assert told(town, finance, "data_exported_admin") == 0


@pytest.mark.row("LAW-01", "LAW-06")
def test_ones_data_does_not_wait_for_new_terms(as_: As, town: Town) -> None:
    person = town.person()
    caller = as_(person)
    with town.uow() as uow:
        uow.get(User, person.user_id).terms_version = "2025-01"
    assert caller.get(PATH).status_code == 200
