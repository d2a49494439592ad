"""Campaigns as lists show them: ready words in the language of the tab, made from what was read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from cleanit_app import routes
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.statuses import CampaignStatus, JobStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day, distance, rupees, time_left
from cleanit_app.reads.campaigns.campaigns import CampaignCard

NOTHING = ""


@dataclass(frozen=True)
class CampaignCardView:
    """A campaign card; `photo` is a path without its width."""

    id: str
    href: str
    photo: str
    alt: str
    place: str
    title: str
    percent: int
    raised: str
    of: str
    time: str
    reason: str
    going_ahead: bool
    kerb: str


def card_view(card: CampaignCard, now: datetime) -> CampaignCardView:
    """The card of one campaign at this moment."""
    done = card.status is CampaignStatus.CLOSED
    photo = card.after if done and card.after else card.before
    return CampaignCardView(
        id=str(card.id),
        href=routes.campaign(card.id),
        photo=routes.photo(photo.base_key),
        alt=say("card.photo_after" if done else "card.photo_before", place=card.address),
        place=short_place(card.address),
        title=card.title,
        percent=card.percent,
        raised=rupees(card.raised_paise),
        of=_of(card),
        time=_with_distance(_time(card, now), card.distance_km),
        reason=_reason(card),
        going_ahead=card.status is CampaignStatus.ACTIVE and card.percent >= LIMITS.go_ahead_percent,
        kerb=kerb_state(card.status),
    )


@dataclass(frozen=True)
class CleanedView:
    """A place that was really cleaned: both photos (paths without a width) and who did it."""

    href: str = ""
    title: str = ""
    place: str = ""
    line: str = NOTHING
    before: str = ""
    after: str = ""
    before_alt: str = NOTHING
    after_alt: str = NOTHING
    before_label: str = NOTHING
    after_label: str = NOTHING


def cleaned_view(card: CampaignCard, now: datetime) -> CleanedView:
    """A cleaned place; an empty one while its after-photo is not public."""
    if card.after is None:
        return CleanedView()
    checked = day(card.closed_at or card.after.received_at, now)
    return CleanedView(
        href=routes.campaign(card.id),
        title=card.title,
        place=short_place(card.address),
        line=_credit(card, checked),
        before=routes.photo(card.before.base_key),
        after=routes.photo(card.after.base_key),
        before_alt=say("card.photo_before", place=card.address),
        after_alt=say("card.photo_after", place=card.address),
        before_label=say("home.before_on", day=day(card.created_at, now)),
        after_label=say("home.after_on", day=checked),
    )


def _credit(card: CampaignCard, day_checked: str) -> str:
    """Who started it and who cleaned it, each only who wants to be named (LAW-07)."""
    said = "cleaned.line" if card.cleaner_first_name else "cleaned.line_unnamed"
    line = say(said, name=card.cleaner_first_name or "", day=day_checked, amount=rupees(card.pay_paise))
    return f"{line}, {say('cleaned.started', name=card.starter_first_name)}" if card.starter_first_name else line


def short_place(address: str) -> str:
    """The first two parts of an address without its PIN code, as a street plate shows it."""
    parts = [re.sub(r"\s*\b\d{3} ?\d{3}$", "", part.strip()) for part in address.split(",")[:2]]
    return ", ".join(part for part in parts if part) or address


def shown_status(status: CampaignStatus, job: JobStatus | None, *, under_review: bool) -> CampaignStatus:
    """The state that card and page say: an accepted result is cleaned and checked, though its pay has not left yet."""
    accepted = status is CampaignStatus.COMPLETED and job is JobStatus.VERIFIED and not under_review
    return CampaignStatus.CLOSED if accepted else status


def _shown(card: CampaignCard) -> CampaignStatus:
    return shown_status(card.status, card.job_status, under_review=card.job_held)


def kerb_state(status: CampaignStatus) -> str:
    """How the kerb is painted: collecting, full or done."""
    if status in (CampaignStatus.FUNDED, CampaignStatus.COMPLETED):
        return "full"
    return "done" if status is CampaignStatus.CLOSED else "collecting"


def _of(card: CampaignCard) -> str:
    if card.status in (CampaignStatus.FUNDED, CampaignStatus.COMPLETED, CampaignStatus.CLOSED):
        return say("money.fully_funded")
    return say("money.of", target=rupees(card.target_paise))


def _time(card: CampaignCard, now: datetime) -> str:
    if card.status is CampaignStatus.ACTIVE and card.expires_at:
        return say("campaign.tonight") if now >= card.expires_at else time_left(card.expires_at, now)
    if card.status is CampaignStatus.CLOSED and card.closed_at:
        return day(card.closed_at, now)
    if card.status is CampaignStatus.FUNDED and card.job_status is JobStatus.CLAIMED:
        return say("card.claimed")
    return say(f"campaign.{_shown(card)}")


def _with_distance(time: str, km: float | None) -> str:
    if km is None:
        return time
    away = say("place.away", distance=distance(km * 1000))
    return f"{time}, {away}"


def _reason(card: CampaignCard) -> str:
    if card.status is CampaignStatus.ACTIVE:
        if card.percent >= LIMITS.go_ahead_percent:
            return say("card.goes_ahead")
        needed = card.target_paise * LIMITS.go_ahead_percent // 100 - card.raised_paise
        return say("card.needs", amount=rupees(needed))
    if card.status is CampaignStatus.FUNDED:
        if card.cleaner_first_name:
            return say("card.cleaner_on_it", name=card.cleaner_first_name)
        return say("card.being_decided" if card.job_held else "card.cleaner_wanted")
    if _shown(card) is CampaignStatus.COMPLETED:
        return say("card.being_checked")
    if _shown(card) is CampaignStatus.CLOSED:
        return say("card.cleaned_by", name=card.cleaner_first_name or "")
    return NOTHING
