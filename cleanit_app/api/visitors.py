"""Where a request comes from, and how often one may try to get in (SEC-01)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Request

from cleanit_app.api import cookies
from cleanit_app.api.dependencies import wiring_of
from cleanit_app.domain import limits
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.limits import Use
from cleanit_app.domain.networks import household
from cleanit_app.i18n.terms import terms_hash
from cleanit_app.services.accounts.accounts import Signature
from cleanit_app.services.auth import rate_limits
from cleanit_app.services.auth.sign_in import Tries, Visitor


def address_of(request: Request) -> str:
    """The caller's address as limits count it; proxies were looked through before (see `web.request_log`)."""
    return household(request.client.host if request.client else "")


def visitor(request: Request) -> Visitor:
    """Who knocks: address, known browser, name of the browser."""
    return Visitor(address_of(request), cookies.device_secret(request), request.headers.get("user-agent", ""))


def signature(request: Request) -> Signature:
    """What is kept beside accepted terms: the text as it stands now, and the address, equal for equal ones but
    readable by nobody."""
    address = wiring_of(request).keyed_hash.of(address_of(request), context="terms_acceptances:address")
    return Signature(address, terms_hash())


def tries(request: Request) -> Tries:
    """How many wrong passwords are taken."""
    settings = wiring_of(request).settings
    return Tries(settings.rate_limit_sign_in, settings.rate_limit_sign_in_address)


def count_new_account(request: Request) -> None:
    """Count one wish to join; TooManyRequests when an address opens accounts by the dozen, TryLater uncounted."""
    parts = wiring_of(request)
    most = limits.at_one_address(parts.settings.rate_limit_sign_in_address)
    take(request, Use(f"join:{address_of(request)}", most))


@contextmanager
def counted(request: Request, *uses: Use) -> Iterator[None]:
    """Use each once for what is done inside; what is refused there was not done, and so is not counted."""
    take(request, *uses)
    try:
        yield
    except DomainError:
        rate_limits.give_back(wiring_of(request).limits, uses)
        raise


def take(request: Request, *uses: Use) -> None:
    """Use each once, or refuse: what guards passwords and codes stays shut while nobody counts."""
    parts = wiring_of(request)
    rate_limits.take(parts.limits, uses, parts.clock.now())
