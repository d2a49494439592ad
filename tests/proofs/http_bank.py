"""The provider as a process of its own: the real adapters over HTTP, and the hands of customers and banks."""

from __future__ import annotations

import threading
from typing import Any

from cleanit_app.adapters.razorpay_client import RazorpayClient
from cleanit_app.adapters.razorpay_payments import RazorpayPayments
from cleanit_app.adapters.razorpay_payouts import RazorpayPayouts
from tests.proofs.bank import Fault, Message
from tests.sandbox.running import KEY_ID, KEY_SECRET, X_ACCOUNT, Sandbox


class HttpBank:
    """What `Bank` offers, with the book in another process; nothing answers by itself, messages come by HTTP."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.lock = threading.RLock()
        self.fault: Fault = lambda method, path: None
        self.url = sandbox.url
        self._mine = threading.local()
        client = RazorpayClient(key_id=KEY_ID, key_secret=KEY_SECRET, base_url=sandbox.url)
        self.payments = RazorpayPayments(
            client, key_secret=KEY_SECRET, checkout_script_url=f"{sandbox.url}/v1/checkout.js"
        )
        self.payouts = RazorpayPayouts(client, account_number=X_ACCOUNT)

    @property
    def sandbox(self) -> Sandbox:
        """This thread's wire."""
        if not hasattr(self._mine, "sandbox"):
            self._mine.sandbox = Sandbox(self.url)
        return self._mine.sandbox

    def pay(self, order_id: str | None, outcome: str = "success", **more: Any) -> Any:
        """A customer tries to pay an order; None when the provider does not let them."""
        return self._hand(f"orders/{order_id}/pay", outcome=outcome, **more)

    def move_payout(self, payout_id: str, move: str, **more: Any) -> Any:
        """The cleaner's bank answers."""
        return self._hand(f"payouts/{payout_id}/{move}", **more)

    def move_refund(self, refund_id: str, move: str) -> Any:
        """The contributor's bank answers."""
        return self._hand(f"refunds/{refund_id}/{move}")

    def _hand(self, path: str, **body: Any) -> Any:
        answer = self.sandbox.session.post(f"{self.url}/control/{path}", json=body, timeout=15)
        assert answer.status_code < 500, answer.text
        return answer.json() if answer.status_code == 200 else None

    def tick(self) -> None:
        """Its clock runs by itself."""

    def messages(self, after: int = 0) -> list[Message]:
        """Those that wait: none, for they come by HTTP."""
        return []

    def waiting(self) -> int:
        """Messages that did not arrive yet, of the last five hundred."""
        items = self.sandbox.control("deliveries", "GET")["items"]
        return sum(item["state"] == "waiting" for item in items)

    def all(self, kind: str, **where: Any) -> list[Any]:
        """Records of a kind."""
        return [one for one in self.book()[f"{kind}s"] if all(one[name] == value for name, value in where.items())]

    def book(self) -> Any:
        """The oracle; its records must explain its own balances."""
        now = self.sandbox.book()
        assert now["agrees"], now["sums"]
        return now
