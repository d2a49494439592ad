"""How far something is: kerb, day blocks, steps, timeline and the money rail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.text import Text, attr, hidden, t, words

KerbState = Literal["collecting", "full", "done"]
NodeState = Literal["ok", "now", "todo", "bd"]
RailState = Literal["done", "now", "todo", "ref", "bad", "gone"]
_KERB = {"collecting": "", "full": "full", "done": "done"}


def kerb(
    percent: int | rx.Var[int],
    state: KerbState | str | rx.Var[str] = "collecting",
    *,
    small: bool = False,
    label: Any = None,
) -> rx.Component:
    """The painted kerb, the only progress bar. The post marks 80 %; ``full`` and ``done`` have none.

    ``state`` may be a Var with these words. ``label`` (an attribute, see `attr`) replaces "46% of the target".
    """
    base = "kerb kerb-s " if small else "kerb "
    if isinstance(state, rx.Var):
        look: Any = rx.match(state, ("full", base + "full"), ("done", base + "done"), base)
    else:
        look = (base + _KERB[state]).strip()
    value: Any = rx.Var.create(percent)
    return rx.el.div(
        rx.el.i(),
        rx.el.b(),
        class_name=look,
        style={"--p": value.to_string() + "%"},
        role="progressbar",
        aria_label=label if label is not None else attr("kerb.label", percent=value),
        aria_valuenow=value,
        aria_valuemin=0,
        aria_valuemax=100,
    )


def day_blocks(painted: int | rx.Var[int], gone: int | rx.Var[int]) -> rx.Component:
    """Seven blocks for the time of a job; ``painted`` of them are over, the next one is now, after ``gone`` days."""
    value: Any = rx.Var.create(painted)
    blocks = [rx.el.i(class_name=rx.cond(value > day, "x", rx.cond(value == day, "now", ""))) for day in range(7)]
    return rx.el.div(rx.el.div(*blocks, class_name="days", aria_hidden="true"), hidden(t("kerb.days", gone=gone)))


def steps(now: int, of: int) -> rx.Component:
    """Kerb blocks of a form in steps; ``now`` counts from 1."""
    looks = ["ok" if step < now else "now" if step == now else "" for step in range(1, of + 1)]
    return rx.el.div(*[rx.el.i(class_name=look) for look in looks], class_name="steps", aria_hidden="true")


@dataclass(frozen=True)
class Node:
    """One stone of a timeline."""

    title: Text
    state: NodeState = "todo"
    note: Text | None = None
    icon: str | None = None


_NODE_ICONS = {"ok": "check", "now": "clock", "todo": None, "bd": "x"}


def _node(node: Node) -> rx.Component:
    name = node.icon or _NODE_ICONS[node.state]
    note = rx.el.div(words(node.note), class_name="t-sm mute") if node.note is not None else rx.fragment()
    here = {"aria_current": "step"} if node.state == "now" else {}
    return rx.el.li(
        rx.el.span(icon(name, 16) if name else rx.fragment(), class_name="n"),
        rx.el.div(words(node.title), note, class_name="h"),
        class_name=node.state,
        **here,
    )


def timeline(nodes: Sequence[Node]) -> rx.Component:
    """What has happened, what is now, what comes; a failed step is its own geru stone."""
    return rx.el.ol(*[_node(node) for node in nodes], class_name="tl")


def timeline_of(items: rx.Var[Any]) -> rx.Component:
    """A timeline of a Var list; each item has ``title`` (str), ``note`` (str, may be empty), ``state``."""
    return rx.el.ol(each(items, _node_of), class_name="tl")


def _node_of(item: Any) -> rx.Component:
    look = rx.match(
        item.state,
        ("ok", icon("check", 16)),
        ("now", icon("clock", 16)),
        ("bd", icon("x", 16)),
        rx.fragment(),
    )
    note = rx.cond(item.note != "", rx.el.div(words(item.note), class_name="t-sm mute"), rx.fragment())
    return rx.el.li(
        rx.el.span(look, class_name="n"),
        rx.el.div(words(item.title), note, class_name="h"),
        class_name=item.state,
        aria_current=rx.cond(item.state == "now", "step", "false"),
    )


@dataclass(frozen=True)
class Disc:
    """One disc of the money rail."""

    label: Text
    icon: str
    state: RailState | str | rx.Var[str] = "todo"


def money_rail(discs: Sequence[Disc]) -> rx.Component:
    """Where the money is right now: usually three discs, one of them now."""
    items = [
        rx.el.li(
            rx.el.span(icon(disc.icon), class_name="d", aria_hidden="true"),
            rx.el.span(words(disc.label)),
            class_name=disc.state,
        )
        for disc in discs
    ]
    return rx.el.ol(*items, class_name="rail")
