"""Passwords: bcrypt at 12 rounds over a digest, so that no byte after the 72nd is ignored (SEC-07)."""

from __future__ import annotations

import base64
import hashlib
import importlib
import sys
import unicodedata
from functools import lru_cache

import bcrypt

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.services import input_validation

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


def is_common(password: str) -> bool:
    """Whether the password is among the 30,000 that people use most, in any case; those are tried first (SEC-07)."""
    return unicodedata.normalize("NFC", password).casefold() in _common()


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    name = "zxcvbn.frequency_lists"
    known = frozenset(importlib.import_module(name).FREQUENCY_LISTS["passwords"])
    sys.modules.pop(name)  # its other lists are names and words of films: memory that nobody asks for
    return known


def check_password(form: input_validation.Form, password: object) -> None:
    """Note what is wrong with a new password: too short, longer than anybody types, or what many people use."""
    length = len(password) if isinstance(password, str) else 0
    if length < LIMITS.password_length[0]:
        form.problem("password", "password_short", least=LIMITS.password_length[0])
    elif length > LIMITS.password_length[1]:
        form.problem("password", "password_long", most=LIMITS.password_length[1])
    elif is_common(str(password)):
        form.problem("password", "password_common")
