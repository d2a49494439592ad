"""Every environment variable of the sandbox, read in one place."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

TOPICS: dict[str, tuple[str, ...]] = {
    "payment": ("payment.*", "order.*", "settlement.*"),
    "refund": ("refund.*",),
    "payout": ("payout.*", "transaction.*", "fund_account.validation.*"),
}
"""Which events go to the address configured under each name."""


@dataclass(frozen=True)
class SandboxConfig:
    """The one merchant of this sandbox and how quickly its world turns; delays in seconds, money in paise."""

    db_path: str = ".local/razorpay-sandbox.db"
    key_id: str = "rzp_test_CleanitLocal01"
    key_secret: str = "sandbox-key-secret"  # noqa: S105 guards play money only
    webhook_secret: str = "sandbox-webhook-secret"  # noqa: S105 the same
    webhook_old_secret: str = "sandbox-webhook-secret-before"  # noqa: S105 the same
    webhook_urls: Mapping[str, str] = field(default_factory=dict)
    public_url: str = "http://127.0.0.1:8099"
    merchant_name: str = "Cleanit"
    account_id: str = "acc_Sandbox0000001"
    x_account: str = "7878780080316316"
    x_opening_paise: int = 10_00_000_00
    pg_opening_paise: int = 1_00_000_00
    payout_delay: float = 2.0
    refund_delay: float = 2.0
    validation_delay: float = 1.0
    time_scale: float = 1.0
    max_order_paise: int = 5_00_000_00


def parse_urls(text: str) -> dict[str, str]:
    """Read `payment=http://…,payout=http://…` or the same as a JSON object; ValueError on an unknown name."""
    text = text.strip()
    if text.startswith("{"):
        urls = {str(name): str(url) for name, url in json.loads(text).items()}
    else:
        parts = [part.partition("=") for part in text.split(",") if part.strip()]
        urls = {name.strip(): url.strip() for name, _, url in parts}
    for name in urls:
        if name not in TOPICS:
            raise ValueError(f"SANDBOX_WEBHOOK_URLS: {name!r} is none of {', '.join(TOPICS)}")
    return urls


def from_environment(env: Mapping[str, str] | None = None) -> SandboxConfig:
    """Build the configuration from SANDBOX_* variables; what is not set keeps its default.

    The sandbox stands for a program of somebody else's, so it does not share the settings of the app.
    """
    source = os.environ if env is None else env
    default = SandboxConfig()
    return SandboxConfig(
        db_path=source.get("SANDBOX_DB", default.db_path),
        key_id=source.get("SANDBOX_KEY_ID", default.key_id),
        key_secret=source.get("SANDBOX_KEY_SECRET", default.key_secret),
        webhook_secret=source.get("SANDBOX_WEBHOOK_SECRET", default.webhook_secret),
        webhook_old_secret=source.get("SANDBOX_WEBHOOK_OLD_SECRET", default.webhook_old_secret),
        webhook_urls=parse_urls(source.get("SANDBOX_WEBHOOK_URLS", "")),
        public_url=source.get("SANDBOX_PUBLIC_URL", default.public_url).rstrip("/"),
        merchant_name=source.get("SANDBOX_MERCHANT_NAME", default.merchant_name),
        x_account=source.get("SANDBOX_X_ACCOUNT", default.x_account),
        x_opening_paise=int(source.get("SANDBOX_X_BALANCE", default.x_opening_paise)),
        pg_opening_paise=int(source.get("SANDBOX_PG_BALANCE", default.pg_opening_paise)),
        payout_delay=float(source.get("SANDBOX_PAYOUT_DELAY", default.payout_delay)),
        refund_delay=float(source.get("SANDBOX_REFUND_DELAY", default.refund_delay)),
        validation_delay=float(source.get("SANDBOX_VALIDATION_DELAY", default.validation_delay)),
        time_scale=float(source.get("SANDBOX_TIME_SCALE", default.time_scale)),
    )
