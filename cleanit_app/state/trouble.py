"""What a page says when it could not be read: one place for all pages, with a code that stands in the log (MON-05)."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.state import OnLoadInternalState


class ReadFailed(Exception):
    """A page had no answer: a part is away, or something surprised. It is no refusal, so no page takes it for one."""

    def __init__(self, request_id: str) -> None:
        self.request_id = request_id
        super().__init__(request_id)


class PageTrouble(rx.State):
    """The page of this tab could not be read. `code` begins the request's id in the log; empty while all is well."""

    code: str = ""
    instead: bool = False  # nothing was read yet: the trouble stands where the page would
    _of: str = ""

    @rx.event
    async def again(self) -> Any:
        """Read the page once more."""
        self._over()
        return OnLoadInternalState.on_load_internal

    def _say(self, request_id: str, *, of: str, instead: bool) -> None:
        self.code, self.instead, self._of = request_id[:8], instead or self.instead, of

    def _over(self, of: str = "") -> None:
        if self.code and of in ("", self._of):
            self.code, self.instead, self._of = "", False, ""
