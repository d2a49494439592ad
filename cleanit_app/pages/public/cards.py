"""Campaign cards in a grid, with what stands there while they load or when there are none."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.cards import campaign_card, going_ahead
from cleanit_app.components.feedback import card_skeleton, loading
from cleanit_app.components.lists import each
from cleanit_app.components.text import words

GRID = "grid gap-4 md:grid-cols-2 lg:grid-cols-3 lg:gap-6"


def card(view: Any) -> rx.Component:
    """One campaign from a Var of CampaignCardView."""
    plain = rx.el.p(words(view.reason), class_name="t-sm soft")
    return campaign_card(
        href=view.href,
        photo_src=view.photo,
        photo_alt=view.alt,
        sized=True,
        place=view.place,
        title=view.title,
        percent=view.percent,
        raised=view.raised,
        of=words(view.of),
        time=words(view.time),
        reason=rx.cond(view.going_ahead, going_ahead(words(view.reason)), plain),
        kerb_state=view.kerb,
    )


def card_grid(cards: Any) -> rx.Component:
    """All cards of a Var list."""
    return rx.el.div(each(cards, card), class_name=GRID)


def waiting_grid(count: int = 3) -> rx.Component:
    """The shape of the cards while they are read."""
    return loading(rx.el.div(*[card_skeleton() for _ in range(count)], class_name=GRID))
