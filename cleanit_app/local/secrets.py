"""Secrets for this machine, made once and never committed."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable, Mapping

from dotenv import dotenv_values

from cleanit_app.paths import Places


def _random_text() -> str:
    return secrets.token_urlsafe(36)


def _random_key_ring() -> str:
    return f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}"


_MAKERS: Mapping[str, Callable[[], str]] = {
    "JWT_SECRET": _random_text,
    "FILE_SIGNING_SECRET": _random_text,
    "FIELD_ENCRYPTION_KEYS": _random_key_ring,
    "METRICS_TOKEN": _random_text,
    "SANDBOX_KEY_SECRET": _random_text,
    "SANDBOX_WEBHOOK_SECRET": _random_text,
    "SANDBOX_WEBHOOK_OLD_SECRET": _random_text,
}


def ensure_secrets(places: Places) -> dict[str, str]:
    """The machine's secrets by name; what is missing is made now and kept under `.local/`."""
    known = {name: value for name, value in dotenv_values(places.secrets).items() if value}
    missing = {name: make() for name, make in _MAKERS.items() if name not in known}
    if missing:
        places.root.mkdir(parents=True, exist_ok=True)
        write_env_file(places.secrets, known | missing, "Secrets of this machine alone; never commit them.")
    return known | missing


def write_env_file(path: os.PathLike[str], values: Mapping[str, str], remark: str) -> None:
    """Write NAME=value lines, readable by this user alone."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"# {remark}\n")
        file.writelines(f"{name}={_quoted(value)}\n" for name, value in values.items())


def _quoted(value: str) -> str:
    """A value as python-dotenv reads it back, whatever it holds; even in quotes it fills in `${names}`."""
    inside = value.replace("\\", "\\\\").replace("'", "\\'").replace("${", "${:-$}{")
    return f"'{inside}'"
