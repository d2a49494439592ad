"""One person: who, papers, standing, every list of what is known, and what an admin may do (OPS-01)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import Kind, button, link_button, opens
from cleanit_app.components.chips import chip, state_chip
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import pill, pills, text_area
from cleanit_app.components.money import facts
from cleanit_app.components.navigation import back_link
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import avatar
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.statuses import KycStatus
from cleanit_app.pages.admin.people.person.state import ACTS, PARTS, PersonState
from cleanit_app.pages.frame import admin_page
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.person("[person_id]"), "title.person"
ON_LOAD = [CurrentUserState.arrive_signed_in, PersonState.load]
RESET, REPORT, REASON_LENGTH = "reset-factor", "report-person", 300
KYC = tuple(s.value for s in KycStatus)


def _dialog_id(act: str) -> str:
    return f"person-{act.replace('_', '-')}"


def _head() -> rx.Component:
    view = PersonState.view
    chips = rx.el.div(
        chip(words(view.role), "plain", "users"),
        rx.cond(view.suspended != "", chip(t("people.suspended"), "bad", "ban"), rx.fragment()),
        rx.cond(view.flagged != "", chip(t("person.flag"), "held", "flag"), rx.fragment()),
        rx.cond(view.deleted, chip(t("person.deleted"), "plain", "ban"), rx.fragment()),
        rx.cond(view.cleaner & (view.suspended == ""),
                rx.match(view.kyc, *[(k, state_chip("kyc", k)) for k in KYC], rx.fragment()), rx.fragment()),
        class_name="flex flex-wrap gap-2 mt-2",
    )  # fmt: skip
    return rx.el.div(
        back_link(routes.ADMIN_PEOPLE, t("admin.people")),
        avatar(view.initials),
        rx.el.div(
            rx.el.h1(view.name, class_name="t-h1 break-words"),
            rx.el.p(words(view.contact), class_name="soft break-words"),
            rx.el.p(words(view.since), ". ", words(view.signed_in), class_name="t-sm mute"),
            chips,
            class_name="grow min-w-0",
        ),
        class_name="flex items-start gap-3",
    )


def _notes() -> rx.Component:
    view = PersonState.view
    general = (PersonState.problem != "") & (PersonState.field_problems.length() == 0)
    return rx.el.div(
        rx.cond(view.suspended != "", note(words(view.suspended), "warn", "ban"), rx.fragment()),
        rx.cond(view.flagged != "", note(words(view.flagged), "warn", "flag"), rx.fragment()),
        rx.cond(view.own, note(t("person.own"), "plain"), rx.fragment()),
        rx.cond(general, note(words(PersonState.problem), "err", role="alert"), rx.fragment()),
        class_name="flex flex-col gap-2.5 mt-4",
    )


def _facts() -> rx.Component:
    view = PersonState.view
    money = rx.el.section(
        rx.el.h2(t("person.money"), class_name="t-h3 mb-2"),
        facts([
            (t("person.gave"), view.gave), (t("person.returned"), view.returned), (t("person.earned"), view.earned),
            (t("person.campaigns"), view.campaigns.to_string()), (t("person.terms"), words(view.terms)),
        ]),
        class_name="card pad",
    )  # fmt: skip
    confirmed = rx.cond(view.account_confirmed, t("person.confirmed"), t("person.not_confirmed"))
    papers = rx.el.section(
        rx.el.h2(t("person.papers"), class_name="t-h3 mb-2"),
        facts([
            (t("people.id"), words(view.document)),
            (t("people.account"), rx.fragment(view.account, rx.cond(view.account != "–", rx.fragment(
                " (", confirmed, ")"), rx.fragment()))),
            (t("person.pan"), words(view.pan)),
        ]),
        rx.el.p(words(view.figures), class_name="t-sm soft mt-3"),
        rx.cond(view.rate != "", rx.el.p(words(view.rate), class_name="t-sm soft"), rx.fragment()),
        class_name="card pad",
    )  # fmt: skip
    factor = rx.cond(
        view.factor, chip(t("admins.factor"), "rel", "check"), chip(t("admins.no_factor"), "held", "hourglass")
    )
    duties = rx.el.section(
        rx.el.h2(t("person.duties"), class_name="t-h3 mb-2"),
        rx.el.p(rx.cond(view.duties != "", view.duties, "–"), class_name="mb-2"),
        factor,
        class_name="card pad",
    )
    return rx.el.div(
        money,
        rx.cond(view.cleaner, papers, rx.fragment()),
        rx.cond(view.admin, duties, rx.fragment()),
        class_name="grid gap-4 md:grid-cols-2 items-start mt-4",
    )


def _buttons() -> rx.Component:
    def act(name: str, label: str, kind: Any) -> rx.Component:
        return button(t(label), kind=kind, size="s", custom_attrs=opens(_dialog_id(name)))

    paused = PersonState.view.suspended != ""
    pausing = rx.cond(paused, act("let_back", "people.let_back", "line"), act("pause", "people.pause", "danger"))
    reset = button(t("person.reset"), kind="line", size="s", custom_attrs=opens(RESET))
    report = button(t("fraud.report"), kind="line", size="s", icon_name="siren", custom_attrs=opens(REPORT))
    return rx.el.div(
        rx.cond(PersonState.may_flag, act("flag", "person.flag_away", "ok"), rx.fragment()),
        rx.cond(PersonState.may_pause, rx.fragment(pausing, act("sign_out", "person.sign_out", "line")), rx.fragment()),
        rx.cond(PersonState.may_report, report, rx.fragment()),
        rx.cond(PersonState.may_reset, reset, rx.fragment()),
        class_name="flex flex-wrap gap-2.5 mt-4",
    )


_LABELS: dict[str, tuple[str, str, str, str, Kind]] = {
    "pause": ("people.pause", "people.pause_title", "people.pause_means", "people.pause_hint", "danger"),
    "let_back": ("people.let_back", "people.let_back_title", "people.let_back_means", "people.let_back_hint", "ok"),
    "sign_out": ("person.sign_out", "person.sign_out", "person.sign_out_means", "person.for_record", "main"),
    "flag": ("person.flag_away", "person.flag_away", "person.flag_away_means", "person.for_record", "ok"),
}


def _dialogs() -> rx.Component:
    general = (PersonState.problem != "") & (PersonState.field_problems.length() == 0)
    problem = rx.cond(general, note(words(PersonState.problem), "err", role="alert"), rx.fragment())

    def ask(act: str) -> rx.Component:
        label, title, means, hint, kind = _LABELS[act]
        form = rx.el.form(
            rx.el.input(type="hidden", name="act", value=act, read_only=True),
            rx.el.p(PersonState.view.name, class_name="b mb-2"),
            rx.el.p(t(means), class_name="t-sm soft mb-3"),
            problem,
            text_area("reason", t("drafts.reason"), hint=t(hint), max_length=REASON_LENGTH,
                      id=f"{_dialog_id(act)}-reason", error=PersonState.field_problems["reason"]),
            button(t(label), kind=kind, size="l", block=True, type="submit", class_name="mt-4",
                   busy=PersonState.busy == act, busy_label=t("people.working")),
            on_submit=PersonState.act,
            no_validate=True,
        )  # fmt: skip
        return dialog(_dialog_id(act), t(title), form)

    reset = rx.el.div(
        rx.el.p(PersonState.view.name, class_name="b mb-2"),
        rx.el.p(t("person.reset_means"), class_name="t-sm soft mb-3"),
        problem,
        button(t("person.reset"), kind="danger", size="l", block=True, on_click=PersonState.reset_factor,
               busy=PersonState.busy == "factor", busy_label=t("people.working")),
    )  # fmt: skip
    seen = rx.el.form(
        rx.el.p(PersonState.view.name, class_name="b mb-2"),
        rx.el.p(t("fraud.report_means"), class_name="t-sm soft mb-3"),
        problem,
        text_area("note", t("fraud.seen"), max_length=LIMITS.desk_note_length[1], id="report-note",
                  error=PersonState.field_problems["note"]),
        button(t("fraud.report"), kind="main", size="l", block=True, type="submit", class_name="mt-4",
               busy=PersonState.busy == "report", busy_label=t("people.working")),
        on_submit=PersonState.report,
        no_validate=True,
    )  # fmt: skip
    return rx.el.div(
        *map(ask, ACTS),
        dialog(REPORT, t("fraud.report"), seen),
        dialog(RESET, t("person.reset"), reset),
        key=PersonState.turn.to_string(),
    )


def _lists() -> rx.Component:
    choices = pills(
        *[
            pill(
                t(f"person.part.{part.replace('-', '_')}"),
                on=PersonState.part == part,
                on_click=PersonState.open_part(part),
            )
            for part in PARTS
        ],
        label=attr("person.lists"),
    )

    def cells(row: Any) -> list[Any]:
        name = rx.cond(row.href != "", rx.el.a(row.what, href=row.href, class_name="link"), rx.el.span(row.what))
        said = rx.cond(
            row.note != "", rx.el.p(row.note, class_name="t-sm mute whitespace-pre-line [overflow-wrap:anywhere]"),
            rx.fragment(),
        )  # fmt: skip
        return [row.when, rx.fragment(name, said), words(row.state), words(row.amount)]

    heads = [t(f"person.col.{name}") for name in ("when", "what", "state", "amount")]
    table = data_table(t("person.lists"), heads, PersonState.lines, cells, right=(3,), empty=t("person.empty"))
    more = rx.cond(
        PersonState.cursor != "",
        button(t("drafts.more"), kind="line", on_click=PersonState.more, class_name="mt-3"),
        rx.fragment(),
    )
    shown = rx.cond(
        PersonState.closed_part, note(t("person.seniors"), "plain", "shield-check"), rx.fragment(table, more)
    )
    return rx.el.section(
        rx.el.h2(t("person.known"), class_name="t-h2 mt-8 mb-3"),
        rx.el.div(choices, class_name="mb-3"),
        rx.cond(PersonState.part == "notes", _note_form(), rx.fragment()),
        shown,
    )


def _note_form() -> rx.Component:
    return rx.el.form(
        text_area("note", t("person.note"), hint=t("person.note_hint"), max_length=LIMITS.desk_note_length[1],
                  error=PersonState.field_problems["note"]),
        button(t("person.note_add"), kind="line", type="submit", class_name="mt-3",
               busy=PersonState.busy == "note", busy_label=t("people.working")),
        on_submit=PersonState.add_note,
        no_validate=True,
        key="note-" + PersonState.turn.to_string(),
        class_name="card pad mb-4 max-w-[720px]",
    )  # fmt: skip


def page() -> rx.Component:
    """The page."""
    back = link_button(t("admin.people"), routes.ADMIN_PEOPLE, kind="line")
    missing = empty_state(t("person.missing"), t("person.missing_more"), icon_name="users", action=back, whole=True)
    shown = rx.fragment(_head(), _notes(), _buttons(), _facts(), _lists(), _dialogs())
    body = rx.el.div(
        rx.cond(
            PersonState.loaded,
            rx.cond(PersonState.missing, missing, shown),
            loading(skeleton("h-16 w-2/3"), skeleton("h-40 w-full mt-4"), skeleton("h-64 w-full mt-4")),
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="people", refused=PersonState.refused)
