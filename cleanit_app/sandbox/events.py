"""Events: their bodies exactly as they are signed, and one delivery per address that listens."""

from __future__ import annotations

import fnmatch
import json
from typing import Any

from cleanit_app.sandbox.ids import new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World, public

_SORTED = ("refund.",)
"""Families whose bodies arrive with alphabetical keys; the others start with `entity`."""


def emit(world: World, event: str, payload: dict[str, Json]) -> str:
    """Queue an event for every address that subscribed to it, all under one event id, which is returned."""
    envelope: Json = {
        "entity": "event",
        "account_id": world.config.account_id,
        "event": event,
        "contains": list(payload),
        "payload": {name: {"entity": public(entity)} for name, entity in payload.items()},
        "created_at": world.now(),
    }
    sort = event.startswith(_SORTED)
    body = json.dumps(envelope, separators=(",", ":"), ensure_ascii=False, sort_keys=sort).encode()
    event_id = new_id()
    for endpoint in world.store.db.execute("SELECT * FROM endpoint ORDER BY created_at, id").fetchall():
        if any(fnmatch.fnmatch(event, pattern) for pattern in json.loads(endpoint["events"])):
            _queue(world, event_id, event, body, dict(endpoint))
    world.wake()
    return event_id


def _queue(world: World, event_id: str, event: str, body: bytes, endpoint: Json) -> None:
    """One delivery, or several or none when a fault is waiting for it."""
    fault = _next_fault(world, event, endpoint["topic"])
    kind = fault.get("kind")
    now = world.exact_now()
    state = "waiting" if endpoint["active"] else "disabled"
    if kind == "drop":
        state = "dropped"
    secret = world.config.webhook_old_secret if kind == "old_secret" else endpoint["secret"]
    spoiled = int(fault.get("attempts", 1)) if kind == "bad_signature" else 0
    due = now + (float(fault.get("seconds", 1)) if kind in ("delay", "reorder") else 0)
    copies = int(fault.get("copies", 2)) if kind == "duplicate" else 1
    for _ in range(copies):
        world.store.db.execute(
            "INSERT INTO delivery (event_id, event, url, endpoint_id, body, secret, spoiled_attempts, state,"
            " due_at, fault, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (event_id, event, endpoint["url"], endpoint["id"], body, secret, spoiled, state, due, kind, now),
        )


def _next_fault(world: World, event: str, topic: str | None) -> Json:
    """Take one use of the oldest webhook fault that fits this event."""
    rows = world.store.db.execute("SELECT * FROM fault WHERE scope = 'webhook' ORDER BY seq").fetchall()
    for row in rows:
        options: dict[str, Any] = json.loads(row["options"])
        fits_event = fnmatch.fnmatch(event, options.get("event", "*"))
        if fits_event and options.get("topic", topic) == topic:
            if row["kind"] == "reorder":
                options["seconds"] = float(options.get("seconds", 0.3)) * row["remaining"]
            _use(world, row["seq"], row["remaining"])
            return {**options, "kind": row["kind"]}
    return {}


def _use(world: World, seq: int, remaining: int) -> None:
    if remaining <= 1:
        world.store.db.execute("DELETE FROM fault WHERE seq = ?", (seq,))
    else:
        world.store.db.execute("UPDATE fault SET remaining = remaining - 1 WHERE seq = ?", (seq,))
