"""Small pieces of the two human pages."""

from __future__ import annotations

from html import escape
from typing import Any


def e(value: Any) -> str:
    """Any value as text that is safe in HTML and in a quoted attribute."""
    return escape("" if value is None else str(value), quote=True)


def rupees(paise: int) -> str:
    """`₹1,23,456.50`, with Indian grouping."""
    whole, rest = divmod(abs(paise), 100)
    digits = str(whole)
    head, tail = digits[:-3], digits[-3:]
    groups: list[str] = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    sign = "-" if paise < 0 else ""
    return f"{sign}₹{','.join([*groups, tail])}.{rest:02d}"


def document(title: str, assets: str, body: str, body_attributes: str = "") -> str:
    """A whole page whose style and script are the named files of this sandbox."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{e(title)}</title>"
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="/sandbox-static/{e(assets)}.css">'
        f'<script defer src="/sandbox-static/{e(assets)}.js"></script></head>'
        f"<body {body_attributes}>{body}</body></html>"
    )
