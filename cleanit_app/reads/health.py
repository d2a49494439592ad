"""Whether the parts of a running Cleanit answer (MON-06)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from cleanit_app.reads.paging import ask
from cleanit_app.services.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
OpenRead = Callable[[], AbstractContextManager[UnitOfWork]]


@dataclass(frozen=True)
class Health:
    """Each part and whether it is well; `ok` when those without which nothing works are."""

    ok: bool
    database: bool
    redis: bool
    parts: dict[str, bool]


def health(open_read: OpenRead, signs_of_life: Callable[[], Mapping[str, bool]]) -> Health:
    """Ask the database and Redis; workers and scheduler are told but do not make the web process unwell.

    `signs_of_life` gives the parts that run by the clock and raises when Redis does not answer. Anybody may
    ask: nothing is told but well or not.
    """
    database = _answers(lambda: _ask_database(open_read), "database")
    parts: dict[str, bool] = {}
    redis = _answers(lambda: parts.update(signs_of_life()), "redis")
    return Health(ok=database and redis, database=database, redis=redis, parts=parts)


def _ask_database(open_read: OpenRead) -> None:
    with open_read() as uow:
        ask(uow, "SELECT 1 FROM alembic_version")


def _answers(question: Callable[[], None], part: str) -> bool:
    try:
        question()
    except Exception as silence:  # whatever it is, the part is not well
        log.warning("%s does not answer: %s", part, type(silence).__name__)
        return False
    return True
