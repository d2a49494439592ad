"""The queues, in order of urgency; each has a worker of its own, so that none starves another."""

from __future__ import annotations

MONEY = "money"
NOTIFY = "notify"
DEFAULT = "default"

IN_ORDER = (MONEY, NOTIFY, DEFAULT)
