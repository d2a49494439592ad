"""Notes statements that took long, with their placeholders and never with their values (MON-06)."""

from __future__ import annotations

import logging
import time
from typing import Any

from sqlalchemy import Engine, event

log = logging.getLogger(__name__)
SLOW_SECONDS = 1.0
_BEGAN = "began_at"


def note_slow_statements(engine: Engine, seconds: float = SLOW_SECONDS) -> None:
    """Write a line for each statement of this engine that takes so long or longer."""

    @event.listens_for(engine, "before_cursor_execute")
    def begin(connection: Any, _cursor: Any, _statement: str, _values: Any, _context: Any, _many: bool) -> None:
        connection.info[_BEGAN] = time.monotonic()

    @event.listens_for(engine, "after_cursor_execute")
    def end(connection: Any, _cursor: Any, statement: str, _values: Any, _context: Any, _many: bool) -> None:
        took = time.monotonic() - connection.info.get(_BEGAN, time.monotonic())
        if took >= seconds:
            said = " ".join(statement.split())[:300]
            log.warning("a slow statement", extra={"statement": said, "milliseconds": round(1000 * took)})
