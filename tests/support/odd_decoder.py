"""The decoder's helper on a machine that refuses something; $ODDITY says what."""

from __future__ import annotations

import os
import resource
import sys
from typing import Any, NoReturn

from cleanit_app import decoder, decoder_limits

_setrlimit = resource.setrlimit
_ROOM = 24 * 1024 * 1024


def _like_apple_silicon(what: int, limits: tuple[int, int]) -> None:
    """As the kernel there answers what lies far below its reservation."""
    if what == resource.RLIMIT_AS:
        raise ValueError("current limit exceeds maximum limit")
    _setrlimit(what, limits)


def _with_little_memory(what: int, limits: tuple[int, int]) -> None:
    """The same, and soon more is held than may be."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * decoder_limits._MAXRSS_UNIT
    decoder_limits.MEMORY_BYTES = held + _ROOM if what == resource.RLIMIT_AS else decoder_limits.MEMORY_BYTES
    _like_apple_silicon(what, limits)


def _no_limits(what: int, limits: tuple[int, int]) -> None:
    raise OSError(1, "Operation not permitted")


def _refused(*_: Any) -> NoReturn:
    raise BlockingIOError(11, "Resource temporarily unavailable")


def _not_permitted(*_: Any) -> NoReturn:
    raise PermissionError(1, "Operation not permitted")


def _gone(*_: Any) -> NoReturn:
    os._exit(9)


def odd(name: str) -> None:
    """Make this process as odd as that."""
    match name:
        case "apple silicon":
            resource.setrlimit = _like_apple_silicon
        case "apple silicon, little memory":
            resource.setrlimit = _with_little_memory
        case "no limits":
            resource.setrlimit = _no_limits
        case "no fork":
            os.fork = _refused
        case "root that may not change its user":
            os.geteuid = lambda: 0
            os.setgroups = os.setgid = os.setuid = _not_permitted
        case "forks die before they begin":
            resource.setrlimit = _gone
        case "strict already":
            _setrlimit(resource.RLIMIT_CPU, (5, 5))
            _setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))
        case "dies at once":
            sys.exit("cannot import name 'whatever'")
        case other:
            raise ValueError(other)


if __name__ == "__main__":
    odd(os.environ["ODDITY"])
    decoder.main(int(sys.argv[1]))
