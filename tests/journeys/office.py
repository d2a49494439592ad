"""A town on the running Cleanit, and its admins at their desks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from playwright.sync_api import Browser, Page
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.models import Job, Session, User
from cleanit_app.ports import UpiDetails
from cleanit_app.services.accounts import accounts
from cleanit_app.services.jobs import jobs
from cleanit_app.services.people import kyc
from cleanit_app.services.review.completion import Claimed, complete_job, weigh_evidence
from cleanit_app.services.unit_of_work import UnitOfWork, unit_of_work
from cleanit_app.wiring import Wiring
from tests.factories import PASSWORD, MovableClock, Town, hand_in_id, prove
from tests.support.live import Live

METRES_PER_DEGREE = 111_195


class LiveTown(Town):
    """People, money and work on the running parts; what happens is told to open tabs as usual."""

    def __init__(self, live: Live) -> None:
        self.parts = Wiring(live.settings)
        super().__init__(self.parts.engine, MovableClock(self.parts.clock.now()), self.parts.files)

    @contextmanager
    def uow(self) -> Iterator[UnitOfWork]:
        """A unit of work at this moment, or as long ago as the clock was moved back."""
        self.clock.move(milliseconds=1)
        with unit_of_work(self.engine, self.clock.now(), self.parts._after_commit) as uow:
            yield uow

    @contextmanager
    def earlier(self, **time: float) -> Iterator[None]:
        """Inside the block everything happens some time ago."""
        now = self.clock.at
        self.clock.at = now - timedelta(**time)
        yield
        self.clock.at = now

    def cleaner(self, name: str = "Ramesh Pal") -> Actor:
        """A cleaner who may take jobs and whose account the provider will know."""
        actor = self.person(Role.CLEANER, name)
        admin = self.admin(AdminDuty.COMPLIANCE)
        with self.uow() as uow:
            hand_in_id(uow, actor)
            kyc.activate_cleaner(uow, actor=admin, cleaner_id=actor.user_id)
            kyc.save_payout_details(
                uow, actor=actor, details=UpiDetails(name, "ramesh@okbank"), cipher=self.parts.cipher
            )
            kyc.confirm_payout_details(uow, actor=admin, cleaner_id=actor.user_id, seen=uow.now)
        return actor

    def handed_in(self, cleaner: Actor, *, target_paise: int = 100_000, away_m: float = 20) -> Job:
        """A job with an after-photo taken this far from its pin."""
        job = self.job(target_paise)
        with self.uow() as uow:
            jobs.claim_job(uow, actor=cleaner, job_id=job.id)
        self.hand_in(cleaner, job, away_m=away_m)
        return job

    def hand_in(self, cleaner: Actor, job: Job, *, away_m: float = 20) -> None:
        """The after-photo of a claimed job."""
        stored = self.photo(folder=f"jobs/{job.id}/completion")
        place = (job.latitude + away_m / METRES_PER_DEGREE, job.longitude)
        claimed = Claimed(place=place, accuracy_m=9, captured_at=self.clock.now())
        evidence = weigh_evidence(claimed, stored.photo)
        with self.uow() as uow:
            complete_job(uow, actor=cleaner, job_id=job.id, stored=stored, claimed=claimed, evidence=evidence)

    def actor(self, user_id: UUID) -> Actor:
        """Somebody known, as an actor."""
        with self.uow() as uow:
            return accounts.actor_of(uow.get(User, user_id))

    def row(self, kind: type, row_id: object) -> object:
        """A row as it stands now."""
        with self.uow() as uow:
            return uow.get(kind, row_id)


@contextmanager
def at_desk(
    browser: Browser, live: Live, town: LiveTown, actor: Actor, refused: Sequence[int] = (), touch: bool = False
) -> Iterator[Page]:
    """A signed-in browser of this person at a desk's width; errors on the console fail the test.

    `refused`: the statuses of answers that the journey itself provokes, which a browser reports as errors.
    """
    email = town.row(User, actor.user_id).email
    context = browser.new_context(
        base_url=live.base_url,
        viewport={"width": 1440, "height": 1000},
        locale="en-IN",
        timezone_id="Asia/Kolkata",
        has_touch=touch,
    )
    answer = context.request.post(
        "/session/login",
        form={"identifier": email, "password": PASSWORD},
        headers={"Origin": live.base_url, "Accept": "application/json"},
    )
    assert answer.ok, answer.text()
    with town.uow() as uow:
        newest = select(col(Session.id)).where(col(Session.user_id) == actor.id).order_by(col(Session.id).desc())
        prove(uow, uow.run(newest.limit(1)).scalar_one())
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    expected = tuple(f"the server responded with a status of {status} " for status in refused)
    left = [line for line in said if not any(words in line for words in expected)]
    assert left == [], left
