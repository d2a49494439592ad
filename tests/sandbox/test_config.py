"""The sandbox's environment."""

from __future__ import annotations

import pytest

from cleanit_app.sandbox.config import from_environment, parse_urls

URLS = {"payment": "http://a/p?x=1", "payout": "http://a/o"}


@pytest.mark.parametrize(
    "text",
    ["payment=http://a/p?x=1,payout=http://a/o", '{"payment": "http://a/p?x=1", "payout": "http://a/o"}'],
)
def test_addresses_as_list_or_json(text: str) -> None:
    assert parse_urls(text) == URLS


def test_an_unknown_topic_is_named() -> None:
    with pytest.raises(ValueError, match="payments"):
        parse_urls("payments=http://a")


def test_the_environment_overrides_the_defaults() -> None:
    config = from_environment({"SANDBOX_X_BALANCE": "5", "SANDBOX_PUBLIC_URL": "http://host:1/"})
    assert (config.x_opening_paise, config.public_url) == (5, "http://host:1")
    assert config.key_secret != config.webhook_secret
