"""Chip in: how much, with or without a name, what is promised; then on to paying."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import checkbox
from cleanit_app.components.islands.pay import money_input
from cleanit_app.components.money import split_bar
from cleanit_app.components.photos import photo
from cleanit_app.components.progress import kerb
from cleanit_app.components.text import attr, t, words
from cleanit_app.pages.citizen.fund.state import FundState
from cleanit_app.pages.citizen.pieces import share_words
from cleanit_app.pages.frame import citizen_page
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.fund("[campaign_id]"), "fund.title"
FORM = "fund-form"
ON_LOAD = [CurrentUserState.arrive_signed_in, FundState.load]


def _campaign() -> rx.Component:
    picture = photo(
        FundState.photo,
        FundState.alt,
        sized=True,
        ratio="w-16 h-16 rounded-md flex-none",
        sizes="64px",
        first=True,
    )
    bar = rx.el.div(
        rx.el.a(FundState.title, href=FundState.href, class_name="b leading-tight"),
        kerb(FundState.percent, FundState.kerb, small=True),
        class_name="grow flex flex-col gap-2",
    )
    return rx.el.div(picture, bar, class_name="flex items-center gap-3")


def _unfinished() -> rx.Component:
    go_on = rx.el.a(t("fund.go_on"), href=FundState.unfinished, class_name="link")
    text = t("fund.unfinished", amount=FundState.unfinished_amount)
    return rx.cond(
        FundState.unfinished != "", note(text, "plain", "hourglass", more=rx.el.div(go_on, class_name="mt-1"))
    )


def _form() -> rx.Component:
    amount = money_input(
        "amount",
        attr("fund.how_much"),
        value=FundState.amount_paise,
        quick=FundState.quick,
        on_change=FundState.typed,
        hint=FundState.hint,
        error=FundState.amount_problem,
    )
    return rx.el.form(
        amount,
        rx.el.p(words(FundState.finishes), class_name="t-sm soft text-right -mt-2"),
        checkbox("show_name", t("fund.show_name"), checked=FundState.show_name, on_change=FundState.name_shown),
        rx.cond(
            FundState.amount_paise > 0,
            rx.fragment(
                split_bar(FundState.to_cleaner, FundState.to_run, FundState.fee_bps),
                note(words(FundState.promise), "warn", "lock"),
            ),
        ),
        id=FORM,
        on_submit=FundState.pay,
        no_validate=True,
        custom_attrs={"data-online": ""},
        class_name="flex flex-col gap-[18px]",
    )


def _open() -> rx.Component:
    refused = rx.cond(
        (FundState.problem != "") & (FundState.amount_problem == ""),
        note(words(FundState.problem), "err", role="alert"),
    )
    return rx.el.div(_campaign(), _unfinished(), refused, _form(), class_name="flex flex-col gap-[18px]")


def _sorry(key: str, icon_name: str, action: rx.Component) -> rx.Component:
    return empty_state(t(f"fund.{key}"), t(f"fund.{key}_more"), icon_name=icon_name, action=action)


def _waiting() -> rx.Component:
    return loading(
        rx.el.div(
            skeleton("h-16 w-full"), skeleton("h-[72px] w-full"), skeleton("h-11 w-full"), skeleton("h-28 w-full"),
            class_name="flex flex-col gap-5",
        )
    )  # fmt: skip


def _body() -> rx.Component:
    look = link_button(t("fund.to_campaign"), FundState.href, kind="line")
    others = link_button(t("fund.others"), routes.DISCOVER)
    share = rx.el.div(
        share_words(t("fund.share"), FundState.href), look, class_name="flex flex-wrap justify-center gap-3 mt-2"
    )
    return rx.match(
        FundState.stage,
        ("open", _open()),
        ("own", _sorry("own", "share-2", share)),
        ("closed", _sorry("closed", "circle-check", look)),
        ("tonight", _sorry("tonight", "clock", look)),
        ("refused", _sorry("refused", "ban", look)),
        ("gone", _sorry("gone", "search", others)),
        _waiting(),
    )


def _dock() -> rx.Component:
    go = button(
        rx.cond(FundState.amount_paise > 0, t("fund.continue", amount=FundState.amount), t("fund.go")),
        size="l",
        block=True,
        busy=FundState.busy,
        busy_label=t("fund.busy"),
        type="submit",
        form=FORM,
    )
    waits = rx.el.p(t("fund.offline"), class_name="hint text-center only-off")
    return rx.cond(
        CurrentUserState.signed_in & FundState.loaded & (FundState.stage == "open"),
        rx.el.div(rx.el.div(go, waits, class_name="narrow px-0"), class_name="dock"),
    )


def page() -> rx.Component:
    """The page."""
    content = rx.el.div(
        rx.el.h1(t("fund.title"), class_name="t-h1 max-lg:sr-only mb-4"),
        rx.cond(CurrentUserState.signed_in & FundState.loaded, _body(), _waiting()),
        class_name="narrow py-4",
    )
    return citizen_page(content, active="discover", title=t("fund.title"), back=FundState.href, dock=_dock())
