"""Refuses who asks too often, before anything is read or done: per person, else per address (SEC-01).

Signed-in people count by themselves, for many phones share one address; an access token is believed by its
signature, a page's cookie by its row, looked up once in half a minute. Files, webhooks (signed, and they must not
be lost) and documents are not counted, nor is signing in, which counts its tries itself. While Redis is away
everything counted here goes on; signing in and new accounts have counters of their own, which stay shut then
(`api.visitors`, `services.auth.sign_in`).
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from cleanit_app import routes
from cleanit_app.api import cookies
from cleanit_app.api.errors import refuse
from cleanit_app.api.visitors import address_of
from cleanit_app.domain import limits
from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.errors import DomainError, ForeignNetwork, TooManyRequests
from cleanit_app.domain.limits import Burst, Use
from cleanit_app.domain.networks import is_inside
from cleanit_app.ports import LimitsUnknown
from cleanit_app.services.accounts.accounts import actor_of_session
from cleanit_app.services.auth.bursts import note_burst
from cleanit_app.services.auth.sign_in import secret_hash
from cleanit_app.wiring import Wiring

log = structlog.get_logger("cleanit.limits")
WEBHOOKS = f"{routes.API_WEBHOOKS}/"
ADMINS = "/api/admin/"
COUNTED = (f"{routes.API}/", f"{routes.SESSION}/")
NOT_COUNTED = (WEBHOOKS, routes.API_PLACES, "/api/auth/login", routes.SEND_LOGIN)
REMEMBERED_SECONDS = 30
REMEMBERED_PEOPLE = 10_000
_COUNTING_THREADS = 8


class RateLimits:
    """Counts each request to the API and answers 429 with Retry-After when there were too many."""

    def __init__(self, app: ASGIApp, wiring: Wiring) -> None:
        self._app = app
        self._wiring = wiring
        self._known: OrderedDict[bytes, tuple[float, Actor]] = OrderedDict()
        self._lock = threading.Lock()
        # Threads of its own: counting must not wait for those who wait for the database.
        self._threads = ThreadPoolExecutor(_COUNTING_THREADS, thread_name_prefix="limits")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(COUNTED):
            request = Request(scope)
            refusal = await asyncio.get_running_loop().run_in_executor(self._threads, self._refusal, request)
            if refusal is not None:
                answer = refuse(request, refusal)
                return await answer(scope, receive, send)
        return await self._app(scope, receive, send)

    def _refusal(self, request: Request) -> DomainError | None:
        path, settings = request.url.path, self._wiring.settings
        if path.startswith(WEBHOOKS):
            return self._foreign(request, settings.webhook_ip_allowlist)
        if path.startswith(NOT_COUNTED):
            return None
        actor = self._who(request)
        is_admin = actor is not None and actor.role is Role.ADMIN
        if is_admin or path.startswith(ADMINS):
            foreign = self._foreign(request, settings.admin_ip_allowlist)
            if foreign:
                return foreign
        return self._count(request, actor)

    def _foreign(self, request: Request, networks: list[str]) -> DomainError | None:
        host = request.client.host if request.client else ""
        return ForeignNetwork() if networks and not is_inside(host, networks) else None

    def _count(self, request: Request, actor: Actor | None) -> DomainError | None:
        settings = self._wiring.settings
        if actor is None:
            use = Use(f"address:{address_of(request)}", limits.general(settings.rate_limit_general))
        elif actor.role is Role.ADMIN:
            use = Use(f"person:{actor.id}", limits.admin(settings.rate_limit_admin))
        else:
            use = Use(f"person:{actor.id}", limits.general(settings.rate_limit_general))
        try:
            wait = self._wiring.limits.take([use], self._wiring.clock.now())
        except LimitsUnknown:
            log.warning("requests go uncounted: Redis does not answer")
            return None
        if not wait:
            return None
        parts = self._wiring
        note_burst(parts.open_uow, parts.limits, burst=Burst.REFUSED_FOR_NUMBER, now=parts.clock.now())
        return TooManyRequests.wait(wait)

    def _who(self, request: Request) -> Actor | None:
        """The person behind a genuine token or cookie, or None."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            try:
                subject = self._wiring.tokens.read(token.strip(), self._wiring.clock.now())
            except DomainError:
                return None
            # Its session may have ended minutes ago; then the request itself is refused, after it was counted.
            return Actor(subject.user_id, subject.role, session_id=subject.session_id)
        secret = cookies.session_secret(request)
        return self._remembered(secret_hash(secret)) if secret else None

    def _remembered(self, key: bytes) -> Actor | None:
        with self._lock:
            until, actor = self._known.get(key, (0.0, None))
        if actor is None or until < time.monotonic():
            actor = self._look_up(key)
            if actor is None or actor.id is None:
                return None
            with self._lock:
                self._known[key] = time.monotonic() + REMEMBERED_SECONDS, actor
                self._known.move_to_end(key)
                while len(self._known) > REMEMBERED_PEOPLE:
                    self._known.popitem(last=False)
        return actor

    def _look_up(self, key: bytes) -> Actor | None:
        try:
            with self._wiring.open_read() as uow:
                return actor_of_session(uow, cookie_hash=key)
        except SQLAlchemyError:
            return None  # the request itself will say that the database is away
