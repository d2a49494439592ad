"""Whether Cleanit can live on this machine, asked before anything is installed: by any Python, without packages.

A sentence for each reason why not, and what to do about it.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys

PLATFORMS = {("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64")}
OLDEST_GLIBC = (2, 28)
INSTALL_BYTES, BUILD_BYTES, START_BYTES = 2_500_000_000, 1_000_000_000, 300_000_000
"""Free space that installing and a first build take, that a build takes, and that a later start needs."""

_ALIASES = {"amd64": "x86_64", "aarch64": "aarch64", "arm64": "arm64"}
_README = "README.md says which machines work, and why."


def reasons_against(folder: str) -> list[str]:
    """Why Cleanit cannot be installed in this folder on this machine; empty when it can."""
    return [
        reason for reason in (_python(), _platform(), _path(folder), too_little_room(folder, INSTALL_BYTES)) if reason
    ]


def too_little_room(folder: str, needed: int) -> str | None:
    """A sentence when the disk has less free space than is needed, in bytes."""
    free = shutil.disk_usage(folder).free
    if free >= needed:
        return None
    return (
        f"Too little disk: {_size(free)} are free where {folder} lies, and Cleanit needs {_size(needed)} there. "
        "Make room and start again."
    )


def _size(number: int) -> str:
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{number / 1e6:.0f} MB"


def _python() -> str | None:
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        return f"This is Python {platform.python_version()}; Cleanit needs 3.11, 3.12, 3.13 or 3.14."
    if sys.maxsize <= 2**32:
        return "This Python is built for 32 bits; Cleanit needs one for 64."
    if importlib.util.find_spec("ensurepip") is None:
        return "This Python cannot make environments (Debian, Ubuntu: apt-get install python3-venv)."
    return None


def _platform() -> str | None:
    system = "linux" if sys.platform.startswith("linux") else sys.platform
    machine = platform.machine().lower()
    if system in ("win32", "cygwin", "msys"):
        return f"Windows itself has no build of Valkey: run Cleanit inside WSL (`wsl --install`). {_README}"
    if system == "darwin" and machine == "x86_64":
        return (
            "There are no packages for Macs with Intel any more (cryptography has stopped building them), nor for a "
            f"Python built for Intel on a newer Mac. {_README}"
        )
    if (system, _ALIASES.get(machine, machine)) not in PLATFORMS:
        return f"There are no packages of PostgreSQL and Valkey for {platform.system()} on {machine}. {_README}"
    return _c_library() if system == "linux" else None


def _c_library() -> str | None:
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (ValueError, OSError):
        name, version = "", ""
    if name != "glibc":
        return f"This Linux has musl or another C library instead of glibc (Alpine?), and no packages fit it. {_README}"
    if tuple(map(int, version.split(".")[:2])) < OLDEST_GLIBC:
        return f"This Linux is too old: it has glibc {version}, and PostgreSQL's package needs 2.28. {_README}"
    return None


def _path(folder: str) -> str | None:
    if os.pathsep in folder or "\n" in folder:
        return (
            f"The folder {folder} has a colon (or a line break) in its name: PATH separates folders by colons, "
            "so no program in it can be found. Every other sign is fine; rename that one."
        )
    return None


def main() -> int:
    """Say each reason against; 1 when there is one."""
    reasons = reasons_against(os.getcwd())
    for reason in reasons:
        sys.stderr.write(f"{reason}\n")
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main())
