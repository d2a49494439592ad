"""Putting one's own cleanup right while nobody has given: its name, story, pin and address (LAW-03)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import error_line, text_area, text_field
from cleanit_app.components.islands.maps import map_picker
from cleanit_app.components.text import t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import ChangedMeanwhile, DomainError
from cleanit_app.domain.places import place_problem
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import distance
from cleanit_app.pages.citizen.pieces import heading, own_frame
from cleanit_app.reads.campaigns.campaigns import CampaignDetail, campaign_detail, near_duplicate
from cleanit_app.services.campaigns.corrections import correct_campaign
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.correct_campaign("[campaign_id]"), "correct.title"


class CorrectCampaignState(PageState, rx.State):
    """What stands there now, and the pin; what is typed stays in the form while it is refused."""

    title: str = ""
    story: str = ""
    address: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    href: str = ""
    near: str = NOTHING
    near_href: str = ""
    open: bool = False
    paid: bool = False  # money has come in; else what is not open has ended
    missing: bool = False
    stale: bool = False
    busy: bool = False
    tile_url: str = ""
    attribution: str = ""
    turn: int = 0
    _id: str = ""
    _seen: int = 0

    @rx.event
    async def load(self) -> None:
        """Read what it says now."""
        settings, turn = self._parts().settings, self.turn
        self.reset()
        self.turn = turn + 1
        self.tile_url, self.attribution = settings.map_tile_url, settings.map_tile_attribution
        await self._read()

    @rx.event
    async def pin(self, latitude: float, longitude: float, _accuracy_m: int) -> None:
        """The pin was put somewhere else; is there a cleanup already?"""
        if not self._id or not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
            return
        self.latitude, self.longitude = float(latitude), float(longitude)
        if place_problem(self.latitude, self.longitude):
            self.near, self.near_href = NOTHING, ""
            return
        found = await self._ask(near_duplicate, latitude=self.latitude, longitude=self.longitude, beside=UUID(self._id))
        self.near = say("start.near.text", distance=distance(found.distance_m)) if found else NOTHING
        self.near_href = routes.campaign(found.id) if found else ""

    @rx.event
    async def save(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Change it; the cleanup's own page says that it was."""
        if self.busy or not self.open:
            return
        self.busy, self.stale = True, False
        yield
        typed = form if isinstance(form, dict) else {}
        changes = {name: typed.get(name) for name in ("title", "description", "address")}
        changes |= {"latitude": self.latitude, "longitude": self.longitude}
        done = await self._do(correct_campaign, campaign_id=UUID(self._id), changes=changes, seen=self._seen)
        if done is not None:
            yield rx.redirect(self.href)
        self.stale = self.problem == say(ChangedMeanwhile().words)
        self.busy = False

    async def _read(self) -> None:
        try:
            found: CampaignDetail = await self._ask(campaign_detail, campaign_id=UUID(str(self.campaign_id)))
        except (DomainError, ValueError):
            self.missing, self.loaded = True, True
            return
        self.missing, self.loaded = not found.viewer.is_creator, True
        if self.missing:
            return
        self.title, self.story, self.address = found.title, found.description, found.address
        self.latitude, self.longitude = found.latitude, found.longitude
        self.href, self.open = routes.campaign(found.id), found.viewer.may_correct
        self.paid = found.raised_paise > 0
        self._id, self._seen = str(found.id), found.corrections


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, CorrectCampaignState.load]


def _problem_at(field: str) -> Any:
    problems = CorrectCampaignState.field_problems
    return rx.cond(problems.contains(field), problems[field], "")


def _form() -> rx.Component:
    state = CorrectCampaignState
    general = (state.problem != "") & (state.field_problems.length() == 0)
    anew = button(t("correct.look_again"), kind="line", size="s", type="button", on_click=state.load)
    refused = rx.el.div(
        note(words(state.problem), "err", role="alert"),
        rx.cond(state.stale, anew, rx.fragment()),
        class_name="flex flex-col gap-2",
    )
    look = rx.el.a(t("start.near.look"), href=state.near_href, class_name="link")
    near = note(rx.fragment(rx.el.b(t("start.near.title")), " ", words(state.near), " ", look), "warn", "copy")
    place = rx.el.div(
        rx.el.h2(t("campaign.place"), class_name="t-h3 mb-2"),
        map_picker(
            state.latitude,
            state.longitude,
            on_change=state.pin,
            tile_url=state.tile_url,
            attribution=state.attribution,
            places_url=routes.API_PLACES,
            class_name="h-[300px] rounded-lg",
        ),
        error_line("latitude", _problem_at("latitude")),
        rx.cond(state.near != "", near, rx.fragment()),
        class_name="flex flex-col gap-2",
    )
    return rx.el.form(
        rx.cond(general, refused, rx.fragment()),
        text_field(
            "title",
            t("start.details.name"),
            hint=t("start.details.name_hint"),
            error=_problem_at("title"),
            default_value=state.title,
            max_length=LIMITS.title_length[1],
        ),
        text_area(
            "description",
            t("start.details.story"),
            hint=t("start.details.story_hint"),
            error=_problem_at("description"),
            default_value=state.story,
            max_length=LIMITS.description_length[1],
            rows="6",
        ),
        place,
        text_field(
            "address",
            t("start.place.address"),
            hint=t("start.place.hint"),
            error=_problem_at("address"),
            default_value=state.address,
            max_length=LIMITS.address_length[1],
        ),
        rx.el.p(t("correct.seen"), class_name="t-sm soft"),
        button(t("correct.save"), type="submit", size="l", block=True, busy=state.busy, busy_label=t("account.saving")),
        on_submit=state.save,
        no_validate=True,
        key="correct-" + state.turn.to_string(),
        class_name="flex flex-col gap-5",
    )


def page() -> rx.Component:
    """The page."""
    state = CorrectCampaignState
    others = link_button(t("mine.title"), routes.MY_CAMPAIGNS)
    missing = empty_state(t("campaign.missing"), t("correct.missing"), icon_name="search", action=others)
    back = link_button(t("correct.back"), state.href, kind="line")
    why = rx.cond(state.paid, t("error.CORRECTION_TOO_LATE"), t("error.CORRECTION_AFTER_END"))
    over = empty_state(t("correct.over"), why, icon_name="clock-alert", action=back)
    shown = rx.cond(state.missing, missing, rx.cond(state.open, _form(), over))
    body = rx.cond(state.loaded, shown, loading(skeleton("h-24"), skeleton("h-40"), skeleton("h-[300px]")))
    content = rx.el.div(heading("correct.title"), body, class_name="narrow max-w-[720px] py-4")
    return own_frame(content, title=t("correct.title"), back=routes.MY_CAMPAIGNS)
