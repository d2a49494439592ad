"""Every page: each area lists its own."""

from __future__ import annotations

import reflex as rx

from cleanit_app.components.text import tab_title
from cleanit_app.pages import admin, citizen, cleaner, public

PAGES = (*public.PAGES, *citizen.PAGES, *cleaner.PAGES, *admin.PAGES)
"""Modules with ROUTE, TITLE (a key of the catalogue), ON_LOAD and page(); each is a bundle of its own."""


def add_pages(app: rx.App) -> None:
    """Register every page with its route, title and what it loads."""
    for module in PAGES:
        app.add_page(
            module.page, route=module.ROUTE, title=tab_title(module.TITLE), on_load=module.ON_LOAD, image="/og.png"
        )
