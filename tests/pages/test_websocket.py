"""A raw websocket client calls every handler as somebody it is not for: nothing private, nothing changed (T26)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from cleanit_app.services.demo.places import ADMIN, CITIZEN
from tests.house.approved import APPROVED, Needs
from tests.pages.strangers import DUTIES, NONSENSE, PEOPLE, Stranger, at_rest, failures, foreign_to, own_to
from tests.sandbox.running import until
from tests.support.live import Live
from tests.support.rows import all_rows, changes, not_mine
from tests.support.wire import KNOWN, Call, admins_of_each_duty

pytestmark = [pytest.mark.row("SEC-04", "TST-05"), pytest.mark.browser]
SEES_PEOPLE = ("SUPPORT", "COMPLIANCE")
"""These duties see whom to call."""


def secrets_of(live: Live, own: str = "", who: str = "") -> list[str]:
    """Words that nobody but their owner and admins may read; finance sees the masks of accounts it pays to."""
    query = "SELECT email, phone FROM users WHERE email <> :own"
    if who != "FINANCE":
        query += """ UNION SELECT payout_mask, NULL FROM cleaners JOIN users ON users.id = user_id
            WHERE email <> :own AND payout_mask NOT IN (
              SELECT payout_mask FROM cleaners JOIN users ON users.id = user_id
              WHERE email = :own AND payout_mask IS NOT NULL)"""
    with live.engine.connect() as connection:
        return [word for row in connection.execute(text(query), {"own": own}) for word in row if word]


def stacks_in(heard: str) -> list[str]:
    """Frames that carry a traceback; the page of what failed shows them to finance (MON-05)."""
    return [line for line in heard.splitlines() if "Traceback" in line and "___failures____failures_state" not in line]


@pytest.fixture
def demo(live: Live) -> Iterator[Live]:
    """The running Cleanit with people, places and money, in which the clock causes nothing meanwhile."""
    live.seed()
    admins_of_each_duty(live)
    live.stop("scheduler")
    until(lambda: at_rest(live), seconds=300)
    yield live
    live.start("scheduler")


def test_every_handler_of_admins_names_its_duties() -> None:
    states = {name.split(".")[0] for name, needs in APPROVED.items() if needs is Needs.ADMIN}
    assert states == {name for name in DUTIES if "." not in name}
    assert {name for name in DUTIES if "." in name} <= set(KNOWN)


@pytest.mark.parametrize("who", PEOPLE)
def test_handlers_of_others_give_nothing_and_change_nothing(demo: Live, who: str) -> None:
    refused(demo, who, each=2, some=4)


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "nobody"])
def test_ones_own_handlers_change_nothing_of_others(demo: Live, who: str) -> None:
    harmless(demo, who, each=2, some=4)


@pytest.mark.proof
@pytest.mark.parametrize("who", PEOPLE)
def test_every_id_of_every_table_tried_by_everybody(demo: Live, who: str) -> None:
    print(f"\n{who}: {refused(demo, who, each=2, some=None)} calls of handlers of others")
    if who != "nobody":
        print(f"{who}: {harmless(demo, who, each=2, some=None)} calls of own handlers")


def refused(demo: Live, who: str, *, each: int, some: int | None) -> int:
    """Call what is not theirs; only the own session may show that somebody was there."""
    stranger = Stranger(demo, who)
    cookie, sent = stranger.cookie(), stranger.tries(foreign_to(who), each, some)
    before, failed = all_rows(demo.engine), len(failures(demo))
    heard = stranger.send(cookie, sent)
    until(lambda: at_rest(demo), seconds=300)
    after = all_rows(demo.engine)
    found = changes(before, after)
    assert [str(c) for c in found if c.table != "sessions" or c in not_mine([c], after, stranger.user_id)] == []
    if who not in SEES_PEOPLE:
        assert [word for word in secrets_of(demo, stranger.email, who) if word in heard] == []
    assert stacks_in(heard) == []
    assert failures(demo)[failed:] == []
    return len(sent)


def harmless(demo: Live, who: str, *, each: int, some: int | None) -> int:
    """Call what is theirs with ids of others: whatever changes is their own."""
    stranger = Stranger(demo, who)
    cookie, sent = stranger.cookie(), stranger.tries(own_to(who), each, some)
    before, failed = all_rows(demo.engine), len(failures(demo))
    heard = stranger.send(cookie, sent)
    until(lambda: at_rest(demo), seconds=300)
    after = all_rows(demo.engine)
    assert [str(change) for change in not_mine(changes(before, after), after, stranger.user_id)] == []
    assert [word for word in secrets_of(demo, stranger.email, who) if word in heard] == []
    assert stacks_in(heard) == []
    assert failures(demo)[failed:] == []
    return len(sent)


def test_what_everybody_gets_names_nobodys_contacts(demo: Live) -> None:
    nobody = Stranger(demo, "nobody")
    sent = [Call(KNOWN[name][0], dict.fromkeys(KNOWN[name][1], value)) for name in APPROVED for value in NONSENSE[:9]]
    heard = nobody.send("", sent)
    assert [word for word in secrets_of(demo) if word in heard] == []
    assert CITIZEN not in heard
    assert ADMIN not in heard
