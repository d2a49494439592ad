"""What the web looks for at addresses it has agreed on: whom to tell of holes, whose work is used here."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from cleanit_app import routes
from cleanit_app.api.dependencies import wiring_of
from cleanit_app.settings import Settings

GOOD_FOR = timedelta(days=180)
"""Half a year from each answer; RFC 9116 asks for less than one."""
_NOTICE = Path(__file__).parents[2] / "NOTICE.md"
_READ = ["GET", "HEAD"]

router = APIRouter(include_in_schema=False, default_response_class=PlainTextResponse)


@router.api_route(routes.SECURITY_TXT, methods=_READ)
def security_txt(request: Request) -> str:
    """Whom to tell of holes (RFC 9116)."""
    parts = wiring_of(request)
    return security_text(parts.settings, parts.clock.now())


@router.api_route(routes.CREDITS, methods=_READ)
def credits_txt() -> str:
    """Whose work is used here and under which licences: NOTICE.md as it stands."""
    return _NOTICE.read_text("utf-8")


def security_text(settings: Settings, now: datetime) -> str:
    """The fields of RFC 9116; `now` is aware, and what is said holds for GOOD_FOR from its midnight on."""
    expires = now.replace(hour=0, minute=0, second=0, microsecond=0) + GOOD_FOR
    lines = {
        "Contact": settings.holes_reported_to,
        "Expires": expires.isoformat().replace("+00:00", "Z"),
        "Preferred-Languages": "en, hi",
        "Canonical": settings.public_url + routes.SECURITY_TXT,
        "Policy": settings.public_url + routes.REPORT_A_HOLE,
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())
