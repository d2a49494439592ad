"""Limits that no other test meets; the real numbers are tested in tests/api/test_rate_limits.py."""

GENEROUS = {
    "rate_limit_general": 1_000_000,
    "rate_limit_admin": 1_000_000,
    "rate_limit_sign_in": 10_000,
    "rate_limit_sign_in_address": 1_000_000,
    "rate_limit_page_events": 10_000,
    "rate_limit_tabs": 10_000,
}
