"""What a page says while a part of the house is away: the sentence of the API, and nothing half done."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Iterator
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisAway
from sqlalchemy import text

from cleanit_app.domain.actors import Actor
from cleanit_app.i18n import say
from cleanit_app.services.campaigns.campaigns import cancel_campaign
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.settings import Settings
from cleanit_app.state import base
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.trouble import ReadFailed
from cleanit_app.wiring import Wiring
from tests.factories import Town

pytestmark = pytest.mark.row("OPS-02", "MON-05")
SENTENCE = say("error.UNAVAILABLE")


class Tab:
    """A page's State without a browser: its ways of asking and doing are those of every page."""

    def __init__(self) -> None:
        self.problem: str = NOTHING
        self.field_problems: dict[str, str] = {}

    ask, do, tell = PageState._ask, PageState._do, PageState._tell
    _attempt, _show, _clear_problems = PageState._attempt, PageState._show, PageState._clear_problems


@pytest.fixture
def house(settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wiring]:
    """Parts with one connection, and a tab of whoever the test says."""
    parts = Wiring(settings.model_copy(update={"database_pool_size": 1}))
    monkeypatch.setattr(base, "wiring", lambda: parts)
    monkeypatch.setattr(base, "caller_of", lambda _tab: None)
    yield parts
    parts.engine.dispose()


def sits_here(monkeypatch: pytest.MonkeyPatch, who: Actor) -> Any:
    monkeypatch.setattr(base, "look_up", lambda _caller: who)
    return Tab()


def test_a_database_that_only_reads(town: Town, house: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    creator = town.person()
    campaign, tab = town.campaign(creator), sits_here(monkeypatch, creator)
    with town.uow() as uow:
        name = uow.run(text("SELECT current_database()")).scalar_one()
        uow.run(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    asyncio.run(tab.do(cancel_campaign, campaign_id=campaign.id))
    assert tab.problem == SENTENCE
    asyncio.run(tab.ask(lambda uow, actor: uow.run(text("SELECT 1")).scalar_one()))  # reading goes on
    with town.engine.connect() as c:
        c.execute(text("SET default_transaction_read_only = off"))
        c.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
        c.commit()
    house.engine.dispose()
    asyncio.run(tab.do(cancel_campaign, campaign_id=campaign.id))
    assert tab.problem == NOTHING


def test_no_connection_is_left(town: Town, house: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    creator = town.person()
    campaign, tab = town.campaign(creator), sits_here(monkeypatch, creator)
    house.engine.pool._timeout = 0.1
    with house.engine.connect():
        asyncio.run(tab.do(cancel_campaign, campaign_id=campaign.id))
        assert tab.problem == SENTENCE
        with pytest.raises(ReadFailed):
            asyncio.run(tab.ask(lambda uow, actor: uow.run(text("SELECT 1"))))
    asyncio.run(tab.do(cancel_campaign, campaign_id=campaign.id))
    assert tab.problem == NOTHING


@pytest.mark.parametrize("trouble", [OSError(errno.ENOSPC, "full"), RedisAway("gone")])
def test_a_full_disk_and_a_redis_that_is_away(
    trouble: Exception, town: Town, house: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = sits_here(monkeypatch, town.person())

    def story(_open_uow: object, *, actor: Actor) -> None:
        raise trouble

    asyncio.run(tab.tell(story))
    assert tab.problem == SENTENCE


def test_a_surprise_stays_one(town: Town, house: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = sits_here(monkeypatch, town.person())

    def service(uow: UnitOfWork, *, actor: Actor) -> None:
        raise FileNotFoundError(errno.ENOENT, "not here")

    with pytest.raises(FileNotFoundError):
        asyncio.run(tab.do(service))
