"""Words on pages: compiled as keys, checked when the page is built, put together in the browser."""

from __future__ import annotations

import pytest
import reflex as rx

from cleanit_app.components.gallery import gallery_page
from cleanit_app.components.islands.source import SCRIPTS, island_words
from cleanit_app.components.text import attr, t, words
from tests.components.sources import scripts


def rendered(component: rx.Component) -> str:
    """What the component compiles to."""
    return str(component)


def test_a_sentence_is_compiled_as_its_key() -> None:
    page = rendered(t("nav.discover"))
    assert '"%%nav.discover%%"' in page
    assert "Discover" not in page


def test_values_may_be_numbers_texts_and_components() -> None:
    page = rendered(t("money.to_cleaner", amount=rx.el.b("₹3,800")))
    assert page.count("3,800") == 1
    assert 'jsx("b"' in page.split("values")[1]
    assert "350 m" in rendered(t("place.away", distance="350 m"))


def test_the_browser_is_given_the_number_it_chooses_by() -> None:
    page = rendered(t("payouts.count", n=rx.Var("seen", _var_type=int)))
    assert '"%%payouts.count%%"' in page
    assert "seen" in page.split("values")[1]


def test_a_text_from_the_server_is_shown_as_it_is() -> None:
    assert "one" in rendered(words("one"))
    assert rendered(words(t("nav.discover"))) == rendered(t("nav.discover"))


def test_attributes_are_text() -> None:
    assert str(attr("nav.share")) == '"%%nav.share%%"'
    var = attr("place.away", distance=rx.Var("far", _var_type=str))
    assert "say(" in str(var)
    assert "far" in str(var)


@pytest.mark.parametrize("key", ["no.such.key", "nav"])
def test_an_unknown_key_is_an_error_when_the_page_is_built(key: str) -> None:
    with pytest.raises(KeyError):
        t(key)
    with pytest.raises(KeyError):
        attr(key)


def test_a_missing_value_is_an_error_when_the_page_is_built() -> None:
    with pytest.raises(KeyError):
        t("money.of")
    with pytest.raises(KeyError):
        attr("money.of", raised="₹3")


def test_islands_get_the_words_they_ask_for() -> None:
    given = island_words("start.", "photo.")
    assert given["start.photo.title"] == "%%start.photo.title%%"
    assert "photo.before" in given


def test_every_script_is_linked() -> None:
    assert set(SCRIPTS) == set(scripts())


def test_the_gallery_shows_everything_without_an_error() -> None:
    assert isinstance(gallery_page(), rx.Component)
