"""One JSON object per log line, with the request's id and without anybody's credentials."""

from __future__ import annotations

import logging
import re
import sys
import threading
from typing import Any

import structlog

_CREDENTIAL = re.compile(r"""(['"](?:cookie|authorization|x-razorpay-signature)['"]\s*:\s*)(['"]).*?\2""", re.I)
_WRITING = threading.Lock()  # lines of two threads stay whole
_TOKEN_IN_ADDRESS = re.compile(r"([?&]token=)[^&\s\"']+")


def redact(text: str) -> str:
    """The text with cookies, authorizations and page tokens blotted out."""
    if ":" not in text and "=" not in text:  # both patterns need one of them, and most values have neither
        return text
    return _TOKEN_IN_ADDRESS.sub(r"\1***", _CREDENTIAL.sub(r"\1'***'", text))


class RedactCredentials(logging.Filter):
    """Blots credentials out of a record before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record in place; it always passes."""
        record.msg, record.args = redact(record.getMessage()), ()
        return True


def _redact_event(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    return {key: redact(value) if isinstance(value, str) else value for key, value in event.items()}


class _Line:
    """Writes a finished line to what is standard output at that moment; `name` is the logger's own."""

    def __init__(self, name: str = "") -> None:
        self.name = name

    def msg(self, line: str) -> None:
        """Write the line and let it go."""
        with _WRITING:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    debug = info = warning = error = critical = exception = fatal = msg


# Ours are written at once: a request costs one line, and the way through Python's logging would cost four times that.
_OURS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.processors.add_log_level,
    structlog.processors.format_exc_info,
    _redact_event,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
_OF_OTHERS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    _redact_event,
]


def configure_logging(level: str, part: str) -> None:
    """Send every log line of this process to standard output as JSON; `part` names the process."""

    def name_part(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        event["part"] = part
        return event

    as_json = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*_OURS, name_part, as_json],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_Line,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_OF_OTHERS,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, name_part, as_json],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Reflex prints its own records too; this one quotes whole requests.
    logging.getLogger("reflex_base.event.processor.event_processor").addFilter(RedactCredentials())
