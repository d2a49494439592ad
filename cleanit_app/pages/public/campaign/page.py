"""One campaign: its photo, its money, its people, what happened and what comes; it changes by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, closes, link_button, opens
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.islands.live import page_title
from cleanit_app.components.navigation import CITIZEN, bottom_bar, share_button
from cleanit_app.components.overlays import dialog
from cleanit_app.components.text import both, t
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.statuses import KycStatus
from cleanit_app.i18n import Both
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public import campaign_parts as parts
from cleanit_app.pages.public.dispute_form import dispute_link
from cleanit_app.reads.campaigns.campaigns import campaign_detail
from cleanit_app.reads.payments.contributions import my_contributions_to
from cleanit_app.services.campaigns.campaigns import cancel_campaign
from cleanit_app.services.review.disputes import open_dispute
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.campaign_view import CampaignView, campaign_view
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.money_summary import way_of

ROUTE, TITLE = routes.campaign("[campaign_id]"), "Cleanup, Cleanit"
CANCEL_DIALOG = "cancel-cleanup"


class CampaignState(PageState, rx.State):
    """The campaign of the address, as whoever is here may see it."""

    view: CampaignView = CampaignView()
    mine: Both = NOTHING
    missing: bool = False
    map_open: bool = False
    busy: bool = False
    sending: bool = False
    points: list[dict[str, Any]] = []
    tiles: list[str] = ["", ""]

    @rx.event
    async def load(self) -> None:
        """Show the campaign of this address and listen to what happens to it."""
        asked = str(self.campaign_id)  # type: ignore[attr-defined]  # Reflex adds it from the route
        if self.view.id != asked:
            self.view, self.loaded, self.missing, self.map_open = CampaignView(), False, False, False
            self.mine = NOTHING
        self._clear_problems()
        self.busy = self.sending = False
        await self._read(asked)
        self._hear_of("campaign", [] if self.missing else [self.view.id], CampaignState.refresh)

    @rx.event
    async def refresh(self) -> None:
        """Look again: something happened (sent by the live wire, harmless from anybody)."""
        if self.view.id:
            await self._read(self.view.id)

    @rx.event
    async def show_map(self) -> None:
        """Draw the map; it is loaded only now."""
        settings = self._parts().settings
        self.tiles = [settings.map_tile_url, settings.map_tile_attribution]
        spot = {"latitude": self.view.latitude, "longitude": self.view.longitude}
        self.points = [{**spot, "kind": "spot", "name": self.view.place}]
        self.map_open = True

    @rx.event
    async def cancel(self) -> Any:
        """Take back one's own campaign while nothing was raised."""
        if not self.view.id:
            return
        self.busy = True
        yield
        await self._do(cancel_campaign, campaign_id=UUID(self.view.id))
        self.busy = False
        await self._read(self.view.id)

    @rx.event
    async def dispute(self, form: dict[str, Any]) -> Any:
        """Say that the result does not look clean; what was typed stays while it is refused."""
        if self.sending or not self.view.id:
            return
        self.sending = True
        yield
        await self._do(open_dispute, campaign_id=UUID(self.view.id), reason=form.get("reason"))
        self.sending = False
        await self._read(self.view.id)

    async def _read(self, campaign_id: str) -> None:
        try:
            detail = await self._ask(campaign_detail, campaign_id=UUID(campaign_id))
        except (DomainError, ValueError):
            self.view, self.missing, self.loaded = CampaignView(), True, True
            return
        who = await self.get_state(CurrentUserState)
        takes_jobs = who.kyc == KycStatus.ACTIVE and not who.suspended_for
        now = self._parts().clock.now()
        self.view = campaign_view(detail, now, takes_jobs=takes_jobs, user_id=who.user_id)
        self.missing, self.loaded = False, True
        gave = await self._ask(my_contributions_to, campaign_id=detail.id) if who.signed_in else ()
        self.mine = way_of(gave, now)


ON_LOAD = [CurrentUserState.arrive, CampaignState.load]
view: Any = CampaignState.view


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
    refused = note(both(CampaignState.problem), "err", role="alert")
    shown = (CampaignState.problem.en != "") & ~view.may_dispute  # else it stands in the sheet
    return rx.cond(shown, refused, rx.fragment())


def _dock() -> rx.Component:
    """The main action under the thumb; without one the usual bar."""
    bar = bottom_bar(CITIZEN, "discover")
    acts = rx.match(
        view.dock,
        ("give", parts.dock(parts.give(view))),
        ("own", parts.dock(parts.own())),
        rx.cond(view.work_href != "", parts.dock(parts.work(view)), bar),
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
    nothing = empty_state(t("campaign.missing"), t("campaign.missing_text"), icon_name="search", action=others)
    return rx.el.div(nothing, class_name="narrow")


def _shown() -> rx.Component:
    main = rx.el.div(
        parts.head(view),
        _problem(),
        rx.el.div(parts.wide_action(view), class_name="hidden lg:block"),
        rx.el.hr(class_name="border-chuna-200"),
        parts.about(view),
        parts.money(view),
        rx.cond(CampaignState.mine.en != "", note(both(CampaignState.mine), "info", "wallet"), rx.fragment()),
        rx.cond(view.money.paid, parts.share(main=True), rx.fragment()),
        class_name="px-4 lg:px-0 flex flex-col gap-4 lg:col-start-2 lg:row-start-1 lg:row-span-2 min-w-0",
    )
    rest = rx.el.div(
        parts.steps(view),
        dispute_link(CampaignState),
        parts.neighbours(view),
        parts.place(view, CampaignState.map_open, CampaignState.points, CampaignState.tiles, CampaignState.show_map),
        rx.cond((view.dock == "own") | view.money.paid, rx.fragment(), parts.share()),
        _cancel(),
        class_name="px-4 lg:px-0 flex flex-col gap-6 lg:col-start-1 lg:row-start-2 min-w-0",
    )
    return rx.el.div(
        rx.el.div(parts.picture(view), class_name="lg:col-start-1 lg:row-start-1 min-w-0"),
        main,
        rest,
        class_name="w-full max-w-[1232px] mx-auto lg:px-4 flex flex-col gap-5 pb-8 lg:py-8 "
        "lg:grid lg:grid-cols-[minmax(0,1fr)_420px] lg:grid-rows-[auto_1fr] lg:gap-x-10 lg:gap-y-8 lg:items-start",
    )


def page() -> rx.Component:
    """The page."""
    content = rx.cond(CampaignState.loaded, rx.cond(CampaignState.missing, _missing(), _shown()), _waiting())
    name = rx.cond(view.title != "", view.title + ", Cleanit", "")
    return citizen_page(
        rx.fragment(page_title(name), content),
        active="discover",
        title=view.title,
        back=routes.DISCOVER,
        right=share_button(),
        dock=_dock(),
    )
