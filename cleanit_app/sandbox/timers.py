"""What happens by itself when its time has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleanit_app.sandbox import payment_moves, payout_moves, refunds, validations
from cleanit_app.sandbox.world import World

ACTIONS: dict[str, Callable[[World, str], Any]] = {
    "late_authorise": payment_moves.late_authorise,
    "payment_time_out": payment_moves.time_out,
    "auto_refund": payment_moves.auto_refund,
    "refund_process": refunds.process,
    "payout_process": payout_moves.process_if_due,
    "payout_expire": payout_moves.expire,
    "validation_complete": validations.complete,
}
"""Every action looks at its subject again and does nothing when somebody was quicker."""


def fire_due(world: World) -> int:
    """Do everything that is due, each in a transaction of its own; how many there were."""
    sql = "SELECT seq, action, subject FROM timer WHERE due_at <= ? ORDER BY due_at, seq"
    due = world.store.db.execute(sql, (world.exact_now(),)).fetchall()
    for row in due:
        with world.store.transaction():
            world.store.db.execute("DELETE FROM timer WHERE seq = ?", (row["seq"],))
            ACTIONS[row["action"]](world, row["subject"])
    return len(due)


def next_due(world: World) -> float | None:
    """When the next timer fires."""
    row = world.store.db.execute("SELECT min(due_at) AS due FROM timer").fetchone()
    return None if row["due"] is None else float(row["due"])
