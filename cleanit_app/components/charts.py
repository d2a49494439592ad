"""Charts: bars as inline SVG, drawn from ready numbers, with the same figures as a table behind "Show numbers"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from cleanit_app.components.admin import data_table
from cleanit_app.components.lists import each
from cleanit_app.components.text import Text, t, words

COLOURS = ("var(--color-genda-500)", "var(--color-neem-600)", "var(--color-neel-600)")
"""Of the first, second and third series; their names stand beside them, so that colour alone says nothing."""
HEIGHT = 100


def bar_chart(title: Text, names: Sequence[Text], chart: Any, first_head: Text) -> rx.Component:
    """One chart with its legend and table. ``chart`` is a Var with `box`, `bars`, `zero`, `top`, `first`, `last`,
    `said` for who does not see it, `sums` (a name, a figure, the time before) and `rows` (a day and its cells).
    """
    return rx.el.section(
        rx.el.h2(words(title), class_name="t-h3"),
        rx.el.ul(each(chart.sums, _sum), class_name="flex flex-wrap gap-x-8 gap-y-3 mt-3"),
        rx.el.div(words(chart.top), class_name="t-xs mute num mt-4", aria_hidden="true"),
        _drawing(chart),
        rx.el.div(
            rx.el.span(words(chart.first)),
            rx.el.span(words(chart.last)),
            class_name="row sp t-xs mute num mt-1",
            aria_hidden="true",
        ),
        _numbers(title, names, chart, first_head),
        class_name="card pad",
    )


def _sum(one: Any) -> rx.Component:
    colour: Any = rx.match(one.colour, *[(str(n), c) for n, c in enumerate(COLOURS)], COLOURS[0])
    return rx.el.li(
        rx.el.div(
            rx.el.span(class_name="inline-block w-3 h-3 rounded-sm flex-none", style={"background": colour}),
            rx.el.span(words(one.name)),
            class_name="flex items-center gap-2 t-sm soft",
        ),
        rx.el.b(words(one.figure), class_name="bb num t-h3 block"),
        rx.el.span(words(one.before), class_name="t-sm mute num"),
    )


def _drawing(chart: Any) -> rx.Component:
    def bar(one: Any) -> rx.Component:
        colour: Any = rx.match(one.colour, *[(str(n), c) for n, c in enumerate(COLOURS)], COLOURS[0])
        return rx.el.svg.rect(x=one.x, y=one.y, width="0.9", height=one.height, fill=colour)

    return rx.el.svg(
        rx.el.svg.line(
            x1="0",
            x2="10000",
            y1=chart.zero,
            y2=chart.zero,
            stroke="var(--color-chuna-500)",
            vector_effect="non-scaling-stroke",
        ),
        each(chart.bars, bar),
        view_box=chart.box,
        preserve_aspect_ratio="none",
        role="img",
        aria_label=chart.said,
        class_name="block w-full h-36",
    )


def _numbers(title: Text, names: Sequence[Text], chart: Any, first_head: Text) -> rx.Component:
    """A table that grows out of a line one can press; nothing of it is drawn before."""
    columns = range(1, len(names) + 1)

    def cells(row: Any) -> list[Any]:
        return [words(row.day), *(words(row.cells[n - 1]) for n in columns)]

    table = data_table(title, [first_head, *names], chart.rows, cells, right=tuple(columns))
    return rx.el.details(
        rx.el.summary(t("boards.numbers"), class_name="link cursor-pointer min-h-[44px] flex items-center w-fit"),
        table,
        class_name="mt-2",
    )
