"""What a page says about itself: notes, being empty, loading, broken or offline."""

from typing import Any, Literal

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.text import Text, hidden, t, words

Tone = Literal["plain", "info", "warn", "err", "ok", "refund"]  # info looks as plain; blue is a refund's alone
_NOTE_ICONS = {
    "plain": "info",
    "info": "info",
    "warn": "triangle-alert",
    "err": "circle-alert",
    "ok": "circle-check",
    "refund": "undo-2",
}


def note(
    text: Text, tone: Tone = "plain", icon_name: str | None = None, *, more: Any = None, role: str = ""
) -> rx.Component:
    """A tinted line with its icon; ``role="alert"`` for what blocks, ``"status"`` for news."""
    props = {"role": role} if role else {}
    body = rx.el.div(words(text), *([] if more is None else [more]), class_name="grow")
    shown = icon(icon_name or _NOTE_ICONS[tone])
    return rx.el.div(shown, body, class_name=f"note {tone}".replace(" plain", ""), **props)


def offline_strip() -> rx.Component:
    """The strip under the top bar while the network is gone and for 3 s after it is back; app.js shows it."""
    return rx.el.div(
        rx.el.div(icon("wifi-off"), rx.el.span(t("net.off")), class_name="note warn strip"),
        rx.el.div(icon("circle-check"), rx.el.span(t("net.back")), class_name="note ok strip"),
        role="status",
    )


def empty_state(
    title: Text,
    text: Text = "",
    *,
    icon_name: str = "camera",
    action: rx.Component | None = None,
    whole: bool = False,
) -> rx.Component:
    """A stone, one sentence on what will be here, one action; the page's heading when it is the ``whole`` page."""
    name = rx.el.h1 if whole else rx.el.h2
    return rx.el.div(
        rx.el.span(icon(icon_name), class_name="stone stone-l", aria_hidden="true"),
        name(words(title), class_name="t-h3 mt-1"),
        rx.el.p(words(text), class_name="soft max-w-[360px]"),
        action or rx.fragment(),
        class_name="flex flex-col items-center gap-2 py-10 text-center",
    )


def error_state(
    what: Text, *, safe: Text, code: str | rx.Var[str] | None = None, action: rx.Component | None = None
) -> rx.Component:
    """What happened, whether money or work is safe, what to do; a short code for support."""
    number = rx.fragment() if code is None else rx.el.p(t("state.code", code=code), class_name="t-sm mute mt-1")
    return rx.el.div(
        icon("octagon-alert", 24),
        rx.el.div(
            rx.el.div(words(what), class_name="bb"),
            rx.el.p(words(safe)),
            number,
            action or rx.fragment(),
            class_name="grow flex flex-col gap-1 items-start",
        ),
        class_name="note err",
        role="alert",
    )


def skeleton(shape: str = "h-5 w-full") -> rx.Component:
    """One grey block; ``shape`` are size utilities. It appears after 150 ms."""
    return rx.el.div(class_name=f"sk {shape}")


def card_skeleton() -> rx.Component:
    """The shape of a campaign card while it loads."""
    lines = [skeleton("h-5 w-3/4"), skeleton("h-2.5 w-full"), skeleton("h-4 w-2/5")]
    return rx.el.div(
        skeleton("aspect-video w-full rounded-none"),
        rx.el.div(*lines, class_name="pad flex flex-col gap-3"),
        class_name="card",
        aria_hidden="true",
    )


def loading(*blocks: rx.Component) -> rx.Component:
    """Skeleton blocks together, announced once as loading."""
    return rx.el.div(hidden(t("state.loading")), *blocks, role="status", class_name="contents")
