"""Told by supervisord that a part has died, ends what the part left running.

A killed granian leaves its worker behind, which would go on answering on the shared port with old code.
"""

from __future__ import annotations

import os
import signal
import sys

from supervisor import childutils


def end_group(pid: int) -> None:
    """Kill the process group that a part led; supervisord gives each part one of its own."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # the usual case: it left nobody


def main() -> None:
    """Answer supervisord's events until it ends."""
    while True:
        _, payload = childutils.listener.wait(sys.stdin, sys.stdout)
        event, _ = childutils.eventdata(payload + "\n")
        end_group(int(event["pid"]))
        childutils.listener.ok(sys.stdout)


if __name__ == "__main__":
    main()
