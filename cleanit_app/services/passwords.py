"""Passwords: bcrypt at 12 rounds over a digest, so that no byte after the 72nd is ignored (SEC-07)."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from functools import lru_cache

import bcrypt

ROUNDS = 12
_PREFIX = "sha256$"


def _digest(password: str) -> bytes:
    normal = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return base64.b64encode(hashlib.sha256(normal).digest())


def hash_password(password: str, *, rounds: int = ROUNDS) -> str:
    """A salted bcrypt hash of the password; takes about half a second on purpose."""
    return _PREFIX + bcrypt.hashpw(_digest(password), bcrypt.gensalt(rounds)).decode()


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return hash_password("nobody has this password")


def password_matches(password: str, stored: str | None) -> bool:
    """Whether the password fits; takes as long when there is no such person (`stored` None)."""
    known = stored or _nobodys_hash()
    fits = bcrypt.checkpw(_digest(password), known.removeprefix(_PREFIX).encode())
    return fits and stored is not None
