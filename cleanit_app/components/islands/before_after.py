"""The slider over a before and an after photo."""

from typing import Any

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop
from cleanit_app.components.photos import source, srcset


class BeforeAfter(rx.Component):
    """See `before_after`."""

    library = script("before_after.jsx")
    tag = "BeforeAfter"
    before: rx.Var[str]
    after: rx.Var[str]
    before_alt: rx.Var[str]
    after_alt: rx.Var[str]
    before_label: rx.Var[str]
    after_label: rx.Var[str]
    before_set: rx.Var[str]
    after_set: rx.Var[str]
    sizes: rx.Var[str]
    start: rx.Var[int]
    wipe: rx.Var[str]
    words: rx.Var[dict[str, str]]


def before_after(
    before: str | rx.Var[str],
    after: str | rx.Var[str],
    *children: rx.Component,
    before_alt: Any = "",
    after_alt: Any = "",
    before_label: Any = None,
    after_label: Any = None,
    start: int = 50,
    wipe: str | rx.Var[str] = "",
    sized: bool = False,
    sizes: str = "(min-width: 1024px) 640px, 100vw",
    class_name: str = "aspect-[16/10]",
) -> rx.Component:
    """Two photos and a line between them; keys move it by a twentieth, without scripts both stand side by side.

    ``wipe`` names what is shown where the line draws itself once, for who made it possible; an empty one rests.

    ``sized``: the addresses are without their width, as in `photo`. Labels default to Before and After;
    alt texts and labels are attributes: give them through ``attr``/``attr_of``. ``children`` float over it.
    """
    props: dict[str, Any] = {"before": before, "after": after}
    if sized:
        old, new = rx.Var.create(before), rx.Var.create(after)
        props = {
            "before": source(old),
            "after": source(new),
            "before_set": srcset(old),
            "after_set": srcset(new),
            "sizes": sizes,
        }
    labels = {"before_label": before_label, "after_label": after_label}
    props |= {name: value for name, value in labels.items() if value is not None}
    return BeforeAfter.create(
        *children,
        before_alt=before_alt,
        after_alt=after_alt,
        start=start,
        wipe=wipe,
        words=word_prop("photo."),
        class_name=class_name,
        **props,
    )
