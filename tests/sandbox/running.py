"""A sandbox process for tests, and a receiver for what it sends."""

from __future__ import annotations

import http.server
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests.support import secrets

KEY_ID, KEY_SECRET = secrets.RAZORPAY_KEY_ID, secrets.RAZORPAY_KEY_SECRET
WEBHOOK_SECRET, OLD_WEBHOOK_SECRET = secrets.RAZORPAY_WEBHOOK_SECRET, "tests-only-webhook-secret-before"
X_ACCOUNT = secrets.RAZORPAY_X_ACCOUNT_NUMBER
_START_SECONDS = 20


def free_port() -> int:
    """A port of this machine nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], Any], seconds: float = 10) -> Any:
    """Wait for something to become true and return it; AssertionError when it does not in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = true()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {true}")


class Sandbox:
    """One running sandbox."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False

    def api(self, method: str, path: str, body: Any = None, **kwargs: Any) -> requests.Response:
        """A request to /v1 with the right keys."""
        kwargs.setdefault("auth", (KEY_ID, KEY_SECRET))
        return self.session.request(method, f"{self.url}/v1/{path}", json=body, timeout=15, **kwargs)

    def control(self, path: str, method: str = "POST", /, **body: Any) -> Any:
        """A request to /control that must succeed."""
        response = self.session.request(method, f"{self.url}/control/{path}", json=body, timeout=15)
        assert response.status_code == 200, response.text
        return response.json()

    def book(self) -> Any:
        """The sandbox's own book."""
        return self.session.get(f"{self.url}/book", timeout=15).json()

    def order(self, amount: int = 50_000, **more: Any) -> Any:
        """A new order."""
        return self.api("POST", "orders", {"amount": amount, "currency": "INR", **more}).json()

    def paid(self, amount: int = 50_000) -> str:
        """The payment id of a new order paid at once."""
        answer = self.control(f"orders/{self.order(amount)['id']}/pay", outcome="success")
        return str(answer["razorpay_payment_id"])

    def fund_account(self, number: str = "765432123456789", reference: str = "worker-17") -> str:
        """The id of a fund account of a contact."""
        contact = self.api("POST", "contacts", {"name": "Asha Verma", "reference_id": reference}).json()
        bank = {"name": "Asha Verma", "ifsc": "HDFC0000053", "account_number": number}
        body = {"contact_id": contact["id"], "account_type": "bank_account", "bank_account": bank}
        return str(self.api("POST", "fund_accounts", body).json()["id"])

    def payout(self, key: str, amount: int = 1_000_000, **more: Any) -> requests.Response:
        """Ask for a payout under a key."""
        body = {
            "account_number": X_ACCOUNT,
            "fund_account_id": more.pop("fund_account_id", None) or self.fund_account(),
            "amount": amount,
            "currency": "INR",
            "mode": "IMPS",
            "purpose": "payout",
            "queue_if_low_balance": True,
            "reference_id": key,
            **more,
        }
        return self.api("POST", "payouts", body, headers={"X-Payout-Idempotency": key})


def environment(db: Path, **more: str) -> dict[str, str]:
    """What a sandbox process of the tests is told."""
    return {
        **os.environ,
        "SANDBOX_DB": str(db),
        "SANDBOX_KEY_ID": KEY_ID,
        "SANDBOX_KEY_SECRET": KEY_SECRET,
        "SANDBOX_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "SANDBOX_WEBHOOK_OLD_SECRET": OLD_WEBHOOK_SECRET,
        "SANDBOX_X_ACCOUNT": X_ACCOUNT,
        "SANDBOX_PAYOUT_DELAY": "0.2",
        "SANDBOX_REFUND_DELAY": "0.2",
        "SANDBOX_VALIDATION_DELAY": "0.1",
        "SANDBOX_TIME_SCALE": "0.01",
        **more,
    }


@contextmanager
def running_sandbox(db: Path, port: int | None = None, **more: str) -> Iterator[Sandbox]:
    """A sandbox on a free port, keeping its book in `db`; stopped at the end."""
    port = port or free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--log-level", "warning", "cleanit_app.sandbox.app:create_app"]
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(command, env=environment(db, SANDBOX_PUBLIC_URL=url, **more))
    try:
        sandbox = Sandbox(url)
        until(lambda: process.poll() is not None or _answers(sandbox), _START_SECONDS)
        assert process.poll() is None, "the sandbox did not start"
        yield sandbox
    finally:
        process.terminate()
        process.wait(10)


def _answers(sandbox: Sandbox) -> bool:
    try:
        return sandbox.session.get(f"{sandbox.url}/health", timeout=1).status_code == 200
    except requests.ConnectionError:
        return False


@dataclass
class Received:
    """One webhook as it arrived."""

    path: str
    headers: Mapping[str, str]
    raw: bytes
    at: float


@dataclass
class Receiver:
    """A web server that takes webhooks and answers as it is told: `answers` first, then 200."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    slow: float = 0

    def events(self) -> list[str]:
        """The names of the events in the order they arrived."""
        return [name_of(item) for item in self.received]

    def wait_for(self, *events: str, seconds: float = 10) -> None:
        """Until each of the named events has arrived at least once."""
        until(lambda: set(events) <= set(self.events()), seconds)


def name_of(item: Received) -> str:
    """The event's name in a received body."""
    return item.raw.decode().split('"event":"', 1)[1].split('"', 1)[0]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens."""
    receiver = Receiver()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(self.path, headers, raw, time.monotonic()))
            time.sleep(receiver.slow)
            self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield receiver
    server.shutdown()
    server.server_close()
