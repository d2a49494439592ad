"""Becomes a part: takes its user, folder, environment and command from a file, where any path and any sign can be said.

supervisord's own configuration reads `%`, `;`, `#` and quotes in ways of its own. Run as a file, with `python -P`.
"""

from __future__ import annotations

import json
import os
import pwd
import sys
from pathlib import Path


def main(file: str, name: str) -> None:
    """Turn this process into the part of that name; does not return."""
    part = json.loads(Path(file).read_text(encoding="utf-8"))[name]
    if part["user"]:
        entry = pwd.getpwnam(part["user"])
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
    os.chdir(part["folder"])
    os.execve(part["command"][0], part["command"], os.environ | part["environment"])  # noqa: S606 - the command is ours


if __name__ == "__main__":
    main(*sys.argv[1:])
