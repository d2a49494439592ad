"""Buttons: one main button a screen, its label names the result."""

from typing import Any, Literal

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.text import Text, about, hidden, words

Kind = Literal["main", "sun", "line", "danger", "ok", "quiet"]
Size = Literal["s", "m", "l"]
_KINDS = {
    "main": "",
    "sun": "btn-sun",
    "line": "btn-line",
    "danger": "btn-danger",
    "ok": "btn-ok",
    "quiet": "btn-quiet",
}
_SIZES = {"s": "btn-s", "m": "", "l": "btn-lg"}


def _classes(kind: Kind, size: Size, block: bool, extra: str) -> str:
    names = ("btn", _KINDS[kind], _SIZES[size], "btn-block" if block else "", extra)
    return " ".join(name for name in names if name)


def _face(
    label: Text, icon_name: str | None, busy_label: Text | None, key: str | None, of: Text | None = None
) -> list[rx.Component]:
    rest = [icon(icon_name)] if icon_name else []
    rest.append(rx.el.span(words(label), *([] if of is None else [about(of)])))
    if key:
        rest.append(rx.el.span(key, class_name="kbd", aria_hidden="true"))
    if busy_label is None:
        return rest
    return [
        rx.el.span(*rest, class_name="rest row"),
        rx.el.span(icon("loader"), rx.el.span(words(busy_label)), class_name="wait"),
    ]


def button(
    label: Text,
    *,
    kind: Kind = "main",
    size: Size = "m",
    icon_name: str | None = None,
    block: bool = False,
    busy: bool | rx.Var[bool] = False,
    busy_label: Text | None = None,
    disabled: bool | rx.Var[bool] = False,
    reason: Text | None = None,
    key_hint: str | None = None,
    of: Text | None = None,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """A button. ``busy`` shows ``busy_label`` and refuses presses; ``disabled`` needs a visible ``reason``.

    ``of`` is what its row is about, for who listens.
    Other props (``on_click``, ``type``, ``id``, ``custom_attrs`` …) go to the element.
    """
    props.setdefault("type", "button")
    off = disabled | busy if isinstance(disabled, rx.Var) or isinstance(busy, rx.Var) else disabled or busy
    made = rx.el.button(
        *_face(label, icon_name, busy_label, key_hint, of),
        class_name=_classes(kind, size, block, class_name),
        disabled=off,
        aria_busy=busy,
        **props,
    )
    if reason is None:
        return made
    shown = rx.el.p(words(reason), class_name="hint text-center")
    if isinstance(disabled, rx.Var):
        return rx.el.div(made, rx.cond(disabled, shown, rx.fragment()))
    return rx.el.div(made, shown) if disabled else made


def link_button(
    label: Text,
    href: str | rx.Var[str],
    *,
    kind: Kind = "main",
    size: Size = "m",
    icon_name: str | None = None,
    block: bool = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """A link that looks like a button, for going somewhere, or with ``download`` for a file to keep."""
    if "download" in props:
        props.setdefault("target", "_blank")  # else the router takes the file's address for a page of the site
    face = _face(label, icon_name, None, None)
    return rx.el.a(*face, href=href, class_name=_classes(kind, size, block, class_name), **props)


def icon_button(name: str, label: Text, *, class_name: str = "iconbtn", **props: Any) -> rx.Component:
    """A button with only an icon (back, close, share, bell, bin); its name is read out."""
    props.setdefault("type", "button")
    return rx.el.button(icon(name, 24), hidden(label), class_name=class_name, **props)


def opens(dialog_id: str) -> dict[str, str]:
    """``custom_attrs`` of a button that opens a dialog of this id, without a round trip."""
    return {"data-open": dialog_id, "aria-haspopup": "dialog"}


def closes() -> dict[str, str]:
    """``custom_attrs`` of a button inside a dialog that closes it."""
    return {"data-close": ""}
