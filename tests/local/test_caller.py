"""However the `make` that started it is asked to end, what it started ends too, and leaves no zombie."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanit_app.paths import PROJECT

CHILD = """
import os, signal, sys, time
from cleanit_app.local.caller import Caller
caller = Caller()
def ended(*_):
    open("ended", "w").close()
    os._exit(0)
signal.signal(signal.SIGTERM, ended)
caller.watch(end=lambda: os.kill(os.getpid(), signal.SIGTERM))
open("deaf" if caller.is_deaf_to_interrupts else "hears", "w").close()
time.sleep(60)
"""
MAKEFILE = 'run:\n\t@exec "$$PYTHON" child.py\n'


def soon(check: Callable[[], object], seconds: float = 15) -> None:
    """Wait until a check holds."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end
        time.sleep(0.05)


def made(folder: Path) -> None:
    """A Makefile whose child behaves as `make run`'s."""
    (folder / "child.py").write_text(CHILD)
    (folder / "Makefile").write_text(MAKEFILE)


def hearing() -> None:
    """In a child before its program begins: it hears every signal, whatever the shell of the tests is deaf to."""
    for name in ("SIGINT", "SIGHUP", "SIGQUIT"):
        signal.signal(signal.Signals[name], signal.SIG_DFL)


ENVIRONMENT = os.environ | {"PYTHONPATH": str(PROJECT), "PYTHON": sys.executable}


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGKILL"])
def test_a_signal_to_make_alone_ends_what_it_started(tmp_path: Path, name: str) -> None:
    made(tmp_path)
    make = subprocess.Popen(
        ["make", "run"], cwd=tmp_path, env=ENVIRONMENT, start_new_session=True, stderr=subprocess.DEVNULL,
        preexec_fn=hearing,
    )  # fmt: skip
    soon((tmp_path / "hears").exists)
    make.send_signal(signal.Signals[name])
    soon((tmp_path / "ended").exists)
    make.wait(15)


@pytest.mark.parametrize("start", ["make run &", "nohup make run > out 2>&1 &"])
def test_a_job_in_the_background_ends_with_sigterm_and_says_that_it_is_deaf_to_sigint(
    tmp_path: Path, start: str
) -> None:
    made(tmp_path)
    script = f"{start}\necho $! > pid"
    subprocess.run(["sh", "-c", script], cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.DEVNULL, check=True)
    soon((tmp_path / "deaf").exists)
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGTERM)
    soon((tmp_path / "ended").exists)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has subreapers")
def test_what_it_adopts_is_buried_and_what_it_started_itself_is_left_to_it() -> None:
    code = """
import subprocess, sys, time
import psutil
from cleanit_app.local.process_tree import adopt_orphans, bury_orphans
adopt_orphans()
orphan = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'pass'])"
subprocess.run([sys.executable, "-c", orphan], check=True)
subprocess.run([sys.executable, "-c", orphan], check=True)
zombies = lambda: [one for one in psutil.Process().children() if one.status() == psutil.STATUS_ZOMBIE]
end = time.monotonic() + 20
while len(zombies()) < 2 and time.monotonic() < end:
    time.sleep(0.05)
before = len(zombies())
buried = len(bury_orphans())
own = subprocess.Popen([sys.executable, "-c", "raise SystemExit(7)"])
while psutil.Process(own.pid).status() != psutil.STATUS_ZOMBIE:
    time.sleep(0.05)
left = bury_orphans(own={own.pid})
print(before, buried, len(zombies()), left, own.wait())
"""
    said = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["2", "2", "1", "[]", "7"]


def test_without_children_there_is_nobody_to_bury() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from cleanit_app.local.process_tree import bury_orphans; print(bury_orphans())"],
        env=ENVIRONMENT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
