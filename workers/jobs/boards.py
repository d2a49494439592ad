"""The figures of the boards, day by day and week by week, each in a transaction of its own (MON-04)."""

from __future__ import annotations

import logging

from rq.timeouts import BaseTimeoutException

from cleanit_app.services.boards.figures import FigureSpan, count_figures, spans_to_count
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.wiring import Wiring, wiring

log = logging.getLogger(__name__)


class SomeFiguresStayed(Exception):
    """Some days or weeks could not be counted; each is in the error log, the rest is done."""


def count_recent() -> None:
    """Today, yesterday, and every day since the last one counted."""
    _count(nightly=False)


def count_settling() -> None:
    """The last five weeks once more, for what was booked late, and days that are not as the ledger says."""
    _count(nightly=True)


def _count(*, nightly: bool) -> None:
    parts = wiring()
    with parts.open_read() as uow:
        spans = spans_to_count(uow, nightly=nightly)
    stayed = [span for span in spans if not _counted(parts, span)]
    if stayed:
        raise SomeFiguresStayed(", ".join(f"{span.period} {span.starts_on}" for span in stayed))


def _counted(parts: Wiring, span: FigureSpan) -> bool:
    try:
        with parts.open_uow() as uow:
            count_figures(uow, span=span)
    except BaseTimeoutException:
        raise  # the worker ends this job; the next run goes on where it stopped
    except Exception as trouble:
        log.exception("a day's figures could not be counted", extra={"day": span.starts_on.isoformat()})
        with parts.open_uow() as uow:
            note_failure(uow, source="figures", subject_id=None, trouble=trouble)
        return False
    return True
