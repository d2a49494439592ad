"""One job that can be taken: photo, pay, three promises, one button."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.claim import claim_button
from cleanit_app.components.islands.distance import how_far
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount
from cleanit_app.components.navigation import CLEANER, back_link, bottom_bar
from cleanit_app.components.photos import photo, plate, stone
from cleanit_app.components.text import Text, t, words
from cleanit_app.domain.business_limits import BusinessLimits
from cleanit_app.domain.errors import ClaimLimitReached, DomainError
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time, rupees
from cleanit_app.pages.cleaner.gates import for_cleaners, gone, job_key, open_job_card, papers_go, refusal
from cleanit_app.pages.cleaner.views import NOTHING, JobCardView, job_card_view
from cleanit_app.pages.frame import cleaner_page
from cleanit_app.reads.jobs.jobs import JobDetail, JobSort, job_detail, open_jobs
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.state.base import PageState
from cleanit_app.state.cards import short_place
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.job("[job_id]"), "title.job"
SIMILAR_SHOWN = 3


@dataclass(frozen=True)
class JobView:
    """One job; `why_not` is empty when it can be taken now."""

    id: str
    campaign_id: str
    photo: str
    alt: str
    place: str
    title: str
    story: str
    pay: str
    until: str
    in_hand: int
    mine: bool
    why_not: str
    latitude: float = 0.0
    longitude: float = 0.0


EMPTY = JobView("", "", "", NOTHING, "", "", "", "", NOTHING, 0, False, NOTHING)


def job_view(job: JobDetail, now: datetime, limits: BusinessLimits) -> JobView:
    """One job at this moment."""
    refused = job.why_not
    return JobView(
        id=str(job.id),
        campaign_id=str(job.campaign_id),
        photo=routes.photo(job.before.base_key),
        alt=say("jobs.photo", place=job.address),
        place=short_place(job.address),
        title=job.title,
        story=job.description,
        pay=rupees(job.pay_paise),
        until=day_time(now + limits.claim_time, now),
        in_hand=job.in_hand,
        mine=job.is_mine,
        why_not=say(refused.words, **refused.values) if refused else NOTHING,
        latitude=job.latitude,
        longitude=job.longitude,
    )


class JobState(PageState, rx.State):
    """The job of this address and whether it can be taken."""

    view: JobView = EMPTY
    found: bool = False
    similar: list[JobCardView] = []
    answered: int = 0  # refusals so far; the button is busy until it changes

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Read the job of this address."""
        self._clear_problems()
        if self.view.id != str(self.job_id):
            self.loaded, self.view = False, EMPTY
            yield
        await self._look()
        self.loaded = True

    @rx.event
    async def refresh(self) -> Any:
        """Something happened to this job: perhaps somebody took it."""
        await self._look()
        return CleanerDashboardState.arrive

    @rx.event
    async def claim(self) -> Any:
        """Take this job; pressing twice or in two tabs takes it once and opens it."""
        key = job_key(self.job_id)
        taken = await self._do(claim_job, job_id=key) if key else None
        if taken is None:
            await self._look()
            self.answered += 1
        return (
            rx.redirect(routes.work(self.view.id))
            if taken is not None or self.view.mine
            else CleanerDashboardState.arrive
        )

    async def _look(self) -> None:
        key = job_key(self.job_id)
        try:
            job = await self._ask(job_detail, job_id=key) if key else None
            self.found = job is not None
            if job is not None:
                parts = self._parts()
                self.view = job_view(job, parts.clock.now(), parts.house_known.limits)
                await self._look_around(job)
        except DomainError:
            self.found = False

    async def _look_around(self, job: JobDetail) -> None:
        """Others nearby for who comes late; and hear what happens to this one."""
        self._hear_of("campaign", [job.campaign_id], JobState.refresh)
        late = job.why_not is not None and not job.is_mine and not isinstance(job.why_not, ClaimLimitReached)
        self.similar = await self._others_near(job) if late else []

    async def _others_near(self, job: JobDetail) -> list[JobCardView]:
        near = job.latitude, job.longitude
        try:
            page = await self._ask(open_jobs, near=near, sort=JobSort.NEAR, limit=SIMILAR_SHOWN + 5)
        except DomainError:
            return []
        now = self._parts().clock.now()
        others = (other for other in page.items if other.id != job.id and not other.own and not other.had_it_last)
        return [job_card_view(other, now) for other in others][:SIMILAR_SHOWN]


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, JobState.load]


def _promise(cap: Any, face: Any, title: Text, more: Text) -> rx.Component:
    words = rx.el.span(
        rx.el.b(title, class_name="bb block"), rx.el.span(more, class_name="t-sm soft"), class_name="grow"
    )
    return rx.el.li(stone(face, cap), words, class_name="flex items-center gap-3")


def _promises() -> rx.Component:
    return rx.el.ul(
        _promise("genda", "7", t("job.promise_days"), t("job.promise_until", when=JobState.view.until)),
        _promise("genda", icon("camera", 16), t("job.promise_photo"), t("job.promise_photo_more")),
        _promise("neem", icon("indian-rupee", 16), t("job.promise_pay"), t("job.promise_pay_more")),
        class_name="flex flex-col gap-3.5",
    )


def _pay() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.p(t("job.pay"), class_name="t-sm soft"),
            rx.el.p(amount(JobState.view.pay, "xl")),
            class_name="flex flex-col gap-1",
        ),
        chip(t("job.held"), "held", "lock"),
        class_name="flex flex-wrap items-end justify-between gap-2",
    )


def _picture() -> rx.Component:
    sign = plate(JobState.view.place, large=True, class_name="absolute left-[70px] top-3 max-w-[calc(100%-84px)]")
    back = back_link(routes.JOBS, class_name="hero-btn absolute left-3 top-3")
    return photo(
        JobState.view.photo,
        JobState.view.alt,
        sized=True,
        first=True,
        opens=True,
        ratio="h-[38vh] min-h-[220px] max-h-[420px]",
        sizes="(min-width: 768px) 640px, 100vw",
        children=(back, sign),
        class_name="relative md:rounded-t-xl",
    )


def _dock() -> rx.Component:
    """The one button under the thumb, or the way on when there is nothing to take."""
    mine = rx.el.div(
        link_button(t("job.open_mine"), routes.work(JobState.view.id), size="l", block=True, class_name="flex"),
        class_name="dock",
    )
    take = rx.el.div(
        refusal(JobState.problem),
        claim_button(on_claim=JobState.claim, answered=JobState.answered),
        rx.el.p(
            t("job.in_hand", n=JobState.view.in_hand, limit=CleanerDashboardState.limit),
            class_name="t-sm soft text-center",
        ),
        class_name="dock flex flex-col gap-2",
    )
    no = rx.el.div(
        link_button(t("desk.to_jobs"), routes.JOBS, kind="line", block=True, class_name="flex"), class_name="dock"
    )
    known = rx.cond(JobState.view.mine, mine, rx.cond(JobState.view.why_not != "", no, take))
    there = JobState.loaded & JobState.found
    papers = rx.el.div(papers_go(), class_name="dock")
    newcomer = rx.cond(CleanerDashboardState.newcomer & there, papers, bottom_bar(CLEANER, "jobs"))
    return rx.cond(CleanerDashboardState.may_work & there, known, newcomer)


def _standing() -> rx.Component:
    """Whether it is somebody's already, or why it cannot be this person's."""
    no = note(words(JobState.view.why_not), "warn", role="alert")
    mine = note(t("job.is_yours"), "ok", role="status")
    return rx.cond(JobState.view.mine, mine, rx.cond(JobState.view.why_not != "", no, rx.fragment()))


def _similar() -> rx.Component:
    cards = rx.el.div(each(JobState.similar, open_job_card), class_name="flex flex-col gap-3.5 mt-3")
    block = rx.el.section(rx.el.h2(t("job.similar"), class_name="t-h2"), cards)
    return rx.cond(JobState.similar.length() > 0, block, rx.fragment())


def _story() -> rx.Component:
    return rx.el.div(
        rx.el.h1(JobState.view.title, class_name="t-h2"),
        rx.el.p(JobState.view.story, class_name="soft mt-1 whitespace-pre-line break-words"),
        how_far(JobState.view.latitude, JobState.view.longitude, class_name="mt-4"),
    )


def _job() -> rx.Component:
    return rx.el.article(
        _picture(),
        rx.el.div(
            _pay(),
            _standing(),
            _promises(),
            _similar(),
            _story(),
            class_name="relative -mt-4 rounded-t-[18px] bg-white flex flex-col gap-5 px-4 pt-5 pb-8",
        ),
        class_name="w-full max-w-[640px] mx-auto md:py-6",
    )


def _waiting() -> rx.Component:
    shapes = (skeleton("h-[38vh] w-full"), skeleton("h-12 w-1/2 mx-4"), skeleton("h-40 mx-4"))
    return rx.el.div(loading(*shapes), class_name="w-full max-w-[640px] mx-auto flex flex-col gap-4")


def page() -> rx.Component:
    """The page."""
    known = rx.cond(JobState.found, _job(), gone(t("desk.gone"), t("desk.gone_more")))
    content = rx.cond(JobState.loaded, known, _waiting())
    return cleaner_page(for_cleaners(content, waiting=_waiting()), active="jobs", dock=_dock())
