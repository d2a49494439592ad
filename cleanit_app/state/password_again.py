"""What is one's own alone asks for the password again, on whichever page that is done (LAW-01, LAW-02)."""

from __future__ import annotations

from cleanit_app.services.auth.password_change import confirm_again
from cleanit_app.state.base import NOTHING, PageState

_FIELD = "currentPassword"


class PasswordState(PageState, mixin=True):
    """A page with something behind the password; what is typed passes through and stays nowhere."""

    async def _knows_password(self, form: object) -> bool:
        """Whether the password stands in this form; if it does not, the page says so at its field."""
        typed = form.get(_FIELD) if isinstance(form, dict) else None
        return await self._is_password(typed if isinstance(typed, str) else "")

    async def _is_password(self, typed: str) -> bool:
        await self._tell(confirm_again, limits=self._parts().limits, password=typed)
        return self.problem == NOTHING
