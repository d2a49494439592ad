"""How a page does things and asks things: off the event loop, as whoever is here now, with one way to fail."""

from __future__ import annotations

import asyncio
import inspect
import logging
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import reflex as rx
import structlog

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import DomainError, InvalidFields, Unavailable
from cleanit_app.i18n import say
from cleanit_app.i18n.refusals import refusal_words
from cleanit_app.services.accounts.terms import may_do
from cleanit_app.state.live import hub
from cleanit_app.state.session import TabSession, caller_of, look_up
from cleanit_app.wiring import Wiring, is_outage, wiring

log = logging.getLogger(__name__)
_acts = structlog.get_logger("cleanit.page")
NOTHING = ""
_AT_WORK = ("busy", "busy_row", "sending")
"""Vars that keep a button down while something is done; pages have those that they need."""


class PageState(rx.State, mixin=True):
    """What every page's State can do. Helpers begin with an underscore: browsers can call anything else."""

    problem: str = NOTHING  # the sentence of the last refusal
    field_problems: dict[str, str] = {}
    loaded: bool = False

    if TYPE_CHECKING:  # Reflex gives these without types: the parts of a page's address, and what every State can do
        campaign_id: str
        contribution_id: str
        job_id: str
        payout_id: str

        def reset(self) -> None: ...

    def __init_subclass__(cls, **options: Any) -> None:
        for name, member in list(vars(cls).items()):
            if inspect.isasyncgenfunction(member) and not name.startswith("_"):
                setattr(cls, name, _ends_well(member))
        super().__init_subclass__(**options)

    async def _actor(self) -> Actor:
        return await asyncio.to_thread(look_up, caller_of(self))

    async def _ask(self, question: Callable[..., Any], **arguments: Any) -> Any:
        """Ask a read as whoever is here; its refusals are the caller's."""
        return await asyncio.to_thread(_read, question, caller_of(self), arguments)

    async def _do(self, service: Callable[..., Any], **arguments: Any) -> Any:
        """Do one thing in one transaction as whoever is here; refusals are shown, then None is given back."""
        return await self._attempt(_write, service, arguments)

    async def _tell(self, story: Callable[..., Any], **arguments: Any) -> Any:
        """Do a story that opens its own transactions; it gets `open_uow`, `actor` and the wish."""
        return await self._attempt(_story, story, arguments)

    async def _tell_meanwhile(self, story: Callable[..., Any], **arguments: Any) -> Any:
        """A story that may take long, from a background event: the tab stays free; its refusals are the caller's."""
        return await asyncio.to_thread(_story, story, caller_of(self), arguments)

    async def _attempt(self, way: Callable[..., Any], act: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        self._clear_problems()
        try:
            return await asyncio.to_thread(way, act, caller_of(self), arguments)
        except DomainError as refusal:
            self._show(refusal)
            return None

    def _stand_by(self) -> None:
        """What was begun has ended in a way its handler does not see: buttons work again."""
        for name in _AT_WORK:
            if current := getattr(self, name, None):
                setattr(self, name, type(current)())

    def _hear_of(self, kind: str, ids: Iterable[object], then: Any) -> None:
        """From now on this tab does `then` at news of these ids of a `kind` (see `Hub`), and of no others of it."""
        self._hear_no_more(kind)
        for one in dict.fromkeys(map(str, ids)):
            hub.listen(self.router.session.client_token, f"{kind}:{one}", then)

    def _hear_no_more(self, kind: str) -> None:
        hub.leave(self.router.session.client_token, kind)

    def _clear_problems(self) -> None:
        if self.problem != NOTHING:
            self.problem = NOTHING
        if self.field_problems:
            self.field_problems = {}

    def _show(self, refusal: DomainError) -> None:
        """Put a refusal where the person sees it: its sentence, and each field's."""
        self.problem = refusal_words(refusal.words, refusal.values)
        if isinstance(refusal, InvalidFields):
            self.field_problems = {
                name: say(f"field.{problem.key}", **problem.values) for name, problem in refusal.fields.items()
            }

    def _parts(self) -> Wiring:
        return wiring()


def _ends_well(handler: Callable[..., AsyncIterator[Any]]) -> Callable[..., AsyncIterator[Any]]:
    """A handler whose buttons come up again however it ends: Reflex tells a browser nothing of one that raises."""

    @wraps(handler)
    async def begun(self: PageState, *given: Any, **named: Any) -> AsyncIterator[Any]:
        try:
            async for step in handler(self, *given, **named):
                yield step
        except Unavailable as away:
            self._stand_by()
            self._show(away)
        except Exception:
            self._stand_by()
            yield  # the browser hears of the buttons before the failure is reported
            raise

    return begun


def _read(question: Callable[..., Any], caller: TabSession, arguments: dict[str, Any]) -> Any:
    with _outages_said():
        actor = look_up(caller)
        with wiring().open_read() as uow:
            return question(uow, actor=actor, **arguments)


def _write(service: Callable[..., Any], caller: TabSession, arguments: dict[str, Any]) -> Any:
    with _errand(service), _outages_said():
        actor = look_up(caller)
        may_do(service, actor)
        with wiring().open_uow() as uow:
            return service(uow, actor=actor, **arguments)


def _story(story: Callable[..., Any], caller: TabSession, arguments: dict[str, Any]) -> Any:
    with _errand(story), _outages_said():
        actor = look_up(caller)
        may_do(story, actor)
        return story(wiring().open_uow, actor=actor, **arguments)


@contextmanager
def _outages_said() -> Iterator[None]:
    """A part that is away or full is a refusal with a sentence, as at the API; what surprises stays a surprise."""
    try:
        yield
    except Exception as trouble:
        if not is_outage(trouble):
            raise
        log.warning("a part is away", extra={"why": type(trouble).__name__})
        raise Unavailable from trouble


@contextmanager
def _errand(act: Callable[..., Any]) -> Iterator[None]:
    """Gives what a page does an id of its own and one line in the log, without what was wished for (MON-06)."""
    with structlog.contextvars.bound_contextvars(request_id=uuid.uuid4().hex):
        started, refused = time.perf_counter(), ""
        try:
            yield
        except DomainError as refusal:
            refused = refusal.code
            raise
        finally:
            took = round((time.perf_counter() - started) * 1000, 1)
            _acts.info("page act", act=act.__name__, refused=refused, milliseconds=took)
