"""Settings: what is read, what is refused, and what production does not start on."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from pydantic import ValidationError

from cleanit_app.paths import DEFAULT, PROJECT
from cleanit_app.production import NotForProduction, problems_of, refuse_stand_ins
from cleanit_app.settings import Settings

KEY = bytes(range(32))


def fit_for_production(**changes: object) -> Settings:
    """Settings that production accepts, with some changed."""
    good = {
        "app_env": "production",
        "public_url": "https://cleanit.example",
        "database_url": "postgresql+psycopg2://cleanit:secret@db.internal/cleanit",
        "database_sslmode": "verify-full",
        "redis_url": "rediss://:secret@redis.internal/0",
        "redis_state_url": "rediss://:secret@redis.internal/1",
        "jwt_secret": "j" * 40,
        "file_signing_secret": "f" * 40,
        "field_encryption_keys": {1: KEY},
        "razorpay_key_id": "rzp_live_1",
        "razorpay_key_secret": "s",
        "razorpay_webhook_secrets": ["w"],
        "razorpay_x_account_number": "1",
        "storage_dir": Path("/srv/cleanit/files"),
        "code_service_url": "https://messages.example/send",
        "code_service_key": "c",
        "clamav_address": "clamd.internal:3310",
        "support_email": "people@cleanit.example",
        "company_name": "Cleanit Services Private Limited",
        "company_address": "4 Station Road, Lucknow 226001",
        "grievance_officer_name": "Savita Rao",
        "grievance_officer_contact": "+91 522 400 1234",
    }
    return Settings(**{**good, **changes})


def test_lists_and_keys_are_read_from_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORS_ALLOWED_ORIGINS", "https://a.example, https://b.example")
    monkeypatch.setenv("FIELD_ENCRYPTION_KEYS", f"2:{base64.b64encode(KEY).decode()}")
    settings = Settings()
    assert settings.allowed_origins == ["https://a.example", "https://b.example"]
    assert settings.field_encryption_keys == {2: KEY}


def test_without_a_list_only_the_public_address_is_an_origin() -> None:
    assert Settings(public_url="https://cleanit.example/").allowed_origins == ["https://cleanit.example"]


@pytest.mark.parametrize("keys", ["1:c2hvcnQ=", "0:" + base64.b64encode(KEY).decode(), "1:not base64"])
def test_a_bad_encryption_key_is_refused(keys: str) -> None:
    with pytest.raises((ValidationError, ValueError)):
        Settings(field_encryption_keys=keys)


@pytest.mark.row("SEC-08")
@pytest.mark.parametrize(
    "url", ["unix:///srv/a b/valkey.sock?db=0", "unix:///srv/a%20b/valkey.sock", "unix:///a\u00a0b"]
)
def test_a_socket_whose_path_redis_cannot_say_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="blank"):
        Settings(app_env="test", redis_url=url)
    assert Settings(app_env="test", redis_url="unix:///srv/ü/valkey.sock?db=0")


@pytest.mark.row("SEC-08")
def test_a_pool_above_twenty_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(database_pool_size=21)


@pytest.mark.parametrize(
    "contact", ["help@cleanit.example", "mailto:nobody", "http://cleanit.example/holes", "https://"]
)
def test_a_contact_for_holes_that_is_no_link_is_refused(contact: str) -> None:
    with pytest.raises(ValidationError, match="mailto"):
        Settings(security_contact=contact)


@pytest.mark.row("SEC-07")
def test_secrets_are_not_shown_when_settings_are_printed() -> None:
    shown = repr(fit_for_production())
    assert "j" * 40 not in shown
    assert "secret@" not in shown


@pytest.mark.row("SEC-05", "SEC-07")
@pytest.mark.parametrize(
    ("change", "variable"),
    [
        ({"database_url": ""}, "DATABASE_URL"),
        ({"database_url": DEFAULT.database_url()}, "DATABASE_URL"),
        ({"redis_url": DEFAULT.redis_url()}, "REDIS_URL"),
        ({"redis_state_url": "rediss://:secret@redis.internal/0"}, "REDIS_STATE_URL"),
        ({"jwt_secret": "short"}, "JWT_SECRET"),
        ({"jwt_secret": "change-me" * 5}, "JWT_SECRET"),
        ({"file_signing_secret": "j" * 40}, "FILE_SIGNING_SECRET"),
        ({"field_encryption_keys": {}}, "FIELD_ENCRYPTION_KEYS"),
        ({"field_encryption_keys": {1: b"0" * 32}}, "FIELD_ENCRYPTION_KEYS"),
        ({"razorpay_base_url": "http://localhost:8090"}, "RAZORPAY_BASE_URL"),
        ({"razorpay_checkout_script_url": "http://localhost:8090/v1/checkout.js"}, "RAZORPAY_CHECKOUT_SCRIPT_URL"),
        ({"razorpay_key_id": "rzp_test_1"}, "RAZORPAY_KEY_ID"),
        ({"razorpay_webhook_secrets": []}, "RAZORPAY_WEBHOOK_SECRETS"),
        ({"razorpay_webhook_secrets": ["w", "s"]}, "RAZORPAY_WEBHOOK_SECRETS"),
        ({"trusted_proxy_hops": 1}, "TRUSTED_PROXIES"),
        ({"storage_dir": DEFAULT.files}, "STORAGE_DIR"),
        ({"public_url": "http://cleanit.example"}, "PUBLIC_URL"),
        ({"cors_allowed_origins": ["*"]}, "CORS_ALLOWED_ORIGINS"),
        ({"cors_allowed_origins": ["https://*.cleanit.example"]}, "CORS_ALLOWED_ORIGINS"),
        ({"code_service_url": ""}, "CODE_SERVICE_URL"),
        ({"code_service_url": "http://messages.example/send"}, "CODE_SERVICE_URL"),
        ({"code_service_url": "https://localhost:8090/codes"}, "CODE_SERVICE_URL"),
        ({"code_service_key": ""}, "CODE_SERVICE_KEY"),
        ({"support_email": "help@cleanit.example"}, "SUPPORT_EMAIL"),
        ({"company_address": " "}, "COMPANY_ADDRESS"),
        ({"grievance_officer_name": ""}, "GRIEVANCE_OFFICER_NAME"),
        ({"grievance_officer_contact": " "}, "GRIEVANCE_OFFICER_CONTACT"),
        ({"clock_offset_seconds": 60}, "CLOCK_OFFSET_SECONDS"),
        ({"clock_file": Path("/tmp/clock")}, "CLOCK_FILE"),
    ],
)
def test_production_names_the_variable_it_does_not_start_on(change: dict[str, object], variable: str) -> None:
    problems = list(problems_of(fit_for_production(**change)))
    assert [problem.split(":")[0] for problem in problems] == [variable]


def test_production_names_all_problems_at_once() -> None:
    with pytest.raises(NotForProduction) as refusal:
        refuse_stand_ins(Settings(app_env="production", _env_file=None))
    for variable in ("DATABASE_URL", "REDIS_URL", "JWT_SECRET", "RAZORPAY_KEY_ID", "PUBLIC_URL"):
        assert variable in str(refusal.value)


def test_what_is_wrong_is_said_without_what_it_says() -> None:
    for name in ("database_url", "field_encryption_keys", "public_url"):
        with pytest.raises(ValidationError) as refusal:
            Settings(_env_file=None, **{name: "geheim"})
        assert name in str(refusal.value)
        assert "geheim" not in str(refusal.value)


def test_production_starts_on_real_parts_and_may_be_allowed_a_stand_in() -> None:
    refuse_stand_ins(fit_for_production())
    refuse_stand_ins(fit_for_production(razorpay_key_id="rzp_test_1", allowed_stand_ins=["razorpay-test-mode"]))
    refuse_stand_ins(fit_for_production(storage_dir=DEFAULT.files, allowed_stand_ins=["files"]))


def test_production_believes_the_proxies_that_were_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "10.20.0.0/24")
    refuse_stand_ins(fit_for_production(trusted_proxy_hops=1))


def test_the_example_file_names_every_setting_and_nothing_else() -> None:
    lines = (PROJECT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = [line.lstrip("# ").split("=")[0] for line in lines if "=" in line and line.lstrip("# ")[0].isupper()]
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
