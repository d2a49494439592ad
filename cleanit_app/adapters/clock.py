"""The clock of this machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class SystemClock:
    """Real time in UTC, moved by a fixed offset where development asks for it."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self._offset = offset

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset
