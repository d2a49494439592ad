"""What a page of ours says over its websocket; anything else is passed over before a library logs it (SEC-01).

Libraries write down what they cannot use, whole. So only events of the one shape that pages send, for handlers that
there are, go on from here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

Hears = Callable[[str], bool]
"""Whether there is a handler of this name."""

_LINE = re.compile(r"[12356](?:probe)?\Z")  # what keeps the line alive or ends it
_JOINS = re.compile(r"4[01](?:/[\w-]{1,40},?)?(?:\{[^\n\r]*\})?\Z")
_LONGEST_JOIN = 64_000
"""Characters of the message with which a tab connects. It brings the first event along, and in it a hash of each state
of the house: some 20 characters each, so that it grows with every page."""
_EVENT = re.compile(r"42(?:/[\w-]{1,40},)?[0-9]{0,9}(?=\[)")
_HEARTBEAT = ["ping"]


def trouble_with(said: str | bytes, hears: Hears) -> str:
    """What is wrong with a message, in a word of ours; empty for one that a page may have sent."""
    if not isinstance(said, str):
        return "bytes"
    if not said.startswith("42"):
        return "" if _LINE.match(said) else _trouble_with_join(said, hears)
    begun = _EVENT.match(said)
    return _trouble_with_event(_read(said[begun.end() :]), hears) if begun else "no event"


def _trouble_with_join(said: str, hears: Hears) -> str:
    """What is wrong with a message that connects or leaves; its first event, if any, is one like every other."""
    if len(said) > _LONGEST_JOIN or not _JOINS.match(said):
        return "no event"
    begin = said.find("{")
    brought = _read(said[begin:]) if begin >= 0 else {}
    if not isinstance(brought, dict):
        return "no event"
    return _trouble_with_event(["event", brought["event"]], hears) if "event" in brought else ""


def _trouble_with_event(event: object, hears: Hears) -> str:
    if event == _HEARTBEAT:
        return ""
    if not isinstance(event, list) or len(event) != 2 or event[0] != "event" or not isinstance(event[1], dict):
        return "no event of a page"
    name, place = event[1].get("name"), event[1].get("router_data", {})
    if not isinstance(name, str) or not hears(name):
        return "no such handler"
    return "" if isinstance(place, dict) and _is_place(place) else "no place of a page"


def _is_place(place: dict[str, object]) -> bool:
    """Whether it says where a page is as pages say it."""
    asked = place.get("query", {})
    paths = [place.get(name, "") for name in ("pathname", "asPath")]
    return isinstance(asked, dict) and all(isinstance(path, str) for path in paths)


def _read(text: str) -> object:
    """What a JSON text says; None when it is none, or nested deeper than anything of ours."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def shown(said: str | bytes) -> str:
    """The name of the handler that was called for, cut and of plain letters; never what it was given."""
    text = said if isinstance(said, str) else ""
    found = re.search(r'"name"\s*:\s*"([\w.]{1,80})', text[:2_000])
    return found[1] if found else ""
