"""Starts `make run` twice in this checkout, as a person would; needs nothing but Python.

The site must answer, killed parts leave no zombie, the second start builds nothing, the checkout stays clean, and
a signal to make alone stops everything.
"""

from __future__ import annotations

import atexit
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

UP = re.compile(r"Cleanit is up after .*?: (http://localhost:(\d+))")
LONGEST_START, LONGEST_STOP = 900, 120
KILLED = ("workers.worker", "workers.scheduler", "cleanit_app.cleanit_app:app")


def table() -> dict[int, tuple[int, str, str]]:
    """Every process: its parent, its state and its command."""
    said = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True)
    rows = (line.split(None, 3) for line in said.stdout.splitlines())
    return {int(row[0]): (int(row[1]), row[2], row[3] if len(row) > 3 else "") for row in rows}


def below(pid: int) -> dict[int, tuple[int, str, str]]:
    """The processes below one."""
    known, found = table(), {pid}
    while more := {one for one, (parent, _, _) in known.items() if parent in found} - found:
        found |= more
    return {one: known[one] for one in found if one in known and one != pid}


def started(log: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A `make run` that is up, and what it said."""
    with log.open("wb") as out:
        make = subprocess.Popen(
            ["make", "run"], stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    atexit.register(give_up_on, make)
    end = time.monotonic() + LONGEST_START
    while not UP.search(log.read_text(errors="replace")):
        if make.poll() is not None or time.monotonic() > end:
            sys.exit(f"make run did not come up:\n{log.read_text(errors='replace')}")
        time.sleep(0.5)
    return make, log.read_text(errors="replace")


def give_up_on(make: subprocess.Popen[bytes]) -> None:
    """Nothing outlives this program, however it ends."""
    if make.poll() is None:
        for one in [*below(make.pid), make.pid]:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)


def answers(said: str) -> None:
    """The site and its health, at every name of this machine."""
    _, port = UP.search(said).groups()  # type: ignore[union-attr]  # it was found before
    hosts = ["localhost", "127.0.0.1", *(["[::1]"] if "Localhost" in said else [])]
    for host in hosts:
        for path in ("/", "/health"):
            with urllib.request.urlopen(f"http://{host}:{port}{path}", timeout=30) as answer:
                assert answer.status == 200, (host, path, answer.status)


def kill_parts(make: int) -> None:
    """Kill parts as a crash would: they come back, and nothing dead stays."""
    victims = [one for one, (_, _, words) in below(make).items() if any(part in words for part in KILLED)]
    assert len(victims) >= 5, victims
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    end = time.monotonic() + 90
    while sum(any(part in words for part in KILLED) for _, _, words in below(make).values()) < 5:
        assert time.monotonic() < end, "killed parts do not come back"
        time.sleep(1)
    time.sleep(3)
    zombies = [row for row in below(make).values() if row[1].startswith("Z")]
    assert zombies == [], zombies


def stopped(make: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """A signal to make alone, and everything is gone."""
    was = below(make.pid)
    make.send_signal(number)
    make.wait(LONGEST_STOP)
    left = {one: words for one, (_, _, words) in table().items() if one in was and was[one][2] == words}
    assert left == {}, left


def clean() -> None:
    """Nothing tracked was changed, nothing untracked lies about."""
    said = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True, check=True).stdout
    assert said == "", said


def main() -> None:
    """Twice."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Who starts us in the background may have made us deaf to it; with a handler here, what we start hears it again.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        make, said = started(log)
        print(said, flush=True)
        assert re.search(r"Frontend +[0-9.]+ s +built", said)
        answers(said)
        kill_parts(make.pid)
        stopped(make, signal.SIGINT)
        clean()
        make, said = started(log)
        print(said, flush=True)
        assert re.search(r"Frontend +[0-9.]+ s +unchanged", said), "the second start built again"
        stopped(make, signal.SIGTERM)
        clean()
    size = int(subprocess.run(["du", "-sm", ".venv"], capture_output=True, text=True, check=True).stdout.split()[0])
    assert size <= 700, f".venv has {size} MB"
    print(f"Two starts: well. .venv has {size} MB.", flush=True)


if __name__ == "__main__":
    main()
