"""Jobs as a cleaner's lists show them: ready words in the language of the tab."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cleanit_app import routes
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, distance, rupees
from cleanit_app.reads.jobs.jobs import OpenJob
from cleanit_app.state.cards import short_place

NOTHING = ""


@dataclass(frozen=True)
class JobCardView:
    """A job that can be taken; `far` is empty without a position, `hindrance` when there is none."""

    id: str
    campaign_id: str
    href: str
    photo: str
    alt: str
    pay: str
    place: str
    title: str
    far: str
    since: str
    hindrance: str


def job_card_view(job: OpenJob, now: datetime) -> JobCardView:
    """The card of one open job at this moment."""
    return JobCardView(
        id=str(job.id),
        campaign_id=str(job.campaign_id),
        href=routes.job(job.id),
        photo=routes.photo(job.before.base_key),
        alt=say("jobs.photo", place=job.address),
        pay=rupees(job.pay_paise),
        place=short_place(job.address),
        title=job.title,
        far=NOTHING if job.distance_km is None else say("place.away", distance=distance(job.distance_km * 1000)),
        since=ago(job.expires_at - LIMITS.job_life, now),
        hindrance=say("jobs.own") if job.own else say("jobs.had") if job.had_it_last else NOTHING,
    )
