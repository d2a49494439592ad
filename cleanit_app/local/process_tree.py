"""Child processes that cannot outlive the process that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterable

import psutil

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def dies_with_parent(with_signal: signal.Signals, *, adopts_orphans: bool = False) -> Callable[[], None]:
    """A `preexec_fn`: the kernel signals the child when its parent is gone (Linux; elsewhere nothing).

    One that adopts orphans becomes the parent of what its children leave behind, and must wait for it.
    """
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def ask_kernel() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, int(with_signal))
            if adopts_orphans:
                libc.prctl(_PR_SET_CHILD_SUBREAPER, 1)

    return ask_kernel


def adopt_orphans() -> None:
    """Make this process the parent of grandchildren whose parent dies, so that none is lost (Linux).

    Whoever adopts must `bury_orphans` now and then.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def bury_orphans(own: Collection[int] = ()) -> list[int]:
    """Wait for adopted children that have ended, so that they do not stay as zombies; their ids.

    Those in `own` are left to whoever started them.
    """
    buried: list[int] = []
    while sys.platform == "linux":
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:  # there is no child at all
            break
        if ended is None or ended.si_pid in own:
            break
        os.waitpid(ended.si_pid, 0)
        buried.append(ended.si_pid)
    return buried


def descendants(pid: int | None = None) -> list[psutil.Process]:
    """Every process below this one, or below another."""
    try:
        return list(psutil.Process(pid).children(recursive=True))
    except psutil.NoSuchProcess:
        return []


def end(processes: Iterable[psutil.Process], patience_seconds: float = 5.0) -> list[int]:
    """Stop those that still run, kindly and then not; returns their ids."""
    left = _running(processes)
    for process in left:
        _ignore_gone(process.terminate)
    deadline = time.monotonic() + patience_seconds
    _, alive = psutil.wait_procs(left, timeout=max(0.0, deadline - time.monotonic()))
    for process in alive:
        _ignore_gone(process.kill)
    psutil.wait_procs(alive, timeout=patience_seconds)
    return [process.pid for process in left]


def _running(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    return [process for process in processes if process.is_running() and _status(process) != psutil.STATUS_ZOMBIE]


def _status(process: psutil.Process) -> str:
    try:
        return str(process.status())
    except psutil.NoSuchProcess:
        return str(psutil.STATUS_ZOMBIE)


def _ignore_gone(action: Callable[[], None]) -> None:
    try:
        action()
    except psutil.NoSuchProcess:
        return
