"""Every page can be drawn, has its own address, and learns who is here before anything else."""

from __future__ import annotations

from types import ModuleType

import pytest

from cleanit_app.pages import PAGES
from cleanit_app.state.who import Who


@pytest.mark.parametrize("module", PAGES, ids=lambda m: m.ROUTE)
def test_a_page_can_be_drawn(module: ModuleType) -> None:
    assert module.page() is not None
    assert module.TITLE
    assert module.ON_LOAD[0] in (Who.arrive, Who.arrive_signed_in)


def test_no_two_pages_share_an_address() -> None:
    routes = [module.ROUTE for module in PAGES]
    assert len(routes) == len(set(routes))
