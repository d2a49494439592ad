"""Start a cleanup: who is not signed in hears so first, then the form that keeps its draft on the phone."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.islands.start import start_form
from cleanit_app.components.text import t
from cleanit_app.domain.actors import Permission
from cleanit_app.pages.frame import citizen_page
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.START, "nav.start_cleanup"


class StartState(PageState, rx.State):
    """What the form needs to know: whether this person may start one, and where map tiles come from."""

    allowed: bool = False
    tile_url: str = ""
    attribution: str = ""

    @rx.event
    async def load(self) -> None:
        """See who is here."""
        settings = self._parts().settings
        self.tile_url, self.attribution = settings.map_tile_url, settings.map_tile_attribution
        self.allowed = (await self._actor()).may(Permission.START_CAMPAIGNS)
        self.loaded = True


ON_LOAD = [CurrentUserState.arrive, StartState.load]


def _sign_in_first() -> rx.Component:
    actions = rx.el.div(
        link_button(t("nav.sign_in"), f"{routes.LOGIN}?next={routes.START}", block=True),
        link_button(t("started.join"), f"{routes.JOIN}?next={routes.START}", kind="line", block=True),
        class_name="flex flex-col gap-3 mt-4 w-full max-w-[360px]",
    )
    return empty_state(t("started.sign_in"), t("started.sign_in_more"), action=actions)


def _body() -> rx.Component:
    refused = empty_state(
        t("started.refused"),
        t("started.refused_more"),
        icon_name="ban",
        action=link_button(t("nav.discover"), routes.DISCOVER),
    )
    form = start_form(owner=CurrentUserState.user_id, tile_url=StartState.tile_url, attribution=StartState.attribution)
    calm = rx.el.div(
        loading(rx.el.div(skeleton("h-8 w-1/2"), skeleton("h-[290px] w-full"), class_name="flex flex-col gap-4")),
        class_name="narrow py-5",
    )
    stopped = rx.cond(CurrentUserState.signed_in, refused, _sign_in_first())
    return rx.cond(
        StartState.loaded, rx.cond(StartState.allowed, form, rx.el.div(stopped, class_name="narrow py-4")), calm
    )


def page() -> rx.Component:
    """The page."""
    return citizen_page(_body(), active="start", title=t("nav.start_cleanup"), back=routes.HOME, dock=rx.fragment())
