"""The `make` that started this process: when it is asked to end it does not always tell its child.

Ctrl-C reaches both. SIGTERM make hands down. SIGINT, SIGHUP and SIGQUIT to make alone it keeps to itself and waits: its
handler is taken off while it does, which can be seen (Linux). Whoever kills make outright leaves us another parent.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

_NAMES = {"make", "gmake", "gnumake"}
_KEPT = (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)
_LOOK_SECONDS = 0.3


class Caller:
    """Whoever started this process."""

    def __init__(self) -> None:
        self._pid = os.getppid()
        self._is_make = _name(self._pid) in _NAMES
        self._heard = [one for one in _KEPT if self._is_make and _is_in_mask(self._pid, "SigCgt", one)]

    @property
    def is_deaf_to_interrupts(self) -> bool:
        """Whether it was started deaf to SIGINT, as a shell without job control starts what stands before `&`."""
        return self._is_make and _is_in_mask(self._pid, "SigIgn", signal.SIGINT)

    @property
    def wants_the_end(self) -> bool:
        """Whether make was asked to end, or is gone."""
        if not self._is_make:
            return False
        return os.getppid() != self._pid or not all(_is_in_mask(self._pid, "SigCgt", one) for one in self._heard)

    def watch(self, end: Callable[[], None]) -> None:
        """Call `end` once, from a thread of its own, when make wants the end."""
        if self._is_make:
            threading.Thread(target=self._watch, args=(end,), daemon=True, name="caller").start()

    def _watch(self, end: Callable[[], None]) -> None:
        while not self.wants_the_end:
            time.sleep(_LOOK_SECONDS)
        end()


def _name(pid: int) -> str:
    try:
        return str(psutil.Process(pid).name())
    except psutil.Error:
        return ""


def _is_in_mask(pid: int, mask: str, number: signal.Signals) -> bool:
    """Whether a signal stands in a mask of /proc/<pid>/status; False where there is no such file."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return False
    bits = next((line.split()[1] for line in lines if line.startswith(f"{mask}:")), "0")
    return bool(int(bits, 16) >> (number - 1) & 1)
