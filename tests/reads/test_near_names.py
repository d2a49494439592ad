"""Where a search finds nothing it names towns near to what was typed, if they have something to show."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import NOBODY
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.reads.campaigns.discovery import discover
from cleanit_app.reads.campaigns.near_names import near_names
from tests.factories import Town
from tests.reads.conftest import Ask

pytestmark = pytest.mark.row("JOB-03")


def test_only_towns_with_campaigns_are_named(town: Town, ask: Ask) -> None:
    town.campaign(town.person(), title="Heap behind the market", address="Gali 4")
    for q in ("Gole Bhootnath Lucknow", "lucknoww xyzzy", "226001 nothing"):
        assert [place.name for place in ask(near_names, actor=NOBODY, q=q)] == ["Lucknow"], q
    assert ask(near_names, actor=NOBODY, q="Jaipur") == ()
    assert ask(near_names, actor=NOBODY, q="Lucknow", status=(CampaignStatus.CLOSED,)) == ()
    assert ask(near_names, actor=NOBODY, q="???") == ()


@pytest.mark.row("JOB-03", "CAM-04")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Uttar Pradesh", True), ("उत्तर प्रदेश", True), ("up", True), ("Aminabad Uttar Pradesh", True),
        ("Goa", False), ("Tamil Nadu", False), ("केरल", False), ("Aminabad Goa", False),
    ],
)  # fmt: skip
def test_a_states_name_finds_the_cleanups_in_it(town: Town, typed: str, found: bool) -> None:
    """Though no address names its state."""
    campaign = town.campaign(address="Gali No. 4, Aminabad, Lucknow")
    with town.uow() as uow:
        items = discover(uow, actor=NOBODY, q=typed).items
    assert [card.id for card in items] == ([campaign.id] if found else [])
