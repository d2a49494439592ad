"""Every setting, typed and described. This module alone reads the environment."""

from __future__ import annotations

import base64
import ipaddress
import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
from stdnum.in_ import gstin

from cleanit_app.domain.policy import CrossMode, HousePolicy, TaxRegime
from cleanit_app.paths import DEFAULT, PROJECT

RAZORPAY_BASE_URL = "https://api.razorpay.com"
RAZORPAY_CHECKOUT_SCRIPT_URL = "https://checkout.razorpay.com/v1/checkout.js"

CommaList = Annotated[list[str], NoDecode]
KeyRing = Annotated[dict[int, bytes], NoDecode]
_KEY_RING = "each key is id:base64 with an id from 1 to 255 and 32 bytes"
_DATABASE = "an address of PostgreSQL is like postgresql+psycopg2://user:password@host/name"


class Settings(BaseSettings):
    """Each field's name in capitals is its environment variable; lists are comma-separated."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, case_sensitive=False, hide_input_in_errors=True)

    app_env: Literal["development", "test", "production"] = Field(
        "development", description="development, test or production. production refuses stand-ins."
    )
    public_url: str = Field("http://localhost:8000", description="Where people reach Cleanit, without a final slash.")
    cors_allowed_origins: CommaList = Field(
        default_factory=list,
        description="Exact origins that may send cookies to pages, sockets and API. Empty: public_url.",
    )
    trusted_proxy_hops: int = Field(
        0, ge=0, le=5, description="How many of our own proxies stand in front and append to X-Forwarded-For."
    )
    trusted_proxies: CommaList = Field(
        default_factory=lambda: ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
        description="Networks our own proxies are in; X-Forwarded-For from anybody else is ignored.",
    )
    host: str = Field(
        "localhost",
        description="Where pages and API listen: localhost, an address of this machine, or 0.0.0.0 for all of them.",
    )
    port: int = Field(8000, ge=1, le=65535, description="Their port; `make run` takes the next free one from it on.")
    web_workers: int = Field(1, ge=1, le=16, description="Web processes on this machine.")
    nodes: int = Field(
        1, ge=1, le=1000, description="Machines on which pages and workers run. More than one share a bucket for files."
    )
    site_dir: Path | None = Field(
        None, description="Folder of the built pages, as `cleanit build` names it. Empty: this checkout's own."
    )

    database_url: str = Field(
        "",
        repr=False,
        description="PostgreSQL: postgresql+psycopg2://user:password@host/name. Empty: one on this machine.",
    )
    database_pool_size: int = Field(10, ge=1, le=20, description="Most connections one process keeps open.")
    database_sslmode: Literal["", "prefer", "require", "verify-ca", "verify-full"] = Field(
        "", description="TLS towards PostgreSQL. Empty: as database_url says."
    )
    database_pooler: Literal["", "transaction"] = Field(
        "", description="transaction: a pooler of transactions stands before PostgreSQL, as PgBouncer. Empty: none."
    )
    database_direct_url: str = Field(
        "",
        repr=False,
        description="PostgreSQL without that pooler, for migrations and backups. Empty: DATABASE_URL.",
    )
    redis_url: str = Field(
        "", repr=False, description="Redis or Valkey for queues and limits. Empty: one on this machine."
    )
    redis_state_url: str = Field(
        "",
        repr=False,
        description="Redis or Valkey database for open pages. Empty: one on this machine.",
    )

    jwt_secret: str = Field("", repr=False, description="Signs access tokens. At least 32 characters.")
    file_signing_secret: str = Field(
        "", repr=False, description="Signs links to private files. At least 32 characters."
    )
    field_encryption_keys: KeyRing = Field(
        default_factory=dict,
        repr=False,
        description="AES-256 keys for bank details: id:base64 of 32 bytes, … The highest id encrypts.",
    )
    backup_encryption_keys: KeyRing = Field(
        default_factory=dict,
        repr=False,
        description="AES-256 keys for backups, as above. Empty: field_encryption_keys. Keep them elsewhere too.",
    )
    backup_dir: Path = Field(DEFAULT.backups, description="Folder for encrypted backups; copy it to another place.")

    identity_check_url: str = Field(
        "", description="The service that asks issuers whose an ID is, without /identity. Empty: people alone look."
    )
    identity_check_key: str = Field("", repr=False, description="The key of that service.")

    razorpay_key_id: str = Field("", description="Razorpay API key id.")
    razorpay_key_secret: str = Field("", repr=False, description="Razorpay API key secret.")
    razorpay_webhook_secrets: CommaList = Field(
        default_factory=list,
        repr=False,
        description="Webhook secrets; two while one is changed.",
    )
    razorpay_base_url: str = Field(RAZORPAY_BASE_URL, description="Razorpay's API, without /v1.")
    razorpay_checkout_script_url: str = Field(
        RAZORPAY_CHECKOUT_SCRIPT_URL, description="The script that opens Razorpay Checkout in a page."
    )
    razorpay_x_account_number: str = Field("", description="RazorpayX account that payouts leave from.")
    refund_gateway_fee: Literal["refund", "keep"] = Field(
        "refund",
        description="refund: neighbours get all back when a cleanup ends; keep: less what the gateway took.",
    )
    razorpay_account_id: str = Field("", description="Razorpay account (acc_…) that events must name.")

    code_service_url: str = Field(
        "",
        description="Where one-time codes are handed over to be sent (POST, JSON). Empty: none can be sent.",
    )
    code_service_key: str = Field("", repr=False, description="The bearer key of that message service.")

    cache_purge_url: str = Field(
        "",
        description="Where a CDN in front is told to forget photos (POST, JSON: files). Empty: there is none.",
    )
    cache_purge_key: str = Field("", repr=False, description="The bearer key of that CDN.")

    tds_regime: TaxRegime = Field(
        TaxRegime.MARKETPLACE,
        description="Tax kept back from cleaners' pay: M as a marketplace, C as a contractor. Ask a tax adviser.",
    )
    tds_cross_mode: CrossMode = Field(
        CrossMode.WHOLE, description="Past the year's threshold tax falls on the WHOLE sum or on the EXCESS."
    )
    tds_whole_rupees: bool = Field(True, description="Round each tax kept back to whole rupees.")
    gst_between_states: bool = Field(
        False, description="Whether the platform's fee is supplied between states (IGST), not within one (CGST, SGST)."
    )
    contribution_back: bool = Field(
        True, description="Whether givers may take a gift back while its campaign still collects."
    )
    fee_sac: str = Field("998599", pattern=r"^\d{4,8}$", description="Service code of the fee on invoices.")
    company_name: str = Field("Cleanit", description="Who runs this Cleanit by law, and issues invoices.")
    company_address: str = Field("", description="Its address, shown to people and on invoices.")
    company_gstin: str = Field("", description="The GST number on invoices. Empty: not registered.")
    company_tan: str = Field("", description="The TAN of the quarterly tax statement. Empty: none yet.")
    company_state: str = Field("09", pattern=r"^\d{2}$", description="The GST code of the company's state.")

    metrics_token: str = Field(
        "", repr=False, description="Who shows it reads /metrics. At least 32 characters. Empty: nobody does."
    )
    prometheus_multiproc_dir: str = Field(
        "", description="Folder in which the processes of one machine share their figures. Empty: each has its own."
    )
    least_free_mb: int = Field(
        256, ge=0, description="So much room a disk of ours must have, in MB; with less /health says that it is down."
    )
    storage_dir: Path = Field(DEFAULT.files, description="Folder for photos and documents.")
    storage_s3_bucket: str = Field("", description="A bucket of an S3-speaking store for them. Empty: STORAGE_DIR.")
    storage_s3_endpoint: str = Field("", description="Where that store is. Empty: Amazon S3.")
    storage_s3_region: str = Field("", description="Its region.")
    storage_s3_key_id: str = Field("", description="The id of a key to it. Empty: the machine's own role.")
    storage_s3_secret: str = Field("", repr=False, description="The secret of that key.")
    max_upload_bytes: int = Field(
        10 * 1024 * 1024, ge=1024, le=50 * 1024 * 1024, description="Largest body of a request, in bytes."
    )
    clamav_address: str = Field(
        "", pattern=r"^(.+:\d{1,5})?$", description="host:port of a ClamAV daemon that scans photos. Empty: no scan."
    )
    map_tile_url: str = Field("", description="Map tiles: https://host/{z}/{x}/{y}.png. Empty: none.")
    map_tile_attribution: str = Field("", description="The credit that the tiles' owner asks for.")

    admin_ip_allowlist: CommaList = Field(
        default_factory=list, description="Networks admins may come from. Empty: everywhere."
    )
    webhook_ip_allowlist: CommaList = Field(
        default_factory=list, description="Networks webhooks may come from. Empty: everywhere."
    )
    rate_limit_general: int = Field(
        100, ge=1, description="Requests in 15 minutes of one address, or of one person who is signed in."
    )
    rate_limit_admin: int = Field(200, ge=1, description="Requests of one admin in a minute.")
    rate_limit_sign_in: int = Field(
        5, ge=1, description="Tries at one account from one address in 15 minutes; then the wait doubles each time."
    )
    rate_limit_sign_in_address: int = Field(
        20, ge=1, description="Failed sign-ins and new accounts of one address in 15 minutes; phones share addresses."
    )
    rate_limit_page_events: int = Field(
        20, ge=1, description="Events of one open page in a second, three times as many at once; more of them wait."
    )
    rate_limit_tabs: int = Field(
        40, ge=1, description="Open pages of one person; ten times as many of one address where nobody is signed in."
    )
    grievance_officer_name: str = Field("", description="Who answers for complaints (E-Commerce Rules 2020, rule 4).")
    grievance_officer_contact: str = Field("", description="That person's phone or mailbox, shown to everybody.")
    support_email: str = Field(
        "help@cleanit.example", description="Where holes are reported while SECURITY_CONTACT is empty."
    )
    security_contact: str = Field(
        "", description="Where holes are reported: mailto:… or https://… Empty: SUPPORT_EMAIL. See SECURITY.md."
    )
    release: str = Field("", max_length=100, description="Which version runs, as failures show it.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least urgent line.")
    clock_offset_seconds: int = Field(
        0, description="Moves Cleanit's clock forward, to try out what time does. Never in production."
    )
    clock_file: Path | None = Field(
        None, description="A file whose seconds move the clock while Cleanit runs (`make clock`). Never in production."
    )
    allowed_stand_ins: CommaList = Field(
        default_factory=list,
        description="Stand-ins that production may run on all the same: files, no-virus-scan, razorpay-test-mode.",
    )

    @field_validator(
        "cors_allowed_origins",
        "razorpay_webhook_secrets",
        "admin_ip_allowlist",
        "webhook_ip_allowlist",
        "trusted_proxies",
        "allowed_stand_ins",
        mode="before",
    )
    @classmethod
    def _split_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("field_encryption_keys", "backup_encryption_keys", mode="before")
    @classmethod
    def _read_key_ring(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        pairs = (part.strip().partition(":") for part in value.split(",") if part.strip())
        try:
            return {int(number): base64.b64decode(key, validate=True) for number, _, key in pairs}
        except ValueError:
            raise ValueError(_KEY_RING) from None

    @field_validator("field_encryption_keys", "backup_encryption_keys")
    @classmethod
    def _check_key_ring(cls, keys: dict[int, bytes]) -> dict[int, bytes]:
        for number, key in keys.items():
            if not 1 <= number <= 255 or len(key) != 32:
                raise ValueError(_KEY_RING)
        return keys

    @field_validator("admin_ip_allowlist", "webhook_ip_allowlist", "trusted_proxies")
    @classmethod
    def _check_networks(cls, networks: list[str]) -> list[str]:
        for network in networks:
            ipaddress.ip_network(network, strict=False)
        return networks

    @field_validator("database_url", "database_direct_url")
    @classmethod
    def _check_database(cls, url: str) -> str:
        try:
            if url and make_url(url).drivername not in ("postgresql", "postgresql+psycopg2"):
                raise ValueError
        except (ArgumentError, ValueError):
            raise ValueError(_DATABASE) from None
        return url

    @field_validator("redis_url", "redis_state_url")
    @classmethod
    def _check_socket(cls, url: str) -> str:
        if url.startswith("unix:") and re.search(r"\s", unquote(url)):
            raise ValueError("the socket's path has a blank, at which Redis splits what it says of its clients")
        return url

    @field_validator("company_gstin")
    @classmethod
    def _check_gstin(cls, number: str) -> str:
        if number and not gstin.is_valid(number):
            raise ValueError("company_gstin is not a GST number")
        return gstin.compact(number) if number else ""

    @field_validator("company_tan")
    @classmethod
    def _check_tan(cls, number: str) -> str:
        if number and not re.fullmatch(r"[A-Z]{4}[0-9]{5}[A-Z]", number.strip().upper()):
            raise ValueError("company_tan is not a TAN")
        return number.strip().upper()

    @field_validator("public_url")
    @classmethod
    def _check_address(cls, url: str) -> str:
        if not re.match(r"https?://[^/\s]", url):
            raise ValueError("must begin with https://, or on this machine with http://")
        return url

    @field_validator("security_contact")
    @classmethod
    def _check_contact(cls, contact: str) -> str:
        if contact and not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+|https://[^/\s]\S*", contact):
            raise ValueError("must begin with mailto: and a mailbox, or with https://")
        return contact

    @field_validator("public_url", "razorpay_base_url", "code_service_url", "identity_check_url", "cache_purge_url")
    @classmethod
    def _drop_final_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @property
    def allowed_origins(self) -> list[str]:
        """Origins that may send cookies: the listed ones, or the public address alone."""
        return self.cors_allowed_origins or [self.public_url]

    @property
    def session_cookie(self) -> str:
        """The name of a page's session cookie; a browser takes a __Host- one from https alone and no sub-domain."""
        return "__Host-sid" if self.public_url.startswith("https://") else "sid"

    @property
    def device_cookie(self) -> str:
        """The name of the cookie by which a browser is known again."""
        return "__Host-device" if self.public_url.startswith("https://") else "device"

    @property
    def house_policy(self) -> HousePolicy:
        """The choices that services read."""
        chosen = HousePolicy.__dataclass_fields__.keys() & Settings.model_fields.keys()
        return HousePolicy(**{name: getattr(self, name) for name in chosen})

    @property
    def database_directly(self) -> str:
        """The address for what needs a session of its own: migrations and backups."""
        return self.database_direct_url or self.database_url

    @property
    def keys_of_backups(self) -> dict[int, bytes]:
        """What backups are sealed with."""
        return self.backup_encryption_keys or self.field_encryption_keys

    @property
    def holes_reported_to(self) -> str:
        """The address, as a link, of who wants to know of holes."""
        return self.security_contact or f"mailto:{self.support_email}"

    @property
    def is_production(self) -> bool:
        """Whether real people and real money are behind this process."""
        return self.app_env == "production"


def wrong_settings(wrong: ValidationError) -> str:
    """Each wrong setting by the name it has in the environment, and why; never what it says."""
    return "; ".join(f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in wrong.errors())


def with_local_parts(settings: Settings) -> Settings:
    """The settings with every unset server replaced by the one under `.local/`."""
    unset = {
        "database_url": DEFAULT.database_url(),
        "redis_url": DEFAULT.redis_url(0),
        "redis_state_url": DEFAULT.redis_url(1),
    }
    return settings.model_copy(update={name: url for name, url in unset.items() if not getattr(settings, name)})


def read_settings() -> Settings:
    """Settings from the environment and `.env`; in development also those of the local parts."""
    settings = Settings(_env_file=PROJECT / ".env")
    if settings.is_production:
        return settings
    if settings.app_env == "test":
        return Settings()
    return with_local_parts(Settings(_env_file=(DEFAULT.secrets, DEFAULT.running, PROJECT / ".env")))


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()
