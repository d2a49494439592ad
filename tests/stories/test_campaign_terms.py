"""A campaign keeps the terms it was created under, whatever the terms of today say; to the paisa (JOB-02)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from cleanit_app.adapters.local_files import LocalFiles
from cleanit_app.api.app import create_api
from cleanit_app.domain.actors import NOBODY, Actor, AdminDuty
from cleanit_app.domain.terms import TERMS, Terms
from cleanit_app.i18n.amounts import rupees
from cleanit_app.models import Campaign, FeeInvoice, LedgerAccount, Payout, User
from cleanit_app.pages.admin.review.verification_job.view import _money
from cleanit_app.ports import ProviderPayout
from cleanit_app.reads.campaigns.campaign_detail import campaign_detail
from cleanit_app.reads.payments.payments import contribution_state
from cleanit_app.reads.review.verification import item
from cleanit_app.services.jobs import jobs
from cleanit_app.services.ledger import booking
from cleanit_app.settings import Settings
from cleanit_app.state.campaign_money import money_of
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller, signer
from tests.factories import MovableClock, Town, picture
from tests.support.books import assert_books_are_right
from workers.jobs import campaigns as sweep
from workers.jobs.operations import tick
from workers.worker import load_jobs

LATER = Terms(version="2027-04", fee_bps=725)
TICKS = dict.fromkeys(("sameLocation", "visiblyCleaner", "noFraudSigns", "gpsMatches", "timestampReasonable"), True)
TARGET = 333_300  # 5 % are 16,665 paise; 7.25 % are 24,164.25


class Bank:
    """A provider that pays at once and keeps what it was asked for."""

    def __init__(self) -> None:
        self.paid: dict[str, int] = {}

    def create_contact(self, *, name: str, reference_id: str) -> str:
        """A contact."""
        return f"cont_{reference_id}"

    def create_fund_account(self, *, contact_id: str, details: Any) -> str:
        """A fund account."""
        return f"fa_{contact_id}"

    def create_payout(self, *, request: Mapping[str, Any], idempotency_key: str) -> ProviderPayout:
        """Paid."""
        amount, reference = request["amount"], request["reference_id"]
        self.paid[request["notes"]["payoutId"]] = amount
        return ProviderPayout(f"pout_{idempotency_key}", amount, "processed", reference, "5232", 0, 0, None, None)


class House:
    """REST and workers on one set of parts, whose terms can be changed while it runs."""

    def __init__(self, settings: Settings, town: Town) -> None:
        self.town, self.parts, self.bank = town, Wiring(settings), Bank()
        self.parts.clock = town.clock
        self.parts.payouts = self.bank
        self.api = create_api(self.parts)

    def change_terms(self, terms: Terms) -> None:
        """From now on new campaigns are created under these."""
        self.parts.policy = replace(self.parts.policy, terms=terms)

    def as_(self, actor: Actor) -> Caller:
        """A caller with an access token of this person, who has accepted the terms that hold."""
        held = self.parts.policy.terms.version
        with self.town.uow() as uow:
            uow.run(update(User).where(col(User.id) == actor.id).values(terms_version=held))
        return Caller(TestClient(self.api, follow_redirects=False), signer(self.parts, self.town, actor))

    def start(self, seed: int) -> Campaign:
        """A campaign that collects, started and let in through REST."""
        wish = {
            "title": "Corner dump by the school", "targetPaise": str(TARGET), "address": f"Gali {seed}, Lucknow",
            "description": "Children step into the road to get past this heap every single morning.",
            "latitude": str(26.8 + seed / 50), "longitude": "80.94",
        }  # fmt: skip
        photo = {"photo": ("photo.jpg", picture(seed), "image/jpeg")}
        made = self.as_(self.town.person())("POST", "/api/campaigns", data=wish, files=photo)
        assert made.status_code == 201, made.text
        path = f"/api/admin/campaigns/{made.json()['id']}/approve"
        assert self.as_(self.town.admin(AdminDuty.VERIFIER)).post(path).status_code == 200
        with self.town.uow() as uow:
            return uow.get(Campaign, UUID(made.json()["id"]))

    def split(self, campaign: Campaign) -> tuple[int, int]:
        """What the campaign's page tells of pay and fee, through REST."""
        with self.town.uow() as uow:
            detail = campaign_detail(uow, actor=NOBODY, campaign_id=campaign.id)
        answer = self.as_(self.town.person()).get(f"/api/campaigns/{campaign.id}").json()
        assert (answer["payPaise"], answer["feePaise"]) == (detail.pay_paise, detail.fee_paise)
        return answer["payPaise"], answer["feePaise"]


@pytest.fixture
def house(db: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """People, REST and workers; the books are right at the end."""
    town = Town(db, clock=MovableClock(), files=LocalFiles(settings.storage_dir))
    made = House(settings, town)
    for module in load_jobs():
        if hasattr(module, "wiring"):
            monkeypatch.setattr(module, "wiring", lambda: made.parts)
    yield made
    made.parts.engine.dispose()
    assert_books_are_right(db)


def work(house: House, campaign: Campaign, cleaner: Actor) -> UUID:
    """Paid in full, cleaned, approved through REST; the payout that is owed."""
    town = house.town
    giver = town.person(name="Imran Khan")
    gift = town.give(campaign, TARGET, giver)
    with town.uow() as uow:
        assert contribution_state(uow, actor=giver, contribution_id=gift.id).fee_bps == campaign.fee_bps
    job = town.job_of(campaign.id)
    with town.uow() as uow:
        jobs.claim_job(uow, actor=cleaner, job_id=job.id)
    town.hand_in(cleaner, job.id)
    admin = house.as_(town.admin(AdminDuty.VERIFIER))
    done = admin.post(f"/api/admin/jobs/{job.id}/verify", {"action": "APPROVE", "checklist": TICKS})
    assert done.status_code == 200, done.text
    with town.uow() as uow:
        owed = uow.first(Payout, Payout.job_id == job.id)
        assert owed is not None
        return owed.id


@pytest.mark.row("JOB-02", "PAY-05", "LAW-06")
def test_an_old_campaign_pays_by_its_own_share_and_a_new_one_by_the_new(house: House) -> None:
    town, cleaner = house.town, house.town.cleaner()
    old = house.start(1)
    assert (old.fee_bps, old.terms_version) == (TERMS.fee_bps, TERMS.version) == (500, "2027-01")
    before = house.split(old)
    house.change_terms(LATER)
    new = house.start(2)
    assert (new.fee_bps, new.terms_version) == (725, "2027-04")
    assert house.split(old) == before == (TARGET - 16_665, 16_665)
    assert house.split(new) == (TARGET - 24_164, 24_164)
    first, second = work(house, old, cleaner), work(house, new, town.cleaner(name="Sunil Kumar"))
    assert (house.split(old), house.split(new)) == (before, (TARGET - 24_164, 24_164))
    town.clock.move(days=2)
    tick("payouts")
    assert house.bank.paid == {str(first): TARGET - 16_665, str(second): TARGET - 24_164}
    with town.uow() as uow:
        assert {uow.get(Payout, each).status.value for each in (first, second)} == {"PAID"}
        fees = {i.campaign_id: i.fee_paise for i in uow.all(FeeInvoice)}
        assert fees == {old.id: 16_665, new.id: 24_164}
        assert booking.balance(uow, LedgerAccount.HELD) == 0
        income = booking.balance(uow, LedgerAccount.FEE_INCOME) + booking.balance(uow, LedgerAccount.GST_OUTPUT)
        assert income == -16_665 - 24_164


@pytest.mark.row("JOB-02", "JOB-01")
def test_a_campaign_that_gets_a_second_job_keeps_its_share(house: House) -> None:
    town, campaign, cleaner = house.town, house.start(1), house.town.cleaner()
    house.change_terms(LATER)
    town.give(campaign, TARGET)
    with town.uow() as uow:
        jobs.claim_job(uow, actor=cleaner, job_id=town.job_of(campaign.id).id)
    job = town.hand_in(cleaner, town.job_of(campaign.id).id)
    admin = house.as_(town.admin(AdminDuty.VERIFIER))
    refusal = {"action": "REJECT", "reason": "WRONG_LOCATION", "allowRetry": False, "checklist": TICKS}
    answer = admin.post(f"/api/admin/jobs/{job.id}/verify", refusal)
    assert answer.status_code == 200, answer.text
    again = town.job_of(campaign.id)
    assert again.id != job.id
    assert (again.amount_paise, again.platform_fee_paise) == (TARGET - 16_665, 16_665)


@pytest.mark.row("JOB-02", "CAM-10")
def test_what_expired_above_the_mark_is_split_by_its_own_share(house: House) -> None:
    town, campaign = house.town, house.start(1)
    house.change_terms(LATER)
    town.give(campaign, 300_100)
    town.clock.move(days=47)
    sweep.close_due_campaigns()
    job = town.job_of(campaign.id)
    assert (job.amount_paise, job.platform_fee_paise) == (300_100 - 15_005, 15_005)


@pytest.mark.row("JOB-02", "VER-02")
def test_pages_and_words_in_both_languages_show_each_its_own_share(house: House) -> None:
    town, cleaner = house.town, house.town.cleaner()
    old = house.start(1)
    house.change_terms(LATER)
    new = house.start(2)
    for campaign, percent, fee in ((old, "5", 16_665), (new, "7.25", 24_164)):
        with town.uow() as uow:
            detail = campaign_detail(uow, actor=NOBODY, campaign_id=campaign.id)
            view = money_of(detail, uow.now)
        assert (view.fee_percent, view.fee_bps) == (percent, campaign.fee_bps)
        assert (view.to_cleaner, view.to_run) == (rupees(TARGET - fee), rupees(fee))
        town.give(campaign, TARGET)
        job = town.job_of(campaign.id)
        with town.uow() as uow:
            jobs.claim_job(uow, actor=cleaner, job_id=job.id)
        town.hand_in(cleaner, job.id)
        checker = town.admin(AdminDuty.VERIFIER)
        with town.uow() as uow:
            shown = _money(item(uow, actor=checker, job_id=job.id), uow.now)
        assert (shown["fee_percent"], shown["pay_percent"]) == (percent, f"{100 - float(percent):g}")
        assert (shown["pay"], shown["fee"]) == (rupees(TARGET - fee), rupees(fee))


@pytest.mark.row("JOB-02", "LAW-06")
@pytest.mark.parametrize("change", ["fee_bps = 725", "terms_version = '2027-04'", "fee_bps = 0, terms_version = ''"])
def test_nobody_changes_the_terms_of_a_campaign(house: House, db: Engine, change: str) -> None:
    campaign = house.start(1)
    with pytest.raises(IntegrityError, match="refused"), db.begin() as connection:
        connection.execute(text(f"UPDATE campaigns SET {change} WHERE id = :id"), {"id": campaign.id})
    with db.begin() as connection:  # the same again is no change, and other columns are free
        connection.execute(text("UPDATE campaigns SET fee_bps = fee_bps, title = title || '.'"))


@pytest.mark.row("JOB-02")
@pytest.mark.parametrize("share", [-1, 5_001, 10_000])
def test_the_table_refuses_an_odd_share(house: House, db: Engine, share: int) -> None:
    house.start(1)
    with db.connect() as connection:
        connection.execute(text("ALTER TABLE campaigns DISABLE TRIGGER campaigns_terms_frozen"))
        with pytest.raises(IntegrityError, match=r"fee_range|in_range"):
            connection.execute(text("UPDATE campaigns SET fee_bps = :share"), {"share": share})
