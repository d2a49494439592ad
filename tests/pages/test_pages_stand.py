"""Every page can be drawn, has its own address, and learns who is here before anything else."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from cleanit_app import routes
from cleanit_app.pages import PAGES
from cleanit_app.state.current_user import CurrentUserState


@pytest.mark.parametrize("module", PAGES, ids=lambda m: m.ROUTE)
def test_a_page_can_be_drawn(module: ModuleType) -> None:
    assert module.page() is not None
    assert module.TITLE
    assert module.ON_LOAD[0] in (CurrentUserState.arrive, CurrentUserState.arrive_signed_in)


def test_no_two_pages_share_an_address() -> None:
    routes = [module.ROUTE for module in PAGES]
    assert len(routes) == len(set(routes))


def _links(module: ModuleType) -> set[str]:
    """Every fixed address that a page links to."""
    return set(re.findall(r'\b(?:to|href):"(/[^"]*)"', str(module.page().render())))


def _pattern(route: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\[[^\]]+\\\]", "[^/]+", re.escape(f"/{route.strip('/')}")) + "/?")


@pytest.mark.parametrize("module", PAGES, ids=lambda m: m.ROUTE)
def test_a_page_links_only_to_pages_that_exist(module: ModuleType) -> None:
    links = {link.split("?")[0].split("#")[0] for link in _links(module)}
    assert links, "a page without a link leads nowhere"
    elsewhere = ("/api/", "/files/", "/session/", "/fonts/", "/icons", "/tutorials/", routes.CREDITS)
    known = [_pattern(other.ROUTE) for other in PAGES]
    dead = [link for link in links if not link.startswith(elsewhere) and not any(p.fullmatch(link) for p in known)]
    assert dead == []
