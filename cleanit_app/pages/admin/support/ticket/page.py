"""One question: the thread with notes, the form to answer, and the person beside it (OPS-02)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.islands.messages import message_form, thread
from cleanit_app.components.lists import each
from cleanit_app.components.text import attr, t, words
from cleanit_app.pages.admin.support.ticket.state import TicketState
from cleanit_app.pages.frame import admin_page
from cleanit_app.pages.public.support.pieces import clock, ticket_card
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.admin_ticket("[ticket_id]"), "care.thread"
ON_LOAD = [CurrentUserState.arrive_signed_in, TicketState.load]


def _fact(row: Any) -> rx.Component:
    name = rx.cond(row.href != "", rx.el.a(row.title, href=row.href, class_name="link"), rx.el.span(words(row.title)))
    return rx.el.li(
        rx.el.span(name, class_name="grow [overflow-wrap:anywhere]"),
        rx.el.span(words(row.value), class_name="b num text-right"),
        class_name="flex items-center justify-between gap-3 min-h-[44px] border-b border-chuna-200 last:border-0",
    )


def _part(title: str, rows: Any, draw: Any = _fact) -> rx.Component:
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.h3(t(title), class_name="t-h3 mt-3 mb-1"), rx.el.ul(each(rows, draw), class_name="flex flex-col")
        ),
        rx.fragment(),
    )


def _person() -> rx.Component:
    state = TicketState
    known = rx.el.aside(
        rx.el.h2(state.person, class_name="t-h2"),
        rx.el.p(words(state.since), class_name="t-sm soft"),
        rx.el.p(state.contact, class_name="t-sm soft num [overflow-wrap:anywhere]"),
        rx.cond(state.suspended != "", note(t("care.suspended", reason=state.suspended), "warn"), rx.fragment()),
        rx.el.ul(each(state.sums, _fact), class_name="flex flex-col mt-2"),
        _part("care.money", state.money),
        _part("care.jobs", state.jobs),
        rx.cond(
            state.earlier.length() > 0,
            rx.el.section(
                rx.el.h3(t("support.earlier"), class_name="t-h3 mt-3 mb-2"),
                rx.el.div(each(state.earlier, ticket_card), class_name="flex flex-col gap-2"),
            ),
            rx.fragment(),
        ),
        class_name="card pad flex flex-col gap-1 self-start",
    )
    stranger = rx.el.aside(note(t("care.no_account"), "plain"))
    return rx.cond(state.person != "", known, stranger)


def _hand_over() -> rx.Component:
    state = TicketState
    chosen = rx.el.select(
        rx.el.option(attr("care.choose_admin"), value=""),
        each(state.colleagues, lambda one: rx.el.option(one.name, value=one.id)),
        id="admin",
        name="admin",
        class_name="input grow",
    )
    give = rx.el.form(
        rx.el.label(t("care.hand_over"), html_for="admin", class_name="label"),
        rx.el.div(
            chosen,
            button(t("care.give"), kind="line", type="submit", busy=state.busy, busy_label=t("start.sending")),
            class_name="flex flex-wrap gap-2.5",
        ),
        on_submit=state.give,
        no_validate=True,
    )
    take = rx.cond(
        state.mine, rx.fragment(), button(t("care.take"), kind="line", on_click=state.take, disabled=state.busy)
    )
    end = rx.cond(
        state.status == "CLOSED",
        button(t("care.reopen"), kind="line", on_click=state.reopen, disabled=state.busy),
        button(t("care.close"), kind="line", on_click=state.close, disabled=state.busy),
    )
    up = rx.cond(
        state.status == "ANSWERED",
        button(t("care.reopen"), kind="quiet", on_click=state.reopen, disabled=state.busy),
        rx.fragment(),
    )
    article = link_button(t("article.of_thread"), state.article_href, kind="quiet")
    return rx.el.div(
        give,
        rx.el.div(take, end, up, article, class_name="flex flex-wrap gap-2.5"),
        class_name="card pad flex flex-col gap-3",
    )


def _answer() -> rx.Component:
    return message_form(
        url=TicketState.door,
        name="answer",
        label=attr("care.answer"),
        button=attr("care.send"),
        ready=TicketState.ready,
        note=True,
        on_sent=TicketState.sent,
    )


def page() -> rx.Component:
    """The page."""
    state = TicketState
    head = rx.el.div(
        rx.el.h1(words(state.topic), class_name="t-h1"),
        clock(state.due, state.late),
        rx.el.p(t("support.number", number=state.number), class_name="t-sm mute num"),
        rx.el.p(words(state.admin), class_name="t-sm soft"),
        rx.cond(
            state.asked_at != "",
            rx.el.p(t("care.asked_at", page=state.asked_at), class_name="t-sm soft [overflow-wrap:anywhere]"),
            rx.fragment(),
        ),
        rx.cond(
            state.about_href != "",
            rx.el.a(state.about, href=state.about_href, class_name="link self-start min-h-[44px]"),
            rx.fragment(),
        ),
        class_name="flex flex-col gap-1",
    )
    problem = rx.cond(state.problem != "", note(words(state.problem), "err", role="alert"), rx.fragment())
    acts = rx.cond(state.own, note(t("care.own"), "warn"), rx.fragment(_answer(), problem, _hand_over()))
    left = rx.el.div(head, thread(state.rows, t("support.thread")), acts, class_name="flex flex-col gap-4 min-w-0")
    shown = rx.el.div(left, _person(), class_name="grid gap-6 lg:grid-cols-[minmax(0,1fr)_340px]")
    gone = empty_state(
        t("support.gone"), t("support.gone_more"), icon_name="search", whole=True,
        action=link_button(t("admin.support"), routes.ADMIN_SUPPORT),
    )  # fmt: skip
    waiting = loading(skeleton("h-10 w-1/2"), skeleton("h-64 w-full"))
    body = rx.el.div(
        rx.el.a(t("care.back"), href=routes.ADMIN_SUPPORT, class_name="link inline-flex items-center min-h-[44px]"),
        rx.cond(state.loaded, rx.cond(state.gone, gone, shown), waiting),
        class_name="p-4 lg:p-7 max-w-[1200px]",
    )
    return admin_page(body, active="support", refused=state.refused)
