"""One payment: being made, waiting for the bank, failed, held; safe to reload and to come back to."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.pay import checkout
from cleanit_app.components.money import amount, split_bar
from cleanit_app.components.photos import stone
from cleanit_app.components.progress import Node, kerb, timeline
from cleanit_app.components.text import t, words
from cleanit_app.pages.citizen.pieces import facts_of, rail, refund_notes, share_words
from cleanit_app.pages.citizen.wait.state import PaymentState
from cleanit_app.pages.frame import citizen_page
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.paying("[campaign_id]", "[contribution_id]"), "title.payment"
ON_LOAD = [CurrentUserState.arrive_signed_in, PaymentState.load]


def _head(title: rx.Component, text: rx.Component | str) -> rx.Component:
    return rx.el.div(
        rx.el.h1(title, class_name="t-h1"),
        rx.el.p(text, class_name="soft text-[1.0625rem]"),
        class_name="flex flex-col gap-2",
        role="status",
    )


def _what() -> rx.Component:
    return rx.el.div(
        rx.el.div(PaymentState.title, class_name="soft"),
        amount(PaymentState.amount, "xl", "block mt-1"),
        rx.el.div(
            split_bar(PaymentState.to_cleaner, PaymentState.to_run, PaymentState.fee_bps), class_name="mt-4 text-left"
        ),
        class_name="card pad text-center",
    )


def _never_twice() -> rx.Component:
    return note(t("wait.never_twice"), "plain")


def _trouble() -> rx.Component:
    again = rx.cond(
        PaymentState.stage == "prepare",
        rx.el.button(t("state.retry"), type="button", class_name="link", on_click=PaymentState.prepare),
    )
    return rx.cond(PaymentState.problem != "", note(words(PaymentState.problem), "err", role="alert", more=again))


def _pay() -> rx.Component:
    head = _head(t("wait.pay", amount=PaymentState.amount), t("wait.pay_text"))
    return rx.fragment(head, _what(), _never_twice())


def _bank() -> rx.Component:
    nodes = [Node(t("wait.at_bank"), "now", icon="loader"), Node(t("wait.then_held"), "todo")]
    head = _head(t("wait.bank", amount=PaymentState.amount), t("wait.bank_text"))
    return rx.fragment(
        head, timeline(nodes), note(t("wait.do_not_pay_again"), "warn", "triangle-alert"), _never_twice()
    )


def _failed() -> rx.Component:
    head = _head(t("wait.failed"), words(PaymentState.reason))
    safe = rx.cond(PaymentState.nothing_left, t("wait.failed_nothing"), t("wait.failed_safe"))
    return rx.fragment(head, note(safe, "err", role="alert"), _what())


def _held() -> rx.Component:
    return rx.fragment(rail(PaymentState.rail), refund_notes(PaymentState.refunds), _facts())


def _facts() -> rx.Component:
    return facts_of(
        PaymentState.facts,
        rx.el.a(
            icon("download"), t("gave.receipt"), href=PaymentState.receipt_href, download="", target="_blank",
            class_name="btn btn-quiet",
        ),
        rx.el.a(icon("wallet"), t("nav.money"), href=routes.MY_MONEY, class_name="btn btn-quiet"),
    )  # fmt: skip


def _held_band() -> rx.Component:
    said = rx.el.div(
        stone(icon("lock", 24), size="l"),
        rx.el.div(rx.el.h1(words(PaymentState.headline), class_name="t-h1"), role="status"),
        rx.el.p(words(PaymentState.thanks), class_name="soft"),
        rx.el.div(kerb(PaymentState.percent, PaymentState.kerb), class_name="self-stretch mx-2 mt-1"),
        class_name="narrow flex flex-col items-center gap-3 text-center",
    )
    return rx.el.section(said, class_name="pt-8 pb-5 bg-genda-50 border-b border-genda-100")


def _late_band() -> rx.Component:
    said = rx.el.div(
        rx.el.span(icon("undo-2", 24), class_name="stone stone-l", style={"--cap": "var(--color-neel-600)"}),
        rx.el.div(rx.el.h1(words(PaymentState.headline), class_name="t-h1"), role="status"),
        rx.el.p(t("wait.late_text"), class_name="soft"),
        class_name="narrow flex flex-col items-center gap-3 text-center",
    )
    return rx.el.section(said, class_name="pt-8 pb-5 bg-neel-50 border-b border-neel-100")


def _late() -> rx.Component:
    return rx.fragment(refund_notes(PaymentState.refunds), rail(PaymentState.rail), _facts())


def _skeleton() -> rx.Component:
    return loading(
        rx.el.div(
            skeleton("h-16 w-full"), skeleton("h-40 w-full"), skeleton("h-20 w-full"), class_name="flex flex-col gap-4"
        )
    )


def _body() -> rx.Component:
    preparing = rx.cond(PaymentState.problem == "", loading(skeleton("h-40 w-full")))
    gone = empty_state(
        t("wait.gone"), t("wait.gone_more"), icon_name="search", whole=True,
        action=link_button(t("nav.money"), routes.MY_MONEY),
    )  # fmt: skip
    lapsed = empty_state(
        t("wait.lapsed"), t("wait.lapsed_more"), icon_name="hourglass", whole=True,
        action=link_button(t("wait.start_again"), PaymentState.fund_href),
    )  # fmt: skip
    return rx.match(
        PaymentState.stage,
        ("prepare", rx.fragment(_head(t("wait.preparing"), PaymentState.title), preparing, _what())),
        ("pay", _pay()),
        ("bank", _bank()),
        ("failed", _failed()),
        ("held", _held()),
        ("late", _late()),
        ("lapsed", lapsed),
        ("gone", gone),
        _skeleton(),
    )


def _pay_dock() -> rx.Component:
    """One payment window for all undecided states, so that it survives a change of words around it."""
    label = rx.match(
        PaymentState.stage,
        ("failed", t("state.retry")),
        ("bank", t("wait.not_approved")),
        t("wait.pay", amount=PaymentState.amount),
    )
    main, quiet = "btn btn-lg btn-block", "btn btn-quiet btn-block"
    window = checkout(
        label,
        script_url=PaymentState.script_url,
        key_id=PaymentState.key_id,
        order_id=PaymentState.order_id,
        confirm_url=routes.contribution_door(PaymentState.paying_id) + "/confirm",
        amount_paise=PaymentState.amount_paise,
        prefill=PaymentState.prefill,
        description=PaymentState.title,
        auto_open=PaymentState.opens_itself,
        on_done=PaymentState.done,
        on_closed=PaymentState.closed,
        class_name=rx.cond(PaymentState.stage == "bank", quiet, main),
    )
    again = button(
        t("wait.look_again"), kind="line", block=True, busy=PaymentState.looking, busy_label=t("wait.looking"),
        on_click=PaymentState.watch,
    )  # fmt: skip
    promise = rx.el.p(t("wait.no_extra"), class_name="t-sm mute text-center")
    return rx.el.div(
        rx.el.div(
            rx.cond(PaymentState.stage == "bank", again),
            window,
            rx.cond(PaymentState.stage == "bank", rx.fragment(), promise),
            rx.el.p(t("fund.offline"), class_name="hint text-center only-off"),
            class_name="narrow px-0 flex flex-col gap-2",
        ),
        class_name="dock",
    )


def _held_dock() -> rx.Component:
    ask = share_words(
        t("wait.ask_neighbour", amount=PaymentState.missing), PaymentState.campaign_href, "btn btn-sun btn-lg btn-block"
    )
    see = link_button(t("fund.to_campaign"), PaymentState.campaign_href, size="l", block=True)
    main = rx.cond((PaymentState.missing != "") & (PaymentState.stage == "held"), ask, see)
    return rx.el.div(rx.el.div(main, class_name="narrow px-0"), class_name="dock")


def _dock() -> rx.Component:
    docks = rx.match(
        PaymentState.stage,
        ("held", _held_dock()),
        ("late", _held_dock()),
        ("lapsed", rx.fragment()),
        ("gone", rx.fragment()),
        ("", rx.fragment()),
        _pay_dock(),
    )
    return rx.cond(CurrentUserState.signed_in & PaymentState.loaded, docks)


def page() -> rx.Component:
    """The page."""
    settled = (PaymentState.stage == "held") | (PaymentState.stage == "late")
    band = rx.match(PaymentState.stage, ("held", _held_band()), ("late", _late_band()), rx.fragment())
    inside = rx.el.div(_trouble(), _body(), class_name="narrow py-4 flex flex-col gap-4")
    content = rx.cond(
        CurrentUserState.signed_in & PaymentState.loaded,
        rx.fragment(band, inside),
        rx.el.div(_skeleton(), class_name="narrow py-4"),
    )
    title = rx.cond(settled, t("gave.receipt"), t("wait.pay", amount=PaymentState.amount))
    return citizen_page(content, active="money", title=title, back=PaymentState.campaign_href, dock=_dock())
