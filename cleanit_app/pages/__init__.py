"""Every page, in one table of contents."""

from __future__ import annotations

import reflex as rx

from cleanit_app.pages.public import hello


def add_pages(app: rx.App) -> None:
    """Register every page with its route, title and what it loads."""
    app.add_page(hello.page, route="/", title="Cleanit")
