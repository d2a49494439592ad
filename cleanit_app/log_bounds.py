"""How large a log line may be, and how many of one kind: whoever floods a door fills no disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cleanit_app.domain.redaction import BLOT, redact

LONGEST_VALUE, LONGEST_STACK = 500, 6_000
MOST_ITEMS, DEEPEST = 20, 4
AT_ONCE, A_SECOND = 100, 5.0
"""Lines of one kind: so many at once, then so many a second; the rest is counted and told in one line."""
_KINDS_KEPT = 2_000
_STACKS = ("exception", "stack")
OURS = frozenset({"timestamp", "level", "logger", "part", "request_id", "requests", "method", "status", "milliseconds"})
"""What these keys hold is made by us and holds nobody's words."""


def bounded(value: Any, most: int = LONGEST_VALUE, depth: int = 0) -> Any:
    """The value redacted and cut, its parts as well; anything that is no JSON becomes text."""
    if value is None or isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 1 << 63):
        return value
    if isinstance(value, dict) and depth < DEEPEST:
        return {bounded(str(k), 80): _of_key(str(k), v, most, depth) for k, v in _first(value.items())}
    if isinstance(value, list | tuple | set | frozenset) and depth < DEEPEST:
        return [bounded(one, most, depth + 1) for one in _first(value)]
    text = value if isinstance(value, str) else _said(value)
    return cut(redact(text[: 4 * most]), most, len(text))


def _of_key(key: str, value: Any, most: int, depth: int) -> Any:
    """The value as what its name says: `{"password": "x"}` shows no x."""
    return BLOT if value and not isinstance(value, bool) and _is_private(key) else bounded(value, most, depth + 1)


@lru_cache(maxsize=512)
def _is_private(key: str) -> bool:
    return redact(f"{key[-80:]}=x").endswith(BLOT)


def cut(text: str, most: int, length: int | None = None) -> str:
    """The beginning and the end of a long text, and how much is left out."""
    length = max(len(text), length or 0)
    if length <= most:
        return _sayable(text)
    end = most // 4
    return _sayable(f"{text[: most - end]}… {length - most} more …{text[-end:]}")


def _sayable(text: str) -> str:
    """Half characters, which no file takes, are written out."""
    return text.encode("utf-8", "backslashreplace").decode() if not text.isascii() else text


def _first(many: Any) -> Iterator[Any]:
    for number, one in enumerate(many):
        if number == MOST_ITEMS:
            return
        yield one


def _said(value: Any) -> str:
    try:
        return str(value)
    except Exception as trouble:  # a value that cannot be said must not take its line away
        return f"({type(value).__name__}: {type(trouble).__name__})"


def bounded_event(event: dict[str, Any]) -> dict[str, Any]:
    """A log event of which nothing is too long and nothing names or admits anybody."""
    return {
        key: value if key in OURS and not isinstance(value, list) else _of_event(key, value)
        for key, value in event.items()
    }


def _of_event(key: str, value: Any) -> Any:
    most = LONGEST_STACK if key in _STACKS else LONGEST_VALUE
    if key == "requests" and isinstance(value, list):
        return value  # ids of ours, all of them
    return _of_key(key, value, most, 0)


@dataclass
class _Kind:
    left: float
    at: float
    withheld: int = 0


class Flood:
    """Counts lines by kind, and says which are too many."""

    def __init__(
        self, at_once: float = AT_ONCE, a_second: float = A_SECOND, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._at_once, self._a_second, self._clock = at_once, a_second, clock
        self._kinds: dict[tuple[str, ...], _Kind] = {}
        self._lock = threading.Lock()

    def passes(self, *kind: str) -> tuple[bool, int]:
        """Whether a line of this kind may be written, and how many were withheld since the last one."""
        now = self._clock()
        with self._lock:
            if len(self._kinds) > _KINDS_KEPT:
                kind = ("many kinds",)
            one = self._kinds.setdefault(kind, _Kind(self._at_once, now))
            one.left = min(self._at_once, one.left + (now - one.at) * self._a_second)
            one.at = now
            if one.left < 1:
                one.withheld += 1
                return False, 0
            one.left -= 1
            withheld, one.withheld = one.withheld, 0
            return True, withheld

    def settle(self) -> list[tuple[str, int]]:
        """What was withheld of each kind and not told yet; kinds that rest are forgotten."""
        now = self._clock()
        with self._lock:
            told = [(" ".join(kind), one.withheld) for kind, one in self._kinds.items() if one.withheld]
            for one in self._kinds.values():
                one.withheld = 0
            rest = self._at_once / self._a_second
            self._kinds = {kind: one for kind, one in self._kinds.items() if now - one.at < rest}
            return told
