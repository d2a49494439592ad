"""A job's deadline as a calendar file, for the phone's own calendar and its alarms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import UUID

ALARMS = (timedelta(hours=24), timedelta(hours=3))


def deadline_link(
    *, job_id: UUID, title: str, more: str, place: tuple[float, float], address: str, deadline: datetime, now: datetime
) -> str:
    """A link that holds the whole calendar file (RFC 5545), so that it works without a network."""
    start = deadline - timedelta(hours=1)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cleanit//Deadline//EN",
        "BEGIN:VEVENT",
        f"UID:{job_id}@cleanit",
        f"DTSTAMP:{_stamp(now)}",
        f"DTSTART:{_stamp(start)}",
        f"DTEND:{_stamp(deadline)}",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(more)}",
        f"LOCATION:{_text(address)}",
        f"GEO:{place[0]:.6f};{place[1]:.6f}",
        *[line for before in ALARMS for line in _alarm(before, title)],
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    body = "".join(part + "\r\n" for line in lines for part in _folded(line))
    return "data:text/calendar;charset=utf-8," + quote(body)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    plain = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _alarm(before: timedelta, title: str) -> list[str]:
    hours = before // timedelta(hours=1)
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(title)}", f"TRIGGER:-PT{hours}H", "END:VALARM"]


def _folded(line: str) -> list[str]:
    """A line in pieces of at most 75 bytes, never cut inside a letter."""
    parts: list[str] = [""]
    for letter in line:
        if len((parts[-1] + letter).encode()) > 75:
            parts.append(" ")
        parts[-1] += letter
    return parts
