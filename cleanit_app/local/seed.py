"""Loads the demo data: people, campaigns and money in every state, through the services and the sandbox."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import requests

from cleanit_app.services.demo.demo import DemoParts, load_demo
from cleanit_app.services.unit_of_work import UnitOfWork, unit_of_work
from cleanit_app.settings import RAZORPAY_BASE_URL
from cleanit_app.wiring import Wiring, wiring

_ALREADY_SO = 409


class SandboxHand:
    """Does at the sandbox what customers and banks would do."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._session = requests.Session()

    def pay(self, order_id: str) -> None:
        """A customer pays this order."""
        self._do(f"orders/{order_id}/pay", {"outcome": "success"})

    def land(self, payout_id: str) -> None:
        """The bank takes this payout."""
        self._do(f"payouts/{payout_id}/process", {})

    def give_back(self, refund_id: str) -> None:
        """The customer's bank takes this refund."""
        self._do(f"refunds/{refund_id}/process", {})

    def _do(self, path: str, body: dict[str, str]) -> None:
        answer = self._session.post(f"{self._address}/control/{path}", json=body, timeout=15)
        if answer.status_code != _ALREADY_SO:
            answer.raise_for_status()


def demo_parts(parts: Wiring) -> DemoParts:
    """What loading needs, on these settings' database and sandbox."""
    hand = SandboxHand(parts.settings.razorpay_base_url)
    return DemoParts(
        open_at=_opener(parts),
        now=parts.clock.now(),
        files=parts.files,
        payments=parts.payments,
        payouts=parts.payouts,
        cipher=parts.cipher,
        form=parts.provider_format,
        pay=hand.pay,
        land=hand.land,
        give_back=hand.give_back,
    )


def _opener(parts: Wiring) -> Callable[[datetime], AbstractContextManager[UnitOfWork]]:
    return lambda at: unit_of_work(parts.engine, at)


def main() -> int:
    """Load the demo data once; refuse where real money or real people could be."""
    parts = wiring()
    if parts.settings.is_production or parts.settings.razorpay_base_url == RAZORPAY_BASE_URL:
        sys.stderr.write("Demo data needs the Razorpay sandbox of `make run`: start that, then `make seed`.\n")
        return 1
    sys.stdout.write("loaded\n" if load_demo(demo_parts(parts)) else "already there\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
