"""Where a local Cleanit listens: localhost under both its addresses, and the network where HOST says so."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from cleanit_app.local import listening as module
from cleanit_app.local import run
from cleanit_app.local.listening import can_listen, listening
from cleanit_app.local.plan import plan_for
from cleanit_app.local.ports import any_free, is_free, next_free
from cleanit_app.paths import Places
from cleanit_app.production import NotForProduction
from cleanit_app.settings import Settings
from cleanit_app.web.content_policy import socket_origins

needs_ipv6 = pytest.mark.skipif(not can_listen("::1"), reason="this machine has no IPv6")


def said(wish: str) -> tuple[module.Listening, list[str]]:
    """What HOST asks for, and the remarks."""
    remarks: list[str] = []
    return listening(wish, remarks.append), remarks


@pytest.fixture(autouse=True)
def _two_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "own_addresses", lambda: ["192.168.7.20", "fd00::20"])


@pytest.mark.parametrize("wish", ["localhost", "", "127.0.0.1", "127.0.0.2"])
def test_without_a_wish_nobody_else_is_let_in(wish: str) -> None:
    found, remarks = said(wish)
    assert (found.host, found.is_open_to_others, remarks) == ("127.0.0.1", False, [])
    assert found.urls(8000) == ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"]


def test_every_address_of_this_machine_opens_the_site(tmp_path: Path) -> None:
    plan = plan_for(Settings(app_env="test", host="0.0.0.0", port=any_free()), Places(tmp_path), lambda _remark: None)
    port = plan.web_port
    assert plan.environment["PUBLIC_URL"] == f"http://192.168.7.20:{port}"
    origins = plan.environment["CORS_ALLOWED_ORIGINS"].split(",")
    names = ("192.168.7.20", "localhost", "127.0.0.1", "[::1]")
    assert origins == [f"http://{name}:{port}" for name in names]
    script = plan.environment["RAZORPAY_CHECKOUT_SCRIPT_URL"]
    assert script == f"http://192.168.7.20:{plan.sandbox_port}/v1/checkout.js", "a phone loads it too"
    assert plan.sandbox_environment["SANDBOX_PUBLIC_URL"] == f"http://192.168.7.20:{plan.sandbox_port}"
    assert plan.environment["RAZORPAY_BASE_URL"] == f"http://localhost:{plan.sandbox_port}"


def test_the_policy_names_what_it_can_say() -> None:
    ours = ["http://localhost:8000", "http://[::1]:8000", "http://192.168.7.20:8000"]
    settings = Settings(app_env="test", cors_allowed_origins=ours)
    assert socket_origins(settings) == ["ws://localhost:8000", "ws://192.168.7.20:8000"]


def test_an_address_of_its_own_is_told_and_one_of_others_is_refused_with_those_it_has() -> None:
    found, _ = said("0.0.0.0")
    assert (found.host, found.reached_at, found.is_open_to_others) == ("0.0.0.0", "127.0.0.1", True)
    with pytest.raises(RuntimeError, match=r"203\.0\.113\.9 is no address of this machine.*192\.168\.7\.20"):
        said("203.0.113.9")


@needs_ipv6
def test_two_colons_mean_both_kinds_of_address() -> None:
    assert said("::")[0].names[:2] == ("192.168.7.20", "[fd00::20]")


def test_a_shell_that_keeps_the_machines_name_in_host_opens_nothing() -> None:
    found, remarks = said("ashas-macbook.local")
    assert found.host == "127.0.0.1"
    assert "ashas-macbook.local is no address" in remarks[0]


@needs_ipv6
def test_what_the_server_does_not_hear_is_passed_on_to_it() -> None:
    assert said("localhost")[0].loopbacks == ("::1",)
    assert said("::1")[0].loopbacks == ("127.0.0.1",)
    assert said("::")[0].loopbacks == ()
    assert said("0.0.0.0")[0].loopbacks == ("::1",)


class _Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """The body back."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def passing_on(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """From [::1] to 127.0.0.1."""
    words = ["::1", str(port), "127.0.0.1", str(port)]
    with subprocess.Popen([sys.executable, "-m", "cleanit_app.local.loopback", *words]) as process:
        try:
            end = time.monotonic() + 10
            while can_listen("::1", port):
                assert time.monotonic() < end
                time.sleep(0.05)
            yield process
        finally:
            process.terminate()


@needs_ipv6
def test_localhost_answers_over_ipv6_whole_and_at_once() -> None:
    port = any_free()
    with passing_on(port):
        with pytest.raises(httpx.HTTPError):
            httpx.post(f"http://[::1]:{port}/", content=b"too early", timeout=5)
        with ThreadingHTTPServer(("127.0.0.1", port), _Echo) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            body = bytes(range(256)) * 40_000
            assert httpx.post(f"http://[::1]:{port}/", content=body, timeout=20).content == body
            assert asyncio.run(_many(port)) == [b"x"] * 50
            server.shutdown()


async def _many(port: int) -> list[bytes]:
    async with httpx.AsyncClient(timeout=20) as client:
        answers = await asyncio.gather(*(client.post(f"http://[::1]:{port}/", content=b"x") for _ in range(50)))
    return [answer.content for answer in answers]


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", pytest.param("::1", marks=needs_ipv6)])
def test_a_port_is_busy_whoever_listens_at_whichever_address(host: str, tmp_path: Path) -> None:
    port = any_free()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as other:
        other.bind((host, port))
        other.listen()
        assert not is_free(port, ("127.0.0.1", "::1"))
        remarks: list[str] = []
        plan = plan_for(Settings(app_env="test", port=port), Places(tmp_path), remarks.append)
        assert plan.web_port > port
        assert f"Port {port} is busy" in remarks[0]


def test_when_no_port_is_left_the_sentence_says_how_to_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanit_app.local.ports.can_listen", lambda *_: False)
    with pytest.raises(RuntimeError, match=r"No port from 65500 to 65535 is free.*make run PORT=9000"):
        next_free(65500)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "http", "PORT: Input should be a valid integer"),
        ("PORT", "70000", "PORT: Input should be less than"),
        ("HOST", "203.0.113.9", "is no address of this machine"),
        ("DATABASE_URL", "mysql://cleanit:geheim@db/cleanit", "DATABASE_URL: Value error, an address of PostgreSQL is"),
        ("DATABASE_URL", "postgresql+psycopg2://db:geheim/cleanit", "DATABASE_URL: Value error, an address of"),
        ("PUBLIC_URL", "geheim", "PUBLIC_URL: Value error, must begin with https://"),
        ("FIELD_ENCRYPTION_KEYS", "1:geheim", "FIELD_ENCRYPTION_KEYS: Value error, each key is id:base64"),
    ],
)
def test_a_setting_that_cannot_be_is_a_sentence_and_no_stack(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    name: str,
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(run, "DEFAULT", Places(tmp_path))
    monkeypatch.setattr(run, "adopt_orphans", lambda: None)
    monkeypatch.setattr(run, "_Stop", lambda: type("Nobody", (), {"asked": threading.Event()})())
    assert run.main() == 1
    said = capsys.readouterr().out
    assert sentence in said
    assert "geheim" not in said


def test_production_is_refused_before_anything_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("APP_ENV", "production")
    monkeypatch.setattr(run, "DEFAULT", Places(tmp_path))
    monkeypatch.setattr(run, "adopt_orphans", lambda: None)
    monkeypatch.setattr(run, "_Stop", lambda: type("Nobody", (), {"asked": threading.Event()})())
    with pytest.raises(NotForProduction, match=r"(?s)DATABASE_URL: not set.*JWT_SECRET: not set.*RAZORPAY_KEY_ID"):
        run.main()
    assert [one.name for one in tmp_path.iterdir()] == ["run.lock"]  # neither secrets nor a database were made


def test_a_disk_without_room_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "too_little_room", lambda *_: "Too little disk: 5 MB are free.")
    monkeypatch.setattr(run, "DEFAULT", Places(tmp_path))
    monkeypatch.setattr(run, "adopt_orphans", lambda: None)
    monkeypatch.setattr(run, "_Stop", lambda: type("Nobody", (), {"asked": threading.Event()})())
    assert run.main() == 1
    assert "Cleanit does not start. Too little disk" in capsys.readouterr().out
