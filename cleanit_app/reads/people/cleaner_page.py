"""What everybody may know of a cleaner: the first name, how much was finished, and places that were cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.jobs import completion_rate
from cleanit_app.domain.names import first_name
from cleanit_app.reads.campaigns.discovery import CARD, IN_GALLERY, CampaignCard, public_card
from cleanit_app.reads.paging import ask, ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

SHOWN = 24


@dataclass(frozen=True)
class CleanerPage:
    """A cleaner as neighbours see them. `completion_rate` is 0 to 1, None before the first job has ended."""

    id: UUID
    first_name: str
    jobs_done: int
    completion_rate: float | None
    results: tuple[CampaignCard, ...]


def cleaner_page(uow: UnitOfWork, *, actor: Actor, cleaner_id: UUID) -> CleanerPage:
    """A cleaner who works and is named in public; NotFound for all others: nobody learns who is paused or gone.

    Whoever asks sees the same. Of the results those that starter and cleaner let be shown, newest first (LAW-07).
    """
    rows = ask(
        uow,
        """SELECT u.id, u.name, k.verified_count, k.failed_count, k.released_count
           FROM users u JOIN cleaners k ON k.user_id = u.id
           WHERE u.id = :id AND u.status = 'ACTIVE' AND k.status = 'ACTIVE' AND u.credited""",
        id=cleaner_id,
    )
    if not rows:
        raise NotFound(what="cleaner")
    who = rows[0]
    return CleanerPage(
        id=who.id,
        first_name=first_name(who.name) or "",
        jobs_done=who.verified_count,
        completion_rate=completion_rate(who.verified_count, who.failed_count, who.released_count),
        results=_results(uow, cleaner_id),
    )


def _results(uow: UnitOfWork, cleaner_id: UUID) -> tuple[CampaignCard, ...]:
    found = ask_list(
        uow,
        "results of a cleaner",
        f"""WITH found AS (
              SELECT campaigns.id, CAST(NULL AS float8) AS chord, mine.claimed_at FROM campaigns
              JOIN jobs mine ON mine.id = campaigns.job_id
              WHERE mine.claimed_by = :id AND mine.status = 'PAID' AND campaigns.status = 'CLOSED' AND {IN_GALLERY}
              ORDER BY mine.claimed_at DESC LIMIT :size)
            {CARD} ORDER BY found.claimed_at DESC, c.id""",
        id=cleaner_id,
        size=SHOWN,
    )
    return tuple(card for card in found.read(public_card) if card.after)
