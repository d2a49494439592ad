"""Keys that make a repeated request harmless."""

from __future__ import annotations

import hashlib
import json

from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World


def fingerprint(path: str, body: Json) -> str:
    """A hash that is equal for equal requests."""
    return hashlib.sha256((path + json.dumps(body, sort_keys=True)).encode()).hexdigest()


def known(world: World, family: str, key: str, request_hash: str) -> tuple[str | None, bool]:
    """(id made under this key or None, whether the request under it was the same)."""
    row = world.store.db.execute(
        "SELECT request_hash, result_id FROM idempotency WHERE family = ? AND key = ?", (family, key)
    ).fetchone()
    if row is None:
        return None, True
    return str(row["result_id"]), row["request_hash"] == request_hash


def remember(world: World, family: str, key: str, request_hash: str, result_id: str) -> None:
    """Bind a key to what was made under it; requests that were refused are not remembered."""
    world.store.db.execute("INSERT INTO idempotency VALUES (?, ?, ?, ?)", (family, key, request_hash, result_id))
