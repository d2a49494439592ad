"""Demo data: campaigns in every state, made only through the services and the provider's own doors."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from PIL import Image, ImageOps

from cleanit_app.domain.actors import SYSTEM, Actor, AdminDuty, Role
from cleanit_app.models import Attempt, Campaign, Contribution, Job, Payout, Refund, User
from cleanit_app.ports import FieldCipher, FileStore, PaymentProvider, PayoutProvider, ProviderFormat, UpiDetails
from cleanit_app.services.accounts import accounts
from cleanit_app.services.auth.passwords import hash_password
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.demo.desk import load_desk
from cleanit_app.services.demo.documents import specimen_card
from cleanit_app.services.demo.places import ADMIN, CAMPAIGNS, DEMO_PASSWORD, PEOPLE, DemoCampaign
from cleanit_app.services.jobs import jobs
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payments import contributions
from cleanit_app.services.payouts.send import carry_out_payout, send_payout
from cleanit_app.services.people import identity, kyc
from cleanit_app.services.people.identity_files import keep_sealed
from cleanit_app.services.photos import exif, photos
from cleanit_app.services.refunds.send import carry_out_refund, send_refund
from cleanit_app.services.review.completion import Claimed, complete_job, weigh_evidence
from cleanit_app.services.review.verification import Checklist, approve_completion
from cleanit_app.services.unit_of_work import UnitOfWork

PICTURES = Path(__file__).parent / "photos"
NAMESPACE = UUID("9b0c6f0e-6f0d-4b9f-9d5c-0a4f3f1f2a11")
AFTER_FUNDING = ("OPEN", "CLAIMED", "COMPLETED", "VERIFIED", "PAID")
METRES_PER_DEGREE = 111_195


@dataclass(frozen=True)
class DemoParts:
    """What loading needs: units of work at any moment, and the parts outside.

    `pay` lets the sandbox's customer pay the order with this id, `land` lets its bank take the payout
    with this id, `give_back` lets it finish the refund with this id.
    """

    open_at: Callable[[datetime], AbstractContextManager[UnitOfWork]]
    now: datetime
    files: FileStore
    payments: PaymentProvider
    payouts: PayoutProvider
    cipher: FieldCipher
    form: ProviderFormat
    pay: Callable[[str], None]
    land: Callable[[str], None]
    give_back: Callable[[str], None]

    def opener(self, at: datetime) -> Callable[[], AbstractContextManager[UnitOfWork]]:
        """An opener whose clock stands at one moment."""
        return lambda: self.open_at(at)


def load_demo(parts: DemoParts) -> bool:
    """Fill an empty database with people, places, money and work; False when it was done before.

    A start that was broken off goes on with the campaigns that are missing.
    """
    with parts.open_at(parts.now) as uow:
        there = {campaign.title for campaign in uow.all(Campaign)}
        known = {user.email: accounts.actor_of(user) for user in uow.all(User)}
    missing = [(n, demo) for n, demo in enumerate(CAMPAIGNS) if demo.title not in there]
    if not missing and not load_desk(parts.open_at, parts.now, known):
        return False
    people = known if ADMIN in known else _people(parts)
    for number, demo in missing:
        _campaign(parts, people, demo, number)
    load_desk(parts.open_at, parts.now, people)
    with parts.open_at(parts.now) as uow:
        while relay_outbox(uow).events:
            uow.flush()
    return True


def _people(parts: DemoParts) -> dict[str | None, Actor]:
    """Everybody with the same password, hashed once."""
    hashed = hash_password(DEMO_PASSWORD)
    people: dict[str | None, Actor] = {}
    with parts.open_at(parts.now - timedelta(days=200)) as uow:
        for person in PEOPLE:
            role = Role.CITIZEN if person.role == "ADMIN" else Role(person.role)
            account = accounts.NewAccount(person.name, person.email, person.phone, role, hashed)
            user = (
                accounts.make_admin(uow, actor=SYSTEM, account=account, duties=[AdminDuty.SENIOR])
                if person.role == "ADMIN"
                else accounts.register(uow, actor=Actor(), account=account)
            )
            user.language, user.gallery_consent = person.language, True
            people[person.email] = accounts.actor_of(user)
    for person in PEOPLE:
        if person.role == "CLEANER":
            _let_in(parts, people[person.email], people[ADMIN], person.name)
    return people


def _let_in(parts: DemoParts, cleaner: Actor, admin: Actor, name: str) -> None:
    details = UpiDetails(name, f"{name.split()[0].lower()}@okbank")
    with parts.open_at(parts.now - timedelta(days=190)) as uow:
        _hand_in_id(parts, uow, cleaner, name)
        kyc.save_payout_details(uow, actor=cleaner, details=details, cipher=parts.cipher)
        uow.lock(User, cleaner.user_id).phone_verified_at = uow.now
        kyc.activate_cleaner(uow, actor=admin, cleaner_id=cleaner.user_id)
        shown = replace(admin, proved=True)  # as after a code of the second factor
        kyc.confirm_payout_details(uow, actor=shown, cleaner_id=cleaner.user_id, seen=uow.now)


def _hand_in_id(parts: DemoParts, uow: UnitOfWork, cleaner: Actor, name: str) -> None:
    """A made-up voter card, sealed as a real one would be."""
    draft = identity.check_document(kind="VOTER_ID", number=f"DMO{len(name):07d}")
    seen = photos.examine(specimen_card(name, draft.number), most_bytes=1_000_000, kinds=photos.JOB_KINDS)
    picture = keep_sealed(parts.files, parts.cipher, draft=draft, photo=seen)
    identity.hand_in_document(uow, actor=cleaner, draft=draft, picture=picture)


def _campaign(parts: DemoParts, people: dict[str | None, Actor], demo: DemoCampaign, number: int) -> None:
    started = parts.now - timedelta(days=demo.age_days)
    campaign_id = _start(parts, people, demo, started)
    if demo.stage == "DRAFT":
        return
    if demo.stage == "CANCELLED":
        with parts.open_at(started + timedelta(days=1)) as uow:
            campaigns.cancel_campaign(uow, actor=people[demo.creator], campaign_id=campaign_id)
        return
    _give(parts, people, demo, campaign_id, started, number)
    if demo.stage in AFTER_FUNDING[1:]:
        _work(parts, people, demo, campaign_id)


def _start(parts: DemoParts, people: dict[str | None, Actor], demo: DemoCampaign, started: datetime) -> UUID:
    picture = _picture(f"{demo.scene}-before", demo.turn, demo.place, started)
    seen = photos.examine(picture, most_bytes=5_000_000, kinds=photos.CAMPAIGN_KINDS)
    draft = campaigns.check_draft(
        title=demo.title,
        description=demo.story,
        target_paise=demo.target_rupees * 100,
        latitude=demo.place[0],
        longitude=demo.place[1],
        address=demo.address,
    )
    stored = photos.store(parts.files, seen, folder="campaigns")
    with parts.open_at(started) as uow:
        campaign = campaigns.create_campaign(uow, actor=people[demo.creator], draft=draft, photo=stored)
    if campaign.status == "DRAFT" and demo.stage != "DRAFT":
        with parts.open_at(started + timedelta(hours=2)) as uow:
            campaigns.approve_campaign(uow, actor=people[ADMIN], campaign_id=campaign.id)
    return campaign.id


def _give(
    parts: DemoParts,
    people: dict[str | None, Actor],
    demo: DemoCampaign,
    campaign_id: UUID,
    started: datetime,
    number: int,
) -> None:
    """Neighbours give one after another; a `late_contribution` is wished for before and paid after the last of them."""
    contributors = [people[p.email] for p in PEOPLE if p.role == "CITIZEN" and p.email != demo.creator]
    first = started + timedelta(hours=4)
    late = (
        _start_contribution(parts, contributors[0], campaign_id, demo.late_contribution, f"{number}:late", first)
        if demo.late_contribution
        else None
    )
    at = first
    for turn, rupees in enumerate(demo.contributions):
        at = first + timedelta(hours=3 * turn)
        contributor = contributors[(turn + number) % len(contributors)]
        _pay(
            parts,
            _start_contribution(
                parts, contributor, campaign_id, rupees, f"{number}:{turn}", at, anonymous=turn % 4 == 3
            ),
            at,
        )
    if late:
        _pay(parts, late, at + timedelta(minutes=20))
        _return_late_contribution(parts, late.id, at + timedelta(hours=20))


def _start_contribution(
    parts: DemoParts,
    contributor: Actor,
    campaign_id: UUID,
    rupees: int,
    key: str,
    at: datetime,
    *,
    anonymous: bool = False,
) -> Contribution:
    with parts.open_at(at) as uow:
        contribution = contributions.start_contribution(
            uow,
            actor=contributor,
            campaign_id=campaign_id,
            amount_paise=rupees * 100,
            anonymous=anonymous,
            idempotency_key=str(uuid5(NAMESPACE, key)),
        )
    return contributions.place_order(
        parts.opener(at), parts.payments, actor=contributor, contribution_id=contribution.id
    )


def _pay(parts: DemoParts, contribution: Contribution, at: datetime) -> None:
    parts.pay(contribution.razorpay_order_id or "")
    contributions.ask_about_order(parts.opener(at), parts.payments, contribution_id=contribution.id)


def _return_late_contribution(parts: DemoParts, contribution_id: UUID, at: datetime) -> None:
    with parts.open_at(at) as uow:
        refund = uow.first(Refund, Refund.contribution_id == contribution_id)
    if refund is None:
        return
    send_refund(parts.opener(at), parts.payments, refund_id=refund.id, form=parts.form)
    with parts.open_at(at) as uow:
        attempt = uow.first(Attempt, Attempt.refund_id == refund.id)
    if attempt and attempt.provider_id:
        parts.give_back(attempt.provider_id)
        carry_out_refund(parts.opener(at), parts.payments, attempt_id=attempt.id)


def _work(parts: DemoParts, people: dict[str | None, Actor], demo: DemoCampaign, campaign_id: UUID) -> None:
    cleaner = people[demo.cleaner]
    claimed_at = parts.now - timedelta(days=2.75)
    done_at = parts.now - timedelta(hours=demo.done_hours)
    if demo.stage != "CLAIMED":
        claimed_at = done_at - timedelta(days=2)
    with parts.open_at(claimed_at) as uow:
        job = uow.get(Job, _required(uow.get(Campaign, campaign_id).job_id))
        jobs.claim_job(uow, actor=cleaner, job_id=job.id)
    if demo.stage == "CLAIMED":
        return
    _hand_in(parts, cleaner, demo, job.id, done_at)
    if demo.stage in ("VERIFIED", "PAID"):
        _verify_and_pay(parts, people, demo, job.id, done_at)


def _hand_in(parts: DemoParts, cleaner: Actor, demo: DemoCampaign, job_id: UUID, done_at: datetime) -> None:
    taken_at = (demo.place[0] + demo.away_m / METRES_PER_DEGREE, demo.place[1])
    picture = _picture(f"{demo.scene}-after", demo.turn, taken_at, done_at - timedelta(minutes=6))
    seen = photos.examine(picture, most_bytes=10_000_000, kinds=photos.JOB_KINDS)
    stored = photos.store(parts.files, seen, folder=f"jobs/{job_id}/completion")
    claimed = Claimed(place=taken_at, accuracy_m=9, captured_at=done_at - timedelta(minutes=6))
    evidence = weigh_evidence(claimed, seen)
    with parts.open_at(done_at) as uow:
        complete_job(uow, actor=cleaner, job_id=job_id, stored=stored, claimed=claimed, evidence=evidence)


def _verify_and_pay(
    parts: DemoParts, people: dict[str | None, Actor], demo: DemoCampaign, job_id: UUID, done_at: datetime
) -> None:
    checked = done_at + timedelta(hours=7)
    with parts.open_at(checked) as uow:
        approve_completion(uow, actor=people[ADMIN], job_id=job_id, checklist=Checklist(True, True, True, True, True))
        payout = uow.first(Payout, Payout.job_id == job_id)
    if demo.stage == "PAID" and payout:
        paid_at = payout.scheduled_for + timedelta(hours=3)
        _pay_out(parts, payout.id, paid_at)


def _pay_out(parts: DemoParts, payout_id: UUID, at: datetime) -> None:
    """Send the pay, let the sandbox's bank take it, and ask."""
    opener = parts.opener(at)
    send_payout(opener, parts.payouts, parts.cipher, payout_id=payout_id, form=parts.form)
    with parts.open_at(at) as uow:
        attempt = uow.first(Attempt, Attempt.payout_id == payout_id)
    if attempt and attempt.provider_id:
        parts.land(attempt.provider_id)
        carry_out_payout(opener, parts.payouts, attempt_id=attempt.id)


def _picture(name: str, turn: int, place: tuple[float, float], at: datetime) -> bytes:
    """A drawing as a phone would send it; each `turn` shows it as another place, so that no two are alike."""
    image = Image.open(PICTURES / f"{name}.jpg").convert("RGB")
    if turn % 2:
        image = ImageOps.mirror(image)
    inset = 14 * (turn // 2)
    if inset:
        width, height = image.size
        image = image.crop((3 * inset, inset, width - inset, height - inset)).resize((width, height))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return exif.write(out.getvalue(), place=place, at=at)


def _required(value: UUID | None) -> UUID:
    if value is None:
        raise ValueError("a funded campaign has a job")
    return value
