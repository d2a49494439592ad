"""The frames of pages, filled with who is here: every page stands in one of these."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import admin_shell
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state, error_state, note
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.live import countdown, house_figures, live_title, site_banner, toaster
from cleanit_app.components.islands.proof import waiting_proofs
from cleanit_app.components.notifications import notification_drawer, notification_list
from cleanit_app.components.shells import citizen_shell, cleaner_shell, plain_shell
from cleanit_app.components.text import t
from cleanit_app.domain.actors import Permission, Role
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.trouble import PageTrouble


def _drawer() -> rx.Component:
    return notification_drawer(
        notification_list(CurrentUserState.notifications, on_open=CurrentUserState.open_notification),
        on_read_all=CurrentUserState.read_all,
    )


def _toasts() -> rx.Component:
    return rx.fragment(
        toaster(CurrentUserState.toasts, CurrentUserState.toast_gone),
        live_title(CurrentUserState.unread, CurrentUserState.here),
    )


def _for_everybody() -> rx.Component:
    """What every page holds: the banner of the site, and the figures that its words say."""
    return rx.fragment(site_banner(CurrentUserState.banner), house_figures(CurrentUserState.figures))


def _or_trouble(content: rx.Component) -> rx.Component:
    """The page, or that it could not be read and how to try again; above it when an older reading is still there."""
    again = button(t("state.retry"), kind="line", size="s", on_click=PageTrouble.again)
    what = rx.cond(PageTrouble.instead, rx.el.h1(t("desk.error")), t("desk.error"))
    trouble = error_state(what, safe=t("desk.error_safe"), code=PageTrouble.code, action=again)
    said: Any = PageTrouble.code != ""
    return rx.fragment(
        rx.cond(said, rx.el.div(trouble, class_name="narrow py-5"), rx.fragment()),
        rx.cond(PageTrouble.instead, rx.fragment(), content),
    )


def _paused() -> rx.Component:
    """Why an account is paused, and the two ways that are left: to question it, and support (decision 31)."""
    more = rx.el.div(
        rx.el.a(t("disputes.question_pause"), href=routes.questioning(DisputeAbout.SUSPENSION), class_name="link"),
        rx.el.a(t("nav.ask_support"), href=routes.SUPPORT, class_name="link"),
        class_name="flex flex-wrap gap-x-6 [&_a]:min-h-[44px] [&_a]:inline-flex [&_a]:items-center",
    )
    said = t("frame.paused", reason=rx.el.b(CurrentUserState.suspended_for, class_name="bb"))
    strip = rx.el.div(note(said, "err", more=more, role="status"), class_name="narrow pt-4")
    return rx.cond(CurrentUserState.suspended_for != "", strip, rx.fragment())


def citizen_page(content: rx.Component, **options: Any) -> rx.Component:
    """A public or citizen page; options are those of `citizen_shell`."""
    cleaners: Any = CurrentUserState.role == Role.CLEANER.value
    return citizen_shell(
        rx.fragment(_paused(), rx.cond(cleaners, _waits(), rx.fragment()), _or_trouble(content)),
        unread=CurrentUserState.unread,
        signed_in=CurrentUserState.signed_in,
        drawer=_drawer(),
        toasts=_toasts(),
        banner=_for_everybody(),
        **options,
    )


def cleaner_page(content: rx.Component, *, deadline: bool = True, waits: bool = True, **options: Any) -> rx.Component:
    """A cleaner's page; options are those of `cleaner_shell`. It loads `CleanerDashboardState.arrive`.

    ``waits`` says what still waits on this phone, everywhere but where it is taken.
    """
    return cleaner_shell(
        _or_trouble(content),
        unread=CurrentUserState.unread,
        counts={"jobs": CleanerDashboardState.open_jobs, "work": CleanerDashboardState.in_hand},
        deadline=rx.fragment(*([_waits()] if waits else []), *([_deadline()] if deadline else [])),
        drawer=_drawer(),
        toasts=_toasts(),
        banner=_for_everybody(),
        **options,
    )


def _waits() -> rx.Component:
    return waiting_proofs(CurrentUserState.user_id, CleanerDashboardState.arrive)


def _deadline() -> rx.Component:
    """The bar of the nearest deadline, from 48 hours before it."""
    bar = rx.el.a(
        icon("timer"),
        rx.el.span(
            rx.el.b(countdown(CleanerDashboardState.due_at), class_name="bb"),
            rx.el.span(t("desk.due", place=CleanerDashboardState.due_place)),
        ),
        icon("chevron-right"),
        href=CleanerDashboardState.due_href,
        class_name="due",
    )
    return rx.cond(CleanerDashboardState.due_at != "", bar, rx.fragment())


ADMIN_PLACES = (
    "overview",
    "boards",
    "verification",
    "campaigns",
    "people",
    "money",
    "coming",
    "transactions",
    "payouts",
    "refunds",
    "bulk",
    "invoices",
    "tax",
    "reconciliation",
    "disputes",
    "support",
    "fraud",
    "admins",
    "audit",
    "errors",
    "jobs",
    "flags",
    "banner",
    "settings",
)


def admin_page(content: rx.Component, *, refused: Any = False, **options: Any) -> rx.Component:
    """An admin's page; options are those of `admin_shell`. While ``refused`` it only says why it is not theirs."""
    shell = admin_shell(
        rx.fragment(_long_queue(options["active"]), rx.cond(refused, _why_refused(), _or_trouble(content))),
        name=CurrentUserState.name,
        role=t("admin.role"),
        initials=CurrentUserState.initials,
        unread=CurrentUserState.unread,
        may=CurrentUserState.may,
        shown=ADMIN_PLACES,
        counts={"people": CurrentUserState.counts["kyc"]}
        | {
            name: CurrentUserState.counts[name]
            for name in ("verification", "campaigns", "payouts", "refunds", "disputes", "support", "fraud")
        },
        drawer=_drawer(),
        toasts=_toasts(),
        banner=_for_everybody(),
        **options,
    )
    stranger: Any = refused & (CurrentUserState.role != Role.ADMIN.value)
    return rx.cond(stranger, plain_page(_not_for_you()), shell)


def _long_queue(active: str) -> rx.Component:
    """On every admin page while more photos wait than is good, for who may decide on them (VER-08).

    The queue says so itself.
    """
    if active == "verification":
        return rx.fragment()
    checks: Any = CurrentUserState.may.contains(Permission.VERIFY_JOBS.value)
    waiting: Any = CurrentUserState.counts["verification"]
    told = rx.el.div(
        icon("flame"),
        rx.el.span(t("check.long"), class_name="grow"),
        rx.el.a(t("check.queue"), href=routes.ADMIN_CHECKS, class_name="link flex-none"),
        class_name="note warn items-center rounded-none",
        role="status",
    )
    return rx.cond(checks & (waiting > LIMITS.queue_alert_above), told)


def _why_refused() -> rx.Component:
    """Which of the two it is: a page of other duties, or one that asks for the second factor first."""
    show = link_button(t("factor.show_it"), CurrentUserState.factor_way)
    factor = empty_state(
        t("admin.factor_first"), t("admin.factor_first_more"), icon_name="shield-check", action=show, whole=True
    )
    return rx.cond(CurrentUserState.factor_way != "", factor, _not_for_you())


def _not_for_you() -> rx.Component:
    home = link_button(t("admin.not_for_you_go"), "/", kind="line")
    return empty_state(t("admin.not_for_you"), t("admin.not_for_you_more"), icon_name="ban", action=home, whole=True)


def plain_page(content: rx.Component) -> rx.Component:
    """Signing in and joining."""
    return plain_shell(_or_trouble(content), banner=_for_everybody())
