"""Named places where a test may kill this process, to prove that nothing is lost between two steps."""

from __future__ import annotations

import os

EVERY = "*"
_crash_at: str | None = None
_passes_left = 0


def arm(name: str | None, passes: int = 1) -> None:
    """Die at the place called `name` (or at any, for EVERY) when it is passed so often; set in tests, never else."""
    global _crash_at, _passes_left
    _crash_at, _passes_left = name, passes


def crashpoint(name: str) -> None:
    """Die here, as by kill -9, if this place was armed."""
    global _passes_left
    if _crash_at not in (name, EVERY):
        return
    _passes_left -= 1
    if _passes_left <= 0:
        os.write(2, f"killed at {name}\n".encode())
        os._exit(137)
