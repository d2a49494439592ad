"""Long texts: sections with a heading, found by their number in the catalogue."""

from __future__ import annotations

import reflex as rx

from cleanit_app.components.feedback import note
from cleanit_app.components.text import Text, t, words
from cleanit_app.i18n import KEYS

TERMS_SECTIONS = (
    "terms.service.",
    "terms.duties.",
    "terms.money.",
    "terms.liability.",
    "terms.disputes.",
    "terms.law.",
    "terms.cleaners.",
)


def _paragraphs(prefix: str) -> list[rx.Component]:
    """`<prefix>1`, `<prefix>2` … as long as there are some."""
    found: list[rx.Component] = []
    while f"{prefix}{len(found) + 1}" in KEYS:
        found.append(rx.el.p(t(f"{prefix}{len(found) + 1}")))
    return found


def _section(prefix: str, number: int) -> rx.Component:
    return rx.el.section(
        rx.el.h2(f"{number}. ", t(f"{prefix}title"), class_name="t-h2"),
        *_paragraphs(prefix),
        id=f"s{number}",
        class_name="flex flex-col gap-3 mt-8 scroll-mt-24",
    )


def _way(prefix: str, number: int) -> rx.Component:
    face = (f"{number}.\u00a0", t(f"{prefix}title"))
    return rx.el.li(rx.el.a(*face, href=f"#s{number}", class_name="link inline-flex items-center min-h-[44px]"))


def long_text(
    title: Text, short: Text, sections: tuple[str, ...], version: str | rx.Var[str], *end: rx.Component
) -> rx.Component:
    """A text in sections: its name, its version, what matters most on top, the way to each section, and ``end``.

    ``sections`` are the beginnings of keys: ``terms.law.`` finds ``terms.law.title`` and its paragraphs.
    """
    numbered = list(enumerate(sections, 1))
    return rx.el.article(
        rx.el.h1(words(title), class_name="t-h1"),
        rx.el.p(t("legal.version", version=version), class_name="t-sm mute mt-1 mb-5 num"),
        note(short, "plain"),
        rx.el.ol(*[_way(prefix, n) for n, prefix in numbered], class_name="mt-4 grid gap-x-6 sm:grid-cols-2"),
        *[_section(prefix, n) for n, prefix in numbered],
        *end,
        class_name="narrow max-w-[720px] py-6 pb-12",
    )
