"""The verification workstation: one job's photos, evidence, checklist and decision (VER-02 to VER-05)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import checklist_line, flag, signal
from cleanit_app.components.buttons import button, link_button, opens
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import error_line, option, options, switch, text_area
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.compare import compare
from cleanit_app.components.islands.hotkeys import hotkey, hotkeys
from cleanit_app.components.islands.maps import map_view
from cleanit_app.components.lists import each
from cleanit_app.components.money import facts
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import avatar, plate
from cleanit_app.components.text import hidden, t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.pages.admin.review.undo_bar import UndoBarState, undo_bar
from cleanit_app.pages.admin.review.verification_job.state import VerificationJobState
from cleanit_app.pages.admin.review.verification_job.view import POINTS
from cleanit_app.pages.admin.review.verification_queue import VerificationQueueState, queue_column
from cleanit_app.pages.frame import admin_page
from cleanit_app.routes import ADMIN_CHECKS
from cleanit_app.services.review.verification import RejectionReason
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.checking("[job_id]"), "title.check"
ON_LOAD = [
    CurrentUserState.arrive_signed_in,
    VerificationQueueState.load,
    UndoBarState.load,
    VerificationJobState.load,
]
REJECT, ESCALATE = "reject", "escalate"
LINE = "border-b border-chuna-200"


def _head() -> rx.Component:
    view = VerificationJobState.view
    look = rx.match(
        view.age,
        ("late", chip(words(view.waiting), "bad", "timer")),
        ("amber", chip(words(view.waiting), "held", "timer")),
        chip(words(view.waiting), "plain", "timer"),
    )
    return rx.el.header(
        rx.el.a(t("check.queue"), href=ADMIN_CHECKS, class_name="link t-sm xl:hidden w-full"),
        plate(view.plate, class_name="max-w-[220px]"),
        rx.el.div(
            rx.el.h1(view.title, class_name="b text-[1rem] leading-snug"),
            rx.el.p(words(view.paid_by), " ", rx.el.a(icon("external-link", 16), hidden(view.title), href=view.campaign,
                    class_name="inline-block align-middle"), class_name="t-sm mute"),
            class_name="grow min-w-[160px]",
        ),
        rx.el.div(
            rx.cond(view.waits, look, rx.fragment()),
            _step("chevron-up", t("check.previous"), VerificationJobState.previous, "k"),
            _step("chevron-down", t("check.next"), VerificationJobState.following, "j"),
            class_name="flex items-center flex-none",
        ),
        class_name="flex flex-wrap items-center gap-x-3 gap-y-2 py-3",
    )  # fmt: skip


def _step(name: str, label: rx.Component, href: Any, key: str) -> rx.Component:
    go = rx.el.a(icon(name, 24), hidden(label), href=href, class_name="iconbtn", custom_attrs=hotkey(key))
    return rx.cond(href != "", go, rx.el.span(icon(name, 24), class_name="iconbtn opacity-40", aria_hidden="true"))


def _photos() -> rx.Component:
    view = VerificationJobState.view
    line = "flex flex-wrap justify-between gap-x-3 t-xs soft"
    return rx.el.div(
        compare(view.before, view.after, before_alt=view.before_alt, after_alt=view.after_alt),
        rx.el.dl(
            rx.el.div(rx.el.dt(words(view.before_line)), rx.el.dd(view.before_at, class_name="num"), class_name=line),
            rx.el.div(rx.el.dt(words(view.after_line)), rx.el.dd(view.after_at, class_name="num"), class_name=line),
            class_name="grid grid-cols-2 gap-2.5 pb-3",
        ),
    )


def _map() -> rx.Component:
    view = VerificationJobState.view
    shown = map_view(
        VerificationJobState.map_points,
        names=VerificationJobState.map_names,
        ring_m=view.radius_m,
        accuracy_m=view.accuracy_m,
        line=True,
        tile_url=VerificationJobState.tile_url,
        attribution=VerificationJobState.tile_credit,
        class_name="h-[340px] rounded-[10px]",
    )
    foot = rx.el.div(
        rx.cond(view.accuracy != "", chip(words(view.accuracy), "plain", "circle"), rx.fragment()),
        rx.cond(view.has_place, rx.fragment(), chip(t("check.no_place"), "held", "map-pin-off")),
        class_name="flex flex-wrap gap-2 mt-2",
    )
    return rx.el.div(shown, foot)


def _evidence() -> rx.Component:
    view = VerificationJobState.view
    names = ("place", "after_claim", "not_reused", "sharp_bright", "photo_time")

    def line(one: Any) -> rx.Component:
        name = rx.match(one.name, *[(n, t(f"signal.{n}")) for n in names], rx.fragment())
        said = rx.match(
            one.tone, *[(n, hidden(t(f"signal.tone.{n}"))) for n in ("pass", "look", "fail")], rx.fragment()
        )
        return signal(rx.fragment(name, said), words(one.value), one.tone)

    level = rx.el.p(rx.el.b(t("check.evidence"), class_name="bb block"), words(view.evidence), class_name="t-sm")
    times = facts([(t("check.claimed"), words(view.claimed)), (words(view.attempt), words(view.sent))])
    return rx.el.div(
        each(VerificationJobState.flags, lambda one: flag(words(one.title), words(one.reason), one.tone)),
        rx.el.div(level, class_name="card px-3.5 py-3"),
        rx.el.ul(each(VerificationJobState.signals, line), class_name="card px-3.5 py-1"),
        rx.el.div(times, class_name="card px-3.5 py-3"),
        rx.cond(
            view.last_rejection != "",
            note(t("check.last_rejection", reason=view.last_rejection), "warn"),
            rx.fragment(),
        ),
        class_name="flex flex-col gap-2",
    )


def _cleaner() -> rx.Component:
    view = VerificationJobState.view

    def figure(value: Any, label: Any) -> rx.Component:
        return rx.el.div(
            rx.el.dd(value, class_name="rs rs-m"), rx.el.dt(label, class_name="t-xs mute"), class_name="flex flex-col"
        )

    return rx.el.section(
        rx.el.div(
            avatar(view.initials),
            rx.el.div(
                rx.el.h2(view.cleaner, class_name="t-h3"), rx.el.p(words(view.since), class_name="t-xs mute mt-0.5")
            ),
            class_name="row-t",
        ),
        rx.el.dl(
            figure(view.rate, t("check.completed")),
            figure(view.rating, words(view.jobs)),
            figure(view.rejections, words(view.rejections_word)),
            class_name="grid grid-cols-3 gap-2 mt-3",
        ),
        rx.cond(view.flagged_cleaner, note(t("check.flagged_cleaner"), "warn"), rx.fragment()),
        class_name=f"pad {LINE}",
    )


def _checklist() -> rx.Component:
    lines = [_point(point, number) for number, point in enumerate(POINTS, 1)]
    return rx.el.fieldset(
        rx.el.legend(t("check.list"), class_name="t-h3 font-bold float-left"),
        rx.el.span(
            t("check.ticked", n=VerificationJobState.ticked), class_name="t-sm b num float-right", role="status"
        ),
        rx.el.div(*lines, class_name="clear-both pt-1"),
        class_name=f"pad {LINE}",
        disabled=~VerificationJobState.view.waits,
    )


def _point(point: str, number: int) -> rx.Component:
    label = t(f"check.point.{point}")
    props: dict[str, Any] = {
        "checked": VerificationJobState.ticks[point],
        "on_change": lambda on: VerificationJobState.tick(point, on),
        "custom_attrs": hotkey(str(number)),
    }
    plain = checklist_line(f"point-{point}", label, number, **props)
    tinted = checklist_line(f"point-{point}", label, number, flagged=t("check.look_first"), **props)
    if point != "gps_matches":
        return rx.cond(VerificationJobState.flagged[point], tinted, plain)
    locked = VerificationJobState.view.far & (VerificationJobState.note == "")
    needs = checklist_line(
        f"point-{point}", label, number, flagged=t("check.needs_note"), **(props | {"disabled": True})
    )
    return rx.cond(locked, needs, rx.cond(VerificationJobState.flagged[point], tinted, plain))


def _record() -> rx.Component:
    view = VerificationJobState.view
    area = text_area(
        "record",
        t("check.note"),
        hint=t("check.note_hint"),
        style={"minHeight": "68px"},
        max_length=1000,
        default_value=VerificationJobState.note_before,
        on_change=lambda text: VerificationJobState.write_note(view.id, text).debounce(250),
        on_blur=lambda text: VerificationJobState.write_note(view.id, text),
    )
    money = facts(
        [
            (words(view.contributors), view.raised),
            (t("check.cleaner_gets", percent=view.pay_percent), view.pay),
            (t("check.fee", percent=view.fee_percent), view.fee),
            (t("check.payout_leaves"), words(view.payout_on)),
        ]
    )
    return rx.el.div(
        rx.el.div(area, key=view.photo_id + VerificationJobState.note_before),
        rx.el.div(money, class_name="mt-4"),
        hotkeys("mt-3"),
        class_name="pad grow",
    )


def _decide() -> rx.Component:
    view = VerificationJobState.view
    approve = button(
        t("check.approve", amount=view.pay),
        kind="ok",
        size="l",
        icon_name="check",
        block=True,
        busy=VerificationJobState.busy == "approve",
        busy_label=t("check.approving"),
        disabled=VerificationJobState.ticked < len(POINTS),
        reason=t("check.tick_all"),
        key_hint="A",
        on_click=VerificationJobState.approve(view.id),
        custom_attrs=hotkey("a"),
    )
    reject = button(
        t("check.reject"), kind="danger", block=True, key_hint="R", custom_attrs=opens(REJECT) | hotkey("r")
    )
    hand_up = button(
        t("check.escalate"), kind="quiet", block=True, key_hint="E", custom_attrs=opens(ESCALATE) | hotkey("e")
    )
    handed_up = note(words(view.escalated), "warn")
    buttons = rx.el.div(
        rx.cond(view.escalated != "", handed_up, rx.fragment()),
        approve,
        reject,
        rx.cond(view.escalated == "", hand_up, rx.fragment()),
        class_name="flex flex-col gap-2",
    )
    gone = rx.el.div(
        note(t("check.decided"), "plain", role="status"),
        link_button(
            t("check.next"),
            rx.cond(VerificationJobState.following != "", VerificationJobState.following, ADMIN_CHECKS),
            block=True,
        ),
        class_name="flex flex-col gap-3",
    )
    others = note(t("check.turn", name=view.turn_of, until=view.turn_until), "warn", role="status")
    can = rx.cond(view.own_interest, note(t("check.own"), "warn"), rx.cond(view.turn_of != "", others, buttons))
    return rx.el.div(
        rx.cond(
            VerificationJobState.problem != "",
            note(words(VerificationJobState.problem), "err", role="alert"),
            rx.fragment(),
        ),
        rx.cond(view.waits, can, gone),
        class_name="pad bg-chuna-50 border-t border-chuna-200 sticky bottom-0 flex flex-col gap-2",
    )


def _cancel_too() -> rx.Component:
    """After a final no: end the cleanup instead of offering it to others; the contributors get their money back."""
    text = rx.el.span(
        rx.el.span(t("check.cancel"), class_name="b block"),
        rx.el.span(t("check.cancel_note", amount=VerificationJobState.view.raised), class_name="t-sm mute"),
        class_name="grow",
    )
    tick = rx.el.input(type="checkbox", id="cancel", name="cancel", value="1", class_name="cb")
    return rx.el.label(tick, text, class_name="check mb-3")


def _reject() -> rx.Component:
    def one(reason: RejectionReason) -> rx.Component:
        fraud = reason is RejectionReason.FAKE_COMPLETION
        more = t(f"check.reason.{reason}.note") if fraud else None
        return option(
            "reason",
            reason.value,
            t(f"check.reason.{reason}"),
            more,
            on_change=VerificationJobState.pick_reason(reason.value),
        )

    order = (
        RejectionReason.POOR_QUALITY, RejectionReason.WRONG_LOCATION, RejectionReason.PHOTO_ISSUES,
        RejectionReason.FAKE_COMPLETION, RejectionReason.OTHER,
    )  # fmt: skip
    retry = switch(
        "retry",
        t("check.retry"),
        t("check.retry_note"),
        checked=VerificationJobState.retrying,
        on_change=VerificationJobState.let_retry,
    )
    fraud = VerificationJobState.reason == RejectionReason.FAKE_COMPLETION.value
    cancel = rx.cond(fraud | ~VerificationJobState.retrying, _cancel_too(), rx.fragment())
    form = rx.el.form(
        rx.el.input(type="hidden", name="job", value=VerificationJobState.view.id),
        rx.cond(
            VerificationJobState.problem != "",
            note(words(VerificationJobState.problem), "err", role="alert"),
            rx.fragment(),
        ),
        options(t("check.reason"), *[one(reason) for reason in order]),
        error_line("reason", VerificationJobState.field_problems["reason"]),
        rx.el.div(
            text_area(
                "note",
                t("check.note_cleaner"),
                hint=t("check.note_cleaner_hint"),
                max_length=1000,
                error=VerificationJobState.field_problems["note"],
            ),
            class_name="mt-4",
        ),
        rx.cond(fraud, rx.el.div(note(t("check.retry_off"), "warn"), class_name="my-3"), retry),
        cancel,
        button(
            t("check.reject_now"),
            kind="danger",
            size="l",
            block=True,
            type="submit",
            busy=VerificationJobState.busy == "reject",
            busy_label=t("check.rejecting"),
        ),
        on_submit=VerificationJobState.reject,
        no_validate=True,
    )
    return rx.el.div(dialog(REJECT, t("check.reject_title"), form), key=VerificationJobState.view.photo_id)


def _escalate() -> rx.Component:
    form = rx.el.form(
        rx.el.input(type="hidden", name="job", value=VerificationJobState.view.id),
        rx.cond(
            VerificationJobState.problem != "",
            note(words(VerificationJobState.problem), "err", role="alert"),
            rx.fragment(),
        ),
        text_area("escalation", t("check.escalation"), hint=t("check.escalation_hint"),
                  max_length=LIMITS.escalation_letters),
        button(
            t("check.escalate_now"), size="l", block=True, type="submit", class_name="mt-4",
            busy=VerificationJobState.busy == "escalate", busy_label=t("check.escalating"),
        ),
        on_submit=VerificationJobState.escalate,
        no_validate=True,
    )  # fmt: skip
    return rx.el.div(dialog(ESCALATE, t("check.escalate_title"), form), key=VerificationJobState.view.photo_id + "-up")


def page() -> rx.Component:
    """The page."""
    middle = rx.el.div(
        _head(),
        _photos(),
        rx.el.div(_map(), _evidence(), class_name="grid gap-2.5 md:grid-cols-2 pb-4"),
        class_name="relative px-4 lg:px-5 lg:h-screen lg:overflow-y-auto min-w-0",
    )
    side = rx.el.aside(
        _cleaner(),
        rx.cond(VerificationJobState.view.waits, _checklist(), rx.fragment()),
        _record(),
        _decide(),
        class_name="relative bg-white border-l border-chuna-300 flex flex-col lg:h-screen lg:overflow-y-auto",
    )
    waiting = rx.el.div(loading(skeleton("h-12 w-1/2"), skeleton("h-80 w-full mt-4")), class_name="p-5")
    back = link_button(t("check.queue"), ADMIN_CHECKS, kind="line")
    missing = empty_state(t("check.missing"), t("check.missing_more"), icon_name="eye", action=back, whole=True)
    desk = rx.fragment(middle, side, _reject(), _escalate())
    columns = "xl:grid xl:grid-cols-[236px_minmax(0,1fr)_304px] min-[1400px]:grid-cols-[276px_minmax(0,1fr)_336px]"
    body = rx.el.div(
        rx.el.div(queue_column(VerificationJobState.view.id), class_name="hidden xl:block"),
        rx.cond(
            VerificationJobState.loaded,
            rx.cond(VerificationJobState.missing, rx.el.div(missing, class_name="col-span-2"), desk),
            waiting,
        ),
        undo_bar(),
        class_name=f"lg:grid lg:grid-cols-[minmax(0,1fr)_320px] {columns}",
    )
    return admin_page(body, active="verification", mini=True, refused=VerificationJobState.refused)
