"""What must not be so when real people and real money are behind a process."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from sqlalchemy import make_url

from cleanit_app.paths import DEFAULT
from cleanit_app.settings import RAZORPAY_BASE_URL, Settings

_SHORTEST_SECRET = 32
_FILES, _TEST_MODE, _NO_SCAN = "files", "razorpay-test-mode", "no-virus-scan"


class NotForProduction(SystemExit):
    """Production was asked for with stand-ins or default secrets; the message names every variable to set."""


def refuse_stand_ins(settings: Settings) -> None:
    """Raise NotForProduction with all problems at once when the settings are not fit for real money."""
    if not settings.is_production:
        return
    problems = list(problems_of(settings))
    if problems:
        raise NotForProduction("Cleanit does not start in production:\n" + "\n".join(f"  {p}" for p in problems))


def problems_of(settings: Settings) -> Iterator[str]:
    """One sentence per problem, each beginning with the variable to set."""
    yield from _server_problems(settings)
    yield from _secret_problems(settings)
    yield from _razorpay_problems(settings)
    yield from _message_problems(settings)
    yield from _company_problems(settings)
    yield from _web_problems(settings)
    local = not settings.storage_s3_bucket and _FILES not in settings.allowed_stand_ins
    if local and settings.storage_dir.is_relative_to(DEFAULT.root):
        yield "STORAGE_DIR: files would lie under .local/; name a folder that is kept and backed up."
    if settings.nodes > 1 and not settings.storage_s3_bucket:
        yield f"STORAGE_S3_BUCKET: not set with NODES={settings.nodes}; no other machine sees files on this disk."
    if settings.identity_check_url and not settings.identity_check_url.startswith("https://"):
        yield "IDENTITY_CHECK_URL: a stand-in; name a service under https://, or none, and people look at every ID."
    if settings.storage_s3_endpoint and not settings.storage_s3_endpoint.startswith("https://"):
        yield "STORAGE_S3_ENDPOINT: must begin with https://; private photos go that way."
    if not settings.clamav_address and _NO_SCAN not in settings.allowed_stand_ins:
        yield "CLAMAV_ADDRESS: not set; photos of strangers would be shown unscanned."
    if settings.clock_offset_seconds:
        yield "CLOCK_OFFSET_SECONDS: the clock is moved; production lives in the present."
    if settings.clock_file is not None:
        yield "CLOCK_FILE: the clock can be moved; production lives in the present."


def _server_problems(settings: Settings) -> Iterator[str]:
    for name in ("database_url", "redis_url", "redis_state_url"):
        url = getattr(settings, name)
        if not url:
            yield f"{name.upper()}: not set; production needs a real server."
        elif str(DEFAULT.sockets) in url or str(DEFAULT.root) in url:
            yield f"{name.upper()}: points at the server of `make run`; production needs a real one."
    if settings.database_url and not tls_is_verified(settings, settings.database_url):
        yield "DATABASE_SSLMODE: not verify-full; whoever stands between could be taken for the database."
    if settings.database_direct_url and not tls_is_verified(settings, settings.database_direct_url):
        yield "DATABASE_DIRECT_URL: without sslmode=verify-full; backups go that way."
    if settings.database_pooler and not settings.database_direct_url:
        yield "DATABASE_DIRECT_URL: not set; backups and migrations cannot go through DATABASE_POOLER."
    if settings.redis_url and settings.redis_url == settings.redis_state_url:
        yield "REDIS_STATE_URL: the same as REDIS_URL; open pages and queues need separate databases."


def tls_is_verified(settings: Settings, url: str) -> bool:
    """Whether a connection proves whom it reached; a socket of this machine needs no proof."""
    address = make_url(url)
    host = str(address.query.get("host") or address.host or "/")
    return host.startswith("/") or (settings.database_sslmode or address.query.get("sslmode")) == "verify-full"


def _secret_problems(settings: Settings) -> Iterator[str]:
    local = DEFAULT.secrets.read_text(encoding="utf-8") if DEFAULT.secrets.exists() else ""
    for name in ("jwt_secret", "file_signing_secret"):
        secret = getattr(settings, name)
        if len(secret) < _SHORTEST_SECRET:
            yield f"{name.upper()}: not set, or shorter than {_SHORTEST_SECRET} characters."
        elif secret in local or "change-me" in secret:
            yield f"{name.upper()}: the default one; make one of your own."
    if settings.metrics_token and len(settings.metrics_token) < _SHORTEST_SECRET:
        yield f"METRICS_TOKEN: shorter than {_SHORTEST_SECRET} characters."
    if settings.jwt_secret and settings.jwt_secret == settings.file_signing_secret:
        yield "FILE_SIGNING_SECRET: the same as JWT_SECRET; each needs its own."
    if not settings.field_encryption_keys:
        yield "FIELD_ENCRYPTION_KEYS: not set; bank details cannot be kept."
    elif any(len(set(key)) < 8 for key in settings.field_encryption_keys.values()):
        yield "FIELD_ENCRYPTION_KEYS: a key without randomness; make one of your own."


def _razorpay_problems(settings: Settings) -> Iterator[str]:
    if settings.razorpay_base_url != RAZORPAY_BASE_URL:
        yield f"RAZORPAY_BASE_URL: a stand-in; leave it unset for {RAZORPAY_BASE_URL}."
    if not settings.razorpay_checkout_script_url.startswith("https://checkout.razorpay.com/"):
        yield "RAZORPAY_CHECKOUT_SCRIPT_URL: a stand-in; leave it unset for Razorpay's own."
    for name in (
        "razorpay_key_id",
        "razorpay_key_secret",
        "razorpay_webhook_secrets",
        "razorpay_x_account_number",
    ):
        if not getattr(settings, name):
            yield f"{name.upper()}: not set."
    if settings.razorpay_key_secret and settings.razorpay_key_secret in settings.razorpay_webhook_secrets:
        yield "RAZORPAY_WEBHOOK_SECRETS: the key's own secret; each webhook needs one of its own."
    if settings.razorpay_key_id.startswith("rzp_test_") and _TEST_MODE not in settings.allowed_stand_ins:
        yield "RAZORPAY_KEY_ID: a test key; no real money would move."


def _message_problems(settings: Settings) -> Iterator[str]:
    if not settings.code_service_url:
        yield "CODE_SERVICE_URL: not set; nobody could confirm a phone or set a new password."
    elif not settings.code_service_url.startswith("https://") or is_this_machine(settings.code_service_url):
        yield "CODE_SERVICE_URL: a stand-in, or open to listeners; name the https address of a message service."
    if settings.code_service_url and not settings.code_service_key:
        yield "CODE_SERVICE_KEY: not set."
    if settings.cache_purge_url and not settings.cache_purge_url.startswith("https://"):
        yield "CACHE_PURGE_URL: open to listeners; name its https address."
    if settings.cache_purge_url and not settings.cache_purge_key:
        yield "CACHE_PURGE_KEY: not set."
    if settings.support_email == Settings.model_fields["support_email"].default and not settings.security_contact:
        yield "SUPPORT_EMAIL: not set; whoever reports a hole would write to nobody."


def _company_problems(settings: Settings) -> Iterator[str]:
    """What the law has to be shown to people: who runs this, where, and who answers for complaints."""
    if "company_name" not in settings.model_fields_set:
        yield "COMPANY_NAME: not set; people must read who runs this Cleanit by law."
    if not settings.company_address.strip():
        yield "COMPANY_ADDRESS: not set; people must read where the company is."
    if not settings.grievance_officer_name.strip():
        yield "GRIEVANCE_OFFICER_NAME: not set; somebody must answer for complaints (E-Commerce Rules 2020)."
    if not settings.grievance_officer_contact.strip():
        yield "GRIEVANCE_OFFICER_CONTACT: not set; people must be able to reach who answers for complaints."


def is_this_machine(url: str) -> bool:
    """Whether an address leads to the machine that asks."""
    return (urlsplit(url).hostname or "") in ("localhost", "127.0.0.1", "::1")


def _web_problems(settings: Settings) -> Iterator[str]:
    if not settings.public_url.startswith("https://"):
        yield "PUBLIC_URL: must begin with https://; cameras, locations and cookies depend on it."
    if settings.trusted_proxy_hops and "trusted_proxies" not in settings.model_fields_set:
        yield "TRUSTED_PROXIES: not set; whoever is in a private network could say where a request comes from."
    for origin in settings.cors_allowed_origins:
        if "*" in origin or not origin.startswith("https://"):
            yield f"CORS_ALLOWED_ORIGINS: {origin} is not one exact https origin."
