"""Every page, in one table of contents."""

from __future__ import annotations

import reflex as rx

from cleanit_app.pages.public import home

PAGES = (home,)
"""Modules with ROUTE, TITLE, ON_LOAD and page(); each is its own bundle."""


def add_pages(app: rx.App) -> None:
    """Register every page with its route, title and what it loads."""
    for module in PAGES:
        app.add_page(module.page, route=module.ROUTE, title=module.TITLE, on_load=module.ON_LOAD, image="/og.png")
