"""Indian towns and quarters by name, for people who find a spot without map or device location."""

from __future__ import annotations

from cleanit_app.gazetteer.finding import KnownPlace, find_places

__all__ = ["KnownPlace", "find_places"]
