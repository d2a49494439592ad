"""A notification of finished work shows the place before and after, to whom the two photos are shown (JOB-12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Campaign, Job, Notification, Photo
from cleanit_app.models.base import new_id
from cleanit_app.reads.auth.session_snapshot import arrival
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.state.current_user import notification_view
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("JOB-12")


def relay(town: Town) -> None:
    with town.uow() as uow:
        relay_outbox(uow)


def told(caller: Caller, kind: str) -> dict[str, Any]:
    items: list[dict[str, Any]] = caller.get("/api/users/me/notifications").json()["items"]
    return next(item for item in items if item["kind"] == kind)


def creator_of(town: Town, campaign_id: UUID) -> Actor:
    with town.uow() as uow:
        return Actor(id=uow.get(Campaign, campaign_id).creator_id)


@pytest.mark.parametrize("who", ["creator", "verifier"])
def test_who_is_told_of_a_finished_job_sees_both_photos_of_it(as_: As, town: Town, who: str) -> None:
    verifier, other_desk = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.FINANCE)
    job = town.completed(town.cleaner())
    relay(town)
    reader, kind = {
        "creator": (creator_of(town, job.campaign_id), "job_completed"),
        "verifier": (verifier, "job_completed_admin"),
    }[who]
    photos = told(as_(reader), kind)["photos"]
    with town.uow() as uow:
        known = uow.get(Campaign, job.campaign_id).photo_id, uow.get(Job, job.id).completion_photo_id
    assert (photos["before"]["id"], photos["after"]["id"]) == tuple(map(str, known))
    assert all(photos[side]["sizes"][0]["url"].endswith(".webp") for side in photos)
    assert as_(other_desk).get("/api/users/me/notifications").json()["items"] == []


def test_the_bell_has_them_too(town: Town) -> None:
    job = town.completed(town.cleaner())
    relay(town)
    creator = creator_of(town, job.campaign_id)
    with town.uow() as uow:
        here = arrival(uow, actor=creator)
        view = next(notification_view(one, here.now) for one in here.notifications if one.kind == "job_completed")
        keys = [uow.get(Photo, photo).base_key for photo in (uow.get(Campaign, job.campaign_id).photo_id,)]
    assert view.before.startswith(f"/files/{keys[0]}/")
    assert view.after.startswith(f"/files/jobs/{job.id}/")


@pytest.mark.parametrize("spoiled", ["not an id", 7, None, ["x"], {}, ""])
def test_what_names_no_photo_is_told_without_pictures(as_: As, town: Town, spoiled: object) -> None:
    """A stored value that is no id takes the list down for nobody."""
    person = town.person()
    job = town.verified(town.cleaner())
    with town.uow() as uow:
        good = str(uow.get(Campaign, job.campaign_id).photo_id)
        for values in ({"beforePhotoId": good, "afterPhotoId": spoiled}, {"beforePhotoId": spoiled}):
            made = new_id()
            uow.add(
                Notification(
                    id=made, user_id=person.user_id, kind="job_completed", values=values, link="/",
                    dedupe_key=str(made), created_at=uow.now,
                )
            )  # fmt: skip
    items = as_(person).get("/api/users/me/notifications").json()["items"]
    assert [item["photos"] for item in items] == [None, None]


def test_photos_that_are_not_for_this_reader_are_left_out_and_a_quarantined_one_for_all(as_: As, town: Town) -> None:
    stranger, job = town.person(), town.completed(town.cleaner())
    relay(town)
    creator = creator_of(town, job.campaign_id)
    with town.uow() as uow:
        photos = uow.get(Campaign, job.campaign_id).photo_id, uow.get(Job, job.id).completion_photo_id
        made = new_id()
        values = {"beforePhotoId": str(photos[0]), "afterPhotoId": str(photos[1])}
        uow.add(
            Notification(
                id=made, user_id=stranger.user_id, kind="job_completed", values=values, link="/",
                dedupe_key=str(made), created_at=uow.now,
            )
        )  # fmt: skip
    assert told(as_(stranger), "job_completed")["photos"] is None
    assert told(as_(creator), "job_completed")["photos"] is not None
    with town.uow() as uow:
        after = photos[1]
        assert after is not None
        uow.get(Photo, after).quarantined_at = uow.now
    assert told(as_(creator), "job_completed")["photos"] is None
