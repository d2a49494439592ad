"""A street for each journey; nothing may have been complained of in any of its tabs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.street import Street
from tests.support.live import Live


@pytest.fixture
def street(browser: Browser, live: Live) -> Iterator[Street]:
    """People with tabs on the running Cleanit."""
    street = Street(live, browser)
    yield street
    for context in list(browser.contexts):
        context.close()
    street.parts.engine.dispose()
    assert street.complaints == []
