"""Paying on the page of a campaign whose time is over, or while a part of the house is away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import col, func, select

from cleanit_app.i18n import say
from cleanit_app.models import Campaign, Contribution
from cleanit_app.pages.citizen.fund.state import FundState
from cleanit_app.settings import Settings
from cleanit_app.state import base
from cleanit_app.state.base import NOTHING
from cleanit_app.wiring import Wiring
from tests.factories import Town

pytestmark = pytest.mark.row("CAM-10", "OPS-02")
FORM = {"amount": "10000", "amountTyped": "100"}


@pytest.fixture
def house(settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wiring]:
    """Parts with one connection, whose clock is the town's."""
    parts = Wiring(settings.model_copy(update={"database_pool_size": 1}))
    parts.clock = town.clock
    monkeypatch.setattr(base, "wiring", lambda: parts)
    monkeypatch.setattr(base, "caller_of", lambda _tab: None)
    monkeypatch.setattr(base, "look_up", lambda _caller: giver)
    giver = town.person()
    yield parts
    parts.engine.dispose()


class Tab:
    """The State of the page without a browser: every value and every step of it is Fund's own."""

    def __init__(self, campaign: Campaign) -> None:
        self.__dict__.update(
            stage="", busy=False, loaded=False, amount_paise=0, amount_problem=NOTHING, show_name=True, problem=NOTHING,
            field_problems={}, unfinished="", unfinished_amount="", _campaign=str(campaign.id), _visit="visit",
            _made="", _missing_paise=0, _expires_at=None, _failures=0, _in_trouble=False,
        )  # fmt: skip

    def __getattr__(self, name: str) -> Any:
        return getattr(FundState, name).__get__(self)

    async def get_state(self, _kind: object) -> Any:
        """The tab's other State."""
        return SimpleNamespace(_say=lambda *_args, **_named: None, _over=lambda *_args: None)

    def look(self) -> None:
        """The page arrives."""
        asyncio.run(self._look())
        self.loaded = True

    def press_pay(self) -> list[Any]:
        """What the page hears after its button."""

        async def heard() -> list[Any]:
            return [one async for one in FundState.event_handlers["pay"].fn(self, FORM)]

        return asyncio.run(heard())


def gifts(town: Town) -> int:
    with town.uow() as uow:
        return int(uow.run(select(func.count(col(Contribution.id)))).scalar_one())


@pytest.mark.parametrize("late", [0, 1, 3600])
def test_a_tab_that_was_open_when_the_time_ended_pays_nothing(town: Town, house: Wiring, late: int) -> None:
    campaign = town.campaign()
    assert campaign.expires_at is not None
    tab = Tab(campaign)
    tab.look()
    assert tab.stage == "open"
    town.clock.move(seconds=(campaign.expires_at - town.clock.now()).total_seconds() + late)
    tab.press_pay()
    assert (tab.stage, tab.busy, gifts(town)) == ("tonight", False, 0)
    tab.press_pay()  # a browser can say what its page does not offer
    assert gifts(town) == 0


def test_the_last_second_is_still_in_time(town: Town, house: Wiring) -> None:
    campaign = town.campaign()
    assert campaign.expires_at is not None
    tab = Tab(campaign)
    tab.look()
    town.clock.move(seconds=(campaign.expires_at - town.clock.now()).total_seconds() - 1)
    tab.press_pay()
    assert gifts(town) == 1


def test_without_a_free_connection_the_button_comes_back_and_nothing_typed_is_lost(town: Town, house: Wiring) -> None:
    tab = Tab(town.campaign())
    tab.look()
    house.engine.pool._timeout = 0.1
    with house.engine.connect():
        tab.press_pay()
    assert (tab.busy, tab.amount_paise, gifts(town)) == (False, 10_000, 0)
    assert tab.amount_problem == say("error.UNAVAILABLE")
    tab.press_pay()
    assert gifts(town) == 1
