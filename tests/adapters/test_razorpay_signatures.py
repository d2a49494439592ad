"""Signatures: fixed examples, and everything a stranger might send instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanit_app.adapters.razorpay_signatures import callback_is_genuine, webhook_is_genuine

pytestmark = pytest.mark.row("PAY-01")

WEBHOOKS = [
    (b'{"event":"payment.captured"}', "4673dd707ef4c41b987cb7fefe1583142dc702388c93145b7814b9ad3d3c183e"),
    (b'{"event": "payment.captured"}', "c3c2a0d74c145183ef7189b88772fa4a37dc5965777c9907492e796e8be2ce73"),
    (
        '{"event":"payment.captured","n":"₹"}'.encode(),
        "8c6c0f790540a1a348e99ec6b2b69aaff69afbbfc583bfd821a32783b8746254",
    ),
]
RAW, DIGEST = WEBHOOKS[0]


@pytest.mark.parametrize(("raw", "digest"), WEBHOOKS)
def test_the_raw_body_is_what_counts(raw: bytes, digest: str) -> None:
    assert webhook_is_genuine(raw, digest, ["whsec"])
    assert not webhook_is_genuine(raw + b"\n", digest, ["whsec"])


def test_two_secrets_while_one_is_changed() -> None:
    assert webhook_is_genuine(RAW, DIGEST, ["new", "whsec"])
    assert not webhook_is_genuine(RAW, DIGEST, ["new"])
    assert not webhook_is_genuine(RAW, DIGEST, [])


@pytest.mark.parametrize("signature", [None, "", DIGEST.upper(), DIGEST + " ", f"ü{DIGEST[1:]}", DIGEST[:-1], "0" * 64])
def test_anything_else_is_false_and_raises_nothing(signature: str | None) -> None:
    assert webhook_is_genuine(RAW, signature, ["whsec"]) is False


def test_an_empty_secret_signs_nothing() -> None:
    empty = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
    assert webhook_is_genuine(b"", empty, [""]) is False


@given(raw=st.binary(), signature=st.text())
def test_no_input_breaks_it(raw: bytes, signature: str) -> None:
    assert webhook_is_genuine(raw, signature, ["whsec"]) is False


@pytest.mark.parametrize(
    ("secret", "order_id", "payment_id", "digest"),
    [
        (
            "key_secret",
            "fake_order_id",
            "fake_payment_id",
            "b2335e3b0801106b84a7faff035df56ecffde06918c9ddd1f0fafbb37a51cc89",
        ),
        ("sec", "order_A", "pay_B", "74f6bca4e13c133ffb9209ffe68d1170802c1d4c792e41e7b4c7c6c42e6a6243"),
    ],
)
def test_callbacks(secret: str, order_id: str, payment_id: str, digest: str) -> None:
    def genuine(order: str, payment: str, signature: str | None) -> bool:
        return callback_is_genuine(order_id=order, payment_id=payment, signature=signature, key_secret=secret)

    assert genuine(order_id, payment_id, digest)
    assert not genuine(payment_id, order_id, digest)
    assert not genuine("order_other", payment_id, digest)
    assert not genuine(order_id, payment_id, None)
