"""The first page leads with a cleaned place that is good to look at and that nobody questions."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from cleanit_app.domain.actors import Actor
from cleanit_app.reads.campaigns.shown_first import shown_first
from tests.factories import Town
from tests.reads.conftest import sent

GOOD = {"width": 1200, "brightness": 120.0, "sharpness": 90.0}


def _photos(town: Town, campaign_id: object, **look: float) -> None:
    sets = ", ".join(f"{name} = :{name}" for name in look)
    with town.uow() as uow:
        uow.run(
            text(f"""UPDATE photos SET {sets} WHERE id IN (
                 SELECT photo_id FROM campaigns WHERE id = :id
                 UNION SELECT completion_photo_id FROM jobs WHERE campaign_id = :id)"""),
            {**look, "id": campaign_id},
        )


def _closed(town: Town) -> object:
    job = town.verified(town.cleaner())
    sent(town, job.id)
    _photos(town, job.campaign_id, **GOOD)
    town.clock.move(days=1)
    return job.campaign_id


def _suspend(town: Town, campaign_id: object, status: str) -> None:
    """Who started it is paused, or back again."""
    with town.uow() as uow:
        uow.run(
            text("""UPDATE users SET status = :status,
                   suspended_at = CASE :status WHEN 'ACTIVE' THEN NULL ELSE now() END
                 WHERE id = (SELECT creator_id FROM campaigns WHERE id = :id)"""),
            {"id": campaign_id, "status": status},
        )


@pytest.mark.row("JOB-03")
def test_the_place_shown_first_is_chosen_and_not_the_newest(town: Town) -> None:
    with town.uow() as uow:
        uow.run(text("UPDATE campaigns SET archived_at = now() WHERE status IN ('CLOSED', 'EXPIRED', 'CANCELLED')"))
    older, newest = _closed(town), _closed(town)

    def first() -> object:
        with town.uow() as uow:
            card = shown_first(uow, actor=Actor())
        return card.id if card else None

    _photos(town, newest, sharpness=40.0)
    assert first() == older
    for fault in ({"brightness": 20.0}, {"brightness": 250.0}, {"sharpness": 3.0}, {"width": 400}):
        _photos(town, older, **fault)
        assert first() == newest, fault
        _photos(town, older, **GOOD)
    _suspend(town, older, "SUSPENDED")
    assert first() == newest
    _suspend(town, older, "ACTIVE")
    _photos(town, older, width=400)
    _photos(town, newest, width=400)
    assert first() is None
