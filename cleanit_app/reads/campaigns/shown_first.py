"""The cleaned place that the first page shows: chosen for its pictures and its word of consent, not for its age."""

from __future__ import annotations

from cleanit_app.domain.actors import Actor
from cleanit_app.reads.campaigns.discovery import CARD, CampaignCard, card_of
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

LEAST_WIDTH, LIGHT, LEAST_SHARPNESS = 800, (60, 210), 20.0
"""Both photos: as wide as the hero draws them, neither dark nor burnt out, not blurred."""
LOOKED_AT = 200
# Both said yes to the gallery; of an account that has gone or is paused nothing leads the first page.
# Nor of a result that somebody questions, or that was sent from another place than the pin.
SHOWN_FIRST = f"""
WITH latest AS (SELECT id, photo_id, job_id, creator_id, closed_at FROM campaigns
                WHERE status = 'CLOSED' AND activated_at IS NOT NULL AND archived_at IS NULL
                ORDER BY activated_at DESC, id DESC LIMIT {LOOKED_AT}),
found AS (SELECT l.id, CAST(NULL AS float8) AS chord,
            least(b.sharpness, 400) + least(s.sharpness, 400) + CASE s.location_source WHEN 'E3' THEN 200 ELSE 0 END
              AS worth
          FROM latest l JOIN jobs j ON j.id = l.job_id AND j.status IN ('VERIFIED', 'PAID')
          JOIN photos b ON b.id = l.photo_id JOIN photos s ON s.id = j.completion_photo_id
          JOIN users w ON w.id = l.creator_id AND w.status = 'ACTIVE' AND w.gallery_consent
          JOIN users k ON k.id = j.claimed_by AND k.status = 'ACTIVE' AND k.gallery_consent
          WHERE least(b.width, s.width) >= {LEAST_WIDTH}
            AND b.brightness BETWEEN {LIGHT[0]} AND {LIGHT[1]} AND s.brightness BETWEEN {LIGHT[0]} AND {LIGHT[1]}
            AND least(b.sharpness, s.sharpness) >= {LEAST_SHARPNESS}
            AND NOT EXISTS (SELECT FROM disputes d WHERE d.job_id = j.id AND d.status <> 'DISMISSED')
          ORDER BY worth DESC, l.closed_at DESC, l.id DESC LIMIT 1)
{CARD}"""


def shown_first(uow: UnitOfWork, *, actor: Actor) -> CampaignCard | None:
    """The best of the latest cleaned places for the first page, or None when none is good enough; anybody may ask."""
    found = ask_list(uow, "the place shown first", SHOWN_FIRST)
    return next(iter(found.read(card_of)), None)
