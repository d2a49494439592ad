"""A street on a running Cleanit: people, funded cleanups and decisions, through its own services and its sandbox."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from playwright.sync_api import BrowserContext

from cleanit_app.domain.actors import SYSTEM, Actor, AdminDuty, Role
from cleanit_app.local.seed import SandboxHand
from cleanit_app.models import Campaign, Job, Payout, new_id
from cleanit_app.ports import UpiDetails
from cleanit_app.services.accounts import accounts
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.jobs import jobs
from cleanit_app.services.payments import contributions
from cleanit_app.services.payouts import payouts
from cleanit_app.services.people import kyc
from cleanit_app.services.photos import photos
from cleanit_app.services.review.verification import approve_completion
from cleanit_app.wiring import Wiring
from tests.factories import ALL_TICKED, FRESH, LUCKNOW, PROVED, hand_in_id, picture, quick_hash
from tests.support.live import Live

_numbers = itertools.count(1)


@dataclass
class Street:
    """What happened before a journey begins, and what others do meanwhile."""

    live: Live
    parts: Wiring = field(init=False)
    hand: SandboxHand = field(init=False)

    def __post_init__(self) -> None:
        self.parts = Wiring(self.live.settings)
        self.hand = SandboxHand(self.live.sandbox_url)

    @property
    def now(self) -> datetime:
        """The moment on this Cleanit's clock."""
        return self.parts.clock.now()

    def person(self, role: Role = Role.CITIZEN, name: str = "Asha Verma") -> Actor:
        """Somebody new, who signs in with `sign_in`."""
        mail, phone = f"{new_id().hex[-12:]}@street.example", f"+91{7_000_000_000 + new_id().int % 10**9}"
        wish = accounts.NewAccount(name, mail, phone, role, quick_hash())
        with self.parts.open_uow() as uow:
            user = accounts.register(uow, actor=Actor(), account=wish)
            if role is Role.CLEANER:
                user.phone_verified_at = uow.now
            return accounts.actor_of(user, FRESH)

    def admin(self, *duties: AdminDuty, name: str = "Meera Joshi") -> Actor:
        """An admin with these duties, every one when none is named."""
        wish = accounts.NewAccount(name, f"{new_id().hex[-12:]}@street.example", None, Role.CITIZEN, quick_hash())
        with self.parts.open_uow() as uow:
            user = accounts.make_admin(uow, actor=SYSTEM, account=wish, duties=list(duties) or [AdminDuty.SENIOR])
            return accounts.actor_of(user, PROVED)

    def cleaner(self, name: str = "Ramesh Pal") -> Actor:
        """A cleaner who may take jobs and is paid to a UPI id."""
        actor, admin = self.person(Role.CLEANER, name), self.admin()
        details = UpiDetails(name, f"c{next(_numbers)}@okbank")
        with self.parts.open_uow() as uow:
            kyc.save_payout_details(uow, actor=actor, details=details, cipher=self.parts.cipher)
            hand_in_id(uow, actor)
            kyc.activate_cleaner(uow, actor=admin, cleaner_id=actor.user_id)
            kyc.confirm_payout_details(uow, actor=admin, cleaner_id=actor.user_id, seen=uow.now)
        return actor

    def secret(self, person: Actor) -> str:
        """A new page session of this person, as its cookie holds it."""
        with self.parts.open_uow() as uow:
            return open_session(uow, user_id=person.user_id, user_agent="journey", with_cookie=True).secret

    def sign_in(self, context: BrowserContext, person: Actor, language: str = "en") -> None:
        """Let this browser be this person."""
        cookies = {"sid": self.secret(person), "lang": language}
        context.add_cookies([{"name": n, "value": v, "url": self.live.base_url} for n, v in cookies.items()])

    def job(self, place: tuple[float, float] = LUCKNOW, rupees: int = 1000, giver: Actor | None = None) -> Job:
        """An open job of a cleanup that neighbours have paid for at the sandbox."""
        campaign, admin = self.start(self.person(), rupees, place), self.admin()
        with self.parts.open_uow() as uow:
            campaigns.approve_campaign(uow, actor=admin, campaign_id=campaign.id)
        self.give(campaign, rupees, giver or self.person(name="Imran Khan"))
        with self.parts.open_read() as uow:
            return uow.get(Job, uow.get(Campaign, campaign.id).job_id)

    def start(self, creator: Actor, rupees: int = 1000, place: tuple[float, float] = LUCKNOW) -> Campaign:
        """A campaign as its creator has just sent it."""
        wish = campaigns.check_draft(
            title="Corner dump by the school",
            description="Children step into the road to get past this heap every single morning.",
            target_paise=rupees * 100,
            latitude=place[0],
            longitude=place[1],
            address="Gali No. 4, Aminabad, Lucknow",
        )
        seen = photos.examine(picture(seed=new_id().int % 2**32), most_bytes=5_000_000, kinds=photos.CAMPAIGN_KINDS)
        stored = photos.store(self.parts.files, seen, folder="campaigns")
        with self.parts.open_uow() as uow:
            return campaigns.create_campaign(uow, actor=creator, draft=wish, photo=stored)

    def give(self, campaign: Campaign, rupees: int, giver: Actor) -> None:
        """Somebody pays for a campaign at the sandbox."""
        with self.parts.open_uow() as uow:
            wish = contributions.start_contribution(
                uow,
                actor=giver,
                campaign_id=campaign.id,
                amount_paise=rupees * 100,
                anonymous=False,
                idempotency_key=new_id().hex,
            )
        provider = self.parts.payments
        placed = contributions.place_order(self.parts.open_uow, provider, actor=giver, contribution_id=wish.id)
        self.hand.pay(placed.razorpay_order_id or "")
        contributions.ask_about_order(self.parts.open_uow, provider, contribution_id=wish.id)

    def claim(self, cleaner: Actor, job: Job) -> None:
        """A cleaner takes a job."""
        with self.parts.open_uow() as uow:
            jobs.claim_job(uow, actor=cleaner, job_id=job.id)

    def nearly_due(self, job_id: UUID, left: timedelta) -> None:
        """Let a claimed job have only this much time left."""
        with self.parts.open_uow() as uow:
            uow.lock(Job, job_id).completion_deadline = uow.now + left

    def approve(self, job_id: UUID) -> UUID:
        """An admin accepts the photo; the id of the payment that is owed then."""
        admin = self.admin()
        with self.parts.open_uow() as uow:
            approve_completion(uow, actor=admin, job_id=job_id, checklist=ALL_TICKED)
            payout = uow.first(Payout, Payout.job_id == job_id)
            assert payout is not None
            return payout.id

    def order_payout(self, payout_id: UUID) -> None:
        """A finance admin sends this payment now."""
        admin = self.admin()
        with self.parts.open_uow() as uow:
            payouts.order_payout_now(uow, actor=admin, payout_id=payout_id)
