"""The cookies: a page's session, REST callers' refresh token, the known browser; none is readable by scripts."""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response

from cleanit_app.domain.business_limits import LIMITS

REFRESH_PATH = "/api/auth"


def _https(request: Request) -> bool:
    return str(request.app.state.wiring.settings.public_url).startswith("https://")


def _session_name(request: Request) -> str:
    return str(request.app.state.wiring.settings.session_cookie)


def _refresh_name(request: Request) -> str:
    return "__Secure-refresh" if _https(request) else "refresh"


def _device_name(request: Request) -> str:
    return str(request.app.state.wiring.settings.device_cookie)


def device_secret(request: Request) -> str:
    """What this browser was given when somebody first signed in with it, or an empty text."""
    return request.cookies.get(_device_name(request), "")[:100]


def set_device(request: Request, response: Response, secret: str) -> None:
    """Let this browser be known again: strangers' failed sign-ins do not hold it up."""
    _set(response, _device_name(request), secret, LIMITS.device_life, path="/", site="lax", https=_https(request))


def session_secret(request: Request) -> str:
    """The secret of a page's session, or an empty text."""
    return request.cookies.get(_session_name(request), "")


def refresh_secret(request: Request) -> str:
    """The refresh token, or an empty text."""
    return request.cookies.get(_refresh_name(request), "")


def set_session(request: Request, response: Response, secret: str) -> None:
    """Give a page its session."""
    _set(response, _session_name(request), secret, LIMITS.session_life, path="/", site="lax", https=_https(request))


def set_refresh(request: Request, response: Response, secret: str) -> None:
    """Give a caller the next refresh token."""
    _set(
        response,
        _refresh_name(request),
        secret,
        LIMITS.refresh_token_life,
        path=REFRESH_PATH,
        site="strict",
        https=_https(request),
    )


def forget_session(request: Request, response: Response) -> None:
    """Take a page's session cookie back."""
    _set(response, _session_name(request), "", timedelta(0), path="/", site="lax", https=_https(request))


def forget_refresh(request: Request, response: Response) -> None:
    """Take the refresh token back."""
    nothing = timedelta(0)
    name = _refresh_name(request)
    _set(response, name, "", nothing, path=REFRESH_PATH, site="strict", https=_https(request))


def _set(response: Response, name: str, value: str, life: timedelta, *, path: str, site: str, https: bool) -> None:
    parts = [f"{name}={value}", f"Max-Age={int(life.total_seconds())}", f"Path={path}", "HttpOnly"]
    parts += [f"SameSite={site.capitalize()}"] + (["Secure"] if https else [])
    response.headers.append("set-cookie", "; ".join(parts))
