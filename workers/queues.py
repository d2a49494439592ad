"""The queues, in order of urgency; each has a worker of its own, so that none starves another."""

from __future__ import annotations

from cleanit_app.process_heartbeats import QUEUES

IN_ORDER = QUEUES
MONEY, NOTIFY, DEFAULT = IN_ORDER
