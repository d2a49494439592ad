"""What happens when a page's event fails in a way nobody expected (MON-05)."""

# No postponed annotations here: Reflex reads the handler's types as objects.

import structlog

_log = structlog.get_logger("cleanit.page")


def report_page_error(exception: Exception) -> None:
    """Log the failure with its stack. Reflex's own answer would be a toast, which needs eval in the browser."""
    _log.error("a page event failed", exc_info=exception)
