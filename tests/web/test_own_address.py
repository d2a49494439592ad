"""Nobody is led elsewhere by what a caller writes into Host or a path, and only our own names are answered."""

from __future__ import annotations

import socket

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from cleanit_app.settings import Settings
from cleanit_app.web.own_address import OwnAddress, own_hosts

pytestmark = pytest.mark.row("SEC-01")
OURS = "https://cleanit.example"


def settings(**more: object) -> Settings:
    return Settings(public_url=OURS, _env_file=None, **more)


def production() -> Settings:
    return settings(app_env="production")


def client(goal: str = "/there", chosen: Settings | None = None) -> TestClient:
    """A site of one page, and of one redirect to `goal`."""

    async def lead(_request: object) -> RedirectResponse:
        answer = RedirectResponse("/")
        answer.headers["location"] = goal
        return answer

    async def page(_request: object) -> PlainTextResponse:
        return PlainTextResponse("here")

    routes = [Route("/lead", lead), Route("/{rest:path}", page, methods=["GET", "POST"])]
    app = OwnAddress(Starlette(routes=routes), chosen or production())
    return TestClient(app, base_url=OURS, follow_redirects=False)


@pytest.mark.parametrize(
    ("goal", "led"),
    [
        ("/there", "/there"),
        ("/there?next=%2Fme", "/there?next=%2Fme"),
        (f"{OURS}/there", f"{OURS}/there"),
        ("https://cleanit.example:443/there", "/there"),
        ("http://evil.example/", "/"),
        ("https://cleanit.example.evil.example/x", "/"),
        ("https://cleanit.example@evil.example/x", "/"),
        ("//evil.example/%2e%2e", "/"),
        ("///evil.example", "/evil.example"),
        ("/\\evil.example", "/evil.example"),
        ("\\\\evil.example", "/evil.example"),
        ("http:///evil.example", "/evil.example"),
        ("/a\\b", "/"),
        ("javascript:alert(1)", "/alert(1)"),
        ("there", "/there"),
    ],
)
def test_a_redirect_leads_within_this_site(goal: str, led: str) -> None:
    assert client(goal).get("/lead").headers["location"] == led


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(("cleanit.example", 200), ("CLEANIT.example:443", 200), ("cleanit.example.", 200), ("localhost:8000", 200)),
        *(("evil.example", 421), ("cleanit.example.evil.example", 421), ("cleanit.example@evil.example", 421)),
        *(("cleanit.example, evil.example", 421), ("", 421), ("evil.example/cleanit.example", 421), ("[::2]", 421)),
        *(("cleanit.example:99999999", 421), ("cleanit.example\\@evil", 421), ("10.0.0.7", 421)),
    ],
)
def test_only_our_own_names_are_answered(host: str, status: int) -> None:
    assert client().get("/me", headers={"Host": host, "X-Forwarded-Host": "evil.example"}).status_code == status


@pytest.mark.parametrize("path", ["/health", "/ping"])
def test_a_balancer_may_ask_by_number(path: str) -> None:
    assert client().get(path, headers={"Host": "10.0.0.7:8000"}).status_code == 200
    assert client().get(path, headers={"Host": "10.0.0.7/x"}).status_code == 421


def test_in_development_this_machine_answers_to_its_own_names() -> None:
    mine = own_hosts(settings(app_env="development"))
    assert socket.gethostname().lower() in mine
    assert "127.0.0.1" in mine
    assert "evil.example" not in mine
    assert socket.gethostname().lower() not in own_hosts(production())


@pytest.mark.parametrize("method", ["CONNECT", "TRACE", "TRACK", "PROPFIND", "X"])
def test_methods_that_nobody_needs_are_refused(method: str) -> None:
    assert client().request(method, "/me").status_code == 405


def ask(path: str, *hosts: bytes, version: str = "1.1", kind: str = "http") -> list[Message]:
    """What is answered to a request as the server hands it on."""
    said: list[Message] = []

    async def app(_scope: Scope, _receive: object, send: object) -> None:
        said.append({"type": "through"})

    async def receive() -> Message:
        return {"type": f"{kind}.connect"}

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": kind, "path": path, "headers": [(b"host", host) for host in hosts], "http_version": version}
    scope |= {"method": "GET"} if kind == "http" else {}
    coroutine = OwnAddress(app, production())(scope, receive, send)
    with pytest.raises(StopIteration):
        coroutine.send(None)
    return said


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/..", "/a/../b", "/..", "/.", "/a\r\nX: y", "/\\evil", "/\x00", "/a\x7f"]
)
def test_a_path_that_leads_out_is_none(path: str) -> None:
    assert ask(path, b"cleanit.example")[0]["status"] == 400


def test_one_host_and_not_two() -> None:
    assert ask("/me", b"cleanit.example", b"evil.example")[0]["status"] == 400
    assert ask("/me", b"cleanit.example", b"cleanit.example")[0]["status"] == 400
    assert ask("/me")[0]["status"] == 400
    assert ask("/me", version="1.0") == [{"type": "through"}]
    assert ask("/me", b"cleanit.example") == [{"type": "through"}]


def test_a_socket_under_another_name_is_closed() -> None:
    assert ask("/_event/", b"evil.example", kind="websocket") == [{"type": "websocket.close", "code": 1008}]
    assert ask("/_event/", b"cleanit.example", kind="websocket") == [{"type": "through"}]
