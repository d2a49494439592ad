"""Chromium for the browser tests: found on the machine, or installed from Debian where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SENTENCE = (
    "Browser tests need Chromium. Install it (Debian: apt-get install chromium), "
    "or name it: CHROMIUM=/path/to/chromium make test"
)


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome: $CHROMIUM first, then what is on the PATH."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next(filter(None, map(shutil.which, _NAMES)), None)


def ensure_chromium() -> str | None:
    """The path of a Chromium, after installing Debian's when this user may; None when there is none."""
    found = find_chromium()
    if found or os.environ.get("CHROMIUM") or not (shutil.which("apt-get") and os.geteuid() == 0):
        return found
    sys.stderr.write("Installing Debian's Chromium for the browser tests ...\n")
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        if done.returncode != 0:
            return None
    return find_chromium()


if __name__ == "__main__":
    if ensure_chromium() is None:
        sys.stderr.write(SENTENCE + "\n")
