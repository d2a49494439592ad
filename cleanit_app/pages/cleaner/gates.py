"""What stands between a person and a cleaner's page: another kind of account, a pause, missing papers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.cards import away, job_card
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import empty_state, error_state, loading, note, skeleton
from cleanit_app.components.text import Text, t, words
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState

SUPPORT = routes.SUPPORT


def job_key(value: Any) -> UUID | None:
    """The id in an address, or None for anything else that was typed there."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def for_cleaners(content: rx.Component, *, waiting: rx.Component, while_suspended: bool = False) -> rx.Component:
    """The content for cleaners; others and paused ones read why not.

    `while_suspended`: who is paused sees it too (the own money and papers).
    """
    inside = content
    if not while_suspended:
        inside = rx.cond(CleanerDashboardState.suspended, _suspended(), inside)
    return rx.cond(
        CleanerDashboardState.loaded, rx.cond(CleanerDashboardState.is_cleaner, inside, _not_cleaner()), waiting
    )


def _not_cleaner() -> rx.Component:
    go = link_button(t("desk.discover"), routes.DISCOVER)
    return _narrow(
        empty_state(
            t("desk.not_cleaner"), t("desk.not_cleaner_more"), icon_name="clipboard-check", action=go, whole=True
        )
    )


def _suspended() -> rx.Component:
    why = rx.cond(
        CleanerDashboardState.suspended_for != "",
        rx.el.p(t("desk.suspended_why", reason=rx.el.b(CleanerDashboardState.suspended_for, class_name="bb"))),
        rx.fragment(),
    )
    return _narrow(
        rx.el.h1(t("desk.suspended"), class_name="t-h1"),
        note(why, "err", more=rx.el.p(t("desk.suspended_more"), class_name="mt-2"), role="alert"),
        link_button(t("disputes.question_pause"), routes.questioning(DisputeAbout.SUSPENSION), block=True),
        link_button(t("desk.suspended_answer"), SUPPORT, kind="line", icon_name="life-buoy", block=True),
    )


def papers_first() -> rx.Component:
    """What a newcomer still hands in, above what may be looked at meanwhile; nothing for others."""
    ask = rx.el.section(
        rx.el.h2(t("desk.papers"), class_name="t-h3"),
        rx.el.p(t("desk.papers_more"), class_name="soft"),
        papers_go(),
        class_name="card pad flex flex-col gap-3",
    )
    checked = rx.el.section(
        rx.el.h2(t("desk.papers_checked_title"), class_name="t-h3"),
        rx.el.p(t("desk.papers_checked"), class_name="soft"),
        papers_go(),
        class_name="card pad flex flex-col gap-3",
    )
    here = rx.cond(CleanerDashboardState.all_given, checked, ask)
    return rx.cond(CleanerDashboardState.newcomer, here, rx.fragment())


def papers_go() -> rx.Component:
    """The way to what is missing; once all is handed in, to what is being checked."""
    missing = link_button(t("desk.papers_go"), routes.KYC, size="l", icon_name="id-card", block=True)
    given = link_button(t("desk.papers_see"), routes.KYC, kind="line", icon_name="id-card", block=True)
    return rx.cond(CleanerDashboardState.all_given, given, missing)


def _narrow(*content: rx.Component) -> rx.Component:
    return rx.el.div(*content, class_name="narrow flex flex-col gap-5 py-6")


def gone(text: Text, more: Text) -> rx.Component:
    """There is no such thing, or it is somebody else's."""
    back = link_button(t("desk.to_work"), routes.WORK, kind="line")
    return _narrow(empty_state(text, more, icon_name="search", action=back, whole=True))


def broken(again: Any) -> rx.Component:
    """The list could not be read."""
    retry = button(t("state.retry"), kind="line", size="s", on_click=again)
    return error_state(t("desk.error"), safe=t("desk.error_safe"), action=retry)


def refusal(problem: Any) -> rx.Component:
    """The sentence of the last refusal, while there is one."""
    return rx.cond(problem != "", note(words(problem), "err", role="alert"), rx.fragment())


def problem_at(state: Any, field: str) -> Any:
    """What is wrong with one field, empty while nothing is."""
    return rx.cond(state.field_problems.contains(field), state.field_problems[field], "")


def more_button(there_is_more: Any, busy: Any, on_click: Any) -> rx.Component:
    """The next part of a list."""
    press = button(
        t("desk.more"), kind="line", block=True, busy=busy, busy_label=t("desk.more_busy"), on_click=on_click
    )
    return rx.cond(there_is_more, press, rx.fragment())


def job_skeletons(number: int = 3) -> rx.Component:
    """The shape of a list of job cards."""
    one = rx.el.div(
        skeleton("w-[124px] h-[136px] flex-none"),
        rx.el.div(
            skeleton("h-8 w-2/3"), skeleton("h-5 w-full"), skeleton("h-4 w-1/2"), class_name="grow flex flex-col gap-3"
        ),
        class_name="card flex gap-3.5 p-3",
        aria_hidden="true",
    )
    return rx.el.div(loading(*[one for _ in range(number)]), class_name="narrow flex flex-col gap-3.5 py-6")


def open_job_card(view: Any) -> rx.Component:
    """One open job from a Var of JobCardView."""
    hindrance = rx.el.div(chip(words(view.hindrance), "held", "info"), class_name="px-3 pb-3")
    return job_card(
        href=view.href,
        photo_src=view.photo,
        photo_alt=view.alt,
        sized=True,
        pay=view.pay,
        place=view.place,
        kind=view.title,
        line=rx.cond(view.far != "", away(words(view.far)), away(words(view.since), "clock")),
        note=rx.cond(view.hindrance != "", hindrance, rx.fragment()),
        action=t("jobs.see"),
    )


def papers_link() -> rx.Component:
    """The quiet way to papers and account, from where a cleaner works and sees the pay."""
    return link_button(t("me.papers"), routes.KYC, kind="line", icon_name="id-card", class_name="self-start")


def account_link(name: Text) -> rx.Component:
    """To the form of the account that pay goes to."""
    return link_button(name, routes.paper("account"), kind="line", size="s", icon_name="landmark", class_name="mt-2")
