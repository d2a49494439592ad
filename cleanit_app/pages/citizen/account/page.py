"""My account: phone and mailbox, password, and where I am signed in."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import password_field, select_field, switch, text_field, typed_field
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.codes import code_after_a_pause
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.domain.actors import Role
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.i18n.locales import LANGUAGES, language_name
from cleanit_app.pages.citizen.account.state import DATA_FILE, AccountState
from cleanit_app.pages.citizen.pieces import heading, own_frame
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ACCOUNT, "account.title"
ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, AccountState.load]
ICONS = {"phone": "phone", "email": "send"}


def _problem_at(field: str) -> Any:
    return rx.cond(AccountState.field_problems.contains(field), AccountState.field_problems[field], "")


def _said(place: str) -> rx.Component:
    return rx.cond(AccountState.said_at == place, note(words(AccountState.said), "ok", role="status"), rx.fragment())


def _present_password(name: str, error: Any, why: str = "account.confirm_note") -> rx.Component:
    return password_field(name, t("account.present"), hint=t(why), error=error)


def _leave() -> rx.Component:
    return button(t("account.cancel"), kind="quiet", type="button", on_click=AccountState.leave_it)


def _go(key: str) -> rx.Component:
    return button(t(key), type="submit", busy=AccountState.busy, busy_label=t("account.saving"))


def _code_form() -> rx.Component:
    return rx.el.form(
        note(t("account.code_sent", to=rx.el.b(AccountState.code_to)), "plain", role="status"),
        typed_field("code", t("account.code"), "code", error=_problem_at("code"), auto_complete="one-time-code"),
        rx.el.div(_go("account.code_go"), _leave(), class_name="flex flex-wrap gap-2"),
        code_after_a_pause(AccountState.send_again, AccountState.asked),
        on_submit=AccountState.confirm_code,
        no_validate=True,
        class_name="flex flex-col gap-3 mt-2",
    )


def _new_form(field: Literal["phone", "email"]) -> rx.Component:
    complete = {"phone": "tel", "email": "email"}[field]
    new = typed_field(field, t(f"account.new_{field}"), field, error=_problem_at(field), auto_complete=complete)
    return rx.el.form(
        new,
        _present_password("currentPassword", _problem_at("currentPassword")),
        rx.el.div(_go("account.send_to_new"), _leave(), class_name="flex flex-wrap gap-2"),
        on_submit=AccountState.send_to_new,
        no_validate=True,
        class_name="flex flex-col gap-3 mt-2",
    )


def _contact(field: Literal["phone", "email"], value: Any, mine: Any) -> rx.Component:
    has = value != ""
    state = rx.cond(mine, chip(t("account.is_mine"), "rel", "check"), chip(t("account.not_mine"), "held", "hourglass"))
    send = button(
        t("account.send_code"),
        kind="line",
        size="s",
        busy=AccountState.busy,
        busy_label=t("account.saving"),
        on_click=AccountState.send_code(field),
    )
    change = button(
        rx.cond(has, t("account.change"), t("account.add")), kind="line", size="s", on_click=AccountState.change(field)
    )
    idle = rx.el.div(rx.cond(has & ~mine, send, rx.fragment()), change, class_name="flex flex-wrap gap-2")
    shown = rx.cond(
        AccountState.code_for == field, _code_form(), rx.cond(AccountState.changing == field, _new_form(field), idle)
    )
    return rx.el.li(
        rx.el.div(
            icon(ICONS[field], 24),
            rx.el.h2(t(f"account.{field}"), class_name="t-h3 grow"),
            rx.cond(has, state, rx.fragment()),
            class_name="flex flex-wrap items-center gap-3",
        ),
        rx.el.p(rx.cond(has, value, t("account.none")), class_name="num break-all"),
        _said(field),
        shown,
        class_name="card pad flex flex-col gap-2",
    )


def _password() -> rx.Component:
    wrong = rx.cond(AccountState.changing == "", _problem_at("currentPassword"), "")
    form = rx.el.form(
        _present_password("presentPassword", wrong),
        password_field(
            "password",
            t("account.new_password"),
            new=True,
            hint=t("join.password_hint", least=LIMITS.password_length[0]),
            error=_problem_at("password"),
        ),
        _go("account.password_go"),
        on_submit=AccountState.save_password,
        no_validate=True,
        class_name="flex flex-col gap-3",
    )
    head = rx.el.div(
        icon("shield-check", 24),
        rx.el.h2(t("account.password"), class_name="t-h3"),
        class_name="flex items-center gap-3",
    )
    opened = rx.el.details(
        rx.el.summary(t("account.password_go"), class_name="link min-h-[44px] inline-flex items-center"),
        rx.el.div(form, class_name="mt-2"),
    )
    return rx.el.section(
        head,
        rx.el.p(t("account.password_note"), class_name="soft"),
        _said("password"),
        opened,
        class_name="card pad flex flex-col gap-2",
    )


def _data() -> rx.Component:
    wrong = rx.cond(AccountState.changing == "data", _problem_at("currentPassword"), "")
    form = rx.el.form(
        _present_password("dataPassword", wrong, "account.data_why"),
        _go("account.data_go"),
        on_submit=AccountState.take_data,
        no_validate=True,
        class_name="flex flex-col gap-3",
    )
    head = rx.el.div(
        icon("download", 24), rx.el.h2(t("account.data"), class_name="t-h3"), class_name="flex items-center gap-3"
    )
    manual = rx.el.a(
        t("account.data_link"),
        href=DATA_FILE,
        download=True,
        target="_blank",
        class_name="link min-h-[44px] inline-flex items-center",
    )
    opened = rx.el.details(
        rx.el.summary(t("account.data_go"), class_name="link min-h-[44px] inline-flex items-center"),
        rx.el.div(form, class_name="mt-2"),
    )
    here = rx.el.a(t("data.link"), href=routes.MY_DATA, class_name="link min-h-[44px] inline-flex items-center")
    return rx.el.section(
        head,
        rx.el.p(t("account.data_note"), class_name="soft"),
        here,
        rx.cond(
            AccountState.said_at == "data",
            note(words(AccountState.said), "ok", role="status", more=manual),
            rx.fragment(),
        ),
        opened,
        class_name="card pad flex flex-col gap-2",
    )


def _photos() -> rx.Component:
    """Whether my photos may be shown, and my name with them (LAW-07)."""
    choices = (
        ("gallery", AccountState.gallery),
        ("marketing", AccountState.marketing),
        ("credit", AccountState.credit),
    )
    lines = [
        switch(
            f"photos-{name}",
            t(f"consent.{name}"),
            t(f"consent.{name}_note"),
            checked=value,
            on_change=lambda _on, name=name: AccountState.choose_photos(name),
        )
        for name, value in choices
    ]
    return rx.el.section(
        rx.el.div(
            icon("image", 24), rx.el.h2(t("consent.title"), class_name="t-h3"), class_name="flex items-center gap-3"
        ),
        rx.el.p(t("consent.lead"), class_name="soft"),
        _said("photos"),
        *lines,
        id="photos",
        class_name="card pad flex flex-col gap-2 scroll-mt-24",
    )


def _profile() -> rx.Component:
    """Name and language; a cleaner's new name stands beside the one that counts until somebody has looked."""
    state = AccountState
    wrong = rx.cond(state.changing == "profile", _problem_at("currentPassword"), "")
    general = (state.changing == "profile") & (state.problem != "") & (state.field_problems.length() == 0)
    stays = button(t("account.name_keep"), kind="line", size="s", type="button", on_click=state.keep_name)
    waits = note(
        t("account.name_asked", name=rx.el.b(state.name_asked), now=rx.el.b(state.name)),
        "warn",
        "hourglass",
        more=rx.el.div(stays, class_name="mt-2"),
    )
    no = note(t("account.name_refused", reason=state.name_refused), "err")
    password = password_field("namePassword", t("account.present"), hint=t("account.name_password"), error=wrong)
    chosen = select_field(
        "language", t("account.language"), [(one, language_name(one)) for one in LANGUAGES],
        hint=t("account.language_note"), default_value=state.language, error=_problem_at("language"),
    )  # fmt: skip
    form = rx.el.form(
        rx.cond(general, note(words(state.problem), "err", role="alert"), rx.fragment()),
        text_field(
            "name",
            t("join.name"),
            hint=rx.cond(state.name_checked, t("account.name_checked"), t("account.name_note")),
            error=_problem_at("name"),
            default_value=state.name,
            max_length=LIMITS.name_length[1],
            auto_complete="name",
        ),
        chosen,
        rx.cond(state.name_checked, password, rx.fragment()),
        rx.el.div(_go("account.name_go"), class_name="flex flex-wrap gap-2"),
        on_submit=state.save_profile,
        no_validate=True,
        key="profile-" + state.turn.to_string(),
        class_name="flex flex-col gap-3",
    )
    opened = rx.el.details(
        rx.el.summary(t("account.name_change"), class_name="link min-h-[44px] inline-flex items-center"),
        rx.el.div(form, class_name="mt-2"),
        open=(state.changing == "profile") & (state.problem != ""),
        key="profile-open-" + state.turn.to_string(),
    )
    return rx.el.section(
        rx.el.div(
            icon("user", 24), rx.el.h2(t("account.profile"), class_name="t-h3"), class_name="flex items-center gap-3"
        ),
        rx.el.p(state.name, class_name="b break-words"),
        _said("name"),
        rx.cond(state.name_asked != "", waits, rx.cond(state.name_refused != "", no, rx.fragment())),
        opened,
        class_name="card pad flex flex-col gap-2",
    )


def _delete() -> rx.Component:
    way = rx.el.a(
        icon("ban"),
        rx.el.span(t("delete.title"), class_name="grow b"),
        icon("chevron-right"),
        href=routes.DELETE_ACCOUNT,
        class_name="card flex items-center gap-3 min-h-[56px] px-4",
    )
    return way


def _sign_in(one: Any) -> rx.Component:
    times = rx.el.p(
        rx.el.span(t("account.since", when=words(one.since))),
        rx.el.span(t("account.seen", when=words(one.seen))),
        class_name="t-sm mute flex flex-wrap gap-x-3",
    )
    named = rx.cond(one.browser != "", one.browser, t("account.unknown_browser"))
    end = button(t("account.end"), kind="line", size="s", of=named, on_click=AccountState.end(one.id))
    return rx.el.li(
        rx.el.div(
            rx.el.p(named, class_name="b"),
            times,
            rx.el.p(one.address, class_name="t-sm mute num break-all"),
            class_name="grow min-w-[200px]",
        ),
        rx.cond(one.here, chip(t("account.here"), "rel", "check"), end),
        class_name="flex flex-wrap items-center gap-3 px-4 py-3 border-b border-chuna-200 last:border-0",
    )


def _factor() -> rx.Component:
    """Admins have one more thing between them and money."""
    link = rx.el.a(
        icon("shield-check"),
        rx.el.span(t("factor.link"), class_name="grow b"),
        icon("chevron-right"),
        href=routes.SECOND_FACTOR,
        class_name="card flex items-center gap-3 min-h-[56px] px-4",
    )
    return rx.cond(CurrentUserState.role == Role.ADMIN.value, link, rx.fragment())


def _sign_ins() -> rx.Component:
    others = button(t("account.end_others"), kind="line", block=True, on_click=AccountState.end_others)
    alone = rx.el.p(t("account.only_here"), class_name="soft")
    return rx.el.section(
        rx.el.h2(t("account.sessions"), class_name="t-h3 mb-3"),
        _said("sessions"),
        rx.el.ul(each(AccountState.sign_ins, _sign_in), class_name="card mb-3"),
        rx.cond(AccountState.sign_ins.length() > 1, others, alone),
    )


def _body() -> rx.Component:
    elsewhere = AccountState.changing != "profile"
    general = elsewhere & (AccountState.problem != "") & (AccountState.field_problems.length() == 0)
    accept = rx.el.a(
        t("accept.read"), href=routes.ACCEPT_TERMS, class_name="link min-h-[44px] inline-flex items-center"
    )
    kept = note(t("account.kept"), "ok", role="status")
    full = rx.el.div(
        rx.cond(AccountState.kept, kept, rx.fragment()),
        rx.cond(AccountState.terms_due, note(t("accept.due"), "warn", more=accept), rx.fragment()),
        rx.cond(general, note(words(AccountState.problem), "err", role="alert"), rx.fragment()),
        _profile(),
        rx.el.ul(
            _contact("phone", AccountState.phone, AccountState.phone_mine),
            _contact("email", AccountState.email, AccountState.email_mine),
            class_name="flex flex-col gap-3",
        ),
        _password(),
        _factor(),
        _sign_ins(),
        _photos(),
        _data(),
        _delete(),
        class_name="flex flex-col gap-6",
    )
    waiting = loading(skeleton("h-24"), skeleton("h-24"), skeleton("h-40"))
    broken = note(t("error.SOMETHING_BROKE"), "err", role="alert")
    return rx.cond(AccountState.loaded, rx.cond(AccountState.broken, broken, full), waiting)


def page() -> rx.Component:
    """The page."""
    content = rx.el.div(heading("account.title"), _body(), class_name="narrow max-w-[720px] py-4")
    return own_frame(content, title=t("account.title"), back=routes.ME)
