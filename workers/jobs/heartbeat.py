"""Proves once a minute that the clock, a queue and its worker are connected."""

from __future__ import annotations

import os

from rq import get_current_job

from workers.heartbeat import LASTS_SECONDS, key


def beat(queue: str) -> None:
    """Renew the sign of life of the worker that runs this job (MON-06)."""
    job = get_current_job()
    if job is not None:
        job.connection.set(key(queue), os.getppid(), ex=LASTS_SECONDS)
