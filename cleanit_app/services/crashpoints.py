"""Named places where a test may kill this process, to prove that nothing is lost between two steps."""

from __future__ import annotations

import os

_crash_at: str | None = None


def arm(name: str | None) -> None:
    """Die at the place called `name`; set by a worker's start in tests, never in production."""
    global _crash_at
    _crash_at = name


def crashpoint(name: str) -> None:
    """Die here, as by kill -9, if this place was armed."""
    if _crash_at == name:
        os._exit(137)
