"""The provider in this process: the sandbox's own code behind the real adapters, on a clock that tests move."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import razorpay
import requests
from requests.adapters import BaseAdapter

from cleanit_app.adapters.razorpay_client import RazorpayClient
from cleanit_app.adapters.razorpay_payments import RazorpayPayments
from cleanit_app.adapters.razorpay_payouts import RazorpayPayouts
from cleanit_app.sandbox import api, book, control_moves, timers, webhook_endpoints
from cleanit_app.sandbox.config import SandboxConfig
from cleanit_app.sandbox.errors import ApiError
from cleanit_app.sandbox.store import Store
from cleanit_app.sandbox.world import World
from tests.factories import MovableClock
from tests.sandbox.running import KEY_ID, KEY_SECRET, WEBHOOK_SECRET, X_ACCOUNT

URL = "http://bank.test"
TOPICS = ("payment", "refund", "payout")
PLENTY_PAISE = 100_000_000_00
BEFORE = ("drop", "timeout_before", "401", "429", "500", "502_html")
AFTER = ("drop_after", "timeout_after", "500_after", "502_html_after", "200_html_after")
"""What an answer may be instead of arriving well; those of AFTER do the work first."""

Fault = Callable[[str, str], str | None]


@dataclass(frozen=True)
class Message:
    """One event as the provider sends it."""

    seq: int
    event_id: str
    event: str
    body: bytes


class _World(World):
    """A sandbox whose clock is the test's."""

    def __init__(self, config: SandboxConfig, store: Store, clock: MovableClock) -> None:
        super().__init__(config, store)
        self._clock = clock

    def exact_now(self) -> float:
        return self._clock.now().timestamp()


class _Wire(BaseAdapter):
    """Carries requests to the sandbox's routes without a socket; `bank.fault` decides what goes wrong."""

    def __init__(self, bank: Bank) -> None:
        super().__init__()
        self._bank = bank

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        url = urlsplit(str(request.url))
        path, method = url.path.removeprefix("/v1/"), str(request.method)
        with self._bank.lock:
            kind = self._bank.fault(method, path) or ""
            self._bank.calls.append((method, path, kind))
            if kind in ("", *AFTER):
                raw = request.body if isinstance(request.body, bytes) else str(request.body or "").encode()
                headers = {name.lower(): str(value) for name, value in request.headers.items()}
                answer = api.answer(self._bank.world, method, path, dict(parse_qsl(url.query)), headers, raw)
        if kind in ("drop", "drop_after"):
            raise requests.exceptions.ConnectionError("the connection broke")
        if kind in ("timeout_before", "timeout_after"):
            raise requests.exceptions.ReadTimeout("no answer in time")
        return _response(request, *(_faulty(kind.removesuffix("_after")) if kind else answer))

    def close(self) -> None:
        """Nothing is open."""


def _faulty(kind: str) -> tuple[int, Any]:
    if kind.endswith("_html"):
        return int(kind[:3]), "<html><head><title>Bad Gateway</title></head></html>"
    texts = {"401": "Authentication failed", "429": "Too many requests", "500": "We are facing some trouble"}
    code = "SERVER_ERROR" if kind == "500" else "BAD_REQUEST_ERROR"
    return int(kind), {"error": {"code": code, "description": texts[kind]}}


def _response(request: requests.PreparedRequest, status: int, body: Any) -> requests.Response:
    made = requests.models.Response()
    made.status_code, made.request, made.url = status, request, str(request.url)
    made.encoding = "utf-8"
    text = body if isinstance(body, str) else requests.compat.json.dumps(body)
    made._content = text.encode()
    return made


class _Client(RazorpayClient):
    """The real client; only the bytes take another way."""

    def __init__(self, wire: _Wire) -> None:
        super().__init__(key_id=KEY_ID, key_secret=KEY_SECRET, base_url=URL)
        self._wire = wire

    def _sdk(self) -> razorpay.Client:
        sdk = super()._sdk()
        if sdk.session.adapters.get("http://") is not self._wire:
            sdk.session.mount("http://", self._wire)
        return sdk


class Bank:
    """A Razorpay with an empty book, what it sends, and the hands that customers and banks have."""

    def __init__(self, clock: MovableClock, path: str = ":memory:", **behaviour: Any) -> None:
        config = SandboxConfig(
            db_path=path, key_id=KEY_ID, key_secret=KEY_SECRET, webhook_secret=WEBHOOK_SECRET,
            x_account=X_ACCOUNT, x_opening_paise=PLENTY_PAISE, pg_opening_paise=PLENTY_PAISE,
            **{"payout_delay": -1, "refund_delay": -1, **behaviour},
        )  # fmt: skip
        self.lock = threading.RLock()
        self.fault: Fault = lambda method, path: None
        self.calls: list[tuple[str, str, str]] = []
        self.world = _World(config, Store(config.db_path), clock)
        with self.world.store.transaction():
            book.open_books(self.world)
            webhook_endpoints.subscribe_topics(self.world, {topic: f"{URL}/{topic}" for topic in TOPICS})
        client = _Client(_Wire(self))
        self.payments = RazorpayPayments(client, key_secret=KEY_SECRET, checkout_script_url=f"{URL}/checkout.js")
        self.payouts = RazorpayPayouts(client, account_number=X_ACCOUNT)

    def copy(self) -> sqlite3.Connection:
        """The whole book as it is now."""
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        with self.lock:
            self.world.store.db.backup(copy)
        return copy

    def restore(self, book_then: sqlite3.Connection) -> None:
        """Back to a copy, without faults."""
        with self.lock:
            book_then.backup(self.world.store.db)
        self.fault = lambda method, path: None
        self.calls.clear()

    def reopen(self) -> None:
        """Open the same book anew, in a child process."""
        self.world.store = Store(self.world.config.db_path)

    def act(self, hand: Callable[..., Any], *args: Any, **body: Any) -> Any:
        """Let a customer or a bank do something; None when the provider does not let them."""
        with self.lock:
            try:
                with self.world.store.transaction():
                    return hand(self.world, body, *args)
            except ApiError:
                return None

    def pay(self, order_id: str | None, outcome: str = "success", **more: Any) -> Any:
        """A customer tries to pay an order."""
        return self.act(control_moves.pay_order, order_id, outcome=outcome, **more)

    def move_payout(self, payout_id: str, move: str, **more: Any) -> Any:
        """The cleaner's bank answers."""
        return self.act(control_moves.move_payout, payout_id, move, **more)

    def move_refund(self, refund_id: str, move: str) -> Any:
        """The contributor's bank answers."""
        return self.act(control_moves.move_refund, refund_id, move)

    def tick(self) -> None:
        """Do what is due by the clock."""
        with self.lock:
            timers.fire_due(self.world)

    def all(self, kind: str, **where: Any) -> list[Any]:
        """Records of a kind, with the fields that the API does not show."""
        with self.lock:
            return self.world.store.find(kind, **where)

    def book(self) -> Any:
        """The oracle; its records must explain its own balances."""
        with self.lock:
            now = book.everything(self.world)
        assert now["agrees"], now["sums"]
        return now

    def messages(self, after: int = 0) -> list[Message]:
        """Every event that was sent since a place in the queue."""
        query = "SELECT seq, event_id, event, body FROM delivery WHERE seq > ? ORDER BY seq"
        with self.lock:
            rows = self.world.store.db.execute(query, (after,)).fetchall()
        return [Message(row["seq"], row["event_id"], row["event"], row["body"]) for row in rows]

    @contextmanager
    def failing(self, fault: Fault) -> Any:
        """Faults inside the block only."""
        self.fault, before = fault, self.fault
        try:
            yield
        finally:
            self.fault = before
