"""The pieces of a campaign's page; each draws from a Var of CampaignView."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.chips import state_chip
from cleanit_app.components.feedback import note
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.before_after import before_after
from cleanit_app.components.islands.distance import how_far
from cleanit_app.components.islands.maps import map_view
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount, split_bar
from cleanit_app.components.navigation import back_link, help_button, share_button
from cleanit_app.components.photos import avatar, large_pair, photo, plate
from cleanit_app.components.progress import Disc, kerb, money_rail, timeline_of
from cleanit_app.components.text import t, words

SIZES = "(min-width: 1024px) 750px, 100vw"
SHAPE = "aspect-[16/11] lg:aspect-[16/10] lg:rounded-xl"


def picture(view: Any, wipe: Any = "") -> rx.Component:
    """The photo with its plate, or both photos once the place is cleaned."""
    sign = plate(view.place, large=True, class_name="absolute left-4 bottom-3.5 max-w-[calc(100%-32px)]")
    plain = photo(
        view.before, view.before_alt, sized=True, ratio=SHAPE, sizes=SIZES, first=True, opens=True, children=(sign,)
    )
    slider = before_after(
        view.before,
        view.after,
        before_alt=view.before_alt,
        after_alt=view.after_alt,
        before_label=view.before_label,
        after_label=view.after_label,
        start=44,
        wipe=wipe,
        sized=True,
        sizes=SIZES,
        class_name=SHAPE,
    )
    buttons = rx.el.div(
        back_link(routes.DISCOVER, class_name="hero-btn"),
        rx.el.div(
            rx.cond(view.shown_to_all, share_button(class_name="hero-btn")),
            help_button(class_name="hero-btn"),
            class_name="flex gap-2",
        ),
        class_name="fly",
    )
    both = rx.el.div(large_pair(view.before, view.after), class_name="px-4 lg:px-0 pt-3")
    return rx.el.div(rx.cond(view.after != "", rx.fragment(slider, both), plain), buttons, class_name="relative")


def head(view: Any) -> rx.Component:
    """State, name, money and kerb, with the sentence that says what comes."""
    top = rx.el.div(
        state_chip("campaign", view.chip),
        rx.cond(
            view.time != "",
            rx.el.span(icon("clock", 16), words(view.time), class_name="t-sm soft flex items-center gap-1"),
            rx.fragment(),
        ),
        class_name="flex items-center justify-between gap-3 flex-wrap",
    )
    figures = rx.el.div(
        amount(view.raised, "xl"),
        rx.el.span(
            rx.el.span(words(view.of), class_name="block num"),
            rx.el.span(words(view.contributors), class_name="block"),
            class_name="soft text-right leading-tight",
        ),
        class_name="flex flex-wrap items-end justify-between gap-x-3 mt-1",
    )
    word = rx.match(
        view.word_tone,
        ("warn", note(words(view.word), "warn", "hourglass")),
        ("err", note(words(view.word), "err")),
        ("refund", note(words(view.word), "refund")),
        rx.cond(view.word != "", note(words(view.word)), rx.fragment()),
    )
    plate_here = rx.cond(
        view.after != "",
        rx.el.p(icon("map-pin", 16), view.place, class_name="t-sm soft flex items-center gap-1"),
        rx.fragment(),
    )
    return rx.el.div(
        top,
        rx.el.h1(view.title, class_name="text-[1.6875rem] leading-[1.1] lg:text-[2rem] [overflow-wrap:anywhere]"),
        plate_here,
        word,
        rx.cond(view.money.paid, rx.fragment(), figures),
        kerb(view.percent, view.kerb),
        _line(view),
        class_name="flex flex-col gap-3.5",
    )


def _line(view: Any) -> rx.Component:
    ahead = rx.el.p(
        icon("circle-check"),
        rx.el.span(words(view.line)),
        class_name="row-t text-[.9375rem] text-mor-700 font-semibold",
    )
    plain = rx.el.p(words(view.line), class_name="text-[.9375rem] soft")
    said = rx.cond(view.ahead | (view.kerb == "full"), ahead, plain)
    return rx.cond(view.line != "", rx.el.div(said, role="status"), rx.fragment())


def about(view: Any) -> rx.Component:
    """Who started it and what they wrote."""
    who = rx.el.div(
        rx.cond(view.creator_letters != "", avatar(view.creator_letters), rx.fragment()),
        rx.el.div(
            rx.el.div(words(view.creator), class_name="b"),
            rx.el.div(words(view.posted), class_name="t-sm mute"),
            class_name="grow min-w-0",
        ),
        class_name="flex items-center gap-3",
    )
    story = rx.el.p(view.story, class_name="soft whitespace-pre-line [overflow-wrap:anywhere]")
    corrected = rx.el.p(icon("history", 16), words(view.corrected), class_name="t-sm mute row-t")
    correct = link_button(t("campaign.correct"), view.correct_href, kind="line", icon_name="pencil", block=True)
    return rx.el.section(
        who,
        story,
        rx.cond(view.corrected != "", corrected, rx.fragment()),
        rx.cond(view.correct_href != "", correct, rx.fragment()),
        class_name="flex flex-col gap-4",
    )


def money(view: Any) -> rx.Component:
    """Where the money is, and once it is paid, where it went."""
    shown = rx.cond(view.money.paid, _went(view), _where(view))
    return rx.cond((view.money.third != "") | view.money.paid, shown, rx.fragment())


def _chip(view: Any) -> rx.Component:
    return rx.match(
        view.money.chip,
        ("HELD", state_chip("escrow", "HELD")),
        ("RELEASED", state_chip("escrow", "RELEASED")),
        ("REFUNDED", state_chip("escrow", "REFUNDED")),
        ("REFUNDING", state_chip("refund", "PROCESSING")),
        rx.fragment(),
    )


def _where(view: Any) -> rx.Component:
    m = view.money

    def rail(second: str, third: str) -> rx.Component:
        return money_rail(
            [
                Disc(words(m.first), "lock", m.first_state),
                Disc(words(m.second), second, m.second_state),
                Disc(words(m.third), third, m.third_state),
            ]
        )

    title = rx.cond(m.goes_back, t("campaign.where_back"), t("campaign.where"))
    discs = rx.cond(m.goes_back, rail("clock-alert", "undo-2"), rail("camera", "indian-rupee"))
    split = rx.cond(m.goes_back, rx.fragment(), split_bar(m.to_cleaner, m.to_run, m.fee_bps))
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, class_name="t-h3"),
            _chip(view),
            class_name="flex items-center justify-between gap-2 flex-wrap",
        ),
        discs,
        rx.cond(m.note != "", rx.el.p(words(m.note), class_name="t-sm soft"), rx.fragment()),
        split,
        _own_contribution(view, "rounded-md px-3.5 py-2.5 -mx-1"),
        class_name="card pad flex flex-col gap-4",
    )


def _went(view: Any) -> rx.Component:
    m = view.money

    def row(face: rx.Component, name: Any, what: Any, value: Any) -> rx.Component:
        said = rx.el.div(
            rx.el.div(name, class_name="b"), rx.el.div(what, class_name="t-sm mute"), class_name="grow min-w-0"
        )
        return rx.el.li(face, said, amount(value, "s"), class_name="flex items-center gap-3")

    linked = rx.el.a(words(m.cleaner), href=m.cleaner_href, class_name="link min-h-[44px] inline-flex items-center")
    named = rx.cond(m.cleaner_href != "", linked, words(m.cleaner))
    shop = rx.el.span(icon("store", 16), class_name="avatar", aria_hidden="true")
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("campaign.went", total=m.total), class_name="t-h3"),
            rx.el.ul(
                row(avatar(m.cleaner_letters, paid=True), named, words(m.paid_note), m.to_cleaner),
                row(shop, t("campaign.fee", percent=m.fee_percent), t("campaign.fee_note"), m.to_run),
                class_name="flex flex-col gap-3 mt-3",
            ),
            class_name="pad",
        ),
        _own_contribution(view, "px-4 py-3"),
        class_name="card",
    )


def _own_contribution(view: Any, room: str) -> rx.Component:
    """One's own share in it, with the receipt."""
    line = rx.el.div(
        rx.el.span(icon("circle-check"), rx.el.span(words(view.own_contribution)), class_name="b row"),
        rx.el.a(
            t("campaign.receipt"),
            href=view.contribution_href,
            class_name="link min-h-[44px] inline-flex items-center text-inherit",
        ),
        class_name=f"flex items-center justify-between gap-3 bg-neem-50 text-neem-700 {room}",
    )
    return rx.cond(view.own_contribution != "", line, rx.fragment())


def steps(view: Any) -> rx.Component:
    """The timeline."""
    over = (view.status == "CLOSED") | (view.status == "EXPIRED") | (view.status == "CANCELLED")
    title = rx.cond(over, t("campaign.happened"), t("campaign.happens"))
    return rx.el.section(rx.el.h2(title, class_name="t-h3 mb-3"), timeline_of(view.steps))


def neighbours(view: Any) -> rx.Component:
    """Who gave, newest first; who hid the name stays hidden."""

    def one(contributor: Any) -> rx.Component:
        face = rx.cond(
            contributor.letters != "", avatar(contributor.letters), rx.el.span(icon("user", 16), class_name="avatar")
        )
        said = rx.el.div(
            rx.el.div(words(contributor.name), class_name="b"),
            rx.el.div(words(contributor.when), class_name="t-sm mute"),
            class_name="grow min-w-0",
        )
        return rx.el.li(face, said, amount(contributor.amount, "s"), class_name="flex items-center gap-3 py-2.5")

    more = rx.el.details(
        rx.el.summary(
            words(view.all_neighbours), class_name="link min-h-[44px] inline-flex items-center cursor-pointer"
        ),
        rx.el.ul(each(view.more_neighbours, one)),
    )
    listed = rx.el.section(
        rx.el.h2(t("campaign.neighbours"), class_name="t-h3 mb-1"),
        rx.el.ul(each(view.neighbours, one), class_name="divide-y divide-chuna-200"),
        rx.cond(view.more_neighbours.length() > 0, more, rx.fragment()),
    )
    return rx.cond(view.neighbours.length() > 0, listed, rx.fragment())


def place(view: Any, is_open: Any, points: Any, names: Any, tiles: Any, show: Any) -> rx.Component:
    """The address; the map only when somebody asks for it."""
    drawn = map_view(points, names=names, tile_url=tiles[0], attribution=tiles[1], class_name="h-64 rounded-lg")
    ask = button(t("campaign.show_map"), kind="line", icon_name="map", block=True, on_click=show)
    return rx.el.section(
        rx.el.h2(t("campaign.place"), class_name="t-h3"),
        rx.el.p(icon("map-pin"), rx.el.span(view.address), class_name="row-t soft"),
        how_far(view.latitude, view.longitude),
        rx.cond(is_open, drawn, ask),
        class_name="flex flex-col gap-3",
    )


def share(main: bool = False) -> rx.Component:
    """Shares by the phone's own sheet; copies the link where there is none, and says so."""
    return rx.el.button(
        icon("share-2"),
        rx.el.span(t("campaign.share"), class_name="rest"),
        rx.el.span(t("campaign.copied"), class_name="done-word", role="status"),
        class_name="btn btn-block" if main else "btn btn-line btn-block",
        type="button",
        custom_attrs={"data-share": ""},
    )


def give(view: Any) -> rx.Component:
    """What is missing and the way to give it."""
    return rx.el.div(
        rx.el.div(
            amount(view.missing, "m", "block"),
            rx.el.div(t("campaign.to_go"), class_name="t-sm mute mt-1"),
            class_name="leading-none",
        ),
        link_button(t("campaign.chip_in"), view.fund_href, size="l", class_name="grow"),
        class_name="flex items-center gap-3",
    )


def own() -> rx.Component:
    """Why the one who started it cannot pay, and what helps instead."""
    return rx.el.div(rx.el.p(t("campaign.own"), class_name="t-sm soft"), share(), class_name="flex flex-col gap-2.5")


def again(view: Any) -> rx.Component:
    """The way on after a no: the start form, filled with what was sent."""
    return link_button(
        rx.cond(view.declined, t("campaign.put_right"), t("campaign.start_again")),
        view.again_href,
        size="l",
        block=True,
        icon_name="refresh-cw",
    )


def work(view: Any) -> rx.Component:
    """The way to the job, for a cleaner."""
    mine = view.work_href.startswith(routes.WORK)
    return link_button(
        rx.cond(mine, t("campaign.my_job"), t("campaign.take_job")),
        view.work_href,
        size="l",
        block=True,
        icon_name="hand",
    )


def dock(content: rx.Component) -> rx.Component:
    """The action at the bottom of a phone's screen."""
    return rx.el.div(content, class_name="dock lg:hidden")


def wide_action(view: Any) -> rx.Component:
    """The same action in the column of a wide screen."""
    return rx.match(
        view.dock,
        ("give", give(view)),
        ("own", own()),
        rx.cond(view.again_href != "", again(view), rx.cond(view.work_href != "", work(view), rx.fragment())),
    )
