"""Guides: each whole in every language, found by words of the reader's language (OPS-02)."""

from __future__ import annotations

import asyncio

import pytest

from cleanit_app.domain.guides import GUIDES, Guide, GuideGroup
from cleanit_app.i18n import KEYS, LANGUAGES, say_in, speaking
from cleanit_app.pages.public.guide_list import GuideListState

pytestmark = [pytest.mark.row("OPS-02")]


def found(asked: object, language: str = "en") -> set[str]:
    """The slugs that a search finds."""
    state = GuideListState(_reflex_internal_init=True)
    with speaking(language):
        asyncio.run(GuideListState.search.fn(state, {"q": asked}))
    return set(state.found)


def test_there_are_guides_for_everybody_and_for_each_known_trouble() -> None:
    assert {one.group for one in GUIDES} == set(GuideGroup)
    trouble = {one.name for one in GUIDES if one.group is GuideGroup.TROUBLE}
    assert trouble == {"camera", "location", "debited", "papers"}
    assert len({one.slug for one in GUIDES}) == len(GUIDES)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: one.slug)
def test_a_guide_is_whole_in_every_language(guide: Guide) -> None:
    keys = [f"guide.{guide.name}.{part}" for part in ("title", "short", "1", "2")]
    assert set(keys) <= set(KEYS)
    for key in keys:
        assert len({say_in(language, key) for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("asked", "language", "slug"),
    [
        ("camera", "en", "camera"),
        ("  CAMERA   open ", "en", "camera"),
        ("कैमरा", "hi", "camera"),
        ("लोकेशन", "mr", "location"),
        ("money bank", "en", "debited"),
        ("पैसे कापले", "mr", "debited"),
        ("comes back UPI", "en", "chip-in"),
        ("papers", "hi", "papers"),
    ],
)
def test_words_find_the_guide(asked: str, language: str, slug: str) -> None:
    assert slug in found(asked, language)


@pytest.mark.parametrize("asked", ["zebra", "camera zebra", "%", "' OR 1=1"])
def test_nothing_is_made_up(asked: str) -> None:
    assert found(asked) == set()


@pytest.mark.parametrize("asked", ["", "   ", None, ["x"], "x" * 10_000])
def test_odd_input_is_no_search_or_finds_nothing(asked: object) -> None:
    assert found(asked) == set()
