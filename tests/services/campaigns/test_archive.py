"""Scheduled care: after a year what ended leaves the public lists, and nothing else changes."""

from __future__ import annotations

from uuid import UUID

import pytest

from cleanit_app.domain.actors import NOBODY, AdminDuty
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.models import Campaign, Payout
from cleanit_app.reads.campaigns.campaigns import campaign_detail, discover, my_campaigns
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.wiring import Wiring
from tests.factories import Town
from workers.jobs import campaigns as midnight
from workers.jobs import operations

pytestmark = pytest.mark.row("OPS-05")
ENDED = (CampaignStatus.CLOSED, CampaignStatus.EXPIRED, CampaignStatus.CANCELLED)


def listed(town: Town) -> set[UUID]:
    with town.uow() as uow:
        public = discover(uow, actor=NOBODY).items
        ended = discover(uow, actor=NOBODY, status=ENDED).items
        return {card.id for card in (*public, *ended)}


def test_after_a_year_it_is_no_longer_listed_and_its_page_stays(town: Town, parts: Wiring) -> None:
    creator, finance = town.person(), town.admin(AdminDuty.FINANCE)
    expired, waiting = town.campaign(creator), town.campaign()
    town.give(waiting, 20_000)
    job = town.verified(town.cleaner())
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == job.id)
        assert payout is not None
        manual_payouts.record_manual_payout(uow, actor=finance, payout_id=payout.id, reference="SBIN4261124001")
    town.clock.move(days=31)
    midnight.close_due_campaigns()
    town.clock.move(days=333)
    fresh = town.campaign()
    midnight.archive()
    assert listed(town) == {expired.id, waiting.id, job.campaign_id, fresh.id}
    town.clock.move(days=2)  # the paid one ended before the others
    operations.tick("archive")
    assert listed(town) == {expired.id, waiting.id, fresh.id}
    town.clock.move(days=30)
    operations.tick("archive")
    operations.tick("archive")
    assert listed(town) == {waiting.id, fresh.id}  # its refunds are still under way
    with town.uow() as uow:
        assert campaign_detail(uow, actor=NOBODY, campaign_id=expired.id).id == expired.id
        assert [card.id for card in my_campaigns(uow, actor=creator).items] == [expired.id]
        assert uow.get(Campaign, expired.id).status == "EXPIRED"


def test_what_a_bank_returns_after_a_year_is_listed_again(town: Town, parts: Wiring) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    job = town.verified(town.cleaner())
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == job.id)
        assert payout is not None
        manual_payouts.record_manual_payout(uow, actor=finance, payout_id=payout.id, reference="SBIN4261124001")
    town.clock.move(days=366)
    midnight.archive()
    assert listed(town) == set()
    with town.uow() as uow:
        manual_payouts.undo_manual_payout(uow, actor=finance, payout_id=payout.id, reason="Account closed")
    assert listed(town) == {job.campaign_id}
