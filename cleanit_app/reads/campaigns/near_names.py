"""Towns that may have been meant where a search found nothing, each with campaigns to show."""

from __future__ import annotations

from collections.abc import Iterable

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.gazetteer.finding import KnownPlace, find_places
from cleanit_app.reads.campaigns.discovery import discover
from cleanit_app.services.unit_of_work import UnitOfWork

MOST, TRIED = 3, 5


def near_names(
    uow: UnitOfWork, *, actor: Actor, q: str, status: Iterable[CampaignStatus] | None = None
) -> tuple[KnownPlace, ...]:
    """Towns like what was typed, or named in it, that have campaigns of these statuses; three at most (JOB-03)."""
    wanted = None if status is None else tuple(status)
    towns = {place.name: place for place in reversed(find_places(q))}
    likely = list(reversed(towns.values()))[:TRIED]
    return tuple(place for place in likely if discover(uow, actor=actor, q=place.name, status=wanted, limit=1).items)[
        :MOST
    ]
