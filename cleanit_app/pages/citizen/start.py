"""Start a cleanup: the form that keeps its draft on the phone; who is not signed in is asked for a name at the end."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.islands.start import expiry_table, start_form
from cleanit_app.components.text import t
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.house_settings import House
from cleanit_app.pages.frame import citizen_page
from cleanit_app.reads.campaigns.campaigns import CampaignDetail, campaign_detail
from cleanit_app.state.base import PageState
from cleanit_app.state.campaign_view import NO_REASONS, may_begin_again
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.START, "nav.start_cleanup"


class StartState(PageState, rx.State):
    """What the form needs to know: whether this person may start one, and where map tiles come from."""

    allowed: bool = False
    again: dict[str, Any] = {}
    tile_url: str = ""
    attribution: str = ""
    fee_bps: int = House().terms.fee_bps  # of a cleanup that is started now
    expiry: list[list[int | None]] = expiry_table()

    @rx.event
    async def load(self) -> Any:
        """See who is here; putting one's own campaign right needs to know whose it is."""
        settings = self._parts().settings
        self.tile_url, self.attribution = settings.map_tile_url, settings.map_tile_attribution
        actor = await self._actor()
        house = self._parts().house_known
        self.fee_bps, self.expiry = house.terms.fee_bps, expiry_table(house.limits)
        self.allowed = actor.id is None or actor.may(Permission.START_CAMPAIGNS)
        before = self.router.url.query_parameters.get("again", "")
        if before and actor.id is None:
            return rx.redirect(routes.after_login(quote(routes.start_again(before))))
        self.again = await self._before(before)
        self.loaded = True
        return None

    async def _before(self, campaign_id: str) -> dict[str, Any]:
        """What one's own campaign said that came to nothing, as a draft; nothing of any other."""
        try:
            before = await self._ask(campaign_detail, campaign_id=UUID(campaign_id))
        except (DomainError, ValueError):
            return {}
        return _draft_of(before) if may_begin_again(before) else {}


def _draft_of(before: CampaignDetail) -> dict[str, Any]:
    ours = before.cancel_reason or ""
    return {
        "again": str(before.id),
        "photoUrl": routes.original(before.before.id),
        "title": before.title,
        "description": before.description,
        "target": str(before.target_paise // 100),
        "latitude": before.latitude,
        "longitude": before.longitude,
        "address": before.address,
        "why": "" if ours in NO_REASONS else ours,
    }


ON_LOAD = [CurrentUserState.arrive, StartState.load]


def _body() -> rx.Component:
    refused = empty_state(
        t("started.refused"),
        t("started.refused_more"),
        icon_name="ban",
        action=link_button(t("nav.discover"), routes.DISCOVER),
        whole=True,
    )
    form = start_form(
        owner=CurrentUserState.user_id,
        again=StartState.again,
        fee_bps=StartState.fee_bps,
        expiry=StartState.expiry,
        tile_url=StartState.tile_url,
        attribution=StartState.attribution,
    )
    calm = rx.el.div(
        loading(rx.el.div(skeleton("h-8 w-1/2"), skeleton("h-[290px] w-full"), class_name="flex flex-col gap-4")),
        class_name="narrow py-5",
    )
    stopped = rx.el.div(refused, class_name="narrow py-4")
    return rx.cond(StartState.loaded, rx.cond(StartState.allowed, form, stopped), calm)


def page() -> rx.Component:
    """The page."""
    return citizen_page(_body(), active="start", title=t("nav.start_cleanup"), back=routes.HOME, dock=rx.fragment())
