"""What the page framework needs to know of our look: styles, scripts of the head, Tailwind."""

from typing import Any

import reflex as rx
from reflex.vars import VarData

# The tokens stand in assets/cleanit.css (@theme) and are compiled together with Tailwind, so the
# plugin gets no second copy of them; "plugins": [] keeps the typography plugin out of the bundle.
TAILWIND_CONFIG: dict[str, Any] = {"theme": {}, "plugins": []}

STYLESHEETS: list[str] = ["/cleanit.css"]

THEME_COLOR = "#084A55"


def _preload(font: str) -> rx.Component:
    """Fetch a font before the style sheet asks for it; the bundler puts the hash into its name."""
    address: rx.Var[str] = rx.Var(
        "latinFont",
        _var_type=str,
        _var_data=VarData(
            imports={f"$/public/fonts/{font}.woff2?url": [rx.ImportVar(tag="latinFont", is_default=True)]}
        ),
    )
    marks = {"as": "font", "crossOrigin": "anonymous"}
    return rx.el.link(rel="preload", href=address, type="font/woff2", custom_attrs=marks)


# app.js blocks on purpose: it sets the language before the first paint.
HEAD: list[rx.Component] = [
    rx.el.script(src="/app.js"),
    _preload("anek-latin"),
    rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
    rx.el.link(rel="apple-touch-icon", href="/icon-192.png"),
    rx.el.link(rel="manifest", href="/manifest.webmanifest"),
    rx.el.meta(name="theme-color", content=THEME_COLOR),
]
