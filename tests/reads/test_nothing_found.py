"""A search that finds nothing: a place that is known is answered as known, with what is nearest to it."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import NOBODY
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.gazetteer.finding import KnownPlace
from cleanit_app.i18n import speaking
from cleanit_app.pages.public.nothing_here import known_view
from cleanit_app.reads.campaigns.nothing_found import NothingFound, nothing_found
from tests.factories import Town
from tests.reads.conftest import Ask

pytestmark = pytest.mark.row("JOB-03")

ACTIVE, CLOSED = (CampaignStatus.ACTIVE,), (CampaignStatus.CLOSED,)


@pytest.mark.parametrize("q", ["Kanpur", "कानपुर", "Cawnpore", "kanpoor", "garbage in Kanpur", "208001", "PIN 208001"])
def test_a_known_town_without_cleanups_is_known(town: Town, ask: Ask, q: str) -> None:
    here = town.campaign(title="Heap behind the market", address="Gali 4, Aminabad, Lucknow")
    found = ask(nothing_found, actor=NOBODY, q=q, status=ACTIVE)
    assert found.known is not None
    assert found.known.name == "Kanpur"
    assert (found.has_open, found.has_cleaned, found.has_any, found.meant) == (False, False, False, ())
    assert [card.id for card in found.nearest] == [here.id]
    assert 60 < (found.nearest[0].distance_km or 0) < 90  # from Kanpur's middle to Lucknow


def test_a_quarter_of_a_town_that_has_others_is_known(town: Town, ask: Ask) -> None:
    """Gomti Nagar has none, though Lucknow has: the nearest lies a few kilometres away."""
    here = town.campaign(address="Gali 4, Aminabad, Lucknow", place=(26.8486, 80.9236))
    found = ask(nothing_found, actor=NOBODY, q="Gomti Nagar", status=ACTIVE)
    assert found.known is not None
    assert "Gomti Nagar" in found.known.detail
    assert [card.id for card in found.nearest] == [here.id]
    assert (found.nearest[0].distance_km or 0) < 15


def test_a_town_that_has_some_of_another_kind_says_which(town: Town, ask: Ask) -> None:
    town.campaign(address="Gali 4, Aminabad, Lucknow")
    found = ask(nothing_found, actor=NOBODY, q="Lucknow", status=CLOSED)
    assert (found.has_open, found.has_cleaned, found.has_any) == (True, False, True)
    view = known_view(found, "cleaned", "/open", "/cleaned")
    assert (view.sentence, view.href) == ("Nothing cleaned in Lucknow yet", "/open")
    with speaking("hi"):
        assert known_view(found, "cleaned", "/open", "/cleaned").name == "लखनऊ"


@pytest.mark.parametrize("q", ["Kampurr xyzzy", "xyzzy", "कूड़ा", "near the temple", "999999"])
def test_what_is_no_place_is_not_known(town: Town, ask: Ask, q: str) -> None:
    town.campaign(address="Gali 4, Aminabad, Lucknow")
    assert ask(nothing_found, actor=NOBODY, q=q, status=CLOSED).known is None


def test_other_words_about_a_town_that_has_some_lead_to_the_town(town: Town, ask: Ask) -> None:
    town.campaign(title="Heap behind the market", address="Gali 4, Aminabad, Lucknow")
    found = ask(nothing_found, actor=NOBODY, q="temple Lucknow", status=ACTIVE)
    assert (found.known, [place.name for place in found.meant]) == (None, ["Lucknow"])


def test_each_case_has_its_sentence() -> None:
    place = KnownPlace("Kanpur", "कानपुर", 26.46, 80.35, "Uttar Pradesh")
    assert known_view(NothingFound(place), "almost", "/o", "/c").sentence == "No cleanups in Kanpur yet"
    cleaned = known_view(NothingFound(place, has_cleaned=True, has_any=True), "almost", "/o", "/c")
    assert (cleaned.href, cleaned.elsewhere) == ("/c", "See what was cleaned in Kanpur")
    assert known_view(NothingFound(), "almost", "/o", "/c").name == ""
