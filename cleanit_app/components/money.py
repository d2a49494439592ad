"""Amounts always with their state: ledger strip, split, tiles, receipt."""

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.text import Text, t, words

Swatch = Literal["held", "paid", "refunded", "stop", "plain"]
SWATCHES = {
    "held": "var(--color-genda-400)",
    "paid": "var(--color-neem-600)",
    "refunded": "var(--color-neel-600)",
    "stop": "var(--color-geru-500)",
    "plain": "var(--color-chuna-300)",
}


def amount(text: Text, size: Literal["s", "m", "l", "xl"] = "m", class_name: str = "") -> rx.Component:
    """An amount of money, ready formatted (``₹3,260``), in steady digits."""
    look = {"s": "rs", "m": "rs rs-m", "l": "rs rs-l", "xl": "rs rs-xl"}[size]
    return rx.el.span(words(text), class_name=f"{look} {class_name}".strip())


def ledger_strip(held: Text, paid: Text, refunded: Text, *, icons: bool = False) -> rx.Component:
    """Held, paid out, refunded: the three places money can be."""
    cells = (
        ("held", "money.held", held, "lock"),
        ("paid", "money.paid_out", paid, "check"),
        ("refunded", "money.refunded", refunded, "undo-2"),
    )
    return rx.el.dl(
        *[
            rx.el.div(
                rx.el.dt(icon(icon_name, 16) if icons else rx.fragment(), rx.el.span(t(key))),
                rx.el.dd(words(value)),
                style={"--c": SWATCHES[swatch]},
            )
            for swatch, key, value, icon_name in cells
        ],
        class_name="ledger",
    )


def ledger_band(
    title: Text, note: Text, cells: Sequence[tuple[Swatch, Text, Text, Text]], *, icons: Sequence[str]
) -> rx.Component:
    """The dark band of the first page; each cell is (swatch, label, amount, one line of context)."""
    inks = {"held": "text-genda-300", "paid": "text-neem-100", "refunded": "text-neel-100"}
    lights = {"held": "var(--color-genda-400)", "paid": "#7CC46C", "refunded": "#9FB3F2"}
    blocks = [
        rx.el.div(
            rx.el.span(class_name="sw8", style={"--c": lights[swatch]}),
            rx.el.div(
                icon(icon_name, 16),
                words(label),
                class_name=f"t-sm b flex gap-1.5 items-center {inks[swatch]}",
            ),
            amount(value, "l", "mt-2 block"),
            rx.el.div(words(context), class_name="t-sm text-mor-100 mt-1.5"),
        )
        for (swatch, label, value, context), icon_name in zip(cells, icons, strict=True)
    ]
    head = rx.el.div(
        rx.el.h2(words(title), class_name="text-[1.25rem]"),
        rx.el.p(words(note), class_name="t-sm text-mor-100 mt-1"),
    )
    return rx.el.section(
        rx.el.div(head, *blocks, class_name="wide grid gap-6 py-7 md:grid-cols-[270px_repeat(3,1fr)] items-center"),
        class_name="bg-mor-800 text-white",
    )


def stat_tile(
    label: Text,
    figure: Text,
    context: Text = "",
    *,
    swatch: Swatch = "plain",
    href: str | None = None,
    alert: bool = False,
    dark: bool = False,
    icon_name: str | None = None,
) -> rx.Component:
    """One figure with its swatch, label and one line of context; the whole tile is a link."""
    look = "stat" + (" alert" if alert else "") + (" dark" if dark else "")
    ink = "text-genda-300" if dark else "soft"
    face = [icon(icon_name, 16)] if icon_name else []
    inside = (
        rx.el.div(*face, words(label), class_name=f"b flex gap-1.5 items-center {ink}"),
        amount(figure, "xl" if dark else "l", "mt-2 block"),
        rx.el.div(words(context), class_name=f"t-sm mt-2 {'text-mor-100' if dark else 'mute'}"),
    )
    style = {"--c": SWATCHES[swatch]}
    if href is None:
        return rx.el.div(*inside, class_name=look, style=style)
    return rx.el.a(*inside, href=href, class_name=look, style=style)


def split_bar(cleaner: Text, fee: Text, fee_bps: int | rx.Var[int]) -> rx.Component:
    """Who gets what, drawn by the campaign's own share in basis points; shown before paying and after."""
    return rx.el.div(
        rx.el.div(rx.el.i(), rx.el.i(), class_name="split", style={"--fee": fee_bps}, aria_hidden="true"),
        rx.el.div(
            rx.el.span(t("money.to_cleaner", amount=rx.el.b(words(cleaner), class_name="bb num"))),
            rx.el.span(t("money.to_run", amount=rx.el.b(words(fee), class_name="bb num")), class_name="soft"),
            class_name="flex flex-wrap justify-between gap-x-4 gap-y-1 t-sm",
        ),
        class_name="flex flex-col gap-2",
    )


def facts(rows: Sequence[tuple[Text, Text]]) -> rx.Component:
    """Names and values in two columns: a receipt, a split, a payment."""
    cells: list[Any] = []
    for name, value in rows:
        cells += [rx.el.dt(words(name)), rx.el.dd(words(value), class_name="num whitespace-normal")]
    return rx.el.dl(*cells, class_name="kv")


def receipt_card(rows: Sequence[tuple[Text, Text]], actions: Sequence[rx.Component] = ()) -> rx.Component:
    """A receipt: its facts, a tear line, and what one can do with it (quiet buttons)."""
    tear = rx.el.div(
        *actions,
        class_name="grid grid-flow-col auto-cols-fr border-t border-dashed border-chuna-300 "
        "divide-x divide-dashed divide-chuna-300",
    )
    return rx.el.section(
        rx.el.div(facts(rows), class_name="pad"), tear if actions else rx.fragment(), class_name="card"
    )
