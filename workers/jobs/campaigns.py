"""Campaigns whose time is over, decided in small groups so that memory and locks stay small, and those long ended."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from uuid import UUID

from rq.timeouts import BaseTimeoutException

from cleanit_app.services.campaigns import closing
from cleanit_app.services.campaigns.archive import archive_old_campaigns
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.wiring import Wiring, wiring

GROUP = 200  # one transaction: less than a second on two cores
ARCHIVED_AT_ONCE = 500
LANES = 3  # groups at a time; they share no campaign
log = logging.getLogger(__name__)


class SomeCampaignsStayed(Exception):
    """Some campaigns could not be decided; each is in the error log, the rest is done."""


def close_due_campaigns() -> None:
    """Every campaign whose collecting time is over becomes FUNDED or EXPIRED (CAM-10)."""
    parts = wiring()
    stayed = sum(_closed(parts))
    with parts.open_uow() as uow:
        uow.hint("money", "workers.jobs.refunds.send_due_refunds")
    if stayed:
        raise SomeCampaignsStayed(f"{stayed} campaigns")


def _closed(parts: Wiring) -> Iterator[int]:
    """How many stayed of each group; a few groups at a time, for while one waits for the database another is made."""
    most = max(1, min(LANES, parts.settings.database_pool_size - 1))
    with ThreadPoolExecutor(most) as lanes:
        going: deque[Future[int]] = deque()
        for ids in _groups(parts):
            going.append(lanes.submit(copy_context().run, _close, parts, ids))  # the run's id goes along
            if len(going) > most:
                yield going.popleft().result()
        while going:
            yield going.popleft().result()


def _groups(parts: Wiring) -> Iterator[list[UUID]]:
    last: closing.Place | None = None
    while True:
        with parts.open_read() as uow:
            page = closing.due_to_close(uow, limit=GROUP, after=last)
        if not page:
            return
        last = page[-1]
        yield [campaign_id for _, campaign_id in page]


def _close(parts: Wiring, ids: list[UUID]) -> int:
    """Decide a group in one transaction; when one is in the way, or too many gave, each half of it. How many stayed."""
    try:
        with parts.open_uow() as uow:
            closing.close_collections(uow, campaign_ids=ids)
    except BaseTimeoutException:
        raise  # the worker ends this job; what is left stays due
    except Exception as trouble:
        if len(ids) > 1:
            middle = len(ids) // 2
            return _close(parts, ids[:middle]) + _close(parts, ids[middle:])
        log.exception("a campaign could not be closed", extra={"campaign": str(ids[0])})
        with parts.open_uow() as uow:
            note_failure(uow, source="campaign", subject_id=ids[0], trouble=trouble)
        return 1
    return 0


def archive() -> None:
    """Archive what ended a year ago, some hundred in each transaction (OPS-05)."""
    parts = wiring()
    archived = ARCHIVED_AT_ONCE
    while archived == ARCHIVED_AT_ONCE:
        with parts.open_uow() as uow:
            archived = archive_old_campaigns(uow, limit=ARCHIVED_AT_ONCE)
