"""A page whose questions have no answer says so, with a way to try again and a code that stands in the log (MON-05)."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
import reflex as rx
import structlog
from reflex.state import OnLoadInternalState
from sqlalchemy import make_url

import cleanit_app.cleanit_app  # noqa: F401 (gives States the parts of their addresses)
from cleanit_app import routes
from cleanit_app.pages import PAGES
from cleanit_app.pages.admin.money import finances
from cleanit_app.pages.citizen import my_data
from cleanit_app.pages.citizen.fund import page as fund_page
from cleanit_app.pages.citizen.wait import page as wait_page
from cleanit_app.pages.cleaner import jobs as cleaner_jobs
from cleanit_app.pages.public import join, login
from cleanit_app.pages.public.support import answer
from cleanit_app.settings import Settings
from cleanit_app.state import base, session
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.trouble import PageTrouble
from cleanit_app.wiring import Wiring
from tests.factories import Town

pytestmark = pytest.mark.row("MON-05", "OPS-02")
# Refuses an admin, sends on whoever is signed in, or waits for a code or a password, before anything is asked.
ANSWERS_FIRST = (answer, cleaner_jobs, join, login, my_data)
AN_ID = "0190a000-0000-7000-8000-000000000000"
ASKED = f"/x?again={AN_ID}&next=/campaigns/{AN_ID}/fund"
NOBODY_LISTENS = {"host": "127.0.0.1", "port": 1, "query": {}}
READING = [module for module in PAGES if any("arrive" not in event.fn.__qualname__ for event in module.ON_LOAD)]


class Visit:
    """A tab that opens pages, without its browser."""

    def __init__(self) -> None:
        self.root = rx.State(_reflex_internal_init=True)
        given: dict[str, Any] = {"headers": {"cookie": "sid=x"}, "token": "tab", "pathname": "/x", "asPath": ASKED}
        given["query"] = dict.fromkeys(("campaign_id", "cleaner_id", "contribution_id", "job_id", "payout_id"), AN_ID)
        self.root.router_data = given
        self.root._update_router_vars(given, {})

    def state(self, kind: type[rx.State]) -> Any:
        return self.root.get_substate(kind.get_full_name().split(".")[1:])

    @property
    def trouble(self) -> Any:
        return self.state(PageTrouble)

    def open(self, module: ModuleType, but: str = "-") -> None:
        """Everything that a page does when it is opened, in its order, `but` what is named so."""
        for event in module.ON_LOAD:
            if but not in event.fn.__qualname__:
                asyncio.run(self._do(event))

    def kind_of(self, name: str) -> Any:
        """The State of a handler."""
        return next(kind for kind in _states(rx.State) if name.startswith(kind.__name__ + "."))

    async def _do(self, event: Any) -> None:
        answer = event.fn(self.state(self.kind_of(event.fn.__qualname__)))
        if inspect.isasyncgen(answer):
            async for _ in answer:
                pass
        else:
            await answer


def _states(kind: Any) -> list[Any]:
    return [*kind.get_substates(), *(deeper for one in kind.get_substates() for deeper in _states(one))]


@pytest.fixture
def away(settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A house that cannot reach PostgreSQL, and somebody who was known before."""
    url = make_url(settings.database_url).set(**NOBODY_LISTENS)
    parts = Wiring(settings.model_copy(update={"database_url": url.render_as_string(hide_password=False)}))
    person = town.admin()
    for module in (session, base):
        monkeypatch.setattr(module, "wiring", lambda: parts)
    monkeypatch.setattr(base, "look_up", lambda _caller: person)
    yield
    parts.engine.dispose()


@pytest.mark.parametrize("module", READING, ids=lambda module: module.__name__.removeprefix("cleanit_app.pages."))
def test_every_page_says_that_it_could_not_be_read(module: ModuleType, away: None) -> None:
    visit = Visit()
    with structlog.testing.capture_logs([structlog.contextvars.merge_contextvars]) as lines:
        visit.open(module)
    code = visit.trouble.code
    assert code, "the page leaves its skeleton"
    assert visit.trouble.instead
    assert [line["event"] for line in lines if str(line.get("request_id", "")).startswith(code)]


@pytest.mark.parametrize("module", READING, ids=lambda module: module.__name__.removeprefix("cleanit_app.pages."))
def test_what_one_page_asks_for_itself_fails_alone(module: ModuleType, away: None) -> None:
    visit = Visit()
    visit.open(module, but="arrive")
    for name in (event.fn.__qualname__ for event in module.ON_LOAD if "arrive" not in event.fn.__qualname__):
        kind = visit.kind_of(name)
        if "_ask" in inspect.getsource(kind) and module not in ANSWERS_FIRST:
            assert visit.trouble.code, "the page leaves its skeleton"
            assert visit.trouble.instead, "it says that it was read"


@pytest.mark.parametrize("module", PAGES, ids=lambda module: module.__name__.removeprefix("cleanit_app.pages."))
def test_every_page_has_a_place_for_it(module: ModuleType) -> None:
    shown = str(module.page())
    assert "page_trouble.code_rx_state_" in shown, "stand in one of the frames of pages/frame.py"
    assert "page_trouble.again" in shown


def test_what_surprises_is_said_too_and_the_next_reading_takes_it_back(
    town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, broken = Visit(), True

    def arrival_or_not(_uow: Any, **_: Any) -> Any:
        if broken:
            raise ZeroDivisionError
        return here

    from_read = Wiring(settings)
    monkeypatch.setattr(base, "wiring", lambda: from_read)
    monkeypatch.setattr(base, "look_up", lambda _caller: town.person())
    here = None
    state = visit.state(CurrentUserState)

    async def opens() -> None:
        await state._ask(arrival_or_not)

    opens.__name__ = "load"
    handler = base._reads_well(lambda _self: opens())
    handler.__wrapped__.__name__ = "load"
    asyncio.run(handler(state))
    assert visit.trouble.code
    broken = False
    asyncio.run(handler(state))
    assert visit.trouble.code == ""


def test_try_again_opens_the_page_anew() -> None:
    visit = Visit()
    visit.trouble._say("abcdef0123456789", of="JobsState", instead=True)
    assert visit.trouble.code == "abcdef01"
    assert asyncio.run(visit.trouble.again()) == OnLoadInternalState.on_load_internal
    assert (visit.trouble.code, visit.trouble.instead) == ("", False)


def test_all_handlers_that_open_a_page_are_held_by_it() -> None:
    """A handler that is no `PageState`'s would leave its skeleton: none opens a page."""
    for module in PAGES:
        for event in module.ON_LOAD:
            kind = next(k for k in _states(rx.State) if event.fn.__qualname__.startswith(k.__name__ + "."))
            assert issubclass(kind, PageState), event.fn.__qualname__
            assert hasattr(event.fn, "__wrapped__"), event.fn.__qualname__


@pytest.mark.parametrize("module", [fund_page, wait_page], ids=["fund", "wait"])
def test_pay_rests_without_a_network_and_says_why(module: ModuleType) -> None:
    shown = str(module.page())
    assert "only-off" in shown


@pytest.mark.row("SEC-10")
def test_who_must_show_the_second_factor_is_led_there(
    settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No page in trouble: a refusal with its way on."""
    parts = Wiring(settings)
    person = replace(town.admin(), permissions=frozenset(), half_in=True)
    monkeypatch.setattr(base, "wiring", lambda: parts)
    monkeypatch.setattr(base, "look_up", lambda _caller: person)
    visit = Visit()
    visit.open(finances, but="arrive")
    assert visit.trouble.code == ""
    (told,) = visit.state(CurrentUserState).toasts
    assert told.href.startswith(f"{routes.SECOND_FACTOR}?next=")
    parts.engine.dispose()
