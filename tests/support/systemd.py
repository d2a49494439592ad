"""systemd's own reader of units: the one of this machine, or Debian's, unpacked into `.local/`."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.support.debian import fetched

FETCHED = Path(__file__).parents[2] / ".local" / "systemd"
SENTENCE = "These tests need systemd-analyze. Install it (Debian: apt-get install --no-install-recommends systemd)."


def find_systemd_analyze() -> str | None:
    """The path of systemd-analyze: the machine's, then the fetched one."""
    places = (None, str(FETCHED / "root" / "usr" / "bin"), str(FETCHED / "root" / "bin"))
    return next(filter(None, (shutil.which("systemd-analyze", path=place) for place in places)), None)


def ensure_systemd_analyze() -> str | None:
    """The path of systemd-analyze, after fetching Debian's when this user may; None when there is none."""
    return fetched("systemd", FETCHED, find_systemd_analyze)


def environment(tool: str, beside: Path) -> dict[str, str]:
    """What a fetched one needs to find its libraries, linked `beside` under a name that the loader can say."""
    if not tool.startswith(str(FETCHED)):
        return dict(os.environ)
    found = sorted({path.parent for path in (FETCHED / "root").rglob("*.so*")})
    links = [beside / f"libraries-{number}" for number in range(len(found))]
    for link, path in zip(links, found, strict=True):
        if not link.is_symlink():
            link.symlink_to(path)
    return {**os.environ, "LD_LIBRARY_PATH": ":".join(map(str, links))}


if __name__ == "__main__":
    if ensure_systemd_analyze() is None:
        sys.stderr.write(SENTENCE + "\n")
