"""Two photos looked at together, for deciding (VER-02)."""

from typing import Any

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop


class Compare(rx.Component):
    """See `compare`."""

    library = script("compare.jsx")
    tag = "Compare"
    before: rx.Var[str]
    after: rx.Var[str]
    before_alt: rx.Var[str]
    after_alt: rx.Var[str]
    words: rx.Var[dict[str, str]]


def compare(
    before: Any, after: Any, *, before_alt: Any = "", after_alt: Any = "", class_name: str = ""
) -> rx.Component:
    """Before and after with linked zoom and pan, side by side, under a slider or overlaid; brighten is view-only.

    ``before`` and ``after`` are addresses of one size; alt texts are attributes: give them through ``attr_of``.
    """
    return Compare.create(
        before=before,
        after=after,
        before_alt=before_alt,
        after_alt=after_alt,
        words=word_prop("photo.before", "photo.after", "photo.slide", "compare."),
        class_name=class_name,
    )
