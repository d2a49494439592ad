"""Pieces that several of the citizen's pages draw: sharing in words, money chips, receipts, refunds, the rail."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import note
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.progress import Disc, money_rail
from cleanit_app.components.text import Text, about, t, words
from cleanit_app.domain.actors import Role
from cleanit_app.pages.citizen.views import MONEY_CHIPS
from cleanit_app.pages.frame import admin_page, citizen_page, cleaner_page
from cleanit_app.state.current_user import CurrentUserState


def share_words(label: Text, path: Any, class_name: str = "btn btn-sun", of: Text | None = None) -> rx.Component:
    """A button in words that shares a page by the phone's own sheet; says so when it copied the link instead.

    ``of`` is what its row is about, for who listens.
    """
    named = rx.fragment() if of is None else about(of)
    copied = rx.el.span(
        icon("check"),
        t("share.copied"),
        class_name="hidden gap-2 items-center group-data-done:inline-flex",
        role="status",
    )
    return rx.el.button(
        rx.el.span(icon("share-2"), rx.el.span(words(label), named), class_name="row group-data-done:hidden"),
        copied,
        class_name=f"group {class_name}",
        type="button",
        custom_attrs={"data-share": path},
    )


def money_chip(state: Any) -> rx.Component:
    """Where the money is, from a Var of a MoneyState's word."""
    cases = [
        (str(name), chip(t(f"gave.{name}"), colour, icon_name))  # type: ignore[arg-type]  # constants above
        for name, (colour, icon_name) in MONEY_CHIPS.items()
    ]
    return rx.match(state, *cases, rx.fragment())


def refund_notes(refunds: Any) -> rx.Component:
    """A note for each refund of a Var list of RefundView."""

    def one(refund: Any) -> rx.Component:
        return rx.match(
            refund.state,
            ("stuck", note(words(refund.text), "err", "life-buoy")),
            ("done", note(words(refund.text), "refund", "check")),
            note(words(refund.text), "refund", "undo-2"),
        )

    return rx.cond(refunds.length() > 0, rx.el.div(each(refunds, one), class_name="flex flex-col gap-2", role="status"))


def facts_of(lines: Any, *actions: rx.Component) -> rx.Component:
    """A receipt of a Var list of FactView with its actions behind the tear line."""

    def one(line: Any) -> rx.Component:
        return rx.fragment(rx.el.dt(words(line.name)), rx.el.dd(words(line.value), class_name="num whitespace-normal"))

    tear = rx.el.div(
        *actions,
        class_name="grid grid-flow-col auto-cols-fr border-t border-dashed border-chuna-300 "
        "divide-x divide-dashed divide-chuna-300",
    )
    facts = rx.el.dl(each(lines, one), class_name="kv pad")
    return rx.el.section(facts, tear if actions else rx.fragment(), class_name="card")


def rail(discs: Any) -> rx.Component:
    """The money rail of one contribution: three states as Vars, words with their dates."""
    return money_rail(
        [
            Disc(_two_lines(discs[0]), "lock", discs[0].state),
            Disc(_two_lines(discs[1]), "camera", discs[1].state),
            Disc(_two_lines(discs[2]), "indian-rupee", discs[2].state),
        ]
    )


def _two_lines(disc: Any) -> rx.Component:
    date = rx.cond(disc.date != "", rx.el.span(words(disc.date), class_name="block t-xs num whitespace-normal"))
    return rx.fragment(rx.el.span(words(disc.label), class_name="block"), date)


def heading(key: str) -> rx.Component:
    """The title of a page whose bar already shows it on phones."""
    return rx.el.h1(t(key), class_name="t-h1 max-lg:sr-only mb-4")


def more_button(shown: Any, busy: Any, on_click: Any) -> rx.Component:
    """The button under a list that has more."""
    face = rx.el.span(t("list.more"), class_name="rest")
    wait = rx.el.span(icon("loader"), t("state.loading"), class_name="wait")
    made = rx.el.button(
        face, wait, type="button", class_name="btn btn-line btn-block mt-4", on_click=on_click,
        aria_busy=busy, disabled=busy,
    )  # fmt: skip
    return rx.cond(shown, made)


def own_frame(content: rx.Component, *, title: Text, back: str | None = None) -> rx.Component:
    """A page about oneself, in the frame of what one is here: a cleaner's, an admin's, else a citizen's."""
    return rx.match(
        CurrentUserState.role,
        (Role.CLEANER.value, cleaner_page(content, active="me", title=title, back=back)),
        (Role.ADMIN.value, admin_page(content, active="")),
        citizen_page(content, active="me", title=title, back=back),
    )
