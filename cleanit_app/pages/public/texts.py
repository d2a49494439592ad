"""Long texts: sections with a heading, found by their number in the catalogue."""

from __future__ import annotations

import reflex as rx

from cleanit_app.components.feedback import note
from cleanit_app.components.text import t
from cleanit_app.i18n import WORDS


def paragraphs(key: str) -> list[rx.Component]:
    """`key.1`, `key.2` … as long as there are some."""
    found: list[rx.Component] = []
    while f"{key}.{len(found) + 1}" in WORDS:
        found.append(rx.el.p(t(f"{key}.{len(found) + 1}")))
    return found


def section(key: str, number: int) -> rx.Component:
    """One section with its heading; linkable by its number."""
    return rx.el.section(
        rx.el.h2(f"{number}. ", t(f"{key}.title"), class_name="t-h2"),
        *paragraphs(key),
        id=f"s{number}",
        class_name="flex flex-col gap-3 mt-8 scroll-mt-24",
    )


def long_text(name: str, sections: tuple[str, ...], version: str) -> rx.Component:
    """A text in sections: its name, its version, what matters most on top, and the way to each section."""
    ways = [
        rx.el.li(
            rx.el.a(
                f"{number}.\u00a0",
                t(f"{name}.{key}.title"),
                href=f"#s{number}",
                class_name="link inline-flex items-center min-h-[44px]",
            )
        )
        for number, key in enumerate(sections, 1)
    ]
    return rx.el.article(
        rx.el.h1(t(f"{name}.title"), class_name="t-h1"),
        rx.el.p(t("legal.version", version=version), class_name="t-sm mute mt-1 mb-5 num"),
        note(t(f"{name}.short"), "info"),
        rx.el.ol(*ways, class_name="mt-4 grid gap-x-6 sm:grid-cols-2"),
        *[section(f"{name}.{key}", number) for number, key in enumerate(sections, 1)],
        class_name="narrow max-w-[720px] py-6 pb-12",
    )
