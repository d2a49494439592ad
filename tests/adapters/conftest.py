"""Providers for the contract: the sandbox, and Razorpay's test mode when its keys are there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from cleanit_app.adapters.razorpay_client import RazorpayClient
from cleanit_app.adapters.razorpay_payments import RazorpayPayments
from cleanit_app.adapters.razorpay_payouts import RazorpayPayouts
from tests.sandbox.running import KEY_ID, KEY_SECRET, X_ACCOUNT, Sandbox, running_sandbox

_TEST_MODE = "https://api.razorpay.com"


@dataclass(frozen=True)
class Provider:
    """One provider behind our two ports; `pay` pays an order when the provider lets a program do that."""

    payments: RazorpayPayments
    payouts: RazorpayPayouts
    x_account: str
    pay: Callable[[str], str] | None = None


def providers(
    base_url: str, key_id: str = KEY_ID, key_secret: str = KEY_SECRET, read_seconds: float = 10
) -> tuple[RazorpayPayments, RazorpayPayouts]:
    """Both providers at an address."""
    client = RazorpayClient(key_id=key_id, key_secret=key_secret, base_url=base_url, read_seconds=read_seconds)
    script = f"{base_url}/v1/checkout.js"
    payments = RazorpayPayments(client, key_secret=key_secret, checkout_script_url=script)
    return payments, RazorpayPayouts(client, account_number=X_ACCOUNT)


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """One sandbox for the whole run."""
    with running_sandbox(tmp_path_factory.mktemp("sandbox") / "book.db") as running:
        yield running


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Iterator[Sandbox]:
    """The sandbox with an empty book; at the end its records must explain its balances."""
    sandbox_process.control("reset")
    yield sandbox_process
    assert sandbox_process.book()["agrees"]


def _razorpay() -> Provider:
    key_id, secret = (
        os.environ.get("RAZORPAY_TEST_KEY_ID", ""),
        os.environ.get("RAZORPAY_TEST_KEY_SECRET", ""),
    )
    if not (key_id and secret):
        pytest.skip("RAZORPAY_TEST_KEY_ID and RAZORPAY_TEST_KEY_SECRET are not set")
    assert key_id.startswith("rzp_test_"), "the contract never runs on live keys"
    account = os.environ.get("RAZORPAY_TEST_X_ACCOUNT", "")
    client = RazorpayClient(key_id=key_id, key_secret=secret, base_url=_TEST_MODE)
    script = "https://checkout.razorpay.com/v1/checkout.js"
    payments = RazorpayPayments(client, key_secret=secret, checkout_script_url=script)
    return Provider(payments, RazorpayPayouts(client, account_number=account), account)


@pytest.fixture(params=["sandbox", "razorpay"])
def provider(request: pytest.FixtureRequest) -> Provider:
    """Whoever the contract is tried on."""
    if request.param == "razorpay":
        return _razorpay()
    sandbox: Sandbox = request.getfixturevalue("sandbox")
    payments, payouts = providers(sandbox.url)

    def pay(order_id: str) -> str:
        return str(sandbox.control(f"orders/{order_id}/pay", outcome="success")["razorpay_payment_id"])

    return Provider(payments, payouts, X_ACCOUNT, pay)
