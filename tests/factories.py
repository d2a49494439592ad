"""Things tests need, made through the services a person would go through."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from uuid import UUID

from PIL import Image
from sqlalchemy import Engine

from cleanit_app.adapters.razorpay_messages import RazorpayFormat
from cleanit_app.domain.actors import SYSTEM, Actor, AdminDuty, Role
from cleanit_app.domain.identity import DocumentKind
from cleanit_app.domain.provider import PaymentFailure
from cleanit_app.models import (
    Campaign,
    Cleaner,
    Contribution,
    IdentityDocument,
    Job,
    SecondFactor,
    Session,
    User,
    new_id,
)
from cleanit_app.ports import ProviderPayment, UpiDetails
from cleanit_app.services.accounts import accounts
from cleanit_app.services.auth.passwords import hash_password
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.jobs import jobs
from cleanit_app.services.payments import contributions, payments
from cleanit_app.services.people import identity, kyc
from cleanit_app.services.photos import photos
from cleanit_app.services.review.completion import Claimed, complete_job, weigh_evidence
from cleanit_app.services.review.verification import Checklist, approve_completion
from cleanit_app.services.unit_of_work import UnitOfWork, unit_of_work
from tests.support import secrets

LUCKNOW = (26.8467, 80.9462)
PASSWORD = "nine-clean-lanes"
ALL_TICKED = Checklist(True, True, True, True, True)
FRESH = accounts.Standing(confirmed=True)
PROVED = accounts.Standing(confirmed=True, proved=True)
FORMAT = RazorpayFormat(account_number=secrets.RAZORPAY_X_ACCOUNT_NUMBER)
"""The provider's language, for the account of the tests."""
_numbers = itertools.count(1_000)  # below are the numbers of the demo


@lru_cache(maxsize=1)
def quick_hash() -> str:
    """A hash of PASSWORD at the fewest rounds; what twelve rounds cost is tested where it matters."""
    return hash_password(PASSWORD, rounds=4)


def prove(uow: UnitOfWork, session_id: UUID) -> None:
    """Let a session's second factor be shown just now, giving its admin one; others are passed over."""
    session = uow.get(Session, session_id)
    if uow.get(User, session.user_id).role != Role.ADMIN:
        return
    if uow.session.get(SecondFactor, session.user_id) is None:
        uow.add(
            SecondFactor(user_id=session.user_id, secret=b"sealed elsewhere", created_at=uow.now, confirmed_at=uow.now)
        )
    session.confirmed_at = session.proved_at = uow.now


class MovableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.at

    def move(self, **time: float) -> None:
        """Let time pass, as in `move(days=7)`."""
        self.at += timedelta(**time)


def picture(seed: int = 0, size: tuple[int, int] = (640, 480), kind: str = "JPEG") -> bytes:
    """A sharp, bright picture that differs with its seed."""
    noise = Image.frombytes("RGB", (32, 24), Random(seed).randbytes(32 * 24 * 3))
    out = io.BytesIO()
    noise.resize(size, Image.Resampling.NEAREST).save(out, kind, quality=85)
    return out.getvalue()


class MemoryFiles:
    """A FileStore that forgets."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put(self, key: str, data: bytes, content_type: str) -> None:
        """Keep the bytes."""
        self.kept[key] = data

    def get(self, key: str) -> bytes:
        """The bytes; KeyError when there are none."""
        return self.kept[key]

    def delete(self, key: str) -> None:
        """Forget the bytes."""
        self.kept.pop(key, None)


def hand_in_id(uow: UnitOfWork, person: Actor) -> IdentityDocument:
    """A voter ID of this person whose sealed picture lies nowhere."""
    wish = identity.DocumentDraft(DocumentKind.VOTER_ID, "ABC1234567")
    document_id = new_id()
    picture = identity.SealedPicture(document_id, f"identity/{document_id}.bin", 1, document_id.bytes, b"sealed")
    return identity.hand_in_document(uow, actor=person, draft=wish, picture=picture)


@dataclass
class Town:
    """A small town on one database: people, money and work on demand."""

    engine: Engine
    clock: MovableClock = field(default_factory=MovableClock)
    files: MemoryFiles = field(default_factory=MemoryFiles)

    @contextmanager
    def uow(self) -> Iterator[UnitOfWork]:
        """A unit of work at the clock's moment."""
        with unit_of_work(self.engine, self.clock.now()) as uow:
            yield uow

    @property
    def open(self) -> Callable[[], AbstractContextManager[UnitOfWork]]:
        """The opener that stories take."""
        return self.uow

    def person(self, role: Role = Role.CITIZEN, name: str = "Asha Verma") -> Actor:
        """Somebody new."""
        number = next(_numbers)
        wish = accounts.NewAccount(name, f"p{number}@example.in", f"+9190000{number:05d}", role, quick_hash())
        with self.uow() as uow:
            user = accounts.register(uow, actor=Actor(), account=wish)
            user.gallery_consent = True
            if role is Role.CLEANER:
                user.phone_verified_at = uow.now
            return accounts.actor_of(user, FRESH)

    def admin(self, *duties: AdminDuty, name: str = "Meera Joshi") -> Actor:
        """An admin with these duties, who has just shown the second factor; all duties when none is named."""
        number = next(_numbers)
        wish = accounts.NewAccount(name, f"a{number}@example.in", None, Role.CITIZEN, quick_hash())
        with self.uow() as uow:
            user = accounts.make_admin(uow, actor=SYSTEM, account=wish, duties=list(duties or (AdminDuty.SENIOR,)))
            return accounts.actor_of(user, PROVED)

    def cleaner(self, name: str = "Ramesh Pal") -> Actor:
        """A cleaner who may take jobs and can be paid."""
        actor = self.person(Role.CLEANER, name)
        admin = self.admin(AdminDuty.COMPLIANCE)
        with self.uow() as uow:
            hand_in_id(uow, actor)
            kyc.activate_cleaner(uow, actor=admin, cleaner_id=actor.user_id)
            row = uow.lock(Cleaner, actor.user_id)
            row.payout_kind, row.payout_details, row.payout_holder = "UPI", b"sealed elsewhere", name
            row.payout_mask, row.payout_changed_at, row.payout_verified_at = "ra•••@okbank", uow.now, uow.now
            row.razorpay_contact_id, row.razorpay_fund_account_id = "cont_1", "fa_1"
        return actor

    def photo(self, seed: int | None = None, folder: str = "campaigns") -> photos.StoredPhoto:
        """A stored photo nobody used before."""
        seen = photos.examine(
            picture(next(_numbers) if seed is None else seed),
            most_bytes=10_000_000,
            kinds=photos.JOB_KINDS,
        )
        return photos.store(self.files, seen, folder=folder)

    def campaign(
        self,
        creator: Actor | None = None,
        target_paise: int = 100_000,
        place: tuple[float, float] = LUCKNOW,
        title: str = "Corner dump by the school",
        address: str = "Gali No. 4, Aminabad, Lucknow",
    ) -> Campaign:
        """A campaign that collects money."""
        made = self.waiting(creator or self.person(), target_paise, place, title, address)
        if made.status == "DRAFT":
            admin = self.admin()
            with self.uow() as uow:
                made = campaigns.approve_campaign(uow, actor=admin, campaign_id=made.id)
        return made

    def waiting(
        self,
        creator: Actor,
        target_paise: int = 100_000,
        place: tuple[float, float] = LUCKNOW,
        title: str = "Corner dump by the school",
        address: str = "Gali No. 4, Aminabad, Lucknow",
    ) -> Campaign:
        """A campaign as its creator handed it in; a first one waits for an admin."""
        wish = campaigns.check_draft(
            title=title,
            description="Children step into the road to get past this heap every single morning.",
            target_paise=target_paise,
            latitude=place[0],
            longitude=place[1],
            address=address,
        )
        with self.uow() as uow:
            return campaigns.create_campaign(uow, actor=creator, draft=wish, photo=self.photo())

    def wish(self, campaign: Campaign, amount_paise: int, giver: Actor | None = None) -> Contribution:
        """A contribution with an order that waits to be paid."""
        with self.uow() as uow:
            made = contributions.start_contribution(
                uow,
                actor=giver or self.person(name="Imran Khan"),
                campaign_id=campaign.id,
                amount_paise=amount_paise,
                anonymous=False,
                idempotency_key=f"key-{new_id()}",
            )
            made.razorpay_order_id = f"order_{made.id.hex[-14:]}"
        return made

    def payment(self, wish: Contribution, status: str = "captured", payment_id: str = "") -> ProviderPayment:
        """What the provider would say of a payment for this contribution."""
        amount = wish.amount_paise
        return ProviderPayment(
            id=payment_id or f"pay_{wish.id.hex[-14:]}",
            order_id=wish.razorpay_order_id,
            amount_paise=amount,
            currency="INR",
            status=status,
            method="upi",
            fee_paise=amount * 236 // 10_000 if status == "captured" else None,
            tax_paise=amount * 36 // 10_000 if status == "captured" else None,
            amount_refunded_paise=0,
            failure=PaymentFailure.NOT_TAKEN if status == "failed" else None,
            failure_text=None,
            reference="518157940107",
            created_at=self.clock.now(),
        )

    def give(self, campaign: Campaign, amount_paise: int, giver: Actor | None = None) -> Contribution:
        """A contribution whose money has arrived."""
        wish = self.wish(campaign, amount_paise, giver)
        with self.uow() as uow:
            payments.apply_payment(uow, contribution_id=wish.id, payment=self.payment(wish))
            return uow.get(Contribution, wish.id)

    def job(self, target_paise: int = 100_000, place: tuple[float, float] = LUCKNOW) -> Job:
        """An open job of a fully funded campaign."""
        campaign = self.campaign(target_paise=target_paise, place=place)
        self.give(campaign, target_paise)
        return self.job_of(campaign.id)

    def job_of(self, campaign_id: UUID) -> Job:
        """The job a campaign has now."""
        with self.uow() as uow:
            job_id = uow.get(Campaign, campaign_id).job_id
            assert job_id is not None
            return uow.get(Job, job_id)

    def claimed(self, cleaner: Actor, target_paise: int = 100_000) -> Job:
        """A job this cleaner has taken."""
        job = self.job(target_paise)
        with self.uow() as uow:
            return jobs.claim_job(uow, actor=cleaner, job_id=job.id)

    def completed(self, cleaner: Actor, target_paise: int = 100_000) -> Job:
        """A job with an after-photo that waits for an admin."""
        return self.hand_in(cleaner, self.claimed(cleaner, target_paise).id)

    def hand_in(self, cleaner: Actor, job_id: UUID) -> Job:
        """The after-photo of a job this cleaner has taken."""
        with self.uow() as uow:
            job = uow.get(Job, job_id)
        stored = self.photo(folder=f"jobs/{job.id}/completion")
        claimed = Claimed(place=(job.latitude, job.longitude), accuracy_m=9, captured_at=self.clock.now())
        with self.uow() as uow:
            return complete_job(
                uow,
                actor=cleaner,
                job_id=job.id,
                stored=stored,
                claimed=claimed,
                evidence=weigh_evidence(claimed, stored.photo),
            )

    def verified(self, cleaner: Actor, target_paise: int = 100_000) -> Job:
        """A job whose pay is owed."""
        return self.approve(self.completed(cleaner, target_paise))

    def finish(self, cleaner: Actor, job_id: UUID) -> Job:
        """A job this cleaner has taken, handed in and approved."""
        return self.approve(self.hand_in(cleaner, job_id))

    def approve(self, job: Job) -> Job:
        """A handed-in job whose pay is owed from now on."""
        admin = self.admin(AdminDuty.VERIFIER)
        with self.uow() as uow:
            return approve_completion(uow, actor=admin, job_id=job.id, checklist=ALL_TICKED)


UPI = UpiDetails("Ramesh Pal", "ramesh@okbank")
