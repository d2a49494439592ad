"""Addresses that want to hear events: from the configuration, from the API, from tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cleanit_app.sandbox import checks
from cleanit_app.sandbox.config import TOPICS
from cleanit_app.sandbox.errors import invalid
from cleanit_app.sandbox.ids import new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World


def subscribe_topics(world: World, urls: Mapping[str, str]) -> None:
    """Replace the configured addresses: topic (payment, refund, payout) → URL. Switches them on again."""
    world.store.db.execute("DELETE FROM endpoint WHERE topic IS NOT NULL")
    for topic, url in urls.items():
        if url:
            _insert(world, url, world.config.webhook_secret, TOPICS[topic], topic)


def switch_on(world: World) -> None:
    """Send events again to addresses that were switched off after a day of refusals."""
    world.store.db.execute("UPDATE endpoint SET active = 1, disabled_at = NULL")


def create(world: World, body: Json) -> Json:
    """Subscribe an address of the merchant's choice."""
    checks.only(body, ("url", "alert_email", "secret", "events", "active"))
    checks.required(body, "url", "events")
    url = checks.text(body, "url", longest=255) or ""
    if not url.startswith(("http://", "https://")):
        raise invalid("The url format is invalid.", "url")
    events = _event_names(body["events"])
    endpoint_id = _insert(world, url, checks.text(body, "secret", longest=255), events, None)
    row = world.store.db.execute("SELECT * FROM endpoint WHERE id = ?", (endpoint_id,)).fetchone()
    return _entity(world, dict(row))


def _event_names(events: Any) -> tuple[str, ...]:
    if isinstance(events, dict):
        return tuple(str(name) for name, on in events.items() if on in (True, 1, "1"))
    if isinstance(events, list):
        return tuple(str(name) for name in events)
    raise invalid("The events must be an array.", "events")


def _insert(world: World, url: str, secret: str | None, events: tuple[str, ...], topic: str | None) -> str:
    endpoint_id = new_id()
    world.store.db.execute(
        "INSERT INTO endpoint (id, url, secret, events, topic, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (endpoint_id, url, secret, json.dumps(list(events)), topic, world.now()),
    )
    return endpoint_id


def _entity(world: World, row: Json) -> Json:
    return {
        "id": row["id"], "entity": "webhook", "url": row["url"], "alert_email": None,
        "secret_exists": row["secret"] is not None, "active": bool(row["active"]),
        "events": dict.fromkeys(json.loads(row["events"]), True), "disabled_at": row["disabled_at"],
        "created_at": row["created_at"], "updated_at": row["created_at"],
        "owner_id": world.config.account_id.removeprefix("acc_"), "owner_type": "merchant",
        "service": "api-test",
        "context": [],
    }  # fmt: skip


def listing(world: World, query: Mapping[str, str]) -> Json:
    """All addresses."""
    rows = world.store.db.execute("SELECT * FROM endpoint ORDER BY created_at, id").fetchall()
    return checks.collection(checks.page([_entity(world, dict(row)) for row in rows], query))
