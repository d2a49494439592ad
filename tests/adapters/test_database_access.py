"""How the database is reached: bound values, few connections, TLS as set, and reads that cannot write (SEC-08)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from cleanit_app.domain.actors import NOBODY
from cleanit_app.models import User
from cleanit_app.reads.campaigns.campaigns import discover
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.factories import Town

pytestmark = pytest.mark.row("SEC-08")
HOSTILE = "heap'); DROP TABLE users; --"


class Reached(Exception):
    """A connection was about to be made."""


def asked_with(settings: Settings) -> dict[str, Any]:
    """What the driver is given to connect with."""
    seen: dict[str, Any] = {}
    engine = Wiring(settings).engine

    @event.listens_for(engine, "do_connect")
    def _stop(_dialect: object, _record: object, _args: object, given: dict[str, Any]) -> None:
        seen.update(given)
        raise Reached

    with pytest.raises(Reached):
        engine.connect()
    return seen


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_tls_is_what_the_setting_says(settings: Settings, mode: str) -> None:
    assert asked_with(settings.model_copy(update={"database_sslmode": mode}))["sslmode"] == mode


def test_without_the_setting_the_address_decides(settings: Settings) -> None:
    assert "sslmode" not in asked_with(settings)


def test_no_more_connections_than_the_setting_says(settings: Settings) -> None:
    pool: Any = Wiring(settings.model_copy(update={"database_pool_size": 3})).engine.pool
    assert (pool.size(), pool._max_overflow) == (3, 0)


def test_what_people_type_is_bound_and_never_part_of_a_statement(settings: Settings, town: Town) -> None:
    town.campaign()
    parts = Wiring(settings)
    said: list[tuple[str, str]] = []
    event.listen(
        parts.engine, "before_cursor_execute", lambda _c, _k, sql, given, _x, _m: said.append((sql, str(given)))
    )
    with parts.open_read() as uow:
        discover(uow, actor=NOBODY, q=HOSTILE)
    with parts.open_uow() as uow:
        uow.run(text("SELECT 1 WHERE :q = 'x'"), {"q": HOSTILE})
        assert uow.all(User) != []
    assert not [sql for sql, _ in said if "DROP" in sql]
    assert [given for _, given in said if "DROP" in given]
    parts.engine.dispose()


@pytest.mark.parametrize("act", ["DELETE FROM users", "UPDATE users SET name = 'x'", "CREATE TABLE x (n int)"])
def test_a_reading_transaction_cannot_write(settings: Settings, town: Town, act: str) -> None:
    town.person()
    parts = Wiring(settings)
    with pytest.raises(DBAPIError, match="read-only transaction"), parts.open_read() as uow:
        uow.run(text(act))
    parts.engine.dispose()
