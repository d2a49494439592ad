"""supervisord whose logs are one JSON object a line, whatever a part writes.

Our own programs write such lines themselves; what a server, a starting interpreter or a dying process prints is made
one here, by the same redactor and within the same bounds (`log_bounds.py`).
"""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from typing import Any

from supervisor import dispatchers, loggers, supervisord

from cleanit_app.log_bounds import Flood, bounded_event

_LONGEST_LINE = 200_000
_TROUBLE = re.compile(rb"\b(ERROR|FATAL|PANIC|CRITICAL)\b|Traceback|Error\b|panicked")
_flood = Flood()


def as_object(part: str, line: bytes) -> bytes:
    """The line itself when it is a JSON object, else an object that holds it; empty when there are too many of them."""
    if line.startswith(b"{") and _is_object(line):
        return line + b"\n"
    if not line.strip():
        return b""
    passes, withheld = _flood.passes(part)
    if not passes:
        return b""
    said = {"event": line.decode("utf-8", "replace").strip(), "level": "error" if _TROUBLE.search(line) else "info"}
    return _line(said | {"part": part} | ({"withheld": withheld} if withheld else {}))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _line(said: dict[str, Any]) -> bytes:
    now = datetime.now(UTC).isoformat()
    return json.dumps({**bounded_event(said), "timestamp": now}, ensure_ascii=False).encode() + b"\n"


class WholeLines(dispatchers.POutputDispatcher):  # type: ignore[misc]  # supervisor has no types
    """Hands on what a part writes line by line."""

    output_buffer: bytes

    def record_output(self) -> None:
        """Log the lines that are whole; a line without an end is kept until it has one, or is too long."""
        *lines, self.output_buffer = self.output_buffer.split(b"\n")
        if len(self.output_buffer) > _LONGEST_LINE:
            lines, self.output_buffer = [*lines, self.output_buffer[:_LONGEST_LINE]], b""
        self._log(b"".join(as_object(self.process.config.name, line) for line in lines))

    def close(self) -> None:
        """Log what a part said last, though its line has no end."""
        if self.output_buffer and not self.closed:
            self._log(as_object(self.process.config.name, self.output_buffer))
            self.output_buffer = b""
        super().close()


_emit = loggers.Handler.emit


def _own_words(handler: Any, record: Any) -> None:
    """Write a record of supervisord itself as an object; what parts wrote is one already."""
    if handler.fmt == "%(message)s":
        _emit(handler, record)
        return
    told = record.asdict()
    line = _line({"event": told["message"].strip(), "level": told["levelname"].lower(), "part": "supervisor"})
    handler.stream.write(line.decode() if loggers.is_text_stream(handler.stream) else line)
    handler.flush()


def main() -> None:
    """Run supervisord with these lines."""
    dispatchers.POutputDispatcher = WholeLines
    loggers.Handler.emit = _own_words
    supervisord.main(sys.argv[1:])


if __name__ == "__main__":
    main()
