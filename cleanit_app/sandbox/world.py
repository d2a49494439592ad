"""What every part of the sandbox shares: its book, its clock, its balances and its timers."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from cleanit_app.sandbox.config import SandboxConfig
from cleanit_app.sandbox.store import Json, Store

BEHAVIOUR: dict[str, Any] = {
    "refund_key_conflict_status": 409,
    "failed_refund_keeps_amount": False,
    "payouts_need_approval": False,
    "auto_refund_after_days": 3,
}
"""Where Razorpay's own pages contradict each other, the choice made here; each can be switched."""

DELAYS = ("payout_delay", "refund_delay", "validation_delay", "time_scale")


class World:
    """One merchant's account at the sandbox."""

    def __init__(self, config: SandboxConfig, store: Store) -> None:
        self.config = config
        self.store = store
        self.wake: Callable[[], None] = lambda: None

    def exact_now(self) -> float:
        """Seconds since 1970, moved by the virtual clock's offset."""
        return time.time() + float(self.store.setting("clock_offset", 0))

    def now(self) -> int:
        """The same in whole seconds, as entities carry it."""
        return int(self.exact_now())

    def delay(self, name: str) -> float:
        """One of DELAYS: set at run time, else configured. Negative means: wait for a hand."""
        return float(self.store.setting(name, getattr(self.config, name)))

    def behaviour(self, name: str) -> Any:
        """How a disputed point is decided now."""
        return self.store.setting(name, BEHAVIOUR[name])

    def schedule(self, action: str, subject: str, after: float) -> None:
        """Do the named action on the subject after so many seconds; a negative delay schedules nothing."""
        if after >= 0:
            due = self.exact_now() + after
            self.store.db.execute(
                "INSERT INTO timer (due_at, action, subject) VALUES (?, ?, ?)", (due, action, subject)
            )
            self.wake()

    def balance(self, which: str) -> int:
        """`pg_balance` (collected, not yet settled) or `x_balance` (to pay out from), in paise."""
        return int(self.store.setting(which))

    def move_balance(self, which: str, delta: int) -> int:
        """Add paise to a balance and return what it is now."""
        value = self.balance(which) + delta
        self.store.set(which, value)
        return value


def public(entity: Json) -> Json:
    """The entity as it goes over the wire: what starts with an underscore is ours."""
    return {name: value for name, value in entity.items() if not name.startswith("_")}
