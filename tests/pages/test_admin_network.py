"""Pages of admins answer only admins who come from a listed network, event by event (SEC-02)."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Engine

from cleanit_app.domain.actors import NOBODY, Actor
from cleanit_app.domain.errors import ForeignNetwork
from cleanit_app.reads.people import profile
from cleanit_app.services.kyc import reject_cleaner
from cleanit_app.services.sign_in import open_session
from cleanit_app.settings import Settings
from cleanit_app.state import base, session
from cleanit_app.state.session import Caller, look_up, person_behind
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
    assert look_up(Caller(secret, OFFICE)).id == admin.id
    for address in (ELSEWHERE, "", "not an address"):
        outside = Caller(secret, address)
        with pytest.raises(ForeignNetwork):
            look_up(outside)
        with pytest.raises(ForeignNetwork):
            base._read(profile, outside, {})
        with pytest.raises(ForeignNetwork):
            base._write(reject_cleaner, outside, {"cleaner_id": cleaner.user_id, "reason": "no"})
    assert base._read(profile, Caller(secret, OFFICE), {}).id == admin.id
    assert look_up(Caller(secret_of(parts, citizen), ELSEWHERE)).id == citizen.id
    assert look_up(Caller("made up", ELSEWHERE)) == NOBODY


def test_a_tab_is_counted_for_the_person_behind_its_cookie(parts: Wiring, town: Town) -> None:
    person = town.person()
    cookie = f"lang=hi; sid={secret_of(parts, person)}"
    assert asyncio.run(person_behind(cookie)) == str(person.id)
    assert [asyncio.run(person_behind(c)) for c in ("", "sid=made-up", "sid", "=;=;")] == ["", "", "", ""]
