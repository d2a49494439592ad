"""Access tokens for REST callers: short-lived JWTs that name a session (SEC-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import jwt

from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import TokenRefused

_ISSUER = "cleanit"
_AUDIENCE = "cleanit-api"
_TYPE = "at+jwt"


@dataclass(frozen=True)
class TokenSubject:
    """Whom a genuine token names."""

    user_id: UUID
    session_id: UUID
    role: Role


class AccessTokens:
    """Issues and reads HS256 tokens; one algorithm, one audience, nothing optional."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def issue(self, actor: Actor, now: datetime) -> str:
        """A token that lasts 15 minutes and says userId, role and permissions."""
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": str(actor.user_id),
            "sid": str(actor.session_id),
            "userId": str(actor.user_id),
            "role": actor.role,
            "permissions": sorted(actor.permissions),
            "iat": now,
            "nbf": now,
            "exp": now + LIMITS.access_token_life,
        }
        return jwt.encode(claims, self._secret, algorithm="HS256", headers={"typ": _TYPE})

    def read(self, token: str, now: datetime) -> TokenSubject:
        """Whom the token names; TokenRefused unless it is ours, whole and of this quarter of an hour."""
        try:
            subject, not_before, expires = _genuine(token, self._secret)
        except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError, KeyError) as refused:
            raise TokenRefused from refused
        # Our own clock decides, so that a moved clock in development moves tokens too.
        if not not_before - 5 <= now.timestamp() < expires:
            raise TokenRefused
        return subject


@lru_cache(maxsize=4096)
def _genuine(token: str, secret: str) -> tuple[TokenSubject, float, float]:
    """What a token with our signature says; the same token says the same each time, so it is read once."""
    claims = jwt.decode(
        token,
        secret,
        algorithms=["HS256"],
        audience=_AUDIENCE,
        issuer=_ISSUER,
        options={
            "require": ["exp", "iat", "nbf", "sub", "sid"],
            "verify_exp": False,
            "verify_nbf": False,
            "verify_iat": False,
        },
    )
    if jwt.get_unverified_header(token).get("typ") != _TYPE:
        raise jwt.InvalidTokenError("not an access token")
    subject = TokenSubject(UUID(claims["sub"]), UUID(claims["sid"]), Role(claims["role"]))
    return subject, float(claims["nbf"]), float(claims["exp"])
