"""A street for each journey; nothing may have been complained of in any of its tabs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.street import Street
from tests.support.live import Live, running_cleanit


@pytest.fixture
def street(browser: Browser, live: Live) -> Iterator[Street]:
    """People with tabs on the running Cleanit."""
    street = Street(live, browser)
    yield street
    for context in list(browser.contexts):
        context.close()
    street.parts.engine.dispose()
    assert street.complaints == []


@pytest.fixture(scope="session")
def demo() -> Iterator[Live]:
    """A running Cleanit of its own with the demo's people, places and money."""
    with running_cleanit() as cleanit:
        cleanit.seed()
        yield cleanit


@pytest.fixture
def demo_street(browser: Browser, demo: Live) -> Iterator[Street]:
    """Tabs of the demo's people; they may be led to where an answer is no."""
    street = Street(demo, browser)
    yield street
    for context in list(browser.contexts):
        context.close()
    street.parts.engine.dispose()
