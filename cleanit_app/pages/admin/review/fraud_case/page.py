"""One case of possible fraud: what was found with both photos, people, timeline, and the decision (OPS-04, VER-06)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import flag
from cleanit_app.components.buttons import Kind, button, link_button, opens
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import text_area
from cleanit_app.components.lists import each
from cleanit_app.components.money import facts
from cleanit_app.components.navigation import back_link
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import photo
from cleanit_app.components.text import t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.pages.admin.review.end_campaign import stop_button, stop_dialog
from cleanit_app.pages.admin.review.fraud_case.state import FraudCaseState
from cleanit_app.pages.frame import admin_page
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.fraud_case("[case_id]"), "title.fraud_case"
ON_LOAD = [CurrentUserState.arrive_signed_in, FraudCaseState.load]
PAUSE, PAUSE_LENGTH = "case-pause", 300
MOST = LIMITS.desk_note_length[1]
_ASKED: dict[str, Kind] = {"hand_over": "main", "hold": "main", "confirm": "danger", "dismiss": "ok"}


def _dialog_id(act: str) -> str:
    return f"case-{act.replace('_', '-')}"


def _head() -> rx.Component:
    view = FraudCaseState.view
    chips = rx.el.div(
        chip(words(view.kind), "held", "siren"),
        chip(words(view.status), "plain"),
        rx.cond(view.held, chip(t("fraud.pay_held"), "bad", "lock"), rx.fragment()),
        class_name="flex flex-wrap gap-2 mt-2",
    )
    return rx.el.div(
        back_link(routes.ADMIN_FRAUD, t("fraud.title")),
        rx.el.div(
            rx.el.h1(rx.el.a(view.name, href=view.person_href, class_name="link"), class_name="t-h1 break-words"),
            rx.el.p(words(view.line), class_name="t-sm mute"),
            chips,
            class_name="grow min-w-0",
        ),
        class_name="flex items-start gap-3",
    )


def _problem() -> rx.Component:
    general = (FraudCaseState.problem != "") & (FraudCaseState.field_problems.length() == 0)
    return rx.cond(general, note(words(FraudCaseState.problem), "err", role="alert"), rx.fragment())


def _buttons() -> rx.Component:
    def act(name: str, kind: Kind) -> rx.Component:
        return button(t(f"fraud.{name}"), kind=kind, size="s", custom_attrs=opens(_dialog_id(name)))

    state, view = FraudCaseState, FraudCaseState.view
    pause = button(t("people.pause"), kind="danger", size="s", custom_attrs=opens(PAUSE))
    decide = rx.fragment(act("dismiss", "ok"), act("confirm", "danger"))
    return rx.el.div(
        rx.cond(state.may_hand_over, act("hand_over", "line"), rx.fragment()),
        rx.cond(state.may_hold, act("hold", "line"), rx.fragment()),
        rx.cond(state.may_pause, pause, rx.fragment()),
        rx.cond(state.may_end, stop_button(view.campaign_id, view.campaign), rx.fragment()),
        rx.cond(state.may_decide, decide, rx.fragment()),
        class_name="flex flex-wrap gap-2.5 mt-4",
    )


def _finding(one: Any) -> rx.Component:
    def side(src: Any, alt: Any, label: str, mark: str, href: Any) -> rx.Component:
        name = rx.el.span(t(label), class_name=f"lab {mark}")
        shown = photo(src, alt, sized=True, opens=True, ratio="aspect-[4/3] rounded-md", children=(name,))
        way = rx.cond(href != "", rx.el.a(t("fraud.campaign"), href=href, class_name="link t-sm"), rx.fragment())
        return rx.cond(src != "", rx.el.div(shown, way), rx.fragment())

    photos = rx.el.div(
        side(one.photo, one.photo_alt, "fraud.this_photo", "l", one.href),
        side(one.other, one.other_alt, "fraud.other_photo", "r", one.other_href),
        class_name="grid sm:grid-cols-2 gap-3 mt-3",
    )
    return rx.el.article(
        flag(one.found, one.innocent, "warn"),
        rx.el.p(one.when, rx.cond(one.title != "", rx.fragment(", ", one.title), ""), class_name="t-sm mute mt-2"),
        rx.cond(one.photo != "", photos, rx.fragment()),
        class_name="card pad",
    )


def _line(one: Any) -> rx.Component:
    what = rx.cond(one.href != "", rx.el.a(one.what, href=one.href, class_name="link b"), rx.el.span(one.what))
    return rx.el.li(
        rx.el.div(what, class_name="whitespace-pre-line [overflow-wrap:anywhere]"),
        rx.el.div(words(one.more), class_name="t-sm mute"),
        class_name="py-2 border-b border-chuna-200 last:border-0",
    )


def _side(title: str, rows: Any, empty: str = "person.empty") -> rx.Component:
    listed = rx.cond(rows.length() > 0, rx.el.ul(each(rows, _line)), rx.el.p(t(empty), class_name="t-sm mute"))
    return rx.el.section(rx.el.h2(t(title), class_name="t-h3 mb-1"), listed, class_name="card pad")


def _notes() -> rx.Component:
    return rx.el.form(
        text_area("note", t("person.note"), hint=t("fraud.note_hint"), max_length=MOST,
                  error=FraudCaseState.field_problems["note"]),
        button(t("person.note_add"), kind="line", type="submit", class_name="mt-3",
               busy=FraudCaseState.busy == "note", busy_label=t("people.working")),
        on_submit=FraudCaseState.add_note,
        no_validate=True,
        key="note-" + FraudCaseState.turn.to_string(),
        class_name="card pad",
    )  # fmt: skip


def _form(act: str, label: str, means: str, hint: str, kind: Kind, most: int, then: Any) -> rx.Component:
    goal = PAUSE if act == "pause" else _dialog_id(act)
    return rx.el.form(
        rx.el.input(type="hidden", name="act", value=act, read_only=True),
        rx.el.p(FraudCaseState.view.name, class_name="b mb-2"),
        rx.el.p(t(means), class_name="t-sm soft mb-3"),
        _problem(),
        text_area("reason", t("drafts.reason"), hint=t(hint), max_length=most, id=f"{goal}-reason",
                  error=FraudCaseState.field_problems["reason"]),
        button(t(label), kind=kind, size="l", block=True, type="submit", class_name="mt-4",
               busy=FraudCaseState.busy == act, busy_label=t("people.working")),
        on_submit=then,
        no_validate=True,
    )  # fmt: skip


def _dialogs() -> rx.Component:
    asked = [
        dialog(_dialog_id(act), t(f"fraud.{act}"), _form(act, f"fraud.{act}", f"fraud.{act}_means",
               "fraud.reason_hint", kind, MOST, FraudCaseState.act))
        for act, kind in _ASKED.items()
    ]  # fmt: skip
    pause = _form("pause", "people.pause", "people.pause_means", "people.pause_hint", "danger", PAUSE_LENGTH,
                  FraudCaseState.pause)  # fmt: skip
    return rx.el.div(
        *asked, dialog(PAUSE, t("people.pause_title"), pause), key="case-" + FraudCaseState.turn.to_string()
    )


def _shown() -> rx.Component:
    view = FraudCaseState.view
    reported = rx.el.section(
        rx.el.h2(t("fraud.reported_title"), class_name="t-h3 mb-2"),
        rx.el.p(view.notes, class_name="whitespace-pre-line [overflow-wrap:anywhere]"),
        class_name="card pad",
    )
    found = rx.el.section(
        rx.el.h2(t("fraud.found_title"), class_name="t-h2 mb-3"),
        rx.el.div(each(FraudCaseState.findings, _finding), class_name="flex flex-col gap-4"),
    )
    money = rx.el.section(facts([(t("fraud.pay"), words(view.pay))]), class_name="card pad")
    cleanup = rx.el.section(
        facts([(t("fraud.campaign"), rx.el.a(view.campaign, href=view.campaign_href, class_name="link"))]),
        class_name="card pad",
    )
    left = rx.el.div(
        rx.cond(view.notes != "", reported, rx.fragment()),
        rx.cond(FraudCaseState.findings.length() > 0, found, rx.fragment()),
        _notes(),
        class_name="flex flex-col gap-4 min-w-0",
    )
    right = rx.el.div(
        money,
        rx.cond(view.campaign != "", cleanup, rx.fragment()),
        _side("fraud.people", FraudCaseState.people),
        _side("fraud.timeline", FraudCaseState.timeline),
        _side("fraud.linked", FraudCaseState.linked, "fraud.linked_none"),
        class_name="flex flex-col gap-4 min-w-0",
    )
    return rx.fragment(
        _head(),
        rx.el.div(_problem(), class_name="mt-3"),
        _buttons(),
        rx.el.div(left, right, class_name="grid gap-4 mt-5 lg:grid-cols-[minmax(0,1fr)_360px] items-start"),
        _dialogs(),
        stop_dialog(),
    )


def page() -> rx.Component:
    """The page."""
    back = link_button(t("fraud.title"), routes.ADMIN_FRAUD, kind="line")
    missing = empty_state(t("fraud.missing"), t("fraud.missing_more"), icon_name="siren", action=back, whole=True)
    body = rx.el.div(
        rx.cond(
            FraudCaseState.loaded,
            rx.cond(FraudCaseState.missing, missing, _shown()),
            loading(skeleton("h-16 w-2/3"), skeleton("h-64 w-full mt-4")),
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="fraud", refused=FraudCaseState.refused)
