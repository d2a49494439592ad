"""One campaign for admins: marks and neighbours, held job, money with its ways, givers, history (CAM-06, JOB-08)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table, flag
from cleanit_app.components.buttons import Kind, button, link_button, opens
from cleanit_app.components.chips import state_chip
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import money_field, text_area
from cleanit_app.components.islands.maps import map_view
from cleanit_app.components.lists import each
from cleanit_app.components.money import facts
from cleanit_app.components.navigation import back_link
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import photo
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.pages.admin.review.campaign.state import CampaignDeskState
from cleanit_app.pages.admin.review.end_campaign import stop_button, stop_dialog
from cleanit_app.pages.frame import admin_page
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.admin_campaign("[campaign_id]"), "title.campaign_desk"
ON_LOAD = [CurrentUserState.arrive_signed_in, CampaignDeskState.load]
STATES = tuple(s.value for s in CampaignStatus)
DECLINE, SPAM, RELIST, MARK = "desk-decline", "desk-spam", "desk-relist", "desk-mark"
REASON_LENGTH = 500


def _chip(state: Any) -> rx.Component:
    return rx.match(state, *[(s, state_chip("campaign", s)) for s in STATES], rx.fragment())


def _head() -> rx.Component:
    view = CampaignDeskState.view
    return rx.el.div(
        back_link(routes.ADMIN_CAMPAIGNS, t("admin.campaigns")),
        rx.el.div(
            rx.el.h1(rx.el.a(view.title, href=view.href, class_name="link"), class_name="t-h1 break-words"),
            rx.el.p(view.address, class_name="soft break-words"),
            rx.el.p(rx.el.a(words(view.creator), href=view.creator_href, class_name="link t-sm"), " ",
                    rx.el.span(view.started, class_name="t-sm mute")),
            rx.el.div(_chip(view.state), class_name="mt-2"),
            class_name="grow min-w-0",
        ),
        class_name="flex items-start gap-3",
    )  # fmt: skip


def _problem() -> rx.Component:
    general = (CampaignDeskState.problem != "") & (CampaignDeskState.field_problems.length() == 0)
    return rx.cond(general, note(words(CampaignDeskState.problem), "err", role="alert"), rx.fragment())


def _acts() -> rx.Component:
    view = CampaignDeskState.view

    def act(label: str, kind: Kind, goal: str) -> rx.Component:
        return button(t(label), kind=kind, size="s", custom_attrs=opens(goal))

    approve = button(t("drafts.approve"), kind="ok", size="s", icon_name="check", on_click=CampaignDeskState.approve,
                     busy=CampaignDeskState.busy == "approve", busy_label=t("drafts.approving"))  # fmt: skip
    check = link_button(t("campaign_desk.check"), view.check_href, kind="line", size="s")
    may = rx.fragment(
        rx.cond(view.draft, rx.fragment(approve, act("drafts.decline", "danger", DECLINE)), rx.fragment()),
        rx.cond(view.stuck != "", act("held.relist", "ok", RELIST), rx.fragment()),
        rx.cond(view.spam, act("campaign_desk.spam_away", "line", SPAM), rx.fragment()),
        act("held.mark", "line", MARK),
        stop_button(view.id, view.title, view.state),
    )
    return rx.el.div(
        rx.cond(view.own, note(t("check.own"), "warn"), may),
        rx.cond(view.check_href != "", check, rx.fragment()),
        class_name="flex flex-wrap gap-2.5 mt-4",
    )


def _marks() -> rx.Component:
    view = CampaignDeskState.view
    return rx.el.div(
        rx.cond(view.stuck != "", note(rx.fragment(words(view.stuck), " ", words(view.pay)), "warn"), rx.fragment()),
        rx.cond(view.problem != "", note(view.problem, "warn", "flag"), rx.fragment()),
        rx.cond(view.spam, flag(t("drafts.spam"), t("drafts.spam_why")), rx.fragment()),
        class_name="flex flex-col gap-2.5 mt-4",
    )


def _neighbours() -> rx.Component:
    def one(near: Any) -> rx.Component:
        return rx.el.article(
            photo(near.photo, near.alt, sized=True, opens=True, ratio="aspect-[4/3]", sizes="220px"),
            rx.el.div(
                rx.el.h3(rx.el.a(near.title, href=near.href, class_name="link"), class_name="t-h3"),
                rx.el.p(words(near.line), class_name="t-sm mute my-1"),
                _chip(near.state),
                class_name="pad",
            ),
            class_name="card",
        )

    listed = rx.el.div(each(CampaignDeskState.neighbours, one), class_name="grid gap-4 sm:grid-cols-2 xl:grid-cols-3")
    shown = rx.cond(
        CampaignDeskState.neighbours.length() > 0, listed, rx.el.p(t("campaign_desk.alone"), class_name="soft")
    )
    return rx.el.section(rx.el.h2(t("campaign_desk.neighbours"), class_name="t-h2 mb-3"), shown)


def _money() -> rx.Component:
    view = CampaignDeskState.view
    ways = rx.el.div(
        rx.el.a(t("admin.payouts"), href=routes.ADMIN_PAYOUTS, class_name="link t-sm"),
        rx.el.a(t("admin.refunds"), href=routes.ADMIN_REFUNDS, class_name="link t-sm"),
        class_name="flex flex-wrap gap-4 mt-3",
    )
    return rx.el.section(
        rx.el.h2(t("campaign_desk.money"), class_name="t-h3 mb-2"),
        rx.el.p(words(view.raised), class_name="b mb-2"),
        facts([
            (t("money.held"), view.held), (t("campaign_desk.owed"), view.owed), (t("money.paid_out"), view.paid_out),
            (t("money.refunded"), view.refunded), (t("campaign_desk.refunding"), view.refunding),
            (t("campaign_desk.fee"), view.fee),
        ]),
        ways,
        class_name="card pad",
    )  # fmt: skip


def _photos() -> rx.Component:
    view = CampaignDeskState.view

    def side(src: Any, label: str, key: str, mark: str) -> rx.Component:
        name = rx.el.span(t(label), class_name=f"lab {mark}")
        return photo(src, attr(key, place=view.address), sized=True, opens=True, ratio="aspect-[4/3] rounded-md",
                     children=(name,))  # fmt: skip

    after = rx.cond(view.after != "", side(view.after, "photo.after", "work.photo_after", "r"), rx.fragment())
    return rx.el.div(
        rx.el.p(view.story, class_name="whitespace-pre-line break-words mb-3"),
        rx.el.div(side(view.before, "photo.before", "work.photo_before", "l"), after,
                  class_name="grid sm:grid-cols-2 gap-3"),
        rx.cond(view.marketing != "", rx.el.p(words(view.marketing), class_name="t-sm soft mt-2"), rx.fragment()),
        map_view(CampaignDeskState.points, class_name="h-64 rounded-lg mt-3"),
        class_name="card pad",
    )  # fmt: skip


def _table(title: str, rows: Any, amount: bool) -> rx.Component:
    def cells(row: Any) -> list[Any]:
        who = rx.cond(row.who_href != "", rx.el.a(row.who, href=row.who_href, class_name="link"), rx.el.span(row.who))
        what = rx.fragment(
            rx.el.span(words(row.what)),
            rx.cond(
                row.more != "",
                rx.el.p(row.more, class_name="t-sm mute whitespace-pre-line [overflow-wrap:anywhere]"),
                rx.fragment(),
            ),
        )
        return [row.when, what, who, *([row.amount] if amount else [])]

    names = ("when", "what", "who", "amount") if amount else ("when", "what", "who")
    heads = [t("campaign_desk.who") if name == "who" else t(f"person.col.{name}") for name in names]
    return data_table(t(title), heads, rows, cells, right=(3,) if amount else (), empty=t("person.empty"), headed=True)


def _note_form() -> rx.Component:
    return rx.el.form(
        text_area("note", t("person.note"), hint=t("campaign_desk.note_hint"), max_length=LIMITS.desk_note_length[1],
                  error=CampaignDeskState.field_problems["note"]),
        button(t("person.note_add"), kind="line", type="submit", class_name="mt-3",
               busy=CampaignDeskState.busy == "note", busy_label=t("people.working")),
        on_submit=CampaignDeskState.add_note,
        no_validate=True,
        key="note-" + CampaignDeskState.turn.to_string(),
        class_name="card pad max-w-[720px]",
    )  # fmt: skip


def _dialogs() -> rx.Component:
    def form(goal: str, means: str, field: str, label: str, send: str, kind: Kind, act: str, then: Any) -> rx.Component:
        return dialog(goal, t(send), rx.el.form(
            rx.el.p(CampaignDeskState.view.title, class_name="b mb-2"),
            rx.el.p(t(means), class_name="t-sm soft mb-3"),
            _problem(),
            text_area(field, t(label), max_length=REASON_LENGTH, id=f"{goal}-text",
                      error=CampaignDeskState.field_problems[field]),
            button(t(send), kind=kind, size="l", block=True, type="submit", class_name="mt-4",
                   busy=CampaignDeskState.busy == act, busy_label=t("people.working")),
            on_submit=then,
            no_validate=True,
        ))  # fmt: skip

    again = rx.el.form(
        rx.el.p(CampaignDeskState.view.title, class_name="b mb-2"),
        _problem(),
        money_field("pay", t("held.new_pay"), hint=t("held.new_pay_hint"),
                    error=CampaignDeskState.field_problems["pay"]),
        button(t("held.relist_now"), kind="ok", size="l", block=True, type="submit", class_name="mt-4",
               busy=CampaignDeskState.busy == "relist", busy_label=t("people.working")),
        on_submit=CampaignDeskState.relist,
        no_validate=True,
    )  # fmt: skip
    state = CampaignDeskState
    return rx.el.div(
        form(DECLINE, "drafts.reason_hint", "reason", "drafts.reason", "drafts.decline_now", "danger", "decline",
             state.decline),
        form(SPAM, "campaign_desk.spam_means", "reason", "drafts.reason", "campaign_desk.spam_away", "ok", "spam",
             state.put_away),
        form(MARK, "held.problem_hint", "problem", "held.problem", "held.mark_now", "main", "mark", state.mark),
        dialog(RELIST, t("held.relist"), again),
        key="desk-" + state.turn.to_string(),
    )  # fmt: skip


def _shown() -> rx.Component:
    return rx.fragment(
        _head(),
        _marks(),
        rx.el.div(_problem(), class_name="mt-3"),
        _acts(),
        rx.el.div(_photos(), _money(), class_name="grid gap-4 mt-5 lg:grid-cols-[minmax(0,1fr)_340px] items-start"),
        rx.el.div(_neighbours(), class_name="mt-8"),
        rx.el.section(
            rx.el.h2(t("campaign_desk.givers"), class_name="t-h2 mt-8 mb-3"),
            _table("campaign_desk.givers", CampaignDeskState.contributions, True),
        ),
        rx.el.section(
            rx.el.h2(t("campaign_desk.history"), class_name="t-h2 mt-8 mb-3"),
            _table("campaign_desk.history", CampaignDeskState.history, False),
            rx.el.div(_note_form(), class_name="mt-4"),
        ),
        _dialogs(),
        stop_dialog(),
    )


def page() -> rx.Component:
    """The page."""
    back = link_button(t("admin.campaigns"), routes.ADMIN_CAMPAIGNS, kind="line")
    missing = empty_state(
        t("campaign_desk.missing"), t("fraud.missing_more"), icon_name="map-pinned", action=back, whole=True
    )
    body = rx.el.div(
        rx.cond(
            CampaignDeskState.loaded,
            rx.cond(CampaignDeskState.missing, missing, _shown()),
            loading(skeleton("h-16 w-2/3"), skeleton("h-64 w-full mt-4")),
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="campaigns", refused=CampaignDeskState.refused)
