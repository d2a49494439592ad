"""One campaign as its page shows it: ready words in the language of the tab, made from what was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cleanit_app import routes
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.statuses import CampaignStatus, JobStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, day, day_time, initials, rupees, time_left, time_left_exact
from cleanit_app.reads.campaigns.campaign_detail import CampaignDetail, ContributorView, JobSummary
from cleanit_app.state.campaign_money import MoneyView, money_of
from cleanit_app.state.campaign_steps import StepView, steps_of
from cleanit_app.state.cards import NOTHING, kerb_state, short_place, shown_status

NEIGHBOURS_AT_ONCE = 6
BY_ITS_CREATOR = "cancelled by its creator"
NO_REASONS = (BY_ITS_CREATOR, "JOB_EXPIRED")
"""Why a campaign ended without anybody having said so in words."""


@dataclass(frozen=True)
class NeighbourView:
    """Somebody who gave; without a name and letters when the person wished so."""

    letters: str
    name: str
    amount: str
    when: str


@dataclass(frozen=True)
class CampaignView:
    """Everything the page of one campaign draws; `before` and `after` are paths without a width."""

    id: str = ""
    href: str = ""
    fund_href: str = ""
    title: str = ""
    place: str = ""
    address: str = ""
    story: str = ""
    status: str = ""
    chip: str = ""
    time: str = NOTHING
    before: str = ""
    after: str = ""
    before_alt: str = NOTHING
    after_alt: str = NOTHING
    before_label: str = NOTHING
    after_label: str = NOTHING
    raised: str = ""
    of: str = NOTHING
    contributors: str = NOTHING
    percent: int = 0
    kerb: str = "collecting"
    ahead: bool = False
    line: str = NOTHING
    creator: str = NOTHING
    creator_letters: str = ""
    posted: str = NOTHING
    corrected: str = NOTHING
    correct_href: str = ""
    word: str = NOTHING
    word_tone: str = ""
    money: MoneyView = field(default_factory=MoneyView)
    steps: tuple[StepView, ...] = ()
    neighbours: tuple[NeighbourView, ...] = ()
    more_neighbours: tuple[NeighbourView, ...] = ()
    all_neighbours: str = NOTHING
    own_contribution: str = NOTHING
    contribution_href: str = ""
    dock: str = ""
    missing: str = ""
    may_cancel: bool = False
    shown_to_all: bool = False
    may_dispute: bool = False
    work_href: str = ""
    again_href: str = ""
    declined: bool = False
    latitude: float = 0.0
    longitude: float = 0.0


def campaign_view(d: CampaignDetail, now: datetime, *, takes_jobs: bool, user_id: str) -> CampaignView:
    """The page of a campaign at this moment, for who looks: `takes_jobs` is an active cleaner."""
    done = d.status is CampaignStatus.CLOSED
    neighbours = tuple(_neighbour(one, now) for one in d.contributors)
    word, tone = _word(d)
    return CampaignView(
        id=str(d.id),
        href=routes.campaign(d.id),
        fund_href=routes.fund(d.id),
        title=d.title,
        place=short_place(d.address),
        address=d.address,
        story=d.description,
        status=str(d.status),
        chip=_chip(d),
        time=_time(d, now),
        before=routes.photo(d.before.base_key),
        after=routes.photo(d.after.base_key) if d.after else "",
        before_alt=say("card.photo_before", place=d.address),
        after_alt=say("card.photo_after", place=d.address),
        before_label=say("home.before_on", day=day(d.created_at, now)),
        after_label=_after_label(d, now),
        raised=rupees(d.raised_paise),
        of=say("money.of", target=rupees(d.target_paise)),
        contributors=say("campaign.givers", n=d.contributor_count)
        if d.contributor_count
        else say("campaign.no_givers"),
        percent=100 if done else d.percent,
        kerb=kerb_state(d.status),
        ahead=d.status is CampaignStatus.ACTIVE and d.percent >= LIMITS.go_ahead_percent,
        line=_line(d, now),
        creator=_started(d),
        creator_letters=initials(d.creator_name) if d.creator_name else NOTHING,
        posted=say("campaign.posted", day=day(d.created_at, now)),
        corrected=say("campaign.corrected", day=day(d.corrected_at, now)) if d.corrected_at else NOTHING,
        correct_href=routes.correct_campaign(d.id) if d.viewer.may_correct else "",
        word=word,
        word_tone=tone,
        money=money_of(d, now),
        steps=steps_of(d, now),
        neighbours=neighbours[:NEIGHBOURS_AT_ONCE],
        more_neighbours=neighbours[NEIGHBOURS_AT_ONCE:],
        all_neighbours=say("campaign.more_givers", n=len(neighbours) - NEIGHBOURS_AT_ONCE),
        own_contribution=_own_contribution(d),
        contribution_href=routes.contribution(d.viewer.own_contribution_id) if d.viewer.own_contribution_id else "",
        dock=_dock(d),
        missing=rupees(d.missing_paise),
        may_cancel=d.viewer.may_cancel,
        shown_to_all=d.activated_at is not None,
        may_dispute=d.viewer.may_dispute,
        work_href=_work(d.job, takes_jobs and not d.viewer.is_creator and not d.viewer.own_kept_paise, user_id),
        again_href=routes.start_again(d.id) if may_begin_again(d) else "",
        declined=d.activated_at is None and d.cancel_reason != BY_ITS_CREATOR,
        latitude=d.latitude,
        longitude=d.longitude,
    )


def may_begin_again(d: CampaignDetail) -> bool:
    """Whether this person may fill a new start with it: its creator, once it was declined, cancelled or taken back."""
    return d.viewer.is_creator and d.status is CampaignStatus.CANCELLED


def _started(d: CampaignDetail) -> str:
    if d.viewer.is_creator:
        return say("campaign.you_started")
    return say("campaign.started", name=d.creator_name) if d.creator_name else say("campaign.neighbour_started")


def _chip(d: CampaignDetail) -> str:
    job = d.job
    return str(shown_status(d.status, job.status if job else None, under_review=bool(job and job.under_review)))


def cleaner_of(job: JobSummary | None) -> str:
    """The cleaner's first name: enough to thank somebody, too little to find them."""
    return (job.cleaner_name if job else None) or say("campaign.a_cleaner")


def _neighbour(one: ContributorView, now: datetime) -> NeighbourView:
    if one.is_you:
        name = say("campaign.you") if one.name else say("campaign.you_hidden")
    else:
        name = one.name if one.name else say("campaign.hidden_name")
    return NeighbourView(initials(one.name) if one.name else "", name, rupees(one.paise), ago(one.at, now))


def _time(d: CampaignDetail, now: datetime) -> str:
    if d.status is CampaignStatus.ACTIVE and d.expires_at:
        return say("campaign.tonight") if d.viewer.time_is_over else time_left(d.expires_at, now)
    if d.status is CampaignStatus.FUNDED and d.job and d.job.status is JobStatus.CLAIMED and d.job.deadline:
        return time_left_exact(d.job.deadline, now)
    ended = d.closed_at or d.cancelled_at or (d.completed_at if d.status is CampaignStatus.COMPLETED else None)
    return day(ended, now) if ended else NOTHING


def _after_label(d: CampaignDetail, now: datetime) -> str:
    checked = d.job.verified_at if d.job else None
    return say("home.after_on", day=day(checked, now)) if checked else say("photo.after")


def _line(d: CampaignDetail, now: datetime) -> str:
    """The one sentence under the kerb: what moves the money next."""
    if d.status is CampaignStatus.ACTIVE and d.expires_at:
        if d.viewer.time_is_over:
            return say("campaign.tonight_ahead" if d.percent >= LIMITS.go_ahead_percent else "campaign.tonight_back")
        closes = day(d.expires_at, now)
        if d.percent >= LIMITS.go_ahead_percent:
            return say("campaign.ahead", day=closes, target=rupees(d.target_paise))
        short = d.target_paise * LIMITS.go_ahead_percent // 100 - d.raised_paise
        return say("campaign.needs", amount=rupees(short), day=closes)
    if d.status is CampaignStatus.FUNDED:
        return _funded_line(d, now)
    if d.status is CampaignStatus.COMPLETED and d.job:
        if d.job.under_review:
            return say("campaign.under_review", name=cleaner_of(d.job))
        if d.job.status is JobStatus.VERIFIED:
            return say("campaign.accepted", name=cleaner_of(d.job))
        return say("campaign.checking", name=cleaner_of(d.job))
    if d.status is CampaignStatus.EXPIRED:
        return say("campaign.expired", percent=d.percent)
    return NOTHING


def _funded_line(d: CampaignDetail, now: datetime) -> str:
    job = d.job
    if job and job.status is JobStatus.CLAIMED and job.deadline:
        return say("campaign.claimed", name=cleaner_of(job), until=day_time(job.deadline, now))
    if job and job.held:
        return say("campaign.job_held")
    if d.raised_paise < d.target_paise:
        return say("campaign.funded_short", percent=d.percent)
    return say("campaign.funded")


def _word(d: CampaignDetail) -> tuple[str, str]:
    """What has to be said above all: waiting, declined, cancelled; with its tone."""
    if d.status is CampaignStatus.DRAFT:
        return say("campaign.draft" if d.viewer.is_creator else "campaign.draft_admin"), "warn"
    if d.status is not CampaignStatus.CANCELLED:
        return NOTHING, ""
    reason = d.cancel_reason or ""
    if reason == BY_ITS_CREATOR:
        return say("campaign.taken_back"), ""
    if reason == "JOB_EXPIRED":
        return say("campaign.nobody_came"), "refund"
    key = "campaign.declined" if d.activated_at is None else "campaign.cancelled"
    return say(key, reason=reason), "err"


def _own_contribution(d: CampaignDetail) -> str:
    if not d.viewer.own_kept_paise:
        return NOTHING
    done = d.status is CampaignStatus.CLOSED
    return say("campaign.your_gift_did" if done else "campaign.your_gift", amount=rupees(d.viewer.own_stays_paise))


def _dock(d: CampaignDetail) -> str:
    """What stands under the thumb: give, the reason why not, sharing, or nothing: for admins and when time is over."""
    if d.status is not CampaignStatus.ACTIVE or d.viewer.time_is_over:
        return ""
    if d.viewer.is_creator:
        return "own"
    return "admin" if d.viewer.is_admin else "give"


def _work(job: JobSummary | None, may_take: bool, user_id: str) -> str:
    if job is None:
        return ""
    if job.cleaner_id and str(job.cleaner_id) == user_id:
        return routes.work(job.id)
    return routes.job(job.id) if may_take and job.status is JobStatus.AVAILABLE else ""
