"""What the page of one campaign knows, hears and does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.statuses import KycStatus
from cleanit_app.i18n.catalogue import spoken_language
from cleanit_app.i18n.locales import DEVANAGARI
from cleanit_app.reads.campaigns.campaigns import campaign_detail
from cleanit_app.reads.campaigns.map_names import map_names
from cleanit_app.reads.payments.contributions import my_contributions_to
from cleanit_app.services.campaigns.campaigns import cancel_campaign
from cleanit_app.services.review.disputes import open_dispute
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.campaign_view import CampaignView, campaign_view
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.money_summary import joy_of, tone_of, way_of


class CampaignState(PageState, rx.State):
    """The campaign of the address, as whoever is here may see it."""

    view: CampaignView = CampaignView()
    mine: str = NOTHING
    mine_tone: str = ""
    joy: str = NOTHING
    missing: bool = False
    map_open: bool = False
    busy: bool = False
    sending: bool = False
    points: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    tiles: list[str] = ["", ""]

    @rx.event
    async def load(self) -> None:
        """Show the campaign of this address and listen to what happens to it."""
        asked = str(self.campaign_id)
        if self.view.id != asked:
            self.view, self.loaded, self.missing, self.map_open = CampaignView(), False, False, False
            self.mine = self.joy = self.mine_tone = NOTHING
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
        if not self.tiles[0]:
            here = [(self.view.latitude, self.view.longitude)]
            self.names = await self._ask(map_names, around=here, hindi=spoken_language() in DEVANAGARI)
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
        self.mine, self.mine_tone = way_of(gave, now), tone_of(gave)
        self.joy = joy_of(gave, self.view.place) if detail.after else NOTHING
