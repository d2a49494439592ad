"""Photos, the plate with a place's name, and stones."""

from typing import Any, Literal

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.text import Text, attr, hidden, t, words
from cleanit_app.domain.pictures import WIDTHS

LISTED = WIDTHS[:-1]
"""The largest is for looking closely, and for no list."""
Cap = Literal["genda", "mor", "neem"]
_CAPS = {"genda": "", "mor": "var(--color-mor-300)", "neem": "var(--color-neem-500)"}


def srcset(base: Any) -> Any:
    """The widths of a public photo; ``base`` is its path without the width: ``{base}/320.webp``."""
    first, *wider = LISTED
    made: Any = base + f"/{first}.webp {first}w"
    for width in wider:
        made = made + ", " + base + f"/{width}.webp {width}w"
    return made


def source(base: Any) -> Any:
    """One middle size of a public photo, for browsers that do not choose; nothing while ``base`` is empty."""
    path: Any = rx.Var.create(base)
    return rx.cond(path != "", path + "/480.webp", "")


def large(href: Any, *face: rx.Component, class_name: str = "large") -> rx.Component:
    """A link to a picture in full; app.js opens it over the page: Esc, the button and going back close it."""
    marks = {"data-large": attr("nav.close")}
    return rx.el.a(*face, hidden(t("photo.large")), href=href, class_name=class_name, custom_attrs=marks)


def large_pair(before: Any, after: Any) -> rx.Component:
    """Ways to both photos in full, beside a slider, whose own surface is for sliding."""

    def one(base: Any, key: str) -> rx.Component:
        return large(largest(base), icon("search", 16), rx.el.span(t(key)), class_name="btn btn-line btn-s")

    return rx.el.div(one(before, "photo.before"), one(after, "photo.after"), class_name="flex flex-wrap gap-2.5")


def largest(base: Any) -> Any:
    """The widest public size of a photo."""
    return base + f"/{WIDTHS[-1]}.webp"


def photo(
    src: str | rx.Var[str],
    alt: Any,
    *,
    sized: bool = False,
    ratio: str = "aspect-video",
    sizes: str = "(min-width: 1024px) 400px, 100vw",
    first: bool = False,
    opens: bool = False,
    children: tuple[rx.Component, ...] = (),
    class_name: str = "",
) -> rx.Component:
    """A photo in a box of fixed shape, so nothing jumps when it arrives.

    ``sized``: ``src`` is the path without its width (see `srcset`). ``first`` loads it at once and before
    others, for the hero. ``opens``: a press shows it in full. ``alt`` names place and condition; see `attr`.
    """
    base: Any = rx.Var.create(src)
    eager = {"loading": "eager", "custom_attrs": {"fetchPriority": "high"}}
    props: dict[str, Any] = eager if first else {"loading": "lazy"}
    if sized:
        props |= {"src_set": srcset(base), "sizes": sizes, "src": source(base)}
    else:
        props |= {"src": base}
    image: Any = rx.el.img(alt=alt, decoding="async", **props)
    if opens:
        image = large(largest(base), image)
    return rx.el.div(
        rx.cond(base != "", image, rx.fragment()) if isinstance(src, rx.Var) else image,
        *children,
        class_name=f"photo {ratio} {class_name}".strip(),
    )


def plate(name: Text, hindi: Any = None, *, large: bool = False, class_name: str = "") -> rx.Component:
    """The street plate: the name of a place, Hindi above English when both are known."""
    upper = [] if hindi is None else [rx.el.span(words(hindi), lang="hi")]
    if isinstance(hindi, rx.Var):
        upper = [rx.cond(hindi != "", upper[0], rx.fragment())]
    look = f"plate {'plate-lg' if large else ''} {class_name}"
    return rx.el.span(rx.el.span(*upper, rx.el.span(words(name), class_name="")), class_name=" ".join(look.split()))


def stone(face: Any, cap: Cap = "genda", size: Literal["s", "m", "l"] = "m") -> rx.Component:
    """A kilometre stone with a number or an icon on it: steps, receipts, empty pages."""
    look = {"s": "stone stone-s", "m": "stone", "l": "stone stone-l"}[size]
    style = {"--cap": _CAPS[cap]} if _CAPS[cap] else {}
    return rx.el.span(face, class_name=look, style=style)


def avatar(letters: Text, *, paid: bool = False) -> rx.Component:
    """A round with a person's initials."""
    look = "avatar bg-neem-100 text-neem-700" if paid else "avatar"
    return rx.el.span(words(letters), class_name=look, aria_hidden="true")
