"""How a sweep goes through what is due: batch after batch, each thing once, within the time of its job."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID

# A job has 180 seconds, and the longest single thing is a question and a call of 35 seconds each.
ENOUGH_SECONDS = 100.0


def sweep(
    find: Callable[[int], list[UUID]],
    act: Callable[[UUID], object],
    *,
    batch: int,
    seconds: float = ENOUGH_SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Do all that `find` gives for a limit, each once; what the time does not suffice for stays due. How many."""
    end = clock() + seconds
    tried: set[UUID] = set()
    while True:
        fresh = [one for one in find(batch + len(tried)) if one not in tried][:batch]
        if not fresh:
            return len(tried)
        for one in fresh:
            if clock() >= end:
                return len(tried)
            tried.add(one)
            act(one)
