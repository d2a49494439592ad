"""Cleaners to let in, accounts to confirm, and finding somebody (LAW-08, OPS-01)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button, opens
from cleanit_app.components.chips import chip, state_chip
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import pill, pill_choice, pills, text_area, text_field
from cleanit_app.components.lists import each
from cleanit_app.components.money import facts
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import avatar, large
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.identity import RefusalGround
from cleanit_app.domain.statuses import KycStatus
from cleanit_app.pages.admin.people.people.state import REASON_LENGTH, PeopleState
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.people.people import PeopleGroup
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_PEOPLE, "admin.people"
REJECT, PAUSE, LET_BACK, REFUSE_NAME = "reject-cleaner", "pause-person", "let-person-back", "refuse-name"
ROLES, KYC = ("CITIZEN", "CLEANER", "ADMIN"), tuple(s.value for s in KycStatus)
GROUPS = tuple(group.value for group in PeopleGroup)


ON_LOAD = [CurrentUserState.arrive_signed_in, PeopleState.load]


def _card(one: Any) -> rx.Component:
    account = facts(
        [
            (t("people.account"), rx.cond(one.account != "", one.account, t("people.account_none"))),
            (t("people.holder"), rx.cond(one.holder != "", one.holder, "–")),
        ]
    )
    compared = {"bank": one.bank_name, "name": one.name, "bank_read": one.bank_read, "name_read": one.name_read}
    differs = note(t("people.bank_differs", score=one.score, **compared), "warn")
    said = rx.match(
        one.bank_said,
        ("WAITING", note(t("people.bank_asking"), "plain", "hourglass")),
        ("ASKED", note(t("people.bank_asking"), "plain", "hourglass")),
        ("DIFFERS", differs),
        ("INVALID", note(t("people.bank_invalid"), "err")),
        ("UNAVAILABLE", note(t("people.bank_silent"), "warn")),
        note(t("people.names_differ"), "warn"),
    )
    named = rx.cond(one.waits_account, said, rx.fragment())
    return rx.el.article(
        rx.el.div(
            avatar(one.initials),
            rx.el.div(rx.el.h3(one.name, class_name="t-h3"), rx.el.p(one.contact, class_name="t-sm mute break-words"),
                      class_name="grow"),
            rx.match(one.kyc, *[(k, state_chip("kyc", k)) for k in KYC], rx.fragment()),
            class_name="row-t",
        ),
        rx.el.p(t("people.joined", when=one.since), class_name="t-sm mute"),
        rx.cond(one.document != "", _identity(one), rx.fragment()),
        account,
        named,
        _actions(one),
        class_name="card pad flex flex-col gap-3",
    )  # fmt: skip


def _identity(one: Any) -> rx.Component:
    """The ID that waits: what its issuer says, and its picture for who asks to see it."""
    open_ = PeopleState.looking == one.document
    compared = {"name": one.document_name, "issuer_read": one.document_read, "name_read": one.name_read}
    said = rx.match(
        one.document_said,
        ("WAITING", note(t("people.id_asking"), "plain", "hourglass")),
        ("MATCHES", note(t("people.id_matches"), "ok")),
        ("DIFFERS", note(t("people.id_differs", **compared), "warn")),
        ("UNKNOWN", note(t("people.id_unknown"), "err")),
        note(t("people.id_silent"), "warn"),
    )
    picture = rx.el.img(
        src=routes.identity_picture(one.document),
        alt=attr("people.id_picture"),
        class_name="w-full rounded-lg border border-chuna-300",
    )
    shown = large(routes.identity_picture(one.document), picture, class_name="block cursor-zoom-in")
    look = button(
        rx.cond(open_, t("people.id_hide"), t("people.id_show")),
        kind="line",
        size="s",
        icon_name="id-card",
        on_click=PeopleState.look(one.id),
        class_name="self-start",
    )
    return rx.el.div(
        facts([(t("people.id"), rx.fragment(words(one.document_kind), " ", one.document_mask))]),
        said,
        rx.cond(one.elsewhere, note(t("people.id_elsewhere"), "err"), rx.fragment()),
        look,
        rx.cond(open_, shown, rx.fragment()),
        class_name="flex flex-col gap-2.5",
    )


def _actions(one: Any) -> rx.Component:
    let_in = rx.fragment(
        button(
            t("people.let_in"),
            kind="ok",
            size="s",
            icon_name="check",
            on_click=PeopleState.let_in(one.id),
            busy=PeopleState.busy == "activate_cleaner:" + one.id,
            busy_label=t("people.working"),
        ),
        button(
            t("people.reject"), kind="danger", size="s", on_click=PeopleState.pick(one.id), custom_attrs=opens(REJECT)
        ),
    )
    confirm = button(
        t("people.confirm"),
        kind="line",
        size="s",
        icon_name="landmark",
        on_click=PeopleState.confirm(one.id, one.changed_at),
        busy=PeopleState.busy == "confirm_payout_details:" + one.id,
        busy_label=t("people.working"),
    )
    return rx.el.div(
        rx.cond(one.waits_kyc, let_in, rx.fragment()),
        rx.cond(one.waits_account & (one.bank_said != "INVALID"), confirm, rx.fragment()),
        class_name="flex flex-wrap gap-2.5",
    )


def _name(one: Any) -> rx.Component:
    """A new name with what it is compared with; nothing that was accepted changes before somebody has looked."""
    open_ = PeopleState.looking == one.document
    source = routes.identity_picture(one.document)
    picture = large(
        source,
        rx.el.img(src=source, alt=attr("people.id_picture"), class_name="w-full rounded-lg border border-chuna-300"),
        class_name="block cursor-zoom-in",
    )
    look = button(rx.cond(open_, t("people.id_hide"), t("people.id_show")), kind="line", size="s", icon_name="id-card",
                  of=one.new, on_click=PeopleState.look(one.id), class_name="self-start")  # fmt: skip
    decide = rx.el.div(
        button(t("people.name_accept"), kind="ok", size="s", icon_name="check", of=one.new,
               on_click=PeopleState.accept_name(one.id), busy=PeopleState.busy == "name:" + one.id,
               busy_label=t("people.working")),
        button(t("people.name_refuse"), kind="danger", size="s", of=one.new, on_click=PeopleState.pick_name(one.id),
               custom_attrs=opens(REFUSE_NAME)),
        class_name="flex flex-wrap gap-2.5",
    )  # fmt: skip
    fits = rx.cond(one.fits, note(t("people.name_fits"), "ok"), note(t("people.name_look"), "warn"))
    return rx.el.article(
        rx.el.h3(rx.el.a(one.new, href=one.href, class_name="link"), class_name="t-h3 break-words"),
        rx.el.p(t("people.name_was", name=one.old, when=words(one.since)), class_name="t-sm mute break-words"),
        facts([
            (t("people.name_bank"), words(one.bank)),
            (t("people.name_issuer"), words(one.issuer)),
            (t("people.id"), rx.cond(one.document != "", one.document_mask, "–")),
        ]),
        fits,
        rx.cond(one.fresh, note(t("people.name_fresh"), "plain", "id-card"), rx.fragment()),
        rx.cond(one.elsewhere, note(t("people.id_elsewhere"), "err"), rx.fragment()),
        rx.cond(one.document != "", look, rx.fragment()),
        rx.cond(open_ & (one.document != ""), picture, rx.fragment()),
        rx.cond(one.own, note(t("check.own"), "warn"), decide),
        class_name="card pad flex flex-col gap-3",
    )  # fmt: skip


def _names() -> rx.Component:
    listed = rx.el.div(
        each(PeopleState.names, _name), class_name="grid gap-4 md:grid-cols-2 xl:grid-cols-3 items-start"
    )
    refuse = dialog(REFUSE_NAME, t("people.name_refuse"), rx.el.form(
        rx.el.p(PeopleState.refusing_name, class_name="b mb-2 break-words"),
        rx.el.p(t("people.name_refuse_means"), class_name="t-sm soft mb-3"),
        rx.cond(PeopleState.problem != "", note(words(PeopleState.problem), "err", role="alert"), rx.fragment()),
        text_area("reason", t("drafts.reason"), max_length=REASON_LENGTH, id="refuse-name-reason",
                  error=PeopleState.field_problems["reason"]),
        button(t("people.name_refuse"), kind="danger", size="l", block=True, type="submit", class_name="mt-4",
               busy=PeopleState.busy == "refuse_name", busy_label=t("people.working")),
        on_submit=PeopleState.refuse_name,
        no_validate=True,
    ))  # fmt: skip
    shown = rx.el.section(
        rx.el.h2(t("people.names"), class_name="t-h2 mt-8 mb-3"),
        listed,
        rx.el.div(refuse, key="refuse-name-" + PeopleState.turn.to_string()),
    )
    return rx.cond(PeopleState.names.length() > 0, shown, rx.fragment())


def _waiting() -> rx.Component:
    listed = rx.cond(
        PeopleState.cleaners.length() > 0,
        rx.el.div(each(PeopleState.cleaners, _card), class_name="grid gap-4 md:grid-cols-2 xl:grid-cols-3 items-start"),
        empty_state(t("people.none"), t("people.none_more"), icon_name="check"),
    )
    more = rx.cond(
        PeopleState.more_waiting, rx.el.p(t("people.more_waiting"), class_name="t-sm mute mt-3"), rx.fragment()
    )
    return rx.el.section(rx.el.h2(t("people.waiting"), class_name="t-h2 mt-6 mb-3"), listed, more)


def _search() -> rx.Component:
    form = rx.el.form(
        rx.el.div(text_field("q", t("people.search"), hint=t("people.search_hint"), kind="search", max_length=100),
                  class_name="grow max-w-[460px]"),
        button(t("people.find"), kind="line", icon_name="search", type="submit", class_name="mt-[29px]"),
        on_submit=PeopleState.search,
        class_name="flex gap-3 items-start mb-4",
    )  # fmt: skip

    def cells(row: Any) -> list[Any]:
        return [
            rx.el.a(row.name, href=row.href, class_name="link b"),
            row.contact,
            rx.fragment(
                rx.match(row.role, *[(r, t(f"people.role.{r}")) for r in ROLES], rx.fragment()),
                rx.cond(row.suspended, chip(t("people.suspended"), "bad", "ban"), rx.fragment()),
                rx.cond(row.flagged != "", chip(words(row.flagged), "held", "flag"), rx.fragment()),
                rx.cond(row.why != "", rx.el.p(row.why, class_name="t-sm mute break-words"), rx.fragment()),
            ),
            rx.cond(
                row.suspended,
                rx.fragment(),
                rx.match(row.kyc, *[(k, state_chip("kyc", k)) for k in KYC], rx.fragment()),
            ),
            words(row.since),
            rx.cond(row.may_pause, _pause_or_back(row), rx.fragment()),
        ]

    heads = ["name", "contact", "role", "kyc", "since", "account"]
    table = data_table(t("people.found"), [t(f"people.col.{h}") for h in heads], PeopleState.found, cells,
                       empty=t("people.nobody"))  # fmt: skip
    groups = pills(
        *[pill(t(f"people.group.{g}"), on=PeopleState.group == g, on_click=PeopleState.show_group(g)) for g in GROUPS],
        label=attr("people.groups"),
    )
    more = rx.cond(
        PeopleState.cursor != "",
        button(t("drafts.more"), kind="line", on_click=PeopleState.more, class_name="mt-3"),
        rx.fragment(),
    )
    return rx.el.section(
        rx.el.h2(t("people.search_title"), class_name="t-h2 mt-10 mb-3"),
        form,
        rx.el.div(groups, class_name="mb-3"),
        table,
        more,
    )


def _pause_or_back(row: Any) -> rx.Component:
    def act(label: str, kind: Any, goal: str) -> rx.Component:
        choose = PeopleState.choose(row.id)
        return button(t(label), kind=kind, size="s", of=row.name, on_click=choose, custom_attrs=opens(goal))

    return rx.cond(row.suspended, act("people.let_back", "line", LET_BACK), act("people.pause", "danger", PAUSE))


def _pausing() -> rx.Component:
    """The two dialogs that ask for the reason."""
    general = (PeopleState.problem != "") & (PeopleState.field_problems.length() == 0)
    refusal = rx.cond(general, note(words(PeopleState.problem), "err", role="alert"), rx.fragment())

    def ask(goal: str, word: str, service: str, kind: Any, then: Any) -> rx.Component:
        form = rx.el.form(
            rx.el.p(PeopleState.chosen_name, class_name="b mb-2"),
            rx.el.p(t(f"people.{word}_means"), class_name="t-sm soft mb-3"),
            refusal,
            text_area("reason", t("drafts.reason"), hint=t(f"people.{word}_hint"), max_length=REASON_LENGTH,
                      id=f"{goal}-reason", error=PeopleState.field_problems["reason"]),
            button(t(f"people.{word}"), kind=kind, size="l", block=True, type="submit", class_name="mt-4",
                   busy=PeopleState.busy == service, busy_label=t("people.working")),
            on_submit=then,
            no_validate=True,
        )  # fmt: skip
        return dialog(goal, t(f"people.{word}_title"), form)

    return rx.el.div(
        ask(PAUSE, "pause", "suspend_person", "danger", PeopleState.pause),
        ask(LET_BACK, "let_back", "reinstate_person", "ok", PeopleState.let_back),
        key="pausing-" + PeopleState.turn.to_string(),
    )


def _reject() -> rx.Component:
    form = rx.el.form(
        rx.el.p(PeopleState.rejecting_name, class_name="b mb-3"),
        rx.el.fieldset(
            rx.el.legend(t("people.ground"), class_name="label"),
            rx.el.div(*[pill_choice("ground", g.value, t(f"ground.{g.value}")) for g in RefusalGround],
                      class_name="flex flex-wrap gap-2 mb-4"),
        ),
        text_area("reason", t("drafts.reason"), hint=t("people.reason_hint"), max_length=REASON_LENGTH,
                  error=PeopleState.field_problems["reason"]),
        button(t("people.reject_now"), kind="danger", size="l", block=True, type="submit", class_name="mt-4",
               busy=PeopleState.busy == "reject", busy_label=t("people.working")),
        on_submit=PeopleState.reject,
        no_validate=True,
    )  # fmt: skip
    return rx.el.div(dialog(REJECT, t("people.reject_title"), form), key=PeopleState.turn.to_string())


def page() -> rx.Component:
    """The page."""
    problem = rx.cond(PeopleState.problem != "", note(words(PeopleState.problem), "err", role="alert"), rx.fragment())
    shown = rx.fragment(
        rx.cond(PeopleState.lets_in, rx.fragment(_names(), _waiting(), _reject()), rx.fragment()),
        rx.cond(PeopleState.searches, rx.fragment(_search(), _pausing()), rx.fragment()),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.people"), class_name="t-h1"),
        problem,
        rx.cond(PeopleState.loaded, shown, loading(skeleton("h-40 w-full mt-5"), skeleton("h-40 w-full mt-4"))),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="people", refused=PeopleState.refused)
