"""Loads the demo data into the database of the settings, paying through the sandbox on this machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import requests

from cleanit_app.services.demo import DemoParts, load_demo
from cleanit_app.services.demo_places import DEMO_PASSWORD, PEOPLE
from cleanit_app.services.unit_of_work import unit_of_work
from cleanit_app.wiring import Wiring, wiring

SIGN_INS = tuple((person.email, person.role) for person in PEOPLE[:4])


class SandboxCustomer:
    """The people and banks at the other end, through the sandbox's control door."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")

    def _post(self, path: str, **body: Any) -> None:
        requests.post(f"{self._address}/control/{path}", json=body, timeout=10).raise_for_status()

    def pay(self, order_id: str) -> None:
        """Pay an order by UPI."""
        self._post(f"orders/{order_id}/pay", outcome="success", method="upi")

    def land(self, payout_id: str) -> None:
        """Let the bank take a payout."""
        self._unless_done(lambda: self._post(f"payouts/{payout_id}/process"))

    def give_back(self, refund_id: str) -> None:
        """Finish a refund."""
        self._unless_done(lambda: self._post(f"refunds/{refund_id}/process"))

    def _unless_done(self, act: Callable[[], None]) -> None:
        """The sandbox may have finished it by itself a moment before."""
        try:
            act()
        except requests.HTTPError as refused:
            if refused.response.status_code != 400:
                raise


def parts_of(wired: Wiring) -> DemoParts:
    """The demo's parts on a wired Cleanit whose Razorpay is the sandbox."""
    customer = SandboxCustomer(wired.settings.razorpay_base_url)
    return DemoParts(
        open_at=lambda at: unit_of_work(wired.engine, at),
        now=wired.clock.now(),
        files=wired.files,
        payments=wired.payments,
        payouts=wired.payouts,
        cipher=wired.cipher,
        account_number=wired.settings.razorpay_x_account_number,
        pay=customer.pay,
        land=customer.land,
        give_back=customer.give_back,
    )


def main() -> None:
    """Load the demo unless it is there; refuses anything but the sandbox on this machine."""
    wired = wiring()
    if wired.settings.is_production or "localhost" not in wired.settings.razorpay_base_url:
        sys.exit("Demo data needs the sandbox on this machine; it is never loaded beside real money.")
    started = time.monotonic()
    if load_demo(parts_of(wired)):
        print(f"Demo data loaded in {time.monotonic() - started:.1f} s; everybody's password is {DEMO_PASSWORD}")


if __name__ == "__main__":
    main()
