"""`make run`: everything on this machine, until Ctrl-C."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pydantic import ValidationError

from cleanit_app.local import frontend
from cleanit_app.local.caller import Caller
from cleanit_app.local.machine import Machine
from cleanit_app.local.parts import Plan
from cleanit_app.local.plan import plan_for
from cleanit_app.local.postgres import PostgresFailed
from cleanit_app.local.process_tree import adopt_orphans, bury_orphans, descendants, end
from cleanit_app.local.secrets import ensure_secrets, write_env_file
from cleanit_app.local.suits import BUILD_BYTES, START_BYTES, too_little_room
from cleanit_app.local.supervision import PartFailed
from cleanit_app.paths import DEFAULT, Places
from cleanit_app.production import refuse_stand_ins
from cleanit_app.services.demo.places import DEMO_PASSWORD, PEOPLE
from cleanit_app.settings import read_settings, wrong_settings

NO_ROOM = "The disk is full: make room and start again."
_EXPECTED = (PartFailed, PostgresFailed, RuntimeError)


def say(text: str = "") -> None:
    """One line to whoever started this."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _colour(text: str, code: int) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if sys.stdout.isatty() else text


def _tell(step: str, seconds: float, remark: str) -> None:
    first, *rest = remark.splitlines() or [""]
    say(f"  {_colour('✓', 32)} {step:<18}{seconds:6.1f} s  {_colour(first, 2)}".rstrip())
    for line in rest:
        say(f"    {line}")


@contextmanager
def alone(places: Places) -> Iterator[bool]:
    """True inside the block when no other `make run` uses these places."""
    places.root.mkdir(parents=True, exist_ok=True)
    with (places.root / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


class _Stop:
    """Remembers that somebody wants the end: Ctrl-C, a closed terminal, or a kind kill."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # `nohup` is kept
                signal.signal(number, self._hear)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked.is_set():
            return  # it is being stopped already; a second Ctrl-C must not leave half of it behind
        self.asked.set()
        raise KeyboardInterrupt


def _wait(machine: Machine, stop: _Stop) -> int:
    while not stop.asked.wait(1.0):
        bury_orphans(own=machine.supervisor.own)
        if machine.supervisor.has_died:
            say("The supervisor has ended; stopping what is left.")
            return 1
    return 0


def _announce(plan: Plan, seconds: float) -> None:
    say(f"\n  Cleanit is up after {seconds:.1f} s: {_colour(plan.environment['PUBLIC_URL'], 36)}")
    if plan.listening.is_open_to_others:
        _announce_network(plan)
    if plan.sandbox_port:
        sandbox = plan.listening.urls(plan.sandbox_port)[0]
        say(f"  Razorpay sandbox: {_colour(sandbox, 36)} (no real money)")
        say(f"  Codes to phones and mailboxes: {_colour(f'{sandbox}/codes', 36)} (nothing is really sent)")
    if plan.demo_data:
        _announce_sign_ins()
    say(f"  Logs: {plan.places.logs}/   {_how_to_stop()}\n")


def _announce_network(plan: Plan) -> None:
    for url in plan.listening.urls(plan.web_port)[1:]:
        say(f"  {'also at':>24}: {_colour(url, 36)}")
    say("  Everybody on this network can open it, the sandbox too. Browsers give camera and place to localhost and")
    say("  https only: on a phone photos come from its gallery or camera app.")


def _how_to_stop() -> str:
    if Caller().is_deaf_to_interrupts:
        return f"This shell made its job deaf to Ctrl-C and SIGINT; this stops everything: kill {os.getppid()}"
    return "Ctrl-C stops everything."


def _announce_sign_ins() -> None:
    signs = {"CITIZEN": "gives and starts campaigns", "CLEANER": "claims jobs", "ADMIN": "approves and verifies"}
    say(f"\n  Sign in with the password {_colour(DEMO_PASSWORD, 36)}")
    for person in PEOPLE[:4]:
        say(f"    {person.email:<24}{person.role.lower():<9} {_colour(signs[person.role], 2)}")
    say(_colour("    Money asks admins for a second factor: set it up when asked, with an app or `make code`.", 2))
    say()


def main() -> int:
    """Start, wait, stop. Returns the exit code."""
    with alone(DEFAULT) as first:
        if not first:
            say(f"Cleanit already runs from {DEFAULT.root}. Stop that one first (Ctrl-C where it runs).")
            return 1
        return _run()


def _run() -> int:
    stop = _Stop()
    adopt_orphans()
    Caller().watch(end=lambda: os.kill(os.getpid(), signal.SIGTERM))
    started = time.monotonic()
    say(_colour("Starting Cleanit", 1))
    machine = None
    try:
        plan = _plan()
        machine = Machine(plan, _tell)
        write_env_file(DEFAULT.running, plan.environment, "Settings of the parts that run now.")
        machine.start()
        _announce(plan, time.monotonic() - started)
        return _wait(machine, stop)
    except KeyboardInterrupt:
        return 0
    except ValidationError as wrong:
        return _refuse(wrong_settings(wrong))
    except OSError as failure:
        return _refuse(f"{NO_ROOM} ({failure})" if failure.errno == errno.ENOSPC else str(failure))
    except _EXPECTED as failure:
        return _refuse(str(failure))
    finally:
        stop.asked.set()
        if machine is not None:
            _end(machine)


def _plan() -> Plan:
    """What to start. RuntimeError with a sentence where this machine cannot, NotForProduction where it must not."""
    refuse_stand_ins(read_settings())  # before the first part of ours is started
    is_built = frontend.is_built(frontend.site_folder())
    lack = too_little_room(str(DEFAULT.root), START_BYTES if is_built else BUILD_BYTES)
    if lack:
        raise RuntimeError(lack)
    ensure_secrets(DEFAULT)
    DEFAULT.running.unlink(missing_ok=True)  # left over when a run was killed
    return plan_for(read_settings(), DEFAULT, lambda remark: say(f"  {_colour('!', 33)} {remark}"))


def _refuse(why: str) -> int:
    say(f"\n{_colour('Cleanit does not start.', 31)} {why}")
    return 1


def _end(machine: Machine) -> None:
    started = time.monotonic()
    say("\nStopping ...")
    left = machine.stop() + end(descendants())
    DEFAULT.running.unlink(missing_ok=True)
    remark = f" ({len(left)} had to be ended by hand)" if left else ""
    say(f"Everything has stopped after {time.monotonic() - started:.1f} s{remark}.")


if __name__ == "__main__":
    sys.exit(main())
