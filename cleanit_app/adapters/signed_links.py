"""Links to private files: good for minutes, for one file, and made by us alone (SEC-06)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from cleanit_app import routes
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import NotFound


class SignedLinks:
    """Makes and reads links of the form `/private/<until>/<signature>/<key>`; `until` in seconds since 1970."""

    def __init__(self, secret: str) -> None:
        self._secret = hashlib.sha256(b"cleanit private links\0" + secret.encode()).digest()

    def link(self, key: str, now: datetime) -> str:
        """A link to a file of ours for whoever holds it, for a few minutes."""
        return self._link(key, now + LIMITS.private_link_lasts)

    def guest_photo(self, photo_id: UUID, now: datetime) -> str:
        """A link to a photo in a thread that is read by a code, for who has just shown it; `/480.webp` follows."""
        return self._link(routes.guest_attachment(photo_id), now + LIMITS.guest_link_lasts)

    def check(self, *, until: int, signature: str, key: str, now: datetime) -> None:
        """NotFound for a link that is over, was changed or never was ours: the three look the same."""
        ours = hmac.compare_digest(self._signature(until, key).encode(), signature.encode())
        if not ours or until <= now.timestamp():
            raise NotFound

    def _link(self, key: str, ends: datetime) -> str:
        until = int(ends.timestamp())
        return routes.private_file(until, self._signature(until, key), key)

    def _signature(self, until: int, key: str) -> str:
        return hmac.new(self._secret, f"{until}\n{key}".encode(), hashlib.sha256).hexdigest()
