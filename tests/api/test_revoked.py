"""Tokens of ended sessions: refused by the list in Redis, and by the database when Redis forgot or is away (SEC-03)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
import redis
from sqlalchemy import update
from sqlmodel import col, select

from cleanit_app.adapters.redis_revoked import RedisRevoked
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Session, User
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("SEC-03")


def newest_session(town: Town, person: Actor) -> UUID:
    """The session this person opened last."""
    with town.uow() as uow:
        mine = select(col(Session.id)).where(col(Session.user_id) == person.id).order_by(col(Session.id).desc())
        return uow.run(mine.limit(1)).scalar_one()


def status(caller: Caller) -> int:
    """What this caller's token is worth."""
    return caller.get("/api/users/me").status_code


def test_the_list_refuses_by_itself_for_as_long_as_a_token_lives(as_: As, town: Town, wiring: Wiring) -> None:
    person = town.person()
    caller = as_(person)
    assert caller.post("/api/auth/logout").status_code == 204
    session = newest_session(town, person)
    with town.uow() as uow:  # only the list knows now
        uow.run(update(Session).where(col(Session.id) == session).values(ended_at=None, end_reason=None))
    assert status(caller) == 401
    assert 880 <= int(str(wiring.redis.ttl(f"cleanit:revoked:{session}"))) <= 900
    wiring.redis.flushdb()
    assert status(caller) == 200  # a miss asks the row


def test_with_redis_flushed_or_away_the_row_refuses(as_: As, town: Town, wiring: Wiring) -> None:
    here, elsewhere, other = as_(town.person()), as_(town.person()), as_(town.person())
    assert here.post("/api/auth/logout").status_code == 204
    wiring.redis.flushdb()
    assert (status(here), status(other)) == (401, 200)
    # A cached value, set before it is asked for.
    wiring.revoked = RedisRevoked(redis.Redis(port=1, socket_connect_timeout=1))
    assert elsewhere.post("/api/auth/logout").status_code == 204  # ending does not wait for Redis
    assert (status(elsewhere), status(other)) == (401, 200)


def sign_out(caller: Caller, _elsewhere: Caller, _person: Actor, _town: Town, _as: As) -> None:
    """The person signs out."""
    assert caller.post("/api/auth/logout").status_code == 204


def end_from_elsewhere(_caller: Caller, elsewhere: Caller, _person: Actor, _town: Town, _as: As) -> None:
    """The person ends all other sign-ins."""
    assert elsewhere.post("/api/users/me/sessions/end-others").status_code == 204


def end_this_one(caller: Caller, elsewhere: Caller, _person: Actor, _town: Town, _as: As) -> None:
    """The person ends one sign-in."""
    mine = next(s["id"] for s in caller.get("/api/users/me/sessions").json()["items"] if s["here"])
    assert elsewhere("DELETE", f"/api/users/me/sessions/{mine}").status_code == 204


def new_password(_caller: Caller, elsewhere: Caller, _person: Actor, _town: Town, _as: As) -> None:
    """The person sets another password."""
    assert elsewhere.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert elsewhere("PUT", "/api/users/me/password", {"password": "a-longer-new-one"}).status_code == 204


def lost_factor(caller: Caller, _elsewhere: Caller, person: Actor, town: Town, as_: As) -> None:
    """A senior takes the second factor away."""
    assert status(caller) == 200  # with it
    assert as_(town.admin())("DELETE", f"/api/admin/admins/{person.id}/second-factor").status_code == 204


ENDINGS = (sign_out, end_from_elsewhere, end_this_one, new_password, lost_factor)


@pytest.mark.parametrize("end", ENDINGS, ids=[end.__name__ for end in ENDINGS])
def test_every_ending_is_known_to_the_list(end: Callable[..., None], as_: As, town: Town, wiring: Wiring) -> None:
    person = town.admin(AdminDuty.FINANCE) if end is lost_factor else town.person()
    caller = as_(person)
    session = newest_session(town, person)
    end(caller, as_(person), person, town, as_)
    assert wiring.revoked.holds(session)


def test_a_stolen_refresh_token_puts_its_family_on_the_list(anybody: Caller, town: Town, wiring: Wiring) -> None:
    person = town.person()
    with town.uow() as uow:
        mail = uow.get(User, person.user_id).email
    assert anybody.post("/api/auth/login", {"identifier": mail, "password": PASSWORD}).status_code == 200
    spent = anybody.http.cookies["refresh"]
    assert anybody.post("/api/auth/refresh").status_code == 200
    town.clock.move(seconds=11)
    anybody.http.cookies.clear()
    assert anybody.post("/api/auth/refresh", headers={"Cookie": f"refresh={spent}"}).status_code == 401
    assert wiring.revoked.holds(newest_session(town, person))
