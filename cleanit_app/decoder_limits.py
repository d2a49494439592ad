"""What a process that touches a stranger's bytes gives up first: its user, files, children, memory and time (SEC-06).

Where a system refuses a bound, another one holds in its place or the process does not begin. It never goes on unbound.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS, WALL_SECONDS = 10, 15
NOBODY_ID = 65534
_LOOK_SECONDS = 0.01
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


def give_up_rights(too_much: Callable[[], None]) -> None:
    """Keep what one photo needs and nothing else; `too_much` is called before a watched process ends for memory.

    Raises OSError or ValueError when a bound is refused that nothing else can hold.
    """
    signal.alarm(WALL_SECONDS)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY_ID)
        os.setuid(NOBODY_ID)
    try:
        _lower(resource.RLIMIT_AS, MEMORY_BYTES)
    except (OSError, ValueError):
        # Apple Silicon reserves more addresses for each process than that, and refuses.
        threading.Thread(target=_watch_memory, args=(too_much,), daemon=True).start()
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        _lower(what, most)


def _lower(what: int, most: int) -> None:
    """Set a limit for good; a stricter one that is there already stays."""
    _, hard = resource.getrlimit(what)
    lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (lower, lower))


def _watch_memory(too_much: Callable[[], None]) -> None:
    """End this process as soon as it has held more than it may."""
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT <= MEMORY_BYTES:
        time.sleep(_LOOK_SECONDS)
    try:
        too_much()
    finally:
        os._exit(0)
