"""The choice in the address of the discover page: what it accepts, and what comes out of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import reflex as rx

from cleanit_app import routes
from cleanit_app.pages.public.discover import DiscoverState


def discover() -> DiscoverState:
    """The state of a new tab."""
    root = rx.State(_reflex_internal_init=True)
    found: Any = root.get_substate(DiscoverState.get_full_name().split(".")[1:])
    return found


@pytest.mark.parametrize("words", ["<b>&?=", "half \ud83d", "x" * 5000, "नाली", 7, None, {"a": 1}])
def test_any_words_make_an_address(words: Any) -> None:
    state = discover()
    go = asyncio.run(state.search(words))
    assert go is not None
    assert len(state.q) <= 100
    assert state._href().startswith(f"{routes.DISCOVER}?q=")


@pytest.mark.parametrize(
    "place", [("north", 80.9), (float("nan"), 80.9), (float("inf"), 0.0), (None, None), ([], {}), (10**400, 1)]
)
def test_a_place_that_is_none_changes_nothing(place: tuple[Any, Any]) -> None:
    state = discover()
    assert asyncio.run(state.locate(*place, 5)) is None
    assert state._near is None


def test_a_place_is_rounded_and_never_stands_in_the_address() -> None:
    state = discover()
    asyncio.run(state.locate(26.846712, 80.927049, 5))
    assert state._near == (26.847, 80.927)
    assert "26.8" not in state._href(show="near")


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/ledger?x=1", "/ledger?x=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\nb", "/"),
        ("/" + "a" * 600, "/"),
        (None, "/"),
        ("", "/"),
    ],
)
def test_nobody_is_sent_to_another_site(wanted: str | None, goes: str) -> None:
    assert routes.inside(wanted, "/") == goes
