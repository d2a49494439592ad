"""Prometheus' own tool: reads rules and tries them on figures that a test makes up."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.support.debian import fetched

FETCHED = Path(__file__).parents[2] / ".local" / "prometheus"
SENTENCE = (
    "These tests need promtool. Install it (Debian: apt-get install --no-install-recommends prometheus), "
    "or name it: PROMTOOL=/path/to/promtool make test"
)


def find_promtool() -> str | None:
    """The path of promtool: $PROMTOOL first, then the machine's, then the fetched one."""
    named = os.environ.get("PROMTOOL")
    if named:
        return named if os.access(named, os.X_OK) else None
    places = (None, str(FETCHED / "root" / "usr" / "bin"))
    return next(filter(None, (shutil.which("promtool", path=place) for place in places)), None)


def ensure_promtool() -> str | None:
    """The path of promtool, after fetching Debian's when this user may; None when there is none."""
    return find_promtool() if os.environ.get("PROMTOOL") else fetched("prometheus", FETCHED, find_promtool)


if __name__ == "__main__":
    if ensure_promtool() is None:
        sys.stderr.write(SENTENCE + "\n")
