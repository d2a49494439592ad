"""The clock of this machine, and one that development can move while it runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """Real time in UTC, moved by a fixed offset where development asks for it."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self._offset = offset

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset


class MovableClock:
    """Real time moved by the seconds that a small file holds, so that all processes move together (development)."""

    def __init__(self, file: Path, offset: timedelta = timedelta(0)) -> None:
        self._file = file
        self._offset = offset

    def now(self) -> datetime:
        """The moved moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset + timedelta(seconds=offset_in(self._file))


def offset_in(file: Path) -> float:
    """The seconds that a clock file holds; 0 while there is none or it is being written."""
    try:
        return float(file.read_text(encoding="ascii") or 0)
    except (OSError, ValueError):
        return 0.0
