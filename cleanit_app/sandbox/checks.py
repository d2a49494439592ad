"""Checks of request bodies and queries, in the order and words of the real service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cleanit_app.sandbox.errors import invalid
from cleanit_app.sandbox.store import Json

_EARLIEST, _LATEST = 946684800, 4765046400


def only(body: Json, allowed: Iterable[str]) -> None:
    """Refuse fields nobody asked for."""
    extra = [name for name in body if name not in set(allowed)]
    if extra:
        raise invalid(f"{', '.join(extra)} is/are not required and should not be sent")


def required(body: Json, *names: str) -> None:
    """Refuse a missing or empty field."""
    for name in names:
        if body.get(name) in (None, ""):
            raise invalid(f"The {name.replace('_', ' ')} field is required.", name)


def amount(body: Json, name: str = "amount", minimum: int = 100) -> int:
    """A whole number of paise that is not below the minimum."""
    value = body[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise invalid(f"The {name} must be an integer.", name)
    if value < minimum:
        raise invalid(f"The {name} must be at least INR {minimum / 100:.2f}", name)
    return value


def text(body: Json, name: str, *, longest: int, shortest: int = 0) -> str | None:
    """An optional string within its length."""
    value = body.get(name)
    if value is None:
        return None
    label = name.replace("_", " ")
    if not isinstance(value, str):
        raise invalid(f"The {label} must be a string.", name)
    if len(value) > longest:
        raise invalid(f"The {label} may not be greater than {longest} characters.", name)
    if len(value) < shortest:
        raise invalid(f"The {label} must be at least {shortest} characters.", name)
    return value


def notes(body: Json) -> Json | list[Any]:
    """Notes as they are kept: an object, or an empty list when there are none."""
    value = body.get("notes")
    if value in (None, [], {}):
        return []
    if not isinstance(value, dict):
        raise invalid("The notes must be an array.", "notes")
    if len(value) > 15:
        raise invalid("Number of fields in notes should be less than or equal to 15.", "notes")
    if any(len(str(key)) > 256 or len(str(item)) > 256 for key, item in value.items()):
        raise invalid("Notes value cannot be greater than 256 characters", "notes")
    return value


def whole(query: Mapping[str, str], name: str, default: int) -> int:
    """A whole number of the query string."""
    raw = query.get(name)
    if raw is None or raw == "":
        return default
    if not raw.lstrip("-").isascii() or not raw.lstrip("-").isdigit():
        raise invalid(f"The {name} must be an integer.", name)
    return int(raw)


def collection(items: list[Json]) -> Json:
    """The envelope of every list."""
    return {"entity": "collection", "count": len(items), "items": items}


def page(items: list[Json], query: Mapping[str, str], most: int = 100) -> list[Json]:
    """Filter by `from` and `to`, then cut by `count` and `skip`."""
    count, skip = whole(query, "count", 10), whole(query, "skip", 0)
    if count > most:
        raise invalid(f"The count may not be greater than {most}.", "count")
    if count < 1:
        raise invalid("The count must be at least 1.", "count")
    start, end = whole(query, "from", _EARLIEST), whole(query, "to", _LATEST)
    for name, value in (("from", start), ("to", end)):
        if not _EARLIEST <= value <= _LATEST:
            raise invalid(f"{name} must be between {_EARLIEST} and {_LATEST}", name)
    kept = [item for item in items if start <= item["created_at"] <= end]
    return kept[max(skip, 0) :][:count]
