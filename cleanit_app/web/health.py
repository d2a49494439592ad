"""GET /health, /readyz and /livez: whether the house works, this process can serve, and it lives (MON-06)."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cleanit_app.paths import DEFAULT
from cleanit_app.process_heartbeats import QUEUES, RELAY, SCHEDULER, missing
from cleanit_app.services.operations.job_heartbeats import silent
from cleanit_app.settings import Settings
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


@router.get("/livez", tags=["operations"], summary="Whether this process answers")
async def show_life() -> JSONResponse:
    """200 as long as this process turns its wheel; what it needs may be away, and a restart would not bring it back."""
    return JSONResponse({"status": _OK}, headers={"cache-control": "no-store"})


@router.get("/readyz", tags=["operations"], summary="Whether this process can serve")
def show_readiness() -> JSONResponse:
    """200 when this process reaches its database and Redis, else 503; other parts are no reason to send people away."""
    parts = wiring()
    states = {"database": _database(parts), "redis": _redis(parts)}
    fine = all(state == _OK for state in states.values())
    body = {"status": _OK if fine else _DOWN, "parts": states}
    return JSONResponse(body, 200 if fine else 503, {"cache-control": "no-store"})


def health_of(parts: Wiring) -> dict[str, str]:
    """`ok`, `down` or `unknown` for the database, disks, Redis, each worker, the relay and the scheduler."""
    database = _database(parts)
    return {
        "database": database,
        "disk": _disk(parts.settings),
        "clock": _clock(parts, database),
        **_redis_and_workers(parts),
    }


def _disk(settings: Settings) -> str:
    """Whether there is room where photos, backups and a database of our own lie; which is full stands in the log."""
    full = [name for name, folder in _folders(settings) if _free_mb(folder) < settings.least_free_mb]
    if full:
        log.error("a disk is nearly full", extra={"folders": full})
    return _DOWN if full else _OK


def _folders(settings: Settings) -> Iterator[tuple[str, Path]]:
    if not settings.storage_s3_bucket:
        yield "STORAGE_DIR", settings.storage_dir
    yield "BACKUP_DIR", settings.backup_dir
    if settings.database_url == DEFAULT.database_url():
        yield "DATABASE", DEFAULT.postgres


def _free_mb(folder: Path) -> float:
    """Megabytes that we may still write there, or where it will be made; none when its disk does not answer."""
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    try:
        disk = os.statvfs(there)
    except OSError:
        log.exception("a disk does not answer")
        return 0
    return 0 if disk.f_flag & os.ST_RDONLY else disk.f_bavail * disk.f_frsize / 1_000_000


def _database(parts: Wiring) -> str:
    try:
        with parts.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        log.exception("the database does not answer")
        return _DOWN
    return _OK


def _redis(parts: Wiring) -> str:
    try:
        parts.redis.ping()
    except RedisError:
        log.exception("Redis does not answer")
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
