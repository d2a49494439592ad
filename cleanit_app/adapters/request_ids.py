"""The id of what is being done now: a request, a page event, a job; every log line of it carries the same (MON-06)."""

from __future__ import annotations

import structlog

HEADER = "X-Request-Id"


def current_request() -> str | None:
    """The id that was bound where the work began; None outside of any."""
    found = structlog.contextvars.get_contextvars().get("request_id")
    return str(found) if found else None


def request_headers() -> dict[str, str]:
    """What tells a service that we call whose errand this is."""
    found = current_request()
    return {HEADER: found} if found else {}
