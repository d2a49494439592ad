"""The deadline as a calendar file: every calendar can read it, in both scripts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote
from uuid import UUID

from cleanit_app.pages.cleaner.deadline_file import deadline_link


def test_the_file_holds_time_place_and_alarms_in_short_lines() -> None:
    deadline = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
    link = deadline_link(
        job_id=UUID(int=7),
        title="गली नं. 4, अमीनाबाद की सफ़ाई इस समय तक; जल्दी करें और फ़ोटो लेना न भूलें",
        more="Two\nlines, one; comma",
        place=(26.8467, 80.9462),
        address="Gali No. 4, Aminabad",
        deadline=deadline,
        now=deadline - timedelta(days=3),
    )
    head, _, body = link.partition(",")
    text = unquote(body)
    assert head == "data:text/calendar;charset=utf-8"
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert "DTEND:20261125T103000Z" in unfolded
    assert "SUMMARY:गली नं. 4\\, अमीनाबाद की सफ़ाई इस समय तक\\; जल्दी करें और फ़ोटो लेना न भूलें" in unfolded
    assert "DESCRIPTION:Two\\nlines\\, one\\; comma" in unfolded
    assert unfolded.count("BEGIN:VALARM") == 2
