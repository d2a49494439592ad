"""One campaign: its photo, its money, its people, what happened and what comes; it changes by itself."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, closes, link_button, opens
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.islands.live import page_title
from cleanit_app.components.navigation import CITIZEN, bottom_bar, share_button
from cleanit_app.components.overlays import dialog
from cleanit_app.components.text import t, words
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.campaign import view as parts
from cleanit_app.pages.public.campaign.state import CampaignState
from cleanit_app.pages.public.dispute_form import dispute_link
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.campaign("[campaign_id]"), "title.cleanup"
CANCEL_DIALOG = "cancel-cleanup"


ON_LOAD = [CurrentUserState.arrive, CampaignState.load]
view: Any = CampaignState.view


def _mine() -> rx.Component:
    """Where the own money is, in the colour of where it is."""
    said = words(CampaignState.mine)
    return rx.match(
        CampaignState.mine_tone,
        ("warn", note(said, "warn", "wallet")),
        ("ok", note(said, "ok", "wallet")),
        ("refund", note(said, "refund", "wallet")),
        ("err", note(said, "err", "wallet")),
        rx.fragment(),
    )


def _cancel() -> rx.Component:
    ask = dialog(
        CANCEL_DIALOG,
        t("campaign.cancel_ask"),
        rx.el.p(t("campaign.cancel_text"), class_name="soft mb-4"),
        rx.el.div(
            button(
                t("campaign.cancel_yes"),
                kind="danger",
                block=True,
                on_click=CampaignState.cancel,
                custom_attrs=closes(),
            ),
            button(t("campaign.cancel_no"), kind="quiet", block=True, custom_attrs=closes()),
            class_name="flex flex-col gap-2",
        ),
    )
    press = button(
        t("campaign.cancel"),
        kind="danger",
        block=True,
        busy=CampaignState.busy,
        busy_label=t("campaign.cancel_busy"),
        custom_attrs=opens(CANCEL_DIALOG),
    )
    return rx.cond(view.may_cancel | CampaignState.busy, rx.fragment(press, ask), rx.fragment())


def _problem() -> rx.Component:
    refused = note(words(CampaignState.problem), "err", role="alert")
    shown = (CampaignState.problem != "") & ~view.may_dispute  # else it stands in the sheet
    return rx.cond(shown, refused, rx.fragment())


def _dock() -> rx.Component:
    """The main action under the thumb; without one the usual bar."""
    bar = bottom_bar(CITIZEN, "discover")
    acts = rx.match(
        view.dock,
        ("give", parts.dock(parts.give(view))),
        ("own", parts.dock(parts.own())),
        rx.cond(
            view.again_href != "",
            parts.dock(parts.again(view)),
            rx.cond(view.work_href != "", parts.dock(parts.work(view)), bar),
        ),
    )
    return rx.cond(CampaignState.loaded & ~CampaignState.missing, acts, bar)


def _waiting() -> rx.Component:
    lines = [
        skeleton("h-7 w-40"),
        skeleton("h-8 w-full"),
        skeleton("h-9 w-1/2"),
        skeleton("h-3.5 w-full"),
        skeleton("h-24"),
    ]
    shape = rx.el.div(
        skeleton("aspect-[16/11] w-full rounded-none lg:rounded-xl"),
        rx.el.div(*lines, class_name="pad lg:p-0 flex flex-col gap-4"),
        class_name="lg:wide lg:grid lg:grid-cols-[minmax(0,1fr)_420px] lg:gap-10 lg:py-8",
    )
    return loading(shape)


def _missing() -> rx.Component:
    others = link_button(t("campaign.others"), routes.DISCOVER)
    nothing = empty_state(
        t("campaign.missing"), t("campaign.missing_text"), icon_name="search", action=others, whole=True
    )
    return rx.el.div(nothing, class_name="narrow")


def _shown() -> rx.Component:
    pictures = parts.picture(view, rx.cond(CampaignState.joy != "", view.id, ""))
    main = rx.el.div(
        parts.head(view),
        _problem(),
        rx.el.div(parts.wide_action(view), class_name="hidden lg:block"),
        rx.el.hr(class_name="border-chuna-200"),
        parts.about(view),
        parts.money(view),
        rx.cond(CampaignState.joy != "", note(words(CampaignState.joy), "ok", "badge-check"), rx.fragment()),
        _mine(),
        rx.cond(view.money.paid, parts.share(main=True), rx.fragment()),
        class_name="px-4 lg:px-0 flex flex-col gap-4 lg:col-start-2 lg:row-start-1 lg:row-span-2 min-w-0",
    )
    drawn = (CampaignState.points, CampaignState.names, CampaignState.tiles)
    where = parts.place(view, CampaignState.map_open, *drawn, CampaignState.show_map)
    rest = rx.el.div(
        parts.steps(view),
        dispute_link(CampaignState),
        parts.neighbours(view),
        where,
        rx.cond((view.dock == "own") | view.money.paid | ~view.shown_to_all, rx.fragment(), parts.share()),
        _cancel(),
        class_name="px-4 lg:px-0 flex flex-col gap-6 lg:col-start-1 lg:row-start-2 min-w-0",
    )
    return rx.el.div(
        rx.el.div(
            pictures,
            class_name="lg:col-start-1 lg:row-start-1 min-w-0",
        ),
        main,
        rest,
        class_name="w-full max-w-[1232px] mx-auto lg:px-4 flex flex-col gap-5 pb-8 lg:py-8 "
        "lg:grid lg:grid-cols-[minmax(0,1fr)_420px] lg:grid-rows-[auto_1fr] lg:gap-x-10 lg:gap-y-8 lg:items-start",
    )


def page() -> rx.Component:
    """The page."""
    content = rx.cond(CampaignState.loaded, rx.cond(CampaignState.missing, _missing(), _shown()), _waiting())
    name = rx.cond(view.title != "", view.title + " · Cleanit", "")
    return citizen_page(
        rx.fragment(page_title(name), content),
        active="discover",
        title=view.title,
        back=routes.DISCOVER,
        right=rx.cond(view.shown_to_all, share_button()),
        dock=_dock(),
    )
