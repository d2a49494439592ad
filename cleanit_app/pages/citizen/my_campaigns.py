"""The cleanups I started, by what became of them; cancelling one before the first rupee, sharing the others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, closes, link_button, opens
from cleanit_app.components.chips import state_chip
from cleanit_app.components.consent import consent_asked
from cleanit_app.components.feedback import card_skeleton, empty_state, loading, note
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import photo
from cleanit_app.components.progress import kerb
from cleanit_app.components.text import t, words
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.statuses import CREATOR_MAY_CANCEL, CampaignStatus
from cleanit_app.pages.citizen.pieces import heading, more_button, share_words
from cleanit_app.pages.citizen.views import id_in
from cleanit_app.pages.frame import citizen_page
from cleanit_app.ports import all_of
from cleanit_app.reads.campaigns.campaigns import CampaignCard, my_campaigns
from cleanit_app.reads.paging import DEFAULT_LIMIT
from cleanit_app.reads.people.photo_consents import my_photo_consents
from cleanit_app.services.campaigns.campaigns import cancel_campaign
from cleanit_app.state.base import PageState
from cleanit_app.state.cards import CampaignCardView, card_view
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.MY_CAMPAIGNS, "mine.title"
DIALOG = "cancel-cleanup"
GROUPS: dict[str, frozenset[CampaignStatus]] = {
    "waiting": frozenset({CampaignStatus.DRAFT}),
    "open": frozenset({CampaignStatus.ACTIVE}),
    "work": frozenset({CampaignStatus.FUNDED, CampaignStatus.COMPLETED}),
    "cleaned": frozenset({CampaignStatus.CLOSED}),
    "ended": frozenset({CampaignStatus.EXPIRED, CampaignStatus.CANCELLED}),
}


@dataclass(frozen=True)
class MineView:
    """A cleanup of mine in the list."""

    card: CampaignCardView
    status: str
    group: str
    reason: str
    may_cancel: bool
    shares: bool
    again_href: str


class MyCampaignsState(PageState, rx.State):
    """My cleanups, newest first."""

    cleanups: list[MineView] = []
    group: str = ""
    broken: bool = False
    busy: bool = False
    has_more: bool = False
    cancelling: str = ""
    cancelling_title: str = ""
    cancelled: str = ""
    consent_due: bool = False  # never asked yet whether the photos may be shown, and there are some that could be
    _cursor: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the first page."""
        self._clear_problems()
        self.cancelled = ""
        await self._read(None)
        seen_by_others = any(one.group != "waiting" for one in self.cleanups)
        self.consent_due = seen_by_others and (await self._ask(my_photo_consents)).gallery is None
        self.loaded = True

    @rx.event
    async def refresh(self) -> None:
        """Something happened to one of them (sent by the live wire, harmless from anybody)."""
        if self.loaded and not self.busy and self.router.url.path == ROUTE:
            await self._read(None, limit=max(DEFAULT_LIMIT, len(self.cleanups)))

    @rx.event
    async def show(self, group: str) -> None:
        """Show one group only; again the same shows all."""
        self.group = group if isinstance(group, str) and group in GROUPS and group != self.group else ""

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """Read the next page."""
        if self.busy or not self.has_more:
            return
        self.busy = True
        yield
        await self._read(self._cursor)
        self.busy = False

    @rx.event
    async def choose(self, campaign_id: str) -> None:
        """Remember which cleanup the question in the dialog is about."""
        mine = next((m for m in self.cleanups if m.card.id == campaign_id and m.may_cancel), None)
        self.cancelling, self.cancelling_title = (mine.card.id, mine.card.title) if mine else ("", "")
        self._clear_problems()

    @rx.event
    async def cancel(self) -> AsyncIterator[None]:
        """Take back the chosen cleanup, while nothing was raised."""
        chosen, title = self.cancelling, self.cancelling_title
        if self.busy or not chosen:
            return
        self.busy, self.cancelling = True, ""
        yield
        done = await self._do(cancel_campaign, campaign_id=id_in(chosen))
        self.cancelled = title if done else ""
        refusal = self.problem
        await self._read(None)
        self.problem, self.busy = refusal, False

    async def _read(self, cursor: str | None, limit: int | None = None) -> None:
        try:
            page = await self._ask(my_campaigns, cursor=cursor, limit=limit)
        except DomainError:
            self.broken = True
            return
        now = self._parts().clock.now()
        read = page.each(lambda card: _mine(card, card_view(card, now)))
        self.cleanups = [*self.cleanups, *read] if cursor else read
        self._cursor, self.has_more, self.broken = page.next_cursor or "", page.next_cursor is not None, False
        own = all_of((await self.get_state(CurrentUserState)).user_id)
        self._hear_of("campaign", [own, *(mine.card.id for mine in self.cleanups)], MyCampaignsState.refresh)


def _mine(card: CampaignCard, view: CampaignCardView) -> MineView:
    group = next(name for name, statuses in GROUPS.items() if card.status in statuses)
    ended = card.status is CampaignStatus.CANCELLED and card.cancel_reason
    told = card.cancel_reason if ended and card.cancel_reason != "cancelled by its creator" else ""
    return MineView(
        card=view,
        status=card.status.value,
        group=group,
        reason=told or "" if told else view.reason,
        may_cancel=card.status in CREATOR_MAY_CANCEL and card.raised_paise == 0,
        shares=card.status in (CampaignStatus.ACTIVE, CampaignStatus.CLOSED),
        again_href=routes.start_again(card.id) if card.status is CampaignStatus.CANCELLED else "",
    )


ON_LOAD = [CurrentUserState.arrive_signed_in, MyCampaignsState.load]


def _card(mine: Any) -> rx.Component:
    card = mine.card
    picture = photo(card.photo, card.alt, sized=True, ratio="aspect-video", sizes="(min-width: 768px) 360px, 100vw")
    figures = rx.el.div(
        rx.el.span(amount(card.raised), " ", rx.el.span(words(card.of), class_name="mute t-sm num")),
        rx.cond(
            (mine.group == "open") | (mine.group == "cleaned"),
            rx.el.span(icon("clock", 16), words(card.time), class_name="t-sm soft flex items-center gap-1"),
        ),
        class_name="flex items-center justify-between gap-2",
    )
    cancel = button(
        t("mine.cancel"), kind="danger", size="s", on_click=MyCampaignsState.choose(card.id), custom_attrs=opens(DIALOG)
    )
    word = rx.cond(mine.reason != "", t("campaign.put_right"), t("campaign.start_again"))
    again = link_button(
        word, mine.again_href, kind="line", size="s", icon_name="refresh-cw", class_name="relative z-10"
    )
    actions = rx.el.div(
        rx.cond(mine.shares, share_words(t("fund.share"), card.href, "btn btn-sun btn-s relative z-10", card.title)),
        rx.cond(mine.again_href != "", again),
        rx.cond(mine.may_cancel, rx.el.div(cancel, class_name="relative z-10")),
        class_name="flex flex-wrap gap-3 empty:hidden",
    )
    inside = rx.el.div(
        rx.el.div(state_chip("campaign", mine.status)),
        rx.el.h2(rx.el.a(card.title, href=card.href, class_name="cover"), class_name="t-h3"),
        kerb(card.percent, card.kerb, small=True),
        figures,
        rx.cond(mine.reason != "", rx.el.p(words(mine.reason), class_name="t-sm soft")),
        actions,
        class_name="flex flex-col gap-3 p-4",
    )
    return rx.el.article(picture, inside, class_name="card relative")


def _groups() -> rx.Component:
    return pills(
        *[
            pill(t(f"mine.{name}"), on=MyCampaignsState.group == name, on_click=MyCampaignsState.show(name))
            for name in GROUPS
        ]
    )


def _list() -> rx.Component:
    grid = "grid gap-4 md:grid-cols-2 mt-4"
    shown = each(
        MyCampaignsState.cleanups,
        lambda m: rx.cond((MyCampaignsState.group == "") | (m.group == MyCampaignsState.group), _card(m)),
        key=lambda m: m.card.id,
    )
    nothing = empty_state(
        t("mine.none"),
        t("mine.none_more"),
        action=link_button(t("nav.start_cleanup"), routes.START, icon_name="camera"),
    )
    waiting = rx.el.div(loading(card_skeleton(), card_skeleton()), class_name=grid)
    full = rx.fragment(
        _groups(),
        rx.el.div(shown, class_name=grid),
        more_button(MyCampaignsState.has_more, MyCampaignsState.busy, MyCampaignsState.more),
    )
    broken = note(t("error.SOMETHING_BROKE"), "err", role="alert")
    return rx.cond(
        MyCampaignsState.loaded,
        rx.cond(MyCampaignsState.broken, broken, rx.cond(MyCampaignsState.cleanups.length() > 0, full, nothing)),
        waiting,
    )


def _question() -> rx.Component:
    return dialog(
        DIALOG,
        t("mine.sure"),
        rx.el.p(MyCampaignsState.cancelling_title, class_name="b"),
        rx.el.p(t("mine.sure_more"), class_name="soft mt-2"),
        rx.el.div(
            button(
                t("mine.cancel_it"), kind="danger", block=True, on_click=MyCampaignsState.cancel, custom_attrs=closes()
            ),
            button(t("mine.keep_it"), kind="line", block=True, custom_attrs=closes()),
            class_name="flex flex-col gap-3 mt-4",
        ),
    )


def page() -> rx.Component:
    """The page."""
    told = rx.fragment(
        rx.cond(MyCampaignsState.problem != "", note(words(MyCampaignsState.problem), "err", role="alert")),
        rx.cond(
            MyCampaignsState.cancelled != "",
            note(t("mine.cancelled", title=MyCampaignsState.cancelled), "ok", role="status"),
        ),
    )
    asked = rx.cond(
        MyCampaignsState.consent_due & (MyCampaignsState.cleanups.length() > 0), consent_asked("before"), rx.fragment()
    )
    content = rx.el.div(heading("mine.title"), told, asked, _list(), _question(), class_name="wide max-w-[900px] py-4")
    return citizen_page(content, active="me", title=t("mine.title"), back=routes.ME)
