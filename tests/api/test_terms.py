"""Terms: logged when somebody joins, asked for again in a new version, and until then one reads but does not act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.terms import TERMS
from cleanit_app.i18n.catalogue import sentence
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import Notification, TermsAcceptance, User
from cleanit_app.pages.public.texts import TERMS_SECTIONS
from cleanit_app.services.accounts.terms import tell_of_new_terms
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.people.suspension import suspend_person
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town
from tests.support.post import Post
from tests.support.words import WORDS

As = Callable[[Actor], Caller]


def an_older_version(town: Town, person: Actor) -> None:
    """This person last accepted terms that hold no longer."""
    with town.uow() as uow:
        uow.run(update(User).where(col(User.id) == person.id).values(terms_version="2025-01"))


@pytest.mark.row("LAW-06")
def test_all_seven_sections_stand_in_both_languages() -> None:
    assert len(TERMS_SECTIONS) == 7
    for prefix in TERMS_SECTIONS:
        said = [WORDS[key] for key in WORDS if key.startswith(prefix)]
        assert len(said) >= 2, prefix
        assert all(english and hindi and english != hindi for english, hindi in said), prefix


@pytest.mark.row("LAW-06")
def test_new_terms_stop_acting_and_not_reading_until_they_are_accepted(as_: As, town: Town) -> None:
    person, campaign = town.person(), town.campaign()
    caller = as_(person)
    give = f"/api/campaigns/{campaign.id}/contributions"
    key = {"Idempotency-Key": "first"}
    an_older_version(town, person)
    assert caller.get("/api/users/me").json()["termsDue"] is True
    assert caller.get("/api/users/me/transactions").status_code == 200
    refused = caller.post(give, {"amountPaise": 10_000}, headers=key)
    assert (refused.status_code, refused.json()["error"]) == (403, "TERMS_NOT_ACCEPTED")
    assert caller.post("/api/users/me/notifications/read-all").status_code == 204
    assert caller.post("/api/users/me/terms", {"version": "2025-01"}).json()["error"] == "TERMS_CHANGED"
    for _ in range(2):
        assert caller.post("/api/users/me/terms", {"version": TERMS.version}).status_code == 204
    assert caller.get("/api/users/me").json()["termsDue"] is False
    assert caller.post(give, {"amountPaise": 10_000}, headers=key).json().get("error") != "TERMS_NOT_ACCEPTED"
    with town.uow() as uow:
        log = uow.run(select(TermsAcceptance).where(col(TermsAcceptance.user_id) == person.id)).scalars().all()
    assert [row.version for row in log] == [TERMS.version] * 2  # joining, and again
    assert log[1].accepted_at == town.clock.now()
    assert log[1].address_hash is not None
    assert len(log[1].address_hash) == 32
    assert b"testclient" not in log[1].address_hash
    assert log[1].text_hash == text_as_read()


def text_as_read() -> bytes:
    """What the words of the terms hash to in every language that they can be read in."""
    keys = sorted(key for key in WORDS if key.startswith("terms."))
    texts = ("\n".join(f"{key}: {sentence(key, language)}" for key in keys) for language in ("en", "hi", "mr"))
    return b"".join(hashlib.sha256(text.encode()).digest() for text in texts)


@pytest.mark.row("LAW-06")
def test_who_joins_leaves_a_hash_of_the_text_that_was_shown(anybody: Caller, town: Town, post: Post) -> None:
    wish = {"name": "Asha Verma", "password": PASSWORD, "role": "CITIZEN", "acceptTerms": True}
    accepted = town.clock.now()
    asked = anybody.post("/api/auth/register", wish | {"email": "a@example.in"}).json()
    town.clock.move(minutes=9)
    typed = {"codeId": asked["codeId"], "code": post.code()}
    assert anybody.post("/api/auth/register/confirm", typed).status_code == 200
    led = anybody("POST", "/session/register", data=wish | {"email": "b@example.in"}).headers["location"]
    form = {"id": led.partition("code=")[2], "code": post.code()}
    assert anybody("POST", "/session/register/confirm", data=form).headers["location"] == "/"
    with town.uow() as uow:
        log = uow.run(select(TermsAcceptance).order_by(col(TermsAcceptance.id))).scalars().all()
        assert [row.text_hash for row in log] == [text_as_read()] * 2
        assert [row.accepted_at for row in log] == [accepted, town.clock.now()]  # when they were, not when it opened


@pytest.mark.row("LAW-06")
def test_nobody_acts_whatever_the_role(as_: As, town: Town) -> None:
    cleaner, admin, job = town.cleaner(), town.admin(), town.job()
    draft = town.campaign()
    tries = [
        (cleaner, f"/api/jobs/{job.id}/claim", {}),
        (admin, f"/api/admin/campaigns/{draft.id}/cancel", {"reason": "no"}),
        (admin, "/api/admin/money-flows/PAYOUTS/stop", {"reason": "no"}),
    ]
    for actor, path, body in tries:
        caller = as_(actor)
        an_older_version(town, actor)
        assert caller.post(path, body).json()["error"] == "TERMS_NOT_ACCEPTED", path


@pytest.mark.row("LAW-06")
def test_the_page_accepts_with_a_plain_form(as_: As, town: Town) -> None:
    person = town.person(Role.CITIZEN)
    caller = as_(person)
    an_older_version(town, person)
    stale = caller("POST", "/session/terms", data={"version": "2025-01", "next": "/start"})
    assert stale.headers["location"] == "/terms/accept?error=TERMS_CHANGED&next=%2Fstart"
    done = caller("POST", "/session/terms", data={"version": TERMS.version, "next": "/start"})
    assert (done.status_code, done.headers["location"]) == (303, "/start")
    assert caller.get("/api/users/me").json()["termsVersion"] == TERMS.version


@pytest.mark.row("LAW-06")
def test_a_new_version_is_told_once_to_everybody_who_has_yet_to_accept_it(town: Town) -> None:
    late, gone, new = town.person(), town.person(), town.person()
    for person in (late, gone):
        an_older_version(town, person)
    with town.uow() as uow:
        suspend_person(uow, actor=town.admin(), user_id=gone.user_id, reason="looking into it")

    def morning() -> bool:
        town.clock.move(days=1)
        with town.uow() as uow:
            told = tell_of_new_terms(uow)
        with town.uow() as uow:
            relay_outbox(uow)
        return told

    def notifications() -> list[tuple[UUID, str]]:
        with town.uow() as uow:
            found = uow.all(Notification, Notification.kind == "terms_renewed")
        return [(row.user_id, notification_words(row.kind, row.values, row.created_at)) for row in found]

    said = f"Our terms have a new version, {TERMS.version}. Please read and accept it."
    assert [morning(), morning()] == [True, False]
    assert notifications() == [(late.user_id, said)]
    an_older_version(town, new)  # was missed by the first run
    assert [morning(), morning()] == [True, False]
    assert sorted(notifications()) == sorted([(late.user_id, said), (new.user_id, said)])
