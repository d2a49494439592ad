"""GET /health: whether each part does its work (MON-06)."""

from __future__ import annotations

import logging

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cleanit_app.services.sweep_beats import silent
from cleanit_app.signs_of_life import QUEUES, RELAY, SCHEDULER, missing
from cleanit_app.wiring import Wiring, wiring

log = logging.getLogger(__name__)
router = APIRouter()

_OK, _DOWN, _UNKNOWN = "ok", "down", "unknown"


@router.get("/health", tags=["operations"], summary="The state of each part")
def show_health() -> JSONResponse:
    """200 when every part does its work, else 503; the body says which does not."""
    parts = health_of(wiring())
    fine = all(state == _OK for state in parts.values())
    body = {"status": _OK if fine else _DOWN, "parts": parts}
    return JSONResponse(body, 200 if fine else 503, {"cache-control": "no-store"})


def health_of(parts: Wiring) -> dict[str, str]:
    """`ok`, `down` or `unknown` for the database, Redis, each worker, the relay and the scheduler."""
    database = _database(parts)
    return {"database": database, "clock": _clock(parts, database), **_redis_and_workers(parts)}


def _database(parts: Wiring) -> str:
    try:
        with parts.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        log.exception("the database does not answer")
        return _DOWN
    return _OK


def _clock(parts: Wiring, database: str) -> str:
    """Whether every job of the clock went well lately; which did not stands in the log."""
    if database != _OK:
        return _UNKNOWN
    with parts.open_read() as uow:
        names = silent(uow)
    if names:
        log.warning("jobs of the clock are silent", extra={"jobs": ", ".join(names)})
    return _DOWN if names else _OK


def _redis_and_workers(parts: Wiring) -> dict[str, str]:
    names = {f"worker-{queue}": queue for queue in QUEUES} | {SCHEDULER: SCHEDULER, RELAY: RELAY}
    try:
        down = missing(parts.redis)
    except RedisError:
        log.exception("Redis does not answer")
        return {"redis": _DOWN, **dict.fromkeys(names, _UNKNOWN)}
    return {"redis": _OK, **{name: _DOWN if part in down else _OK for name, part in names.items()}}
