"""Words on pages: both languages are rendered, values stand where the sentence wants them."""

from __future__ import annotations

import pytest
import reflex as rx

from cleanit_app.components.gallery import gallery_page
from cleanit_app.components.islands.source import SCRIPTS, island_words
from cleanit_app.components.text import attr, both, t, words
from cleanit_app.i18n import Both
from tests.components.sources import scripts


def rendered(component: rx.Component) -> str:
    """What the component compiles to."""
    return str(component)


def test_a_sentence_is_on_the_page_in_both_languages() -> None:
    page = rendered(t("nav.discover"))
    assert 'lang:"en"' in page
    assert 'lang:"hi"' in page
    assert "Discover" in page


def test_values_may_be_numbers_pairs_and_components() -> None:
    page = rendered(t("money.to_cleaner", amount=rx.el.b("₹3,800")))
    assert page.count("3,800") == 2
    far = rendered(t("place.away", distance=Both("350 m", "350 मीटर")))
    assert far.count("350") == 2


def test_one_of_a_thing_has_its_own_words_also_when_the_browser_counts() -> None:
    page = rendered(t("payouts.count", n=rx.Var("seen", _var_type=int)))
    assert '"1 payout"' in page.replace('"1"," payout"', '"1 payout"')
    assert '" payouts"' in page
    assert "seen" in page.split("payouts")[0]
    assert "?" not in rendered(t("payouts.count", n=2))


def test_a_pair_from_the_server_shows_its_halves() -> None:
    assert rendered(both(Both("one", "एक"))).count('jsx("span"') == 2
    assert words("plain") == "plain"


def test_attributes_follow_the_language_in_the_browser() -> None:
    var = attr("nav.share")
    assert "cleanitLang" in str(var)
    assert "Share" in str(var)


def test_a_missing_value_is_an_error_when_the_page_is_built() -> None:
    with pytest.raises(KeyError):
        t("money.of")


def test_islands_get_the_words_they_ask_for() -> None:
    given = island_words("start.", "photo.")
    assert given["start.photo.title"] == ["Show us the spot", "जगह दिखाएँ"]
    assert "photo.before" in given


def test_every_script_is_linked() -> None:
    assert set(SCRIPTS) == set(scripts())


def test_the_gallery_shows_everything_without_an_error() -> None:
    assert isinstance(gallery_page(), rx.Component)
