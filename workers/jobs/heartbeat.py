"""Proves once a minute that the clock, a queue and its worker are connected."""

from __future__ import annotations

import os

from rq import get_current_job

from cleanit_app import process_heartbeats


def beat(queue: str) -> None:
    """Renew the sign of life of the worker that runs this job (MON-06)."""
    job = get_current_job()
    if job is not None:
        process_heartbeats.beat(job.connection, queue, os.getppid())  # this is the worker's child
