"""Pages of admins answer only admins who come from a listed network, event by event (SEC-02)."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from cleanit_app.domain.actors import NOBODY, Actor
from cleanit_app.domain.errors import ForeignNetwork
from cleanit_app.models import Session
from cleanit_app.reads.people.people import profile
from cleanit_app.services.auth.session_revocation import end_session
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.services.people.kyc import reject_cleaner
from cleanit_app.settings import Settings
from cleanit_app.state import base, session
from cleanit_app.state.session import TabSession, look_up, person_behind
from cleanit_app.wiring import Wiring
from tests.factories import Town

pytestmark = pytest.mark.row("SEC-02")
OFFICE, ELSEWHERE = "203.0.113.9", "198.51.100.7"


@pytest.fixture
def parts(settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch, db: Engine) -> Wiring:
    """The parts behind pages, with one office whose network is listed."""
    parts = Wiring(settings.model_copy(update={"admin_ip_allowlist": ["203.0.113.0/24"]}))
    for module in (session, base):
        monkeypatch.setattr(module, "wiring", lambda: parts)
    return parts


def secret_of(parts: Wiring, person: Actor) -> str:
    with parts.open_uow() as uow:
        return open_session(uow, user_id=person.user_id, user_agent="tests", with_cookie=True).secret


def test_an_admin_outside_the_office_reads_and_changes_nothing_and_a_citizen_is_not_asked(
    parts: Wiring, town: Town
) -> None:
    admin, citizen, cleaner = town.admin(), town.person(), town.cleaner()
    secret = secret_of(parts, admin)
    assert look_up(TabSession(secret, OFFICE)).id == admin.id
    for address in (ELSEWHERE, "", "not an address"):
        outside = TabSession(secret, address)
        with pytest.raises(ForeignNetwork):
            look_up(outside)
        with pytest.raises(ForeignNetwork):
            base._read(profile, outside, {})
        with pytest.raises(ForeignNetwork):
            base._write(reject_cleaner, outside, {"cleaner_id": cleaner.user_id, "reason": "no"})
    assert base._read(profile, TabSession(secret, OFFICE), {}).id == admin.id
    assert look_up(TabSession(secret_of(parts, citizen), ELSEWHERE)).id == citizen.id
    assert look_up(TabSession("made up", ELSEWHERE)) == NOBODY


def test_a_tab_is_counted_for_the_person_behind_its_cookie(parts: Wiring, town: Town) -> None:
    person = town.person()
    cookie = f"lang=hi; sid={secret_of(parts, person)}"
    assert asyncio.run(person_behind(cookie, ELSEWHERE))[0] == str(person.id)
    nobodies = ("", "sid=made-up", "sid", "=;=;")
    assert [asyncio.run(person_behind(c, ELSEWHERE))[0] for c in nobodies] == ["", "", "", ""]


def test_a_tab_is_tied_to_who_holds_it_now(parts: Wiring, town: Town) -> None:
    admin = town.admin()
    secret = secret_of(parts, admin)

    def tie(cookie: str = f"sid={secret}", address: str = OFFICE) -> str:
        return asyncio.run(person_behind(cookie, address))[1]

    own = tie()
    assert own == tie()
    others = {tie(""), tie("sid=made-up"), tie(f"sid={secret_of(parts, admin)}"), tie(address=ELSEWHERE)}
    with parts.open_uow() as uow:
        end_session(uow, session_id=look_up(TabSession(secret, OFFICE)).session_id, reason="test")
    assert len({own, tie(), *others}) == 5  # ended here or barred there: the same cookie opens nothing


ODD_COOKIES = ('foo={"a":1,"b":2}; sid=X', "a@b=1; sid=X", "x=é; sid=X", "sid=X; =; \x01=2")


@pytest.mark.row("SEC-03")
@pytest.mark.parametrize("header", ODD_COOKIES)
def test_an_odd_cookie_hides_no_session(parts: Wiring, header: str) -> None:
    assert session._secret_in(session._cookies(header)) == "X"


@pytest.mark.row("SEC-03")
def test_over_https_only_a_cookie_that_no_sub_domain_can_set_is_a_session(
    parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = "sid=fixed; __Host-sid=own"
    assert session._secret_in(session._cookies(both)) == "fixed"
    safe = Wiring(parts.settings.model_copy(update={"public_url": "https://cleanit.example"}))
    monkeypatch.setattr(session, "wiring", lambda: safe)
    assert session._secret_in(session._cookies(both)) == "own"
    assert session._secret_in(session._cookies("sid=fixed")) == ""


@pytest.mark.row("SEC-03")
def test_a_page_session_in_use_is_seen_every_few_minutes_and_not_at_every_event(parts: Wiring, town: Town) -> None:
    parts.clock = town.clock
    person, began = town.person(), town.clock.now()
    here = TabSession(secret_of(parts, person), OFFICE)

    def seen() -> datetime | None:
        with town.uow() as uow:
            return uow.run(select(Session.last_seen_at).where(col(Session.user_id) == person.id)).scalar_one()

    look_up(here)
    town.clock.move(minutes=4)
    look_up(here)
    assert seen() == began
    town.clock.move(minutes=2)
    look_up(here)
    assert seen() == began + timedelta(minutes=6)
