"""How a page does things and asks things: off the event loop, as whoever is here now, with one way to fail."""

from __future__ import annotations

import asyncio
import inspect
import logging
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import reflex as rx
import structlog
from reflex_base.event import BACKGROUND_TASK_MARKER

from cleanit_app import telemetry
from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import DomainError, InvalidFields, NotSignedIn, Unavailable
from cleanit_app.i18n import say
from cleanit_app.i18n.refusals import refusal_words
from cleanit_app.services.accounts.terms import may_do
from cleanit_app.state.live import hub
from cleanit_app.state.session import TabSession, caller_of, look_up
from cleanit_app.state.trouble import PageTrouble, ReadFailed
from cleanit_app.wiring import Wiring, is_outage, wiring

log = logging.getLogger(__name__)
_acts = structlog.get_logger("cleanit.page")
NOTHING = ""
_OPENING = ("load", "arrive", "arrive_signed_in")
"""The handlers that open a page; when they fail before there is anything to show, the trouble takes its place."""
_AT_WORK = ("busy", "busy_row", "sending")
"""Vars that keep a button down while something is done; pages have those that they need."""


class PageState(rx.State, mixin=True):
    """What every page's State can do. Helpers begin with an underscore: browsers can call anything else."""

    problem: str = NOTHING  # the sentence of the last refusal
    field_problems: dict[str, str] = {}
    loaded: bool = False
    _in_trouble: bool = False
    _failures: int = 0  # a handler may call another, and must not take back what that has said

    if TYPE_CHECKING:  # Reflex gives these without types: the parts of a page's address, and what every State can do
        campaign_id: str
        case_id: str
        cleaner_id: str
        contribution_id: str
        job_id: str
        payout_id: str
        person_id: str
        run_id: str
        article_id: str
        ticket_id: str
        dispute_id: str
        slug: str

        def reset(self) -> None: ...

    def __init_subclass__(cls, **options: Any) -> None:
        for name, member in list(vars(cls).items()):
            if name.startswith("_") or not _is_event(member):
                continue
            if inspect.isasyncgenfunction(member):
                setattr(cls, name, _ends_well(member))
            elif inspect.iscoroutinefunction(member):
                setattr(cls, name, _reads_well(member))
        super().__init_subclass__(**options)

    async def _actor(self) -> Actor:
        return await asyncio.to_thread(look_up, caller_of(self))

    async def _ask(self, question: Callable[..., Any], **arguments: Any) -> Any:
        """Ask a read as whoever is here; its refusals are the caller's. What has no answer is `ReadFailed`."""
        return await asyncio.to_thread(_read, question, caller_of(self), arguments)

    async def _own_up(self, trouble: Exception, handler: str) -> None:
        """Let the page say that it could not be read; whoever must sign in first is on the way there."""
        self._stand_by()
        self._failures += 1
        if isinstance(trouble, NotSignedIn):
            return
        request_id = getattr(trouble, "request_id", "") or uuid.uuid4().hex
        if not isinstance(trouble, ReadFailed):
            _acts.error("a page event failed", exc_info=trouble, request_id=request_id, act=handler)
            asked, caller = {"act": handler}, caller_of(self)
            await asyncio.to_thread(_note, trouble, asked, caller)
        page, self._in_trouble = await self.get_state(PageTrouble), True
        page._say(request_id, of=type(self).__name__, instead=handler in _OPENING and not self.loaded)

    async def _all_is_well(self, failures_before: int) -> None:
        if self._in_trouble and self._failures == failures_before:
            self._in_trouble = False
            (await self.get_state(PageTrouble))._over(type(self).__name__)

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


def _is_event(member: Any) -> bool:
    return callable(member) and not getattr(member, BACKGROUND_TASK_MARKER, False)


def _reads_well(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """A handler that never leaves a skeleton: what it could not do is logged, and the page says so."""

    @wraps(handler)
    async def done(self: PageState, *given: Any, **named: Any) -> Any:
        before = self._failures
        try:
            answer = await handler(self, *given, **named)
        except Exception as trouble:  # Reflex tells a browser nothing of a handler that raises
            await self._own_up(trouble, handler.__name__)
            return None
        await self._all_is_well(before)
        return answer

    return done


def _ends_well(handler: Callable[..., AsyncIterator[Any]]) -> Callable[..., AsyncIterator[Any]]:
    """As `_reads_well`, for a handler that answers in steps: its buttons come up again however it ends."""

    @wraps(handler)
    async def begun(self: PageState, *given: Any, **named: Any) -> AsyncIterator[Any]:
        before = self._failures
        try:
            async for step in handler(self, *given, **named):
                yield step
        except Unavailable as away:
            self._stand_by()
            self._show(away)
        except Exception as trouble:
            if handler.__name__ not in _OPENING and isinstance(trouble, ReadFailed):
                self._show(Unavailable())  # at the button that was pressed
            await self._own_up(trouble, handler.__name__)
            yield  # the browser hears of it before the failure is reported
            if not isinstance(trouble, ReadFailed):
                raise
        else:
            await self._all_is_well(before)

    return begun


def _read(question: Callable[..., Any], caller: TabSession, arguments: dict[str, Any]) -> Any:
    request_id = uuid.uuid4().hex
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        try:
            with _outages_said():
                actor = look_up(caller)
                with wiring().open_read() as uow:
                    return question(uow, actor=actor, **arguments)
        except Unavailable as away:
            _acts.warning("a page could not be read", read=question.__name__)
            raise ReadFailed(request_id) from away
        except DomainError:
            raise
        except Exception as surprise:
            _acts.error("a page could not be read", read=question.__name__, exc_info=surprise)
            wiring().surprised(surprise, source="page", asked={"read": question.__name__}, user_id=_who(caller))
            raise ReadFailed(request_id) from surprise


def _write(service: Callable[..., Any], caller: TabSession, arguments: dict[str, Any]) -> Any:
    with _errand(service, caller), _outages_said():
        actor = look_up(caller)
        may_do(service, actor)
        with wiring().open_uow() as uow:
            return service(uow, actor=actor, **arguments)


def _story(story: Callable[..., Any], caller: TabSession, arguments: dict[str, Any]) -> Any:
    with _errand(story, caller), _outages_said():
        actor = look_up(caller)
        may_do(story, actor)
        return story(wiring().open_uow, actor=actor, **arguments)


def _note(surprise: Exception, asked: dict[str, str], caller: TabSession) -> None:
    wiring().surprised(surprise, source="page", asked=asked, user_id=_who(caller))


def _who(caller: TabSession) -> uuid.UUID | None:
    """Who met a surprise; nobody when the very part that tells it is what failed."""
    try:
        return look_up(caller).id
    except Exception as trouble:
        log.info("who met a surprise is not known", extra={"why": type(trouble).__name__})
        return None


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
def _errand(act: Callable[..., Any], caller: TabSession) -> Iterator[None]:
    """Gives what a page does an id of its own and one line in the log, without what was wished for (MON-06)."""
    with structlog.contextvars.bound_contextvars(request_id=uuid.uuid4().hex):
        started, refused, result = time.perf_counter(), "", "failed"
        try:
            yield
            result = "well"
        except DomainError as refusal:
            refused, result = refusal.code, "refused"
            raise
        except Exception as surprise:
            wiring().surprised(surprise, source="page", asked={"act": act.__name__}, user_id=_who(caller))
            raise
        finally:
            seconds = time.perf_counter() - started
            telemetry.page_acted(act.__name__, result, seconds)
            _acts.info("page act", act=act.__name__, refused=refused, milliseconds=round(seconds * 1000, 1))
