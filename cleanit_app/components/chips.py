"""State chips: one colour, one icon and one wording for each state, wherever it is shown."""

from typing import Any, Literal

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.text import Text, t, words

Colour = Literal["plain", "held", "rel", "ref", "bad", "act", "ink"]

# kind → state → (colour, icon); the words are the catalogue's "<kind>.<state>".
STATES: dict[str, dict[str, tuple[Colour, str]]] = {
    "campaign": {
        "DRAFT": ("plain", "hourglass"),
        "ACTIVE": ("held", "hand-coins"),
        "FUNDED": ("act", "circle-check"),
        "COMPLETED": ("held", "eye"),
        "CLOSED": ("rel", "badge-check"),
        "EXPIRED": ("plain", "clock-alert"),
        "CANCELLED": ("bad", "ban"),
    },
    "job": {
        "AVAILABLE": ("act", "hand"),
        "CLAIMED": ("act", "clipboard-check"),
        "COMPLETED": ("held", "eye"),
        "VERIFIED": ("rel", "check"),
        "REJECTED": ("held", "refresh-cw"),
        "FAILED": ("bad", "circle-alert"),
        "RELEASED": ("plain", "clock-alert"),
        "PAID": ("rel", "badge-check"),
        "CANCELLED": ("bad", "ban"),
    },
    "escrow": {
        "HELD": ("held", "lock"),
        "RELEASED": ("rel", "check"),
        "REFUNDED": ("ref", "undo-2"),
    },
    "payment": {
        "CREATED": ("plain", "hourglass"),
        "PENDING": ("held", "hourglass"),
        "SUCCESS": ("rel", "check"),
        "LAPSED": ("bad", "circle-alert"),
    },
    "payout": {
        "PENDING": ("held", "clock"),
        "PROCESSING": ("act", "send"),
        "PAID": ("rel", "check"),
        "FAILED": ("bad", "circle-alert"),
        "MANUAL": ("bad", "life-buoy"),
        "CANCELLED": ("plain", "ban"),
    },
    "refund": {
        "PENDING": ("ref", "undo-2"),
        "PROCESSING": ("ref", "undo-2"),
        "COMPLETED": ("ref", "check"),
        "FAILED": ("bad", "circle-alert"),
        "MANUAL": ("bad", "life-buoy"),
    },
    "kyc": {
        "PENDING": ("held", "hourglass"),
        "VERIFIED": ("act", "circle-check"),
        "ACTIVE": ("rel", "badge-check"),
        "REJECTED": ("bad", "circle-alert"),
    },
}


def chip(text: Text, colour: Colour = "plain", icon_name: str | None = None) -> rx.Component:
    """A small label; colour never speaks alone, so give it an icon or clear words."""
    face = [icon(icon_name, 16)] if icon_name else []
    return rx.el.span(*face, rx.el.span(words(text)), class_name=f"chip {colour}".replace(" plain", ""))


def state_chip(kind: str, state: str | rx.Var[str]) -> rx.Component:
    """The chip of a state; ``kind`` is campaign, job, escrow, payment, payout, refund or kyc."""
    table = STATES[kind]
    if not isinstance(state, rx.Var):
        colour, icon_name = table[str(state)]
        return chip(t(f"{kind}.{state}"), colour, icon_name)
    cases: list[Any] = [
        (name, chip(t(f"{kind}.{name}"), colour, icon_name)) for name, (colour, icon_name) in table.items()
    ]
    return rx.match(state, *cases, rx.fragment())


def flag_chip(text: Text, severe: bool = False, icon_name: str = "flag") -> rx.Component:
    """A flag in a list: geru when severe, marigold otherwise."""
    return chip(text, "bad" if severe else "held", icon_name)
