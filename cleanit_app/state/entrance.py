"""The way in: whoever has signed in already is sent on to where they wanted to go."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.actors import Role
from cleanit_app.state.base import PageState

HOME_OF = {Role.CLEANER: routes.JOBS, Role.ADMIN: routes.ADMIN}


class EntranceState(PageState, rx.State):
    """Where the other form is, with the same goal."""

    login_href: str = routes.LOGIN
    join_href: str = routes.JOIN

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
        return None
