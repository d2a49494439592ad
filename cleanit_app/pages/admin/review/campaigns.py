"""Cleanups to approve, and every cleanup by its state (CAM-06, CAM-09)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table, flag
from cleanit_app.components.buttons import button, opens
from cleanit_app.components.chips import chip, state_chip
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import pill, pills, text_area
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.maps import map_view
from cleanit_app.components.lists import each
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import photo
from cleanit_app.components.text import t, words
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, day, rupees
from cleanit_app.pages.admin.review.end_campaign import stop_button, stop_dialog
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.campaigns.campaign_desk import MarkedCampaign, marked_campaigns
from cleanit_app.reads.campaigns.campaigns import (
    CampaignCard,
    DiscoverSort,
    WaitingCampaign,
    campaigns_waiting,
    discover,
)
from cleanit_app.services.campaigns.campaigns import approve_campaign, decline_campaign
from cleanit_app.state.admin_desk import DeskState, as_id, row_of
from cleanit_app.state.cards import shown_status
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_CAMPAIGNS, "admin.campaigns"
DECLINE = "decline"
STATES = tuple(s.value for s in CampaignStatus if s is not CampaignStatus.DRAFT)
DRAFTS, PAGE_SIZE, REASON_LENGTH = 30, 30, 500
MARKED = "MARKED"  # the filter that shows possible spam


@dataclass(frozen=True)
class DraftView:
    """A cleanup that waits for approval."""

    id: str
    title: str
    href: str
    story: str
    address: str
    photo: str
    alt: str
    target: str
    creator: str
    sent: str
    spam: bool
    nearby: str
    near: bool
    own: bool
    corrections: int
    points: list[dict[str, Any]]


@dataclass(frozen=True)
class CampaignRow:
    """A cleanup in the list."""

    id: str
    href: str
    title: str
    address: str
    state: str
    raised: str
    contributors: int
    started: str


class CampaignsState(DeskState, rx.State):
    """Drafts and the list of one state."""

    drafts: list[DraftView] = []
    rows: list[CampaignRow] = []
    chosen: str = ""
    cursor: str = ""
    map_of: str = ""
    declining: str = ""
    declining_title: str = ""

    @rx.event
    async def load(self) -> None:
        """Read drafts and list; hear of new ones."""
        self._hear_everything(CampaignsState.refresh)
        self.busy, self.busy_row, self.map_of = False, "", ""
        self._clear_problems()
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    async def _read(self) -> None:
        page = await self._ask_here(campaigns_waiting, limit=DRAFTS)
        if page is None:
            return
        now = self._parts().clock.now()
        self.drafts = page.each(lambda one: _draft(one, now))
        await self._list("")
        self.loaded = True

    async def _list(self, cursor: str) -> None:
        if self.chosen == MARKED:
            await self._list_marked(cursor)
            return
        statuses = [CampaignStatus(self.chosen)] if self.chosen else None
        page = await self._ask(discover, status=statuses, sort=DiscoverSort.NEW, cursor=cursor or None, limit=PAGE_SIZE)
        now = self._parts().clock.now()
        fresh = page.each(lambda card: campaign_row(card, now))
        self.rows = [*self.rows, *fresh] if cursor else fresh
        self.cursor = page.next_cursor or ""

    async def _list_marked(self, cursor: str) -> None:
        page = await self._ask_here(marked_campaigns, cursor=cursor or None, limit=PAGE_SIZE)
        if page is None:
            return
        now = self._parts().clock.now()
        fresh = page.each(lambda one: _marked_row(one, now))
        self.rows = [*self.rows, *fresh] if cursor else fresh
        self.cursor = page.next_cursor or ""

    @rx.event
    async def choose(self, state: str) -> None:
        """Show only cleanups of one state; an empty text shows all."""
        if state == "" or state in STATES:
            self.chosen = state
            await self._list("")

    @rx.event
    async def show_marked(self) -> None:
        """Show only cleanups that are marked as possible spam, also of creators who were approved before (CAM-06)."""
        self.chosen = MARKED
        await self._list("")

    @rx.event
    async def more(self) -> None:
        """The next rows of the list."""
        if self.cursor:
            await self._list(self.cursor)

    @rx.event
    async def show_map(self, campaign_id: str) -> None:
        """Show or hide the map of one draft."""
        self.map_of = "" if self.map_of == campaign_id else str(campaign_id)

    @rx.event
    async def approve(self, campaign_id: str) -> AsyncIterator[None]:
        """Let a cleanup collect money."""
        known = row_of(self.drafts, campaign_id)
        if known is not None:
            said = say("drafts.approved", title=known.title)
            wanted = {"campaign_id": UUID(known.id), "seen": known.corrections}
            async for _ in self._decide(approve_campaign, lambda _: said, at=known.id, **wanted):
                yield

    @rx.event
    async def pick(self, campaign_id: str) -> None:
        """Open the dialog for turning one draft away."""
        known = row_of(self.drafts, campaign_id)
        if known:
            self.declining, self.declining_title = known.id, known.title
            self._clear_problems()

    @rx.event
    async def decline(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Turn a cleanup away with a reason its creator reads."""
        reason = str(form.get("reason") or "").strip()
        if self.busy or not self.declining:
            return
        if not reason:
            self.field_problems = {"reason": say("drafts.reason_missing")}
            return
        said = say("drafts.declined", title=self.declining_title)
        async for _ in self._decide(decline_campaign, lambda _: said, campaign_id=as_id(self.declining), reason=reason):
            yield

    def _put_down(self) -> None:
        self.declining, self.declining_title = "", ""


ON_LOAD = [CurrentUserState.arrive_signed_in, CampaignsState.load]


def _draft(one: WaitingCampaign, now: datetime) -> DraftView:
    return DraftView(
        id=str(one.id),
        title=one.title,
        href=routes.admin_campaign(one.id),
        story=one.description,
        address=one.address,
        photo=routes.photo(one.photo.base_key),
        alt=say("card.photo_before", place=one.address),
        target=rupees(one.target_paise),
        creator=say("drafts.creator", name=one.creator_name, day=day(one.creator_since, now), n=one.creator_campaigns),
        sent=ago(one.created_at, now),
        spam=one.possible_spam,
        nearby=say("drafts.nearby", n=one.nearby_count),
        near=one.nearby_count > 0,
        own=one.own_interest,
        corrections=one.corrections,
        points=[{"latitude": one.latitude, "longitude": one.longitude, "kind": "spot", "name": one.address}],
    )


def campaign_row(card: CampaignCard, now: datetime) -> CampaignRow:
    return CampaignRow(
        id=str(card.id),
        href=routes.admin_campaign(card.id),
        title=card.title,
        address=card.address,
        state=shown_status(card.status, card.job_status, under_review=card.job_held).value,
        raised=say("drafts.raised", raised=rupees(card.raised_paise), target=rupees(card.target_paise)),
        contributors=card.contributor_count,
        started=day(card.activated_at or card.created_at, now),
    )


def _marked_row(one: MarkedCampaign, now: datetime) -> CampaignRow:
    return CampaignRow(
        id=str(one.id),
        href=routes.admin_campaign(one.id),
        title=one.title,
        address=one.address,
        state=one.status.value,
        raised=say("campaign_desk.of", name=one.creator_name),
        contributors=0,
        started=day(one.created_at, now),
    )


def _card(draft: Any) -> rx.Component:
    text = rx.el.div(
        rx.el.div(
            rx.el.h3(rx.el.a(draft.title, href=draft.href, class_name="link"), class_name="t-h3 grow"),
            rx.el.span(draft.target, class_name="rs"),
            class_name="row-t",
        ),
        rx.el.p(icon("map-pin", 16), rx.el.span(draft.address), class_name="row t-sm soft mt-1"),
        rx.el.p(draft.story, class_name="mt-2 whitespace-pre-line break-words"),
        rx.el.p(words(draft.creator), ". ", words(draft.sent), class_name="t-sm mute mt-2"),
        rx.cond(
            draft.spam,
            rx.el.div(flag(t("drafts.spam"), t("drafts.spam_why")), class_name="mt-2"),
            rx.cond(draft.near, chip(words(draft.nearby), "held", "map-pinned"), rx.fragment()),
        ),
        _actions(draft),
        class_name="pad",
    )
    return rx.el.article(
        photo(draft.photo, draft.alt, sized=True, opens=True, ratio="aspect-[4/3]", sizes="380px"),
        text,
        class_name="card grid md:grid-cols-[minmax(240px,380px)_minmax(0,1fr)] items-start",
    )


def _actions(draft: Any) -> rx.Component:
    decide = rx.fragment(
        button(t("drafts.approve"), kind="ok", icon_name="check", busy=CampaignsState.busy_row == draft.id,
               of=draft.title, busy_label=t("drafts.approving"), on_click=CampaignsState.approve(draft.id)),
        button(t("drafts.decline"), kind="danger", of=draft.title, on_click=CampaignsState.pick(draft.id),
               custom_attrs=opens(DECLINE)),
    )  # fmt: skip
    look = button(t("drafts.map"), kind="line", icon_name="map", on_click=CampaignsState.show_map(draft.id),
                  of=draft.title, aria_expanded=CampaignsState.map_of == draft.id)  # fmt: skip
    shown = rx.cond(
        CampaignsState.map_of == draft.id, map_view(draft.points, class_name="h-64 rounded-lg mt-3"), rx.fragment()
    )
    return rx.el.div(
        rx.el.div(
            rx.cond(draft.own, note(t("check.own"), "warn"), decide), look, class_name="flex flex-wrap gap-2.5 mt-4"
        ),
        shown,
    )


def _problem() -> rx.Component:
    return rx.cond(
        CampaignsState.problem != "", note(words(CampaignsState.problem), "err", role="alert"), rx.fragment()
    )


def _decline() -> rx.Component:
    form = rx.el.form(
        rx.el.p(CampaignsState.declining_title, class_name="b mb-3"),
        _problem(),
        text_area("reason", t("drafts.reason"), hint=t("drafts.reason_hint"), max_length=REASON_LENGTH,
                  error=CampaignsState.field_problems["reason"]),
        button(t("drafts.decline_now"), kind="danger", size="l", block=True, type="submit", class_name="mt-4",
               busy=CampaignsState.busy, busy_label=t("drafts.declining")),
        on_submit=CampaignsState.decline,
        no_validate=True,
    )  # fmt: skip
    return rx.el.div(dialog(DECLINE, t("drafts.decline_title"), form), key=CampaignsState.turn.to_string())


def _list() -> rx.Component:
    filters = pills(
        pill(t("drafts.all"), on=CampaignsState.chosen == "", on_click=CampaignsState.choose("")),
        pill(
            t("drafts.spam"), on=CampaignsState.chosen == MARKED, icon_name="flag", on_click=CampaignsState.show_marked
        ),
        *[pill(t(f"campaign.{s}"), on=CampaignsState.chosen == s, on_click=CampaignsState.choose(s)) for s in STATES],
    )
    table = data_table(
        t("drafts.list"),
        [
            t("drafts.col_name"),
            t("drafts.col_state"),
            t("drafts.col_money"),
            t("drafts.col_givers"),
            t("drafts.col_since"),
            t("ending.col"),
        ],
        CampaignsState.rows,
        lambda row: [
            rx.fragment(
                rx.el.a(row.title, href=row.href, class_name="link"),
                rx.el.span(row.address, class_name="t-sm mute block"),
            ),
            rx.match(row.state, *[(s, state_chip("campaign", s)) for s in STATES], rx.fragment()),
            words(row.raised),
            row.contributors,
            words(row.started),
            stop_button(row.id, row.title, row.state),
        ],
        right=(2, 3, 4, 5),
    )
    more = rx.cond(
        CampaignsState.cursor != "",
        rx.el.div(button(t("drafts.more"), kind="line", on_click=CampaignsState.more), class_name="mt-4 text-center"),
        rx.fragment(),
    )
    return rx.el.section(rx.el.div(filters, class_name="mb-3"), table, more, class_name="mt-10")


def page() -> rx.Component:
    """The page."""
    drafts = rx.cond(
        CampaignsState.drafts.length() > 0,
        rx.el.div(each(CampaignsState.drafts, _card), class_name="flex flex-col gap-4"),
        empty_state(t("drafts.none"), t("drafts.none_more"), icon_name="check"),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.campaigns"), class_name="t-h1"),
        rx.el.a(t("held.title"), href=routes.ADMIN_HELD, class_name="link"),
        _problem(),
        rx.el.h2(t("drafts.title"), class_name="t-h2 mt-6 mb-3"),
        rx.cond(
            CampaignsState.loaded,
            rx.fragment(drafts, _list()),
            loading(*[skeleton("h-64 w-full mb-4") for _ in range(2)]),
        ),
        _decline(),
        stop_dialog(),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="campaigns", refused=CampaignsState.refused)
