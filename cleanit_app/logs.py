"""One JSON object per log line, from every logger and stream of a process, bounded and without anybody's words.

Whatever writes goes through `_tame`: redacted, cut and counted there and nowhere else (`domain/redaction.py`,
`log_bounds.py`). Libraries that bring handlers of their own lose them.
"""

from __future__ import annotations

import atexit
import logging
import logging.config
import sys
import threading
import time
import warnings
from types import TracebackType
from typing import Any

import structlog

from cleanit_app.log_bounds import Flood, bounded_event

_WRITING = threading.Lock()  # lines of two threads stay whole
_TELL_EVERY_SECONDS = 5.0
_OWN_WORK = ("cleanit.job", "cleanit.relay", "cleanit.scheduler")
"""One line for each thing done, which no stranger can multiply: never withheld."""
_PEOPLES = {("cleanit.request", "request"): "client", ("cleanit.page", "page act"): "act"}
"""One line for each thing that people do, counted for each address and for each act."""
_WITH_HANDLERS = ("engineio.server", "engineio.client", "socketio.server", "socketio.client")
"""These add a handler of their own unless they have a level when they begin."""
_flood = Flood()
_flood_of_requests = Flood(at_once=2_000, a_second=50)
_told_at = time.monotonic()


class _Line:
    """Writes a finished line to what is standard output at that moment; `name` is the logger's own."""

    def __init__(self, name: str = "") -> None:
        self.name = name

    def msg(self, line: str) -> None:
        """Write the line and let it go."""
        stream = getattr(sys.stdout, "real", sys.stdout)
        with _WRITING:
            stream.write(line + "\n")
            stream.flush()

    debug = info = warning = error = critical = exception = fatal = msg


def _count(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Let a line pass, with how many like it did not, or drop it."""
    name = str(event.get("logger"))
    if name in _OWN_WORK:
        return event
    _tell_what_was_withheld()
    if by := _PEOPLES.get((name, str(event.get("event")))):
        passes, withheld = _flood_of_requests.passes(name, str(event.get(by))[:60])
    else:
        passes, withheld = _flood.passes(name, str(event.get("level")), str(event.get("event"))[:40])
    if not passes:
        raise structlog.DropEvent
    return {**event, "withheld": withheld} if withheld else event


def _tell_what_was_withheld(*, now: bool = False) -> None:
    """Every few seconds, and at the end: one line for each kind of which some were not written."""
    global _told_at
    if not now and time.monotonic() - _told_at < _TELL_EVERY_SECONDS:
        return
    _told_at = time.monotonic()
    for flood in (_flood, _flood_of_requests):
        for kind, more in flood.settle():
            structlog.get_logger("cleanit.logs").warning(f"{more} more lines were not written", kind=kind)


def _tame(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    return bounded_event(event)


# Ours are written at once: a request costs one line, and the way through Python's logging would cost four times that.
_OURS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.processors.add_log_level,
    _count,
    structlog.processors.format_exc_info,
    _tame,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
_OF_OTHERS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.format_exc_info,
    _tame,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
_AS_JSON = structlog.processors.JSONRenderer(ensure_ascii=False)


class LinesOfOthers(logging.Handler):
    """Writes what Python's loggers say in the form of ours; a record that cannot be said leaves a line all the same."""

    def __init__(self, part: str = "") -> None:
        super().__init__()
        named = _naming(part)
        self.setFormatter(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=_OF_OTHERS,
                processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, named, _AS_JSON],
            )
        )

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record unless there are too many like it: from the same place, whatever it says."""
        try:
            _tell_what_was_withheld()
            passes, withheld = _flood.passes(record.name, record.levelname, f"{record.module}:{record.lineno}")
            if passes:
                if withheld:
                    record.withheld = withheld
                _Line().msg(self.format(record))
        except Exception as trouble:
            _log.error("a line could not be written", of=record.name, why=type(trouble).__name__)


_log = structlog.get_logger("cleanit.logs")


def _naming(part: str) -> Any:
    def name_part(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        event["part"] = part
        return event

    return name_part


def configure_logging(level: str, part: str) -> None:
    """Send every log line of this process to standard output as JSON; `part` names the process."""
    structlog.configure(
        processors=[*_OURS, _naming(part), _AS_JSON],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_Line,
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers[:] = [LinesOfOthers(part)]
    root.setLevel(level)
    take_away_handlers()
    logging.captureWarnings(True)


def take_away_handlers() -> None:
    """Let every logger speak through the one of this process, those that brought a handler as well."""
    for name in _WITH_HANDLERS:
        logging.getLogger(name).setLevel(logging.ERROR)
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()
            logger.propagate = True


class RawLines:
    """Takes what is printed to a stream past all loggers, and writes each line as one of ours."""

    encoding, errors = "utf-8", "backslashreplace"

    def __init__(self, real: Any, name: str) -> None:
        self.real = real
        self._name = name
        self._rest = ""

    def write(self, text: str) -> int:
        """Keep text until its line is whole."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in [*lines, *([self._rest] if len(self._rest) > 10_000 else [])]:
            if line.strip():
                logging.getLogger(f"print.{self._name}").warning("printed: %s", line)
        self._rest = self._rest if len(self._rest) <= 10_000 else ""
        return len(text)

    def flush(self) -> None:
        """Lines are written when they are whole."""

    def isatty(self) -> bool:
        """Nobody sits before it."""
        return False

    def fileno(self) -> int:
        """The descriptor underneath, for whoever starts a child."""
        return int(self.real.fileno())

    def writable(self) -> bool:
        """As files say."""
        return True


def own_this_process() -> None:
    """Take everything that a process may print: both streams, and what Python says of errors nobody caught.

    For the programs themselves; whoever only imports them keeps the own streams.
    """
    take_away_handlers()
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not isinstance(stream, RawLines):
            setattr(sys, name, RawLines(stream, name))
    sys.excepthook = _uncaught
    threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)
    sys.unraisablehook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)
    warnings.simplefilter("default", ResourceWarning)
    atexit.register(_tell_what_was_withheld, now=True)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, SystemExit | KeyboardInterrupt):
        return
    _log.critical("nobody caught this", exc_info=(kind, error or kind(), trace))
