"""One dispute: both sides, what the desk says to both, and the decision with its reason (OPS-03)."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import option, options, text_area, text_field
from cleanit_app.components.islands.messages import message_form, thread
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.pages.admin.review.dispute.state import DisputeDeskState
from cleanit_app.pages.frame import admin_page
from cleanit_app.pages.public.support.pieces import clock
from cleanit_app.services.review.disputes import NOTE_MOST
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.admin_dispute("[dispute_id]"), "disputes.one"
ON_LOAD = [CurrentUserState.arrive_signed_in, DisputeDeskState.load]


def _decision() -> rx.Component:
    state = DisputeDeskState
    least, most = LIMITS.split_percent
    split = rx.fragment(
        option("outcome", "SPLIT", t("disputes.outcome.SPLIT"), t("disputes.outcome.SPLIT_means"), id="outcome-split"),
        text_field(
            "percent",
            t("disputes.percent"),
            hint=t("disputes.percent_hint", least=least, most=most),
            max_length=3,
            error=state.field_problems["donePercent"],
            custom_attrs={"inputMode": "numeric"},
        ),
        option(
            "outcome", "CANCEL", t("disputes.outcome.CANCEL"), t("disputes.outcome.CANCEL_means"), id="outcome-cancel"
        ),
    )
    problem = rx.cond(state.problem != "", note(words(state.problem), "err", role="alert"), rx.fragment())
    return rx.el.form(
        rx.el.h2(t("disputes.decide"), class_name="t-h2"),
        options(
            t("disputes.outcome"),
            option("outcome", "DISMISSED", t("disputes.status.DISMISSED"), id="outcome-dismissed"),
            option("outcome", "UPHELD", t("disputes.status.UPHELD"), id="outcome-upheld"),
            rx.cond(state.may_split, split, rx.fragment()),
        ),
        text_area("note", t("disputes.note"), max_length=NOTE_MOST, id="decision-note"),
        problem,
        button(
            t("disputes.decide_now"), kind="ok", size="l", block=True, type="submit", busy=state.busy,
            busy_label=t("ending.busy"),
        ),
        on_submit=state.decide,
        no_validate=True,
        class_name="card pad flex flex-col gap-4",
    )  # fmt: skip


def page() -> rx.Component:
    """The page."""
    state = DisputeDeskState
    cleanup = link_button(t("disputes.to_cleanup"), state.campaign_href, kind="line", size="s")
    other = link_button(
        rx.cond(state.is_appeal, t("disputes.to_first"), t("disputes.to_appeal")),
        state.other_href,
        kind="line",
        size="s",
    )
    head = rx.el.div(
        rx.el.h1(words(state.about), class_name="t-h1"),
        clock(state.due, state.late),
        rx.el.p(words(state.sides), class_name="soft"),
        rx.cond(state.left_to_finance != "", note(words(state.left_to_finance), "warn"), rx.fragment()),
        rx.cond(state.held != "", note(words(state.held), "warn"), rx.fragment()),
        rx.el.div(
            rx.cond(state.campaign_href != "", cleanup, rx.fragment()),
            rx.cond(state.other_href != "", other, rx.fragment()),
            class_name="flex flex-wrap gap-2.5",
        ),
        class_name="flex flex-col gap-2",
    )
    say = message_form(
        url=state.say_door,
        name="say",
        label=attr("disputes.say_to_both"),
        button=attr("support.send_again"),
        longest=LIMITS.dispute_words_length[1],
        on_sent=state.sent,
    )
    elsewhere = note(t("error.APPEAL_ELSEWHERE"), "plain")
    both = rx.el.div(say, rx.cond(state.may_decide, _decision(), elsewhere), class_name="flex flex-col gap-6")
    acts = rx.cond(state.is_open, both, rx.fragment())
    shown = rx.el.div(head, thread(state.rows, t("disputes.timeline")), acts, class_name="flex flex-col gap-4")
    gone = empty_state(
        t("disputes.gone"), t("disputes.gone_desk"), icon_name="search", whole=True,
        action=link_button(t("admin.disputes"), routes.ADMIN_DISPUTES),
    )  # fmt: skip
    waiting = loading(skeleton("h-10 w-1/2"), skeleton("h-64 w-full"))
    body = rx.el.div(
        rx.el.a(t("disputes.all"), href=routes.ADMIN_DISPUTES, class_name="link inline-flex items-center min-h-[44px]"),
        rx.cond(state.loaded, rx.cond(state.gone, gone, shown), waiting),
        class_name="p-4 lg:p-7 max-w-[900px]",
    )
    return admin_page(body, active="disputes", refused=state.refused)
