"""The way in: whoever has signed in already is sent on to where they wanted to go."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.actors import Role
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import say
from cleanit_app.reads.campaigns.campaigns import campaign_detail
from cleanit_app.state.base import NOTHING, PageState

HOME_OF = {Role.CLEANER: routes.JOBS, Role.ADMIN: routes.ADMIN}
_GIVING = re.compile(re.escape(routes.fund("ID")).replace("ID", "([0-9a-f-]{36})"))


class EntranceState(PageState, rx.State):
    """Where the other form is, with the same goal."""

    login_href: str = routes.LOGIN
    join_href: str = routes.JOIN
    why: str = NOTHING  # why one is asked, and what one came for
    title: str = ""
    photo: str = ""

    @rx.event
    async def load(self) -> Any:
        """Send on who is signed in; keep the goal in the links between the two forms."""
        wanted = self.router.url.query_parameters.get("next")
        goal = routes.inside(wanted, "")
        actor = await self._actor()
        if actor.id is not None:
            home = HOME_OF.get(actor.role, routes.HOME) if actor.role else routes.HOME
            return rx.redirect(goal or home, replace=True)
        tail = f"?next={quote(goal)}" if goal else ""
        self.login_href, self.join_href = f"{routes.LOGIN}{tail}", f"{routes.JOIN}{tail}"
        await self._say_why(goal)
        return None

    async def _say_why(self, goal: str) -> None:
        self.why, self.title, self.photo = _reason(goal), "", ""
        giving = _GIVING.match(goal)
        if giving is None:
            return
        try:
            wanted = await self._ask(campaign_detail, campaign_id=UUID(giving[1]))
        except (DomainError, ValueError):
            return
        self.title, self.photo = wanted.title, routes.photo(wanted.before.base_key)


def _reason(goal: str) -> str:
    """Why the page that somebody wants asks who they are; nothing when no page was asked for."""
    if not goal:
        return NOTHING
    if goal == routes.KEPT:
        return say("entrance.kept")
    if _GIVING.match(goal):
        return say("entrance.give")
    part = next((name for name in (routes.START, routes.JOBS, routes.ADMIN) if goal.startswith(name)), "")
    return say({routes.START: "entrance.start", routes.JOBS: "entrance.jobs"}.get(part, "entrance.back"))
