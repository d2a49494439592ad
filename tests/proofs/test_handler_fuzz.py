"""Nonsense of every kind at every handler: no trace reaches the sender, none is written, and nothing changes (T28)."""

from __future__ import annotations

import math
import random
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.pages.strangers import LAST, PEOPLE, SEED, Stranger, at_rest, failures
from tests.pages.test_websocket import secrets_of, stacks_in
from tests.sandbox.running import until
from tests.support.live import Live
from tests.support.rows import all_rows, changes, not_mine
from tests.support.wire import FRAMEWORK, KNOWN, Call

pytestmark = [pytest.mark.browser, pytest.mark.row("SEC-04")]
THROWN = 200


def nonsense(chance: random.Random, deep: int = 0) -> Any:
    """A value that no form sends."""
    made = [
        lambda: None, lambda: True, lambda: chance.randint(-(2**70), 2**70), lambda: chance.random() * 1e308,
        lambda: math.nan, lambda: math.inf, lambda: "", lambda: "x" * chance.choice((1, 300, 20_000)),
        lambda: "\x00\ud83e'\";--<script>", lambda: str(uuid.UUID(int=chance.getrandbits(128))),
        lambda: "../../../etc/passwd", lambda: "१२३", lambda: {"__class__": "x", "constructor": {"prototype": 1}},
    ]  # fmt: skip
    if deep < 3:
        made += [
            lambda: [nonsense(chance, deep + 1) for _ in range(chance.randint(0, 4))],
            lambda: {str(n): nonsense(chance, deep + 1) for n in range(chance.randint(0, 4))},
        ]
    return chance.choice(made)()


def form_of_nonsense(chance: random.Random) -> dict[str, Any]:
    """A form with the fields that ours have, filled with nonsense."""
    names = (
        "id",
        "reason",
        "note",
        "reference",
        "amount",
        "name",
        "phone",
        "email",
        "password",
        "currentPassword",
        "code",
        "q",
        "pan",
        "vpa",
        "flow",
        "pay",
        "kind",
        "number",
        "duties",
        "__reflex_form_data__",
    )
    return {name: nonsense(chance, 1) for name in chance.sample(names, 6)}


def thrown(chance: random.Random, rounds: int) -> Iterator[Call]:
    """Arguments of wrong kinds, missing ones, ones that do not exist, and right kinds full of nonsense."""
    for name in sorted(KNOWN, key=lambda name: (name in LAST, name)):
        wire, arguments = KNOWN[name]
        for _ in range(rounds):
            payload = {argument: nonsense(chance) for argument in arguments if chance.random() > 0.1}
            for argument in payload:
                if chance.random() < 0.4:
                    payload[argument] = chance.choice((form_of_nonsense(chance), str(nonsense(chance, 3))))
            if chance.random() < 0.2:
                payload[chance.choice(("self", "state", "_x", "extra"))] = nonsense(chance)
            yield Call(wire, payload)
    for wire, arguments in FRAMEWORK.values():
        for _ in range(min(rounds, 20)):
            yield Call(wire, {argument: nonsense(chance) for argument in arguments})


@pytest.mark.parametrize("who", ["nobody", "citizen", "cleaner", "FINANCE"])
def test_some_nonsense_changes_nothing_and_tells_nothing(live: Live, who: str) -> None:
    throw(live, who, 4)


@pytest.mark.proof
@pytest.mark.parametrize("who", PEOPLE)
def test_two_hundred_kinds_of_nonsense_at_each_handler_by_everybody(live: Live, who: str) -> None:
    print(f"\n{who}: {throw(live, who, THROWN)} payloads at {len(KNOWN)} handlers, seed {SEED}")


def throw(live: Live, who: str, rounds: int) -> int:
    """Throw so many at each handler; how many that were."""
    live.seed()
    stranger = Stranger(live, who)
    live.stop("scheduler")
    until(lambda: at_rest(live), seconds=300)
    cookie, sent = stranger.cookie(), list(thrown(random.Random(SEED), rounds))
    before, failed = all_rows(live.engine), len(failures(live))
    heard = stranger.send(cookie, sent)
    until(lambda: at_rest(live), seconds=300)
    after = all_rows(live.engine)
    live.start("scheduler")
    assert [str(change) for change in not_mine(changes(before, after), after, stranger.user_id)] == []
    assert stacks_in(heard) == []
    if who not in ("SUPPORT", "COMPLIANCE"):
        assert [word for word in secrets_of(live, stranger.email, who) if word in heard] == []
    assert failures(live)[failed:] == []
    assert httpx.get(f"{live.base_url}/api/campaigns", trust_env=False).status_code == 200
    return len(sent)
