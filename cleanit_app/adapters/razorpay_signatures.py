"""Razorpay's signatures: lowercase hex HMAC-SHA256, compared in constant time, never raising."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence


def _matches(secret: str, message: bytes, signature: str | None) -> bool:
    if not secret or not isinstance(signature, str) or not signature.isascii():
        return False
    expected = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


def webhook_is_genuine(raw: bytes, signature: str | None, secrets: Sequence[str]) -> bool:
    """True when the signature over the raw body was made with one of the secrets (two while one is changed).

    Source: PAY-01. Razorpay signs no header, so nothing but the body is proved.
    """
    return any(_matches(secret, raw, signature) for secret in secrets)


def callback_is_genuine(*, order_id: str, payment_id: str, signature: str | None, key_secret: str) -> bool:
    """True when Checkout signed this payment for this order; take the order id from our own rows."""
    return _matches(key_secret, f"{order_id}|{payment_id}".encode(), signature)
