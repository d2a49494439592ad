"""A cleaner's papers: phone, ID, and the account the money goes to. Bank details go in and never come out."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, Literal

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import password_field, pill, pills, text_field, typed_field
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.documents import document_form
from cleanit_app.components.islands.reading import Kind
from cleanit_app.components.text import Text, t, words
from cleanit_app.pages.cleaner.gates import broken, for_cleaners, problem_at, refusal
from cleanit_app.pages.cleaner.papers.state import ALL, FIELDS, STEPS, PapersState
from cleanit_app.pages.frame import cleaner_page
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.KYC, "kyc.title"


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, PapersState.load]
State = Literal["done", "wait", "todo", "fix"]
_CHIPS: dict[State, tuple[Any, str]] = {
    "done": ("rel", "check"),
    "wait": ("held", "hourglass"),
    "todo": ("plain", "circle"),
    "fix": ("bad", "circle-alert"),
}


def _state(state: State) -> rx.Component:
    colour, icon_name = _CHIPS[state]
    return chip(t(f"kyc.s_{state}"), colour, icon_name)


def _paper(name: str, icon_name: str, title: Text, state: Any, *more: rx.Component) -> rx.Component:
    """One paper: alone on the screen with what it asks, or a line of the list that leads there."""
    head = rx.el.div(
        icon(icon_name, 24),
        rx.el.h1(title, class_name="t-h1 grow", id="paper"),
        state,
        class_name="flex flex-wrap items-center gap-3",
    )
    alone = rx.el.section(head, *more, class_name="flex flex-col gap-4", custom_attrs={"aria-labelledby": "paper"})
    line = rx.el.a(
        icon(icon_name, 24),
        rx.el.span(title, class_name="b grow"),
        state,
        icon("chevron-right"),
        href=routes.paper(name),
        class_name="card flex flex-wrap items-center gap-3 min-h-[64px] px-4 py-2",
    )
    return rx.cond(PapersState.shown == name, alone, rx.cond(PapersState.shown == ALL, line, rx.fragment()))


def _phone() -> rx.Component:
    known = rx.el.p(PapersState.phone, class_name="num")
    has = PapersState.phone != ""
    way = link_button(t("kyc.phone_confirm"), routes.confirming(routes.KYC), size="l", block=True)
    return _paper(
        "phone",
        "phone",
        t("kyc.phone"),
        rx.cond(PapersState.phone_mine, _state("done"), _state("todo")),
        rx.cond(has, known, rx.el.p(t("kyc.phone_none"), class_name="soft")),
        rx.cond(PapersState.phone_mine, rx.fragment(), way),
    )


def _identity() -> rx.Component:
    """The ID: handed in here, looked at by a person, and after a refusal handed in again."""
    ready, refused = PapersState.kyc == "ACTIVE", PapersState.kyc == "REJECTED"
    handed_in = (PapersState.document_said != "") & ~refused & (PapersState.document_said != "REFUSED")
    which = rx.el.p(words(PapersState.document), " ", rx.el.span(PapersState.document_mask, class_name="num"))
    shown = rx.cond(handed_in, which, rx.fragment())
    found = rx.cond(PapersState.kyc == "VERIFIED", t("kyc.id_found"), t("kyc.id_wait"))
    wait = rx.el.div(shown, rx.el.p(found, class_name="soft"))
    form = document_form(url=routes.API_IDENTITY_DOCUMENT, on_sent=PapersState.handed_in)
    other = rx.fragment(
        note(t("kyc.name_asked", name=rx.el.b(PapersState.name_asked), now=rx.el.b(PapersState.name)), "warn"),
        rx.cond(
            PapersState.name_shown,
            rx.el.p(t("kyc.name_shown"), class_name="soft"),
            document_form(url=routes.API_IDENTITY_DOCUMENT, on_sent=PapersState.handed_in),
        ),
    )
    done = rx.el.div(
        shown,
        rx.el.p(t("kyc.id_done"), class_name="soft"),
        rx.cond(PapersState.name_asked != "", other, rx.fragment()),
        class_name="flex flex-col gap-3",
    )
    ask = rx.fragment(rx.cond(refused, _why_not(), rx.el.p(t("kyc.id_ask"), class_name="soft")), form)
    state = rx.cond(refused, _state("fix"), rx.cond(handed_in, _state("wait"), _state("todo")))
    return _paper(
        "id",
        "id-card",
        t("kyc.id"),
        rx.cond(ready, _state("done"), state),
        rx.cond(ready, done, rx.cond(handed_in, wait, ask)),
    )


def _why_not() -> rx.Component:
    ground = rx.cond(PapersState.ground != "", rx.el.p(words(PapersState.ground)), rx.fragment())
    more = rx.cond(PapersState.refused_because != "", rx.el.p(PapersState.refused_because), rx.fragment())
    return note(
        rx.el.b(t("kyc.id_no"), class_name="bb"), "err", more=rx.el.div(ground, more, class_name="break-words mt-1")
    )


def _account() -> rx.Component:
    has = PapersState.mask != ""
    differs = note(t("kyc.bank_wait", name=rx.el.b(PapersState.name)), "warn")
    state = rx.match(
        PapersState.bank_said,
        ("WAITING", note(t("kyc.bank_asking"), "plain", "hourglass", role="status")),
        ("ASKED", note(t("kyc.bank_asking"), "plain", "hourglass", role="status")),
        ("DIFFERS", differs),
        ("INVALID", note(t("kyc.bank_invalid"), "err", role="alert")),
        ("MATCHES", note(t("kyc.bank_refused"), "err", role="alert")),
        note(t("kyc.bank_look"), "warn"),
    )
    waits = rx.cond(
        PapersState.usable != "", note(t("kyc.bank_usable", when=PapersState.usable), "plain", "clock"), rx.fragment()
    )
    ok = rx.fragment(rx.el.p(t("kyc.bank_ok"), class_name="soft"), waits)
    said = rx.cond(PapersState.confirmed, ok, state)
    change = button(t("kyc.change"), kind="line", size="s", on_click=PapersState.edit, class_name="self-start")
    shown = rx.fragment(
        rx.el.p(PapersState.mask, class_name="rs rs-m"), said, rx.cond(PapersState.editing, rx.fragment(), change)
    )
    return _paper(
        "account",
        "landmark",
        t("kyc.bank"),
        rx.cond(
            has,
            rx.cond(
                PapersState.confirmed,
                _state("done"),
                rx.cond(PapersState.must_fix, _state("fix"), _state("wait")),
            ),
            _state("todo"),
        ),
        rx.cond(has, shown, rx.fragment()),
        _form(),
    )


def _pan() -> rx.Component:
    has = PapersState.pan != ""
    form = rx.el.form(
        _typed("pan", t("kyc.pan"), "pan", t("kyc.pan_why"), placeholder="ABCPE1234F"),
        button(t("kyc.pan_save"), kind="line", type="submit", busy=PapersState.saving, busy_label=t("kyc.saving")),
        on_submit=PapersState.save_pan,
        no_validate=True,
        class_name="flex flex-col gap-3",
    )
    shown = rx.el.div(
        rx.el.p(PapersState.pan, class_name="rs rs-m"),
        rx.cond(PapersState.pan_of_id, rx.el.p(t("kyc.pan_of_id"), class_name="soft"), rx.fragment()),
    )
    return _paper(
        "pan",
        "receipt-indian-rupee",
        t("kyc.pan"),
        rx.cond(has, _state("done"), _state("todo")),
        rx.cond(has, shown, form),
    )


def _typed(name: str, label: Text, reads: Kind, hint: Text | None = None, **props: Any) -> rx.Component:
    return typed_field(name, label, reads, hint=hint, error=problem_at(PapersState, name), **props)


def _form() -> rx.Component:
    by_bank = rx.fragment(
        _typed("accountNumber", t("kyc.account"), "account_number"),
        _typed("accountAgain", t("kyc.account_again"), "account_number"),
        _typed("ifsc", t("kyc.ifsc"), "ifsc", t("kyc.ifsc_hint"), placeholder="SBIN0001234"),
    )
    by_upi = _typed("vpa", t("kyc.vpa"), "upi_id", t("kyc.vpa_hint"))
    holder = text_field("holderName", t("kyc.holder"), hint=t("kyc.holder_hint"), max_length=50,
                        error=problem_at(PapersState, "holderName"), auto_complete="off")  # fmt: skip
    kinds = pills(
        pill(t("kyc.by_upi"), on=PapersState.by_upi, icon_name="smartphone", on_click=PapersState.choose("UPI")),
        pill(t("kyc.by_bank"), on=~PapersState.by_upi, icon_name="landmark", on_click=PapersState.choose("BANK")),
    )
    password = password_field(
        "currentPassword",
        t("account.present"),
        hint=t("account.confirm_note"),
        error=problem_at(PapersState, "currentPassword"),
    )
    form = rx.el.form(
        _summary(),
        refusal(rx.cond(PapersState.field_problems.length() > 0, "", PapersState.problem)),
        rx.cond(PapersState.by_upi, by_upi, by_bank),
        holder,
        rx.cond(PapersState.mask != "", password, rx.fragment()),
        rx.el.p(icon("shield-check", 16), rx.el.span(t("kyc.safe")), class_name="row-t t-sm soft"),
        button(t("kyc.save"), size="l", block=True, type="submit", busy=PapersState.saving, busy_label=t("kyc.saving")),
        on_submit=PapersState.save,
        no_validate=True,
        class_name="flex flex-col gap-4",
    )
    head = rx.el.h2(t("kyc.add"), class_name="t-h2")
    return rx.cond(
        PapersState.editing, rx.el.section(head, kinds, form, class_name="flex flex-col gap-4"), rx.fragment()
    )


def _summary() -> rx.Component:
    """All problems of this form on top, each a link to its field; that of the PAN stands in a form of its own."""
    lines = [
        rx.cond(
            PapersState.field_problems.contains(name),
            rx.el.li(rx.el.a(words(problem_at(PapersState, name)), href=f"#{name}", class_name="link")),
            rx.fragment(),
        )
        for name in FIELDS
    ]
    box = note(
        rx.el.b(t("form.errors"), class_name="bb"),
        "err",
        more=rx.el.ul(*lines, class_name="list-disc pl-5 mt-1"),
        role="alert",
    )
    here = [PapersState.field_problems.contains(name) for name in FIELDS]
    return rx.cond(reduce(or_, here), box, rx.fragment())


def _papers() -> rx.Component:
    ready = (PapersState.kyc == "ACTIVE") & (PapersState.mask != "")
    lead = rx.cond(
        ready, t("kyc.lead_ready"), rx.cond(PapersState.missing == "", t("kyc.lead_all"), t("kyc.lead_wait"))
    )
    saved = rx.cond(PapersState.said != "", note(PapersState.said, "ok", role="status"), rx.fragment())
    title = rx.el.div(
        rx.el.h1(t("kyc.title"), class_name="t-h1"), rx.el.p(lead, class_name="b"), class_name="flex flex-col gap-3"
    )
    head = rx.cond(PapersState.shown == ALL, title, _step())
    return rx.el.div(
        head,
        saved,
        rx.el.div(_phone(), _identity(), _account(), _pan(), class_name="flex flex-col gap-3"),
        _onward(ready),
        class_name="narrow flex flex-col gap-4 py-5 pb-10",
    )


def _step() -> rx.Component:
    """Which of the papers this is, of how many."""
    bars = [rx.el.i(class_name=rx.cond(PapersState.number > n, "ok", rx.cond(PapersState.number == n, "now", "")))
            for n in range(1, len(STEPS) + 1)]  # fmt: skip
    count = rx.el.div(
        rx.el.div(*bars, class_name="steps grow", aria_hidden="true"),
        rx.el.span(t("kyc.step", now=PapersState.number, all=len(STEPS)), class_name="t-sm mute num"),
        class_name="flex items-center gap-3",
    )
    return rx.cond(PapersState.number > 0, count, rx.fragment())


def _onward(ready: Any) -> rx.Component:
    """To the next paper that is missing, else to work; and to all of them."""
    here_done = (PapersState.missing != "") & (PapersState.missing != PapersState.shown)
    after = link_button(t("kyc.next"), routes.paper(PapersState.missing), block=True)
    go = link_button(t("kyc.where_to_jobs"), routes.JOBS, block=True, icon_name="map-pinned")
    every = rx.el.a(t("kyc.all"), href=routes.paper(ALL), class_name="link min-h-[44px] inline-flex items-center")
    return rx.fragment(
        rx.cond(here_done, after, rx.cond(ready & ~PapersState.editing, go, rx.fragment())),
        rx.cond(PapersState.shown == ALL, rx.fragment(), every),
    )


def page() -> rx.Component:
    """The page."""
    waiting = rx.el.div(
        loading(skeleton("h-10 w-2/3"), *[skeleton("h-24")] * 3), class_name="narrow flex flex-col gap-3 py-5"
    )
    known = rx.cond(PapersState.failed, rx.el.div(broken(PapersState.load), class_name="narrow py-5"), _papers())
    content = for_cleaners(rx.cond(PapersState.loaded, known, waiting), waiting=waiting, while_suspended=True)
    return cleaner_page(content, active="me", title=t("kyc.title"), back=routes.ME)
