"""Icons from one sprite, and the logo. Only icons named here are in assets/icons.svg."""

from typing import Any

import reflex as rx
from reflex.vars import VarData

# cleanit_app/local/make_icons.py builds the sprite from this list (Lucide, ISC licence).
ICONS = frozenset(
    {
        "arrow-left",
        "arrow-left-right",
        "arrow-right",
        "badge-check",
        "ban",
        "banknote",
        "bell",
        "bell-ring",
        "calendar-plus",
        "camera",
        "check",
        "chevron-down",
        "chevron-left",
        "chevron-right",
        "chevron-up",
        "chevrons-left-right",
        "circle",
        "circle-alert",
        "circle-check",
        "circle-question-mark",
        "clipboard-check",
        "clock",
        "clock-alert",
        "columns-2",
        "contact",
        "copy",
        "cpu",
        "credit-card",
        "download",
        "external-link",
        "eye",
        "flag",
        "flame",
        "gavel",
        "hand",
        "hand-coins",
        "history",
        "hourglass",
        "id-card",
        "image",
        "image-plus",
        "indian-rupee",
        "info",
        "landmark",
        "layers",
        "layout-dashboard",
        "life-buoy",
        "link",
        "list",
        "list-filter",
        "loader",
        "locate",
        "lock",
        "log-out",
        "map",
        "map-pin",
        "map-pin-check",
        "map-pin-off",
        "map-pinned",
        "menu",
        "minus",
        "navigation",
        "octagon-alert",
        "pencil",
        "phone",
        "plus",
        "qr-code",
        "receipt-indian-rupee",
        "refresh-cw",
        "ruler",
        "scale",
        "scan-eye",
        "search",
        "send",
        "settings",
        "share-2",
        "shield-check",
        "siren",
        "smartphone",
        "sparkles",
        "split",
        "store",
        "sun",
        "timer",
        "triangle-alert",
        "undo-2",
        "upload",
        "user",
        "user-x",
        "users",
        "wallet",
        "wifi-off",
        "x",
        "zap",
    }
)
_SIZES = {16: "i i-s", 20: "i", 24: "i i-l", 32: "i i-xl"}


# The bundler gives the sprite a name with its hash, so browsers keep it and icons are there offline too.
_SPRITE = VarData(
    imports={"$/public/icons.svg?url": [rx.ImportVar(tag="cleanitIcons", is_default=True, install=False)]}
)


def _shape(symbol: str) -> rx.Component:
    return rx.el.svg.use(href=rx.Var(f'cleanitIcons + "#{symbol}"', _var_type=str, _var_data=_SPRITE))


def icon(name: str, size: int = 20, class_name: str = "") -> rx.Component:
    """An icon of the sprite at 16, 20, 24 or 32 px; hidden from listeners, words stand beside it."""
    if name not in ICONS:
        raise ValueError(f"no icon {name!r} in the sprite; add it to ICONS and run make_icons")
    return rx.el.svg(
        _shape(f"i-{name}"),
        class_name=f"{_SIZES[size]} {class_name}".strip(),
        view_box="0 0 24 24",
        aria_hidden="true",
    )


def stone_mark() -> rx.Component:
    """The logo's stone alone."""
    return rx.el.svg(_shape("stone"), view_box="0 0 26 30", aria_hidden="true")


def logo(word: Any = "Cleanit", inverse: bool = False, href: str = "/") -> rx.Component:
    """The stone with its tick and the wordmark, a link to the first page."""
    return rx.el.a(stone_mark(), rx.el.span(word), href=href, class_name="logo inv" if inverse else "logo")
