"""The camera for the after-photo, over the whole screen; what was taken sends itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.live import countdown
from cleanit_app.components.islands.proof import proof_camera
from cleanit_app.components.photos import source
from cleanit_app.components.text import t
from cleanit_app.domain.errors import DomainError, NotFound
from cleanit_app.domain.statuses import JobStatus
from cleanit_app.pages.cleaner.gates import for_cleaners, gone, job_key
from cleanit_app.pages.cleaner.work.view import EMPTY, WorkView, work_view
from cleanit_app.pages.frame import cleaner_page
from cleanit_app.reads.jobs.work import WorkItem, work_item
from cleanit_app.state.base import PageState
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.proof("[job_id]"), "proof.title"


class ProofState(PageState, rx.State):
    """The job whose photo is taken; the camera itself lives in the browser and outlives the network."""

    view: WorkView = EMPTY
    found: bool = False
    limit_m: int = 0  # how far from the pin a photo may be taken
    open: bool = False  # a photo could be handed in when the page was opened; what is on the camera stays there

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Read the job of this address."""
        if self.view.id != str(self.job_id):
            self.loaded, self.view = False, EMPTY
            yield
        key = job_key(self.job_id)
        try:
            item = await self._ask(work_item, job_id=key) if key else None
        except DomainError:
            item = None
        self.found = item is not None
        if item is not None:
            self._take(item)
            self.open = self.view.status == "CLAIMED" and not self.view.over
            self._hear_of("campaign", [self.view.campaign_id], ProofState.refresh)
        self.loaded = True

    @rx.event
    async def refresh(self) -> Any:
        """The photo was decided, or the job is no longer theirs: what comes next stands on the job's own page."""
        if not self.loaded or self.router.url.path != self.view.proof_href:
            return None
        try:
            item = await self._ask(work_item, job_id=job_key(self.view.id))
        except NotFound:
            item = None
        if item is not None:
            self._take(item)
        waits = item is not None and item.status in (JobStatus.CLAIMED, JobStatus.COMPLETED)
        return CleanerDashboardState.arrive if waits else rx.redirect(self.view.href)

    def _take(self, item: WorkItem) -> None:
        parts = self._parts()
        limits = parts.house_known.limits
        self.view = work_view(item, parts.clock.now(), parts.settings.public_url, limits)
        self.limit_m = round(1000 * limits.proof_radius_km)

    @rx.event
    async def sent(self) -> Any:
        """The server has the photo."""
        return CleanerDashboardState.arrive


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, ProofState.load]


def _time_left() -> rx.Component:
    """What is left of the job's time, also on a page that was left open."""
    left = rx.el.span(icon("timer", 16), countdown(ProofState.view.until_at), class_name="row t-sm b")
    return rx.cond(ProofState.view.until_at != "", left, rx.fragment())


def _camera() -> rx.Component:
    camera = proof_camera(
        owner=CurrentUserState.user_id,
        job_id=ProofState.view.id,
        job_url=routes.job_door(ProofState.view.id),
        before_url=source(ProofState.view.before),
        latitude=ProofState.view.latitude,
        longitude=ProofState.view.longitude,
        limit_m=ProofState.limit_m,
        pay=ProofState.view.pay,
        close_url=ProofState.view.href,
        next_url=ProofState.view.href,
        login_url=routes.LOGIN + "?next=" + ProofState.view.proof_href,
        on_sent=ProofState.sent,
    )
    back = link_button(t("desk.to_work"), ProofState.view.href)
    closed = empty_state(t("photo_page.closed"), t("photo_page.closed_more"), action=back, whole=True)
    return rx.cond(ProofState.open, camera, closed)


def page() -> rx.Component:
    """The page."""
    waiting = rx.el.div(loading(skeleton("h-[60vh] w-full")), class_name="narrow py-4")
    known = rx.cond(ProofState.found, _camera(), gone(t("desk.gone"), t("desk.gone_more")))
    content = for_cleaners(rx.cond(ProofState.loaded, known, waiting), waiting=waiting)
    return cleaner_page(
        content,
        active="work",
        title=t("proof.title"),
        back=routes.WORK,
        right=_time_left(),
        deadline=False,
        waits=False,
        dock=rx.fragment(),
        main_class="flex flex-col min-h-[calc(100dvh-57px)]",
    )
