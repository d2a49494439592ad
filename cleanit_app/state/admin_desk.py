"""What the pages of admins share: hearing everything, and saying so when a page is not for somebody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any, Protocol, TypeVar
from urllib.parse import quote
from uuid import UUID

from cleanit_app import routes
from cleanit_app.domain.errors import NotAllowed, NotFound, NotSignedIn, SecondFactorNeeded
from cleanit_app.i18n import say
from cleanit_app.reads.paging import LARGEST_LIMIT
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.current_user import CurrentUserState


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


Row = TypeVar("Row", bound=_WithId)


class AdminDeskState(PageState, mixin=True):
    """An admin's page. `refused`: it is not for whoever is here."""

    refused: bool = False

    def _hear_everything(self, then: Any) -> None:
        """Let this tab do `then` whenever anything happens in the house."""
        self._hear_of("desk", ["all"], then)

    async def _ask_here(self, question: Callable[..., Any], **arguments: Any) -> Any:
        """Ask a read; None when whoever is here may not know, which the page then says."""
        try:
            answer = await self._ask(question, **arguments)
        except (NotAllowed, NotSignedIn, SecondFactorNeeded) as refusal:
            self.refused, self.loaded = True, True
            if isinstance(refusal, SecondFactorNeeded):
                await self._lead_to_factor()
            else:
                (await self.get_state(CurrentUserState)).factor_way = ""
            return None
        self.refused = False
        return answer

    async def _ask_list(self, question: Callable[..., Any], wanted: int) -> tuple[list[Any], str] | None:
        """A list from its beginning until `wanted` items are there, with the cursor of what follows; as `_ask_here`."""
        items: list[Any] = []
        cursor = ""
        while cursor or not items:
            size = min(wanted - len(items), LARGEST_LIMIT)
            page = await self._ask_here(question, cursor=cursor or None, limit=size)
            if page is None:
                return None
            items, cursor = [*items, *page.items], page.next_cursor or ""
            if len(items) >= wanted or not cursor:
                break
        return items, cursor

    async def _attempt(self, way: Callable[..., Any], act: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        """As on every page; a refusal for want of the second factor also says where it is shown."""
        answer = await super()._attempt(way, act, arguments)
        if self.problem == say("error.SECOND_FACTOR_NEEDED"):
            await self._lead_to_factor()
        return answer

    async def _lead_to_factor(self) -> None:
        """Offer the page where the second factor is shown, and the way back from there."""
        who = await self.get_state(CurrentUserState)
        here = quote(self.router.url.path or routes.ADMIN)
        who.factor_way = f"{routes.SECOND_FACTOR}?next={here}"
        who._pop_up("problem", say("factor.show_it"), who.factor_way)

    async def _toast(self, text: str, tone: str = "good") -> None:
        """Say in one line what has just been done, before news that waits to be shown."""
        who = await self.get_state(CurrentUserState)
        who._pop_up(tone, text)


class DeskState(AdminDeskState, mixin=True):
    """A list of admins with a dialog for one row: picked, decided, put down again, and the list read anew.

    `busy` keeps every button down while something is done, and `busy_row` is the row whose own button says so; `turn`
    closes the dialogs, which stand under its number.
    """

    busy: bool = False
    busy_row: str = ""
    turn: int = 0

    async def _read(self) -> None:
        """Read the list anew; each desk says how."""
        raise NotImplementedError  # a mixin of Reflex cannot be an abstract class

    def _put_down(self) -> None:
        """Nothing is picked any more; each desk says what it had picked."""
        raise NotImplementedError  # as above

    async def _decide(
        self, service: Callable[..., Any], said: Callable[[Any], str], *, at: str = "", **arguments: Any
    ) -> AsyncIterator[None]:
        """Do one thing; when it is done the dialog closes and one line says so, `said` of what the service gave."""
        if self.busy:
            return
        self.busy, self.busy_row = True, at
        yield
        done = await self._do(service, **arguments)
        if done:
            self._put_down()
            self.turn += 1
            await self._toast(said(done))
        self.busy, self.busy_row = False, ""
        await self._read()

    async def _read_on(self, part: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        """Read the next part of the list with the button down."""
        if self.busy:
            return
        self.busy = True
        yield
        await part()
        self.busy = False


class RecordState(AdminDeskState, mixin=True):
    """One thing at the desk, opened by its address: read, acted on with a button that says so, and read anew.

    `missing`: nothing is there; `busy` names the act that is being done; `turn` closes the dialogs, which stand under
    its number.
    """

    missing: bool = False
    busy: str = ""
    turn: int = 0

    async def _read(self) -> None:
        """Read the thing anew; each page says how."""
        raise NotImplementedError  # a mixin of Reflex cannot be an abstract class

    async def _read_one(self, question: Callable[..., Any], **arguments: Any) -> Any:
        """What stands at this address; None when nothing does, or whoever is here may not know."""
        try:
            one = await self._ask_here(question, **arguments)
        except NotFound:
            self.missing, self.loaded = True, True
            return None
        if one is not None:
            self.missing, self.loaded = False, True
        return one

    async def _act(self, name: str, service: Callable[..., Any], said: str, **arguments: Any) -> AsyncIterator[None]:
        """Do one thing with the buttons down; when it is done one line says so."""
        if self.busy or self.missing or not self.loaded:
            return
        self.busy = name
        yield
        done = await self._do(service, **arguments)
        refused = done is None and self.problem != NOTHING  # some services give nothing back
        if not refused:
            self.turn += 1
            await self._toast(said)
        self.busy = ""
        if not refused:
            await self._read()


def row_of(rows: Iterable[Row], row_id: str) -> Row | None:
    """The row of a list that has this id; None when a browser names another."""
    return next((row for row in rows if row.id == row_id), None)


def as_id(text: object) -> UUID:
    """An id that came from a browser; what is none becomes an id that nothing has, so that the service says so."""
    try:
        return UUID(str(text))
    except ValueError:
        return UUID(int=0)
