"""The log of what admins did, found by person, kind, thing and time (SEC-10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.errors import NotAllowed
from cleanit_app.reads.people.admin_actions import Wanted, admin_actions, log_choices
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.campaigns.starts import CampaignDraft
from cleanit_app.services.fraud.cases import report_person
from cleanit_app.services.review.reviewing import begin_review
from tests.factories import Town


@pytest.mark.row("SEC-10")
def test_acts_are_found_by_person_kind_thing_and_time(town: Town) -> None:
    senior, verifier = town.admin(), town.admin(AdminDuty.VERIFIER, name="Vik Rao")
    drafts = [_draft(town) for _ in range(3)]
    moments = []
    for campaign_id in drafts:
        town.clock.move(days=1)
        moments.append(town.clock.now())
        with town.uow() as uow:
            campaigns.approve_campaign(uow, actor=verifier, campaign_id=campaign_id)

    def found(wanted: Wanted) -> list[object]:
        with town.uow() as uow:
            return [one.subject_id for one in admin_actions(uow, actor=senior, wanted=wanted).items]

    mine = Wanted(admin_id=verifier.id, action="CampaignApproved")
    assert found(mine) == drafts[::-1]
    assert found(Wanted(subject_id=drafts[1])) == [drafts[1]]
    assert found(Wanted(admin_id=verifier.id, since=moments[1], until=moments[2])) == [drafts[1]]
    assert found(Wanted(admin_id=verifier.id, until=moments[0])) == []
    assert found(Wanted(admin_id=verifier.id, since=moments[2] + timedelta(seconds=1))) == []
    with town.uow() as uow:
        first = admin_actions(uow, actor=senior, wanted=mine, limit=2)
        rest = admin_actions(uow, actor=senior, wanted=mine, limit=2, cursor=first.next_cursor)
        choices = log_choices(uow, actor=senior)
    assert [len(first.items), len(rest.items), rest.next_cursor] == [2, 1, None]
    assert (verifier.id, "Vik Rao") in choices.admins
    assert "CampaignApproved" in choices.actions
    with town.uow() as uow, pytest.raises(NotAllowed):
        admin_actions(uow, actor=verifier)
    with town.uow() as uow, pytest.raises(NotAllowed):
        log_choices(uow, actor=verifier)


def _wish() -> CampaignDraft:
    return campaigns.check_draft(
        title="Corner dump by the school",
        description="Children step into the road to get past this heap every single morning.",
        target_paise=100_000,
        latitude=26.8467,
        longitude=80.9462,
        address="Gali No. 4, Aminabad, Lucknow",
    )


def _draft(town: Town) -> object:
    with town.uow() as uow:
        return campaigns.create_campaign(uow, actor=town.person(), draft=_wish(), photo=town.photo()).id


@pytest.mark.row("SEC-10")
def test_an_act_names_whom_and_what_it_was_about(town: Town) -> None:
    senior, verifier, starter = town.admin(), town.admin(AdminDuty.VERIFIER, name="Vik Rao"), town.person(name="Asha")
    with town.uow() as uow:
        campaign_id = campaigns.create_campaign(uow, actor=starter, draft=_wish(), photo=town.photo()).id
    with town.uow() as uow:
        campaigns.approve_campaign(uow, actor=verifier, campaign_id=campaign_id)
    town.clock.move(days=1)
    with town.uow() as uow:
        uow.audit(verifier, "CampaignMarked", subject_id=campaign_id, user_id="spoiled", cleaner_id=["odd"])
    town.clock.move(days=1)
    with town.uow() as uow:
        uow.audit(verifier, "RecoveryCodesMade", subject_id=verifier.user_id)
    with town.uow() as uow:
        own, spoiled, approved = admin_actions(uow, actor=senior, wanted=Wanted(admin_id=verifier.id)).items
    assert approved.names == {"person": "Asha", "campaign": "Corner dump by the school"}
    assert spoiled.names == approved.names
    assert own.names == {}


@pytest.mark.row("SEC-10")
def test_a_photo_is_its_cleaners_and_a_case_is_about_somebody(town: Town) -> None:
    """Looking at a photo names the cleaner, as accepting it does, and not who started the campaign."""
    senior, cleaner = town.admin(), town.cleaner(name="Salma Bano")
    job = town.completed(cleaner)
    with town.uow() as uow:
        begin_review(uow, actor=senior, job_id=job.id)
        report_person(uow, actor=senior, user_id=cleaner.user_id, note="The same phone as another")
    with town.uow() as uow:
        items = admin_actions(uow, actor=senior, wanted=Wanted(admin_id=senior.user_id)).items
        acts = {one.action: one.names.get("person") for one in items}
    assert acts["ReviewBegun"] == acts["FraudCaseOpened"] == "Salma Bano"
