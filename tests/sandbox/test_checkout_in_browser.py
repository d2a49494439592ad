"""Checkout in a real browser, over a merchant's page that allows the sandbox's origin and nothing else."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from cleanit_app.adapters.razorpay_signatures import callback_is_genuine
from tests.sandbox.running import KEY_ID, KEY_SECRET, Receiver, Sandbox, until
from tests.sandbox.shop import shop

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@contextmanager
def tab(browser: Browser, size: dict[str, int]) -> Iterator[Page]:
    """A fresh tab in which nothing may be refused by a policy and no script may fail."""
    context = browser.new_context(viewport={"width": size["width"], "height": size["height"]})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert problems == []


def open_checkout(page: Page, url: str) -> FrameLocator:
    page.goto(url)
    page.click("#open")
    return page.frame_locator("iframe.razorpay-checkout-frame")


def log(page: Page) -> list[Any]:
    return [json.loads(text) for text in page.locator("#log li").all_text_contents()]


def expect_log(page: Page, *names: str) -> list[Any]:
    expect(page.locator("#log li")).to_have_count(len(names))
    entries = log(page)
    assert [entry["name"] for entry in entries] == list(names)
    return entries


@pytest.mark.row("PAY-01")
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_paying_tells_shop_and_webhook(
    browser: Browser, sandbox: Sandbox, receiver: Receiver, size: dict[str, int]
) -> None:
    order = sandbox.order(50_000, receipt="c-1")
    with (
        shop(sandbox, order_id=order["id"], name="Cleanit", description="Clean <b>MG Road</b>") as url,
        tab(browser, size) as page,
    ):
        checkout = open_checkout(page, url)
        expect(checkout.get_by_text("₹500.00")).to_be_visible()
        expect(checkout.get_by_text("Clean <b>MG Road</b>")).to_be_visible()
        expect(checkout.locator(".apps")).to_be_visible(visible=size is PHONE)
        expect(checkout.get_by_alt_text("QR code for UPI payment")).to_be_visible(visible=size is DESK)
        checkout.get_by_test_id("pay-success").click()
        detail = expect_log(page, "handler")[0]["detail"]
        expect(page.locator("iframe")).to_have_count(0)
    assert detail["razorpay_order_id"] == order["id"]
    assert callback_is_genuine(
        order_id=order["id"],
        payment_id=detail["razorpay_payment_id"],
        signature=detail["razorpay_signature"],
        key_secret=KEY_SECRET,
    )
    receiver.wait_for("payment.captured", "order.paid")
    assert sandbox.api("GET", f"payments/{detail['razorpay_payment_id']}").json()["status"] == "captured"


def test_a_failed_payment_is_retried_on_the_same_order(browser: Browser, sandbox: Sandbox) -> None:
    order = sandbox.order()
    with shop(sandbox, order_id=order["id"]) as url, tab(browser, PHONE) as page:
        checkout = open_checkout(page, url)
        checkout.get_by_text("Netbanking").click()
        checkout.get_by_test_id("pay-fail").click()
        expect(checkout.get_by_role("status")).to_contain_text("insufficient account balance")
        failed = expect_log(page, "failed")[0]["detail"]["error"]
        assert (failed["reason"], failed["metadata"]["order_id"]) == ("insufficient_funds", order["id"])
        checkout.get_by_test_id("pay-success").click()
        expect_log(page, "failed", "handler")
    attempts = sandbox.api("GET", f"orders/{order['id']}/payments").json()["items"]
    assert [(item["status"], item["method"]) for item in attempts] == [
        ("captured", "netbanking"),
        ("failed", "netbanking"),
    ]


def test_closing_after_paying_tells_the_shop_nothing(browser: Browser, sandbox: Sandbox) -> None:
    order = sandbox.order()
    with shop(sandbox, order_id=order["id"]) as url, tab(browser, DESK) as page:
        open_checkout(page, url).get_by_test_id("pay-close").click()
        expect(page.locator("iframe")).to_have_count(0)
        expect_log(page)
    assert sandbox.api("GET", f"orders/{order['id']}").json()["status"] == "paid"


def test_paying_late_fails_first_and_captures_the_same_payment(
    browser: Browser, sandbox: Sandbox, receiver: Receiver
) -> None:
    order = sandbox.order()
    with shop(sandbox, order_id=order["id"]) as url, tab(browser, PHONE) as page:
        checkout = open_checkout(page, url)
        checkout.get_by_test_id("late-delay").select_option("60")
        checkout.get_by_test_id("pay-late").click()
        expect(checkout.get_by_role("status")).to_contain_text("has not confirmed yet")
        expect_log(page, "failed")
        checkout.get_by_test_id("pay-cancel").click()
        expect_log(page, "failed", "dismiss")
    receiver.wait_for("payment.failed")
    assert "payment.captured" not in receiver.events()
    sandbox.control("clock", advance_seconds=61)
    receiver.wait_for("payment.captured")
    assert len(sandbox.api("GET", f"orders/{order['id']}/payments").json()["items"]) == 1


@pytest.mark.parametrize("how", ["button", "key", "shop"])
def test_cancelling_pays_nothing(browser: Browser, sandbox: Sandbox, how: str) -> None:
    order = sandbox.order()
    with shop(sandbox, order_id=order["id"]) as url, tab(browser, DESK) as page:
        checkout = open_checkout(page, url)
        expect(checkout.get_by_test_id("pay-cancel")).to_be_enabled()
        if how == "button":
            checkout.get_by_test_id("pay-cancel").click()
        elif how == "key":
            checkout.get_by_test_id("pay-success").press("Escape")
        else:
            page.evaluate("window.rzp.close()")
        expect(page.locator("iframe")).to_have_count(0)
        expect_log(page, "dismiss")
        page.click("#open")
        expect(page.locator("iframe")).to_have_count(1)
    assert sandbox.api("GET", f"orders/{order['id']}").json()["attempts"] == 0


def test_a_paid_order_cannot_be_paid_again(browser: Browser, sandbox: Sandbox) -> None:
    order = sandbox.order()
    sandbox.control(f"orders/{order['id']}/pay", outcome="success")
    with shop(sandbox, order_id=order["id"]) as url, tab(browser, PHONE) as page:
        checkout = open_checkout(page, url)
        expect(checkout.get_by_role("heading", name="already paid")).to_be_visible()
        expect(checkout.get_by_test_id("pay-success")).to_have_count(0)
        checkout.get_by_test_id("pay-cancel").click()
        expect_log(page, "dismiss")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_fits_and_its_targets_can_be_hit(browser: Browser, sandbox: Sandbox, size: dict[str, int]) -> None:
    order = sandbox.order()
    with shop(sandbox, order_id=order["id"], name="A very long name " * 6) as url, tab(browser, size) as page:
        checkout = open_checkout(page, url)
        # The layout is final once the width's own way to pay is there; one call leaves no gap to change in.
        expect(checkout.locator(".apps")).to_be_visible(visible=size is PHONE)
        expect(checkout.get_by_alt_text("QR code for UPI payment")).to_be_visible(visible=size is DESK)
        root = checkout.locator("html")
        assert root.evaluate("html => html.scrollWidth <= html.clientWidth")
        targets, small = root.evaluate(
            """html => {
                const all = [...html.querySelectorAll("button, select, .method")].filter(one => one.checkVisibility())
                const size = one => one.getBoundingClientRect()
                const small = all.filter(one => size(one).height < 44 || size(one).width < 44)
                return [all.length, small.map(one => one.id || one.className)]
            }"""
        )
        assert targets > 5
        assert small == []


def test_the_hosted_page_posts_back_to_the_shop(browser: Browser, sandbox: Sandbox) -> None:
    order = sandbox.order()
    with shop(sandbox) as url, tab(browser, PHONE) as page:
        fields = {
            "key_id": KEY_ID,
            "order_id": order["id"],
            "callback_url": f"{url}back",
            "cancel_url": f"{url}no",
        }
        open_hosted(page, sandbox, fields)
        page.get_by_test_id("pay-cancel").click()
        expect(page.locator("body")).to_have_text("GET /no")
        open_hosted(page, sandbox, fields)
        page.get_by_test_id("pay-success").click()
        expect(page.locator("body")).to_contain_text("POST /back razorpay_payment_id=pay_")
        text = page.locator("body").text_content() or ""
    payment_id = text.split("razorpay_payment_id=")[1].split("&")[0]
    signed = hmac.new(KEY_SECRET.encode(), f"{order['id']}|{payment_id}".encode(), hashlib.sha256).hexdigest()
    assert text.endswith(f"razorpay_signature={signed}")


def open_hosted(page: Page, sandbox: Sandbox, fields: dict[str, str]) -> None:
    inputs = "".join(f'<input type=hidden name="{name}" value="{value}">' for name, value in fields.items())
    page.goto("about:blank")
    page.set_content(
        f"<form method=post action='{sandbox.url}/v1/checkout/embedded'>{inputs}<button>Go</button></form>"
    )
    page.click("button")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("order_id=order_SbxOrder000001", "The id provided does not exist"),
        ("order_id=<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_a_bad_link_says_so_and_stays_harmless(sandbox: Sandbox, query: str, text: str) -> None:
    answer = sandbox.session.get(f"{sandbox.url}/v1/checkout/pay?key_id={KEY_ID}&{query}", timeout=5)
    assert answer.status_code == 400
    assert text in answer.text
    assert "<script>alert" not in answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_hostile_options_are_shown_as_text(sandbox: Sandbox) -> None:
    order = sandbox.order(receipt='"><img src=x>')
    params = {
        "key_id": KEY_ID,
        "order_id": order["id"],
        "name": "<i>x</i>",
        "origin": "https://a.b'; script-src *",
    }
    answer = sandbox.session.get(f"{sandbox.url}/v1/checkout/pay", params=params, timeout=5)
    assert "<i>x</i>" not in answer.text
    assert "<img src=x>" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


FAILS = {"Fail": "beneficiary_bank_offline", "Fail, account closed": "bank_account_closed"}
"""One is tried again by itself, the other asks the cleaner: a walk through Cleanit needs both."""


def test_the_control_page_moves_a_payout(browser: Browser, sandbox: Sandbox) -> None:
    sandbox.control("delays", payout_delay=-1)
    made = sandbox.payout("job-1").json()
    for size in (PHONE, DESK):
        with tab(browser, size) as page:
            page.goto(sandbox.url)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    with tab(browser, PHONE) as page:
        page.goto(sandbox.url)
        page.get_by_role("button", name="Process", exact=True).click()
        expect(page.get_by_role("button", name="Reverse", exact=True)).to_have_count(1)
        for number, (button, reason) in enumerate(FAILS.items(), 2):
            sandbox.payout(f"job-{number}")
            page.reload()
            page.get_by_role("button", name=button, exact=True).click()
            expect(page.get_by_text(reason)).to_have_count(1)
    until(lambda: sandbox.api("GET", f"payouts/{made['id']}").json()["status"] == "processed")
    refused = sandbox.session.post(f"{sandbox.url}/control/reset", data="x=1", timeout=5)
    assert refused.status_code == 415
