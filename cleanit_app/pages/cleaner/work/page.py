"""A cleaner's own work: in hand by time left, in check, to do again, done."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.chips import state_chip
from cleanit_app.components.consent import consent_asked
from cleanit_app.components.feedback import empty_state, note
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.live import countdown
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount
from cleanit_app.components.photos import photo
from cleanit_app.components.progress import day_blocks
from cleanit_app.components.text import t, words
from cleanit_app.pages.cleaner.gates import broken, for_cleaners, job_skeletons, papers_link
from cleanit_app.pages.cleaner.work.state import WorkState
from cleanit_app.pages.frame import cleaner_page
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.WORK, "work.title"


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, WorkState.load]


def _card(view: Any, *more: rx.Component) -> rx.Component:
    picture = photo(
        rx.cond(view.after != "", view.after, view.before),
        rx.cond(view.after != "", view.after_alt, view.before_alt),
        sized=True,
        ratio="w-24 h-24 rounded-md flex-none",
        sizes="96px",
    )
    name = rx.el.h3(rx.el.a(view.place, href=view.href, class_name="cover"), class_name="b leading-snug")
    words = rx.el.div(name, *more, class_name="grow flex flex-col gap-2 items-start")
    return rx.el.li(
        rx.el.article(rx.el.div(picture, words, class_name="flex gap-3.5 p-3"), class_name="card relative h-full")
    )


def _active(view: Any) -> rx.Component:
    left = rx.el.span(icon("timer"), rx.el.b(countdown(view.until_at), class_name="bb"), class_name="row")
    return _card(
        view, left, rx.el.div(day_blocks(view.gone_blocks, view.gone_days), class_name="w-full"), amount(view.pay, "m")
    )


def _again(view: Any) -> rx.Component:
    why = rx.el.p(words(view.reason), rx.cond(view.notes != "", ": " + view.notes, ""), class_name="text-geru-700")
    left = rx.el.span(icon("timer"), rx.el.b(countdown(view.until_at), class_name="bb"), class_name="row")
    return _card(view, why, left, amount(view.pay, "m"))


def _waiting(view: Any) -> rx.Component:
    when = rx.el.span(t("work.sent", when=view.sent), class_name="t-sm soft")
    return _card(view, state_chip("job", view.status), when, amount(view.pay, "m"))


def _ended(view: Any) -> rx.Component:
    return _card(view, state_chip("job", view.status), amount(view.pay, "m"))


def _heap(key: str, items: Any, draw: Any) -> rx.Component:
    head = rx.el.h2(t(key), rx.el.span(items.length(), class_name="num mute ml-2"), class_name="t-h2")
    cards = rx.el.ul(each(items, draw), class_name="grid gap-3.5 md:grid-cols-2 lg:grid-cols-3")
    return rx.cond(items.length() > 0, rx.el.section(head, cards, class_name="flex flex-col gap-3"), rx.fragment())


def _heaps() -> rx.Component:
    count = WorkState.in_hand.length() + WorkState.in_check.length() + WorkState.redo.length() + WorkState.done.length()
    go = link_button(t("desk.to_jobs"), routes.JOBS, icon_name="map-pinned")
    nothing = empty_state(t("work.none"), t("work.none_more"), icon_name="clipboard-check", action=go)
    heaps = rx.fragment(
        _heap("work.in_hand", WorkState.in_hand, _active),
        _heap("work.in_check", WorkState.in_check, _waiting),
        _heap("work.redo", WorkState.redo, _again),
        _heap("work.done", WorkState.done, _ended),
    )
    return rx.cond(count > 0, heaps, nothing)


def page() -> rx.Component:
    """The page."""
    said = rx.cond(WorkState.said != "", note(words(WorkState.said), "ok", role="status"), rx.fragment())
    shown = rx.cond(WorkState.failed, broken(WorkState.load), _heaps())
    content = rx.el.div(
        rx.el.h1(t("work.title"), class_name="sr"),
        said,
        rx.cond(WorkState.consent_due & (WorkState.done.length() > 0), consent_asked("after"), rx.fragment()),
        rx.cond(WorkState.loaded, rx.fragment(shown, papers_link()), job_skeletons()),
        class_name="wide flex flex-col gap-6 py-4 pb-8",
    )
    return cleaner_page(for_cleaners(content, waiting=job_skeletons()), active="work")
