"""A cleaned place, before beside after, as the gallery and a cleaner's page show it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.photos import photo, plate
from cleanit_app.components.text import t, words


def cleaned_card(view: Any) -> rx.Component:
    """One place from a Var of CleanedView."""
    sizes = "(min-width: 1024px) 300px, (min-width: 768px) 25vw, 50vw"
    half = {"sized": True, "ratio": "aspect-[4/5]", "sizes": sizes}
    before = photo(
        view.before,
        view.before_alt,
        children=(rx.el.span(t("photo.before"), class_name="lab l"),),
        **half,  # type: ignore[arg-type]  # one of two sets of words, both of this function
    )
    after = photo(
        view.after,
        view.after_alt,
        children=(rx.el.span(t("photo.after"), class_name="lab r"),),
        **half,  # type: ignore[arg-type]  # one of two sets of words, both of this function
    )
    return rx.el.article(
        rx.el.div(
            before,
            after,
            plate(view.place, class_name="absolute left-3 top-3 max-w-[calc(100%-24px)]"),
            class_name="relative grid grid-cols-2 gap-0.5",
        ),
        rx.el.div(
            rx.el.h2(rx.el.a(view.title, href=view.href, class_name="cover"), class_name="t-h3"),
            rx.el.p(words(view.line), class_name="t-sm soft"),
            class_name="pad flex flex-col gap-1.5",
        ),
        class_name="card relative",
    )
