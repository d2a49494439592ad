"""Programs that tests need and this machine may lack: unpacked from Debian's archives, never installed or started."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_LONGEST_FETCH = 180


def fetched(package: str, folder: Path, find: Callable[[], str | None]) -> str | None:
    """What `find` finds, after unpacking a package of Debian below `folder` when this user may; None without one."""
    found = find()
    if found or not (shutil.which("apt-get") and os.geteuid() == 0):
        return found
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if find() is None:
            sys.stderr.write(f"Fetching Debian's {package} for the tests ...\n")
            _fetch(package, folder)
    return find()


def libraries(folder: Path, beside: Path) -> dict[str, str]:
    """The environment in which a program unpacked below `folder` finds its libraries.

    They are linked `beside` under names that the loader can say: it splits its list at colons and semicolons.
    """
    links = []
    for number, path in enumerate((folder / "root" / "usr" / "lib").glob("*-linux-*")):
        link = beside / f"libraries-{number}"
        if not link.is_symlink():
            link.symlink_to(path)
        links.append(str(link))
    return {"LD_LIBRARY_PATH": ":".join(links)} if links else {}


def _fetch(package: str, folder: Path) -> None:
    """Unpack the program and the libraries that this machine lacks."""
    archives = folder / "archives"
    (archives / "partial").mkdir(parents=True, exist_ok=True)
    wanted = ["--yes", "--no-install-recommends", "--download-only", "-o", f"Dir::Cache::Archives={archives}"]
    for arguments in (["update"], ["install", *wanted, package]):
        done = subprocess.run(["apt-get", "-qq", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              timeout=_LONGEST_FETCH)  # fmt: skip
        if done.returncode != 0:
            return
    for archive in archives.glob("*.deb"):
        subprocess.run(["dpkg", "-x", archive, folder / "root"], check=True)
