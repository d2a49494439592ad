"""What a search that found nothing leads on to: the place asked for, what else was meant, what is nearest (JOB-03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.gazetteer.finding import KnownPlace, place_meant
from cleanit_app.reads.campaigns.discovery import CampaignCard, DiscoverSort, discover
from cleanit_app.reads.campaigns.near_names import near_names
from cleanit_app.services.unit_of_work import UnitOfWork

NEAREST = 3
_AROUND_KM = 2.0  # what counts as a quarter


OPEN, CLEANED = (CampaignStatus.ACTIVE, CampaignStatus.FUNDED), (CampaignStatus.CLOSED,)


@dataclass(frozen=True)
class NothingFound:
    """`known`: the place that was asked for, which has no campaign of the statuses asked for.

    `has_open`, `has_cleaned`, `has_any`: what it does have; without a known place the towns that may have been
    `meant`. `nearest` come with their distance from the known place.
    """

    known: KnownPlace | None = None
    has_open: bool = False
    has_cleaned: bool = False
    has_any: bool = False
    meant: tuple[KnownPlace, ...] = ()
    nearest: tuple[CampaignCard, ...] = ()


def nothing_found(
    uow: UnitOfWork, *, actor: Actor, q: str, status: Iterable[CampaignStatus] | None = None
) -> NothingFound:
    """The ways on from words that found no campaign of these statuses."""
    wanted = None if status is None else tuple(status)
    known = place_meant(q)
    if known is None or _has(uow, actor, known, wanted):  # other words of the question found nothing there
        return NothingFound(meant=near_names(uow, actor=actor, q=q, status=wanted))
    here = (known.latitude, known.longitude)
    nearest = discover(uow, actor=actor, status=wanted, near=here, sort=DiscoverSort.NEAR, limit=NEAREST).items
    return NothingFound(
        known,
        has_open=_has(uow, actor, known, OPEN),
        has_cleaned=_has(uow, actor, known, CLEANED),
        has_any=_has(uow, actor, known, None),
        nearest=tuple(nearest),
    )


def _has(uow: UnitOfWork, actor: Actor, place: KnownPlace, status: tuple[CampaignStatus, ...] | None) -> bool:
    if any(sign.isdigit() for sign in place.detail):  # a quarter, a PIN code or a DIGIPIN
        here = (place.latitude, place.longitude)
        near = discover(
            uow, actor=actor, status=status, near=here, radius_km=_AROUND_KM, sort=DiscoverSort.NEAR, limit=1
        )
        return bool(near.items)
    return bool(discover(uow, actor=actor, status=status, q=place.name, limit=1).items)
