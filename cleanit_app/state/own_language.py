"""Each tab is answered in the language its page is read in."""

from __future__ import annotations

from reflex.app import App
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, State, StateUpdate
from reflex_base.event import Event

from cleanit_app.i18n import speak
from cleanit_app.state.session import language_of_tab


class InOwnLanguage(Middleware):
    """Says everything of an event in the language of the tab it came from (LNG-01)."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """The event goes on; what its handler says is in the tab's language."""
        if isinstance(state, State):
            speak(language_of_tab(state))
        return None
