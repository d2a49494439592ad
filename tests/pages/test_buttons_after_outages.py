"""A button that was pressed while a part of the house is away works again, and the page says why (OPS-02)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import reflex as rx
from redis import Redis
from reflex_base.registry import RegistrationContext
from sqlalchemy import make_url

from cleanit_app.i18n import say
from cleanit_app.pages import PAGES
from cleanit_app.pages.admin.money.forecast import ForecastState
from cleanit_app.pages.admin.money.payment_flags import PaymentFlagRow, PaymentFlagsState
from cleanit_app.pages.admin.money.payouts import PayoutsState
from cleanit_app.pages.admin.review.campaigns import CampaignsState, DraftView
from cleanit_app.pages.admin.review.disputes import DisputesState
from cleanit_app.pages.citizen.transactions import TransactionsState
from cleanit_app.pages.public.campaign.state import CampaignState
from cleanit_app.reads.paging import make_cursor
from cleanit_app.settings import Settings
from cleanit_app.state import base
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.wiring import Wiring
from tests.factories import Town

pytestmark = pytest.mark.row("OPS-02", "MON-05")
HOST, CLOSED = "127.0.0.1", 1  # nobody listens there
SENTENCE = say("error.UNAVAILABLE")
CURSOR = make_cursor(datetime(2026, 11, 30, tzinfo=UTC), UUID(int=1))
BUTTONS: list[tuple[type[PageState], dict[str, Any]]] = [
    (PayoutsState, {"rest": 9}),
    (DisputesState, {"cursor": CURSOR}),
    (ForecastState, {"cursor": CURSOR}),
    (TransactionsState, {"has_more": True}),
]


def state_of(kind: type[PageState], values: dict[str, Any]) -> Any:
    """A page's own State, as Reflex makes it, with these values."""
    root = rx.State(_reflex_internal_init=True)
    state = root.get_substate(kind.get_full_name().split(".")[1:])
    for name, value in values.items():
        setattr(state, name, value)
    return state


async def press(state: Any, name: str, *given: Any) -> bool:
    """Run a handler to its end; whether its button went down on the way."""
    down = False
    async for _ in state.event_handlers[name].fn(state, *given):
        down = down or bool(state.busy)
    return down


ONE, OTHER = str(UUID(int=1)), str(UUID(int=2))


def _flag(row_id: str) -> PaymentFlagRow:
    return PaymentFlagRow(row_id, "Asha", "A heap", "/", "₹10", NOTHING, NOTHING)


def _draft(row_id: str) -> DraftView:
    return DraftView(
        id=row_id, title="A heap", href="", story="", address="", photo="", alt=NOTHING, target="", creator=NOTHING,
        sent=NOTHING, spam=False, nearby=NOTHING, near=False, own=False, points=[], corrections=0,
    )  # fmt: skip


DESKS: list[tuple[type[PageState], str, str, list[Any]]] = [
    (PaymentFlagsState, "seen", "rows", [_flag(ONE), _flag(OTHER)]),
    (CampaignsState, "approve", "drafts", [_draft(ONE), _draft(OTHER)]),
]


@pytest.fixture
def no_database(settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A house that cannot reach PostgreSQL, and an admin at its pages."""
    away = make_url(settings.database_url).set(host=HOST, port=CLOSED, query={})
    parts = Wiring(settings.model_copy(update={"database_url": away.render_as_string(hide_password=False)}))
    admin = town.admin()
    monkeypatch.setattr(base, "wiring", lambda: parts)
    monkeypatch.setattr(base, "caller_of", lambda _tab: None)
    monkeypatch.setattr(base, "look_up", lambda _caller: admin)
    yield
    parts.engine.dispose()


@pytest.mark.parametrize(("kind", "values"), BUTTONS)
def test_more_without_a_database(kind: type[PageState], values: dict[str, Any], no_database: None) -> None:
    state = state_of(kind, values)
    assert asyncio.run(press(state, "more")), "the test no longer reaches the button"
    assert not state.busy


@pytest.mark.parametrize(("kind", "values"), BUTTONS)
def test_more_without_redis(
    kind: type[PageState], values: dict[str, Any], no_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "look_up", lambda _caller: Redis(host=HOST, port=CLOSED).ping())
    state = state_of(kind, values)
    assert asyncio.run(press(state, "more")), "the test no longer reaches the button"
    assert not state.busy


@pytest.mark.parametrize(("kind", "handler", "table", "rows"), DESKS)
def test_a_desk_is_at_one_row_alone_and_lets_go_of_it(
    kind: type[PageState], handler: str, table: str, rows: list[Any], no_database: None
) -> None:
    state = state_of(kind, {table: rows})
    press_at = state.event_handlers[handler].fn
    seen: list[tuple[bool, str]] = []

    async def follow() -> None:
        async for _ in press_at(state, ONE):
            seen.append((state.busy, state.busy_row))
            if len(seen) == 1:
                seen.extend([(state.busy, state.busy_row) async for _ in press_at(state, OTHER)])

    asyncio.run(follow())
    assert seen[0] == (True, ONE)
    assert (True, OTHER) not in seen
    assert (state.busy, state.busy_row) == (False, "")
    assert state.problem == SENTENCE


def test_the_page_says_what_is_the_matter(no_database: None) -> None:
    state = state_of(PayoutsState, {"rest": 9})
    asyncio.run(press(state, "more"))
    assert state.problem == SENTENCE


def test_a_surprise_lets_go_before_it_is_reported(no_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes last before the failure is the update with the button up; later, Reflex sends none."""

    def surprise(_caller: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(base, "look_up", surprise)
    state, seen = state_of(CampaignState, {}), []
    state.view = state.view.__class__(id="00000000-0000-0000-0000-000000000001")

    async def follow() -> None:
        async for _ in state.event_handlers["cancel"].fn(state):
            seen.append(state.busy)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(follow())
    assert seen == [True, False]


def test_a_surprise_lets_go_of_the_row_too(no_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def surprise(_caller: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(base, "look_up", surprise)
    state = state_of(CampaignsState, {"drafts": [_draft(ONE)]})
    with pytest.raises(ZeroDivisionError):
        asyncio.run(press(state, "approve", ONE))
    assert (state.busy, state.busy_row) == (False, "")


def test_every_handler_with_steps_ends_well() -> None:
    """A page cannot leave the kit out: what goes in steps is wrapped, in all of them."""
    assert PAGES
    steps = [
        function
        for registered in RegistrationContext.get().event_handlers.values()
        if (function := registered.handler.fn).__module__.startswith("cleanit_app.")
        and hasattr(function, "__code__") and function.__code__.co_flags & 0x200
    ]  # fmt: skip
    assert len(steps) > 20
    assert [function.__qualname__ for function in steps if not hasattr(function, "__wrapped__")] == []
