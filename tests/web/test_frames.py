"""What a page says over its websocket goes on; anything else is passed over before a library can log it."""

from __future__ import annotations

import asyncio
import json

import pytest
from starlette.types import Message
from structlog.testing import capture_logs

from cleanit_app.web.asgi import Receive, Scope, Send
from cleanit_app.web.frames import shown, trouble_with
from cleanit_app.web.websocket_limits import WebsocketLimits

pytestmark = pytest.mark.row("SEC-01", "MON-06")
KNOWN = "state.fund.pay"
SECRET = "corner-lamp-77"


def event(**said: object) -> str:
    return "42/_event," + json.dumps(["event", {"name": KNOWN, "payload": {}, **said}])


@pytest.mark.parametrize(
    "said",
    [
        *("2", "3", "2probe", "3probe", "5", "1", "40/_event,", '40/_event,{"a":1}', "41/_event,", "40"),
        *('42/_event,["ping"]', '42/_event,7["ping"]'),
        event(),
        event(router_data={"pathname": "/me", "asPath": "/me", "query": {"a": "b"}}, token="x"),
        event(payload={"text": "two\nlines"}),
    ],
)
def test_what_pages_say_passes(said: str) -> None:
    assert trouble_with(said, KNOWN.__eq__) == ""


def joining(**more: object) -> str:
    return "40/_event," + json.dumps({"event": {"name": KNOWN, "payload": {}, **more}})


def test_a_tab_connects_from_the_longest_address_however_many_states_there_are() -> None:
    """The first event comes with the connection, and in it a hash of every state."""
    hashes = ["cdad8789137af21a"] * 1_000
    place = {"pathname": "/campaigns/[campaign_id]", "asPath": "/campaigns/" + "x" * 2_000, "query": {"q": "é" * 500}}
    assert trouble_with(joining(payload={"hashes": hashes}, router_data=place), KNOWN.__eq__) == ""


def test_what_comes_with_a_connection_is_an_event_like_every_other() -> None:
    assert trouble_with(joining(name="state.gone.after_a_deploy"), KNOWN.__eq__) == "no such handler"
    assert trouble_with(joining(router_data="x"), KNOWN.__eq__) == "no place of a page"
    assert trouble_with('40/_event,{"event":["x"]}', KNOWN.__eq__) == "no event of a page"
    assert trouble_with("40/_event," + json.dumps({"a": "x" * 70_000}), KNOWN.__eq__) == "no event"


@pytest.mark.parametrize(
    "said",
    [
        *(
            "",
            "4",
            "9",
            "2x",
            "4\nraw line",
            "43/_event,1[]",
            '45/_event,1-["event",{}]',
            "40/_event,{",
            "40\n",
            "b64=",
        ),
        *('42/_event,["event","a\\nb"]', '42/_event,["event\\nraw",{}]', "42/_event,[", "42/_event,{}", "42/_event,[]"),
        '42/_event,["event",' + "[" * 90_000,
        '42/_event,["client_error",{"message":"raw"}]',
        '42/_event,["event",{"payload":{}}]',
        '42/_event,["event",{"name":["a"]}]',
        event(name="state.gone.after_a_deploy", payload={"password": SECRET}),
        event(name=f"{KNOWN}\n{{}}"),
        event(router_data="x"),
        event(router_data={"pathname": ["x"]}),
        event(router_data={"query": "x"}),
    ],
)
def test_what_no_page_says_does_not(said: str) -> None:
    assert trouble_with(said, KNOWN.__eq__)
    assert SECRET not in shown(said)
    assert len(shown(said)) <= 80
    assert "\n" not in shown(said)


def test_bytes_and_tabs_without_a_token_are_no_page() -> None:
    assert trouble_with(b"x", KNOWN.__eq__)
    heard, lines = _through("token=1")
    assert heard == [event()]
    assert [line["why"] for line in lines] == ["no such handler"]
    heard, lines = _through("")
    assert heard == []
    assert SECRET not in str(lines)


def _through(query: str) -> tuple[list[str], list[dict[str, object]]]:
    """What reaches the app of two events, and what was logged of them."""
    sent: list[Message] = [
        {"type": "websocket.receive", "text": event(name="gone", payload={"password": SECRET})},
        {"type": "websocket.receive", "text": event()},
        {"type": "websocket.disconnect"},
    ]
    heard: list[str] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            heard.append(message["text"])

    async def receive() -> Message:
        return sent.pop(0)

    async def send(_message: Message) -> None:
        """Nobody listens."""

    async def nobody(_cookie: str, _address: str) -> tuple[str, str]:
        return "", ""

    scope = {
        "type": "websocket",
        "path": "/_event/",
        "query_string": query.encode(),
        "headers": [],
        "client": ("::1", 1),
    }
    gate = WebsocketLimits(app, nobody, 20, 40, KNOWN.__eq__)
    with capture_logs() as lines:
        asyncio.run(gate(scope, receive, send))
    return heard, lines
