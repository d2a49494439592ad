"""Every refusal as one shape: a code for machines, a sentence for people, the fields that need another look."""

from __future__ import annotations

import json
import uuid
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from redis.exceptions import RedisError
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cleanit_app import routes
from cleanit_app.api.dependencies import asking, language, wiring_of
from cleanit_app.domain.errors import (
    DomainError,
    FieldProblem,
    IdempotencyConflict,
    IdempotencyKeyUnfit,
    InvalidFields,
    MalformedRequest,
    NotFound,
    SignatureRefused,
    TooManyRequests,
)
from cleanit_app.domain.limits import Burst
from cleanit_app.i18n import Language, say_in, speaking
from cleanit_app.i18n.refusals import refusal_words
from cleanit_app.ports import StoreAway
from cleanit_app.services.auth.bursts import note_burst
from cleanit_app.wiring import NO_ROOM, only_reads

log = structlog.get_logger("cleanit.api")

OURS = tuple(f"{place}/" for place in (routes.API, routes.SESSION, routes.FILES, routes.PRIVATE))
RETRY_AFTER = {"CLAIM_LIMIT": "3600", "PROVIDER_UNAVAILABLE": "60", "BUSY": "2", "UNAVAILABLE": "2"}
OF_STATUS = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 413: "TOO_LARGE", 415: "NOT_ACCEPTED"}
_BURSTS = {SignatureRefused: Burst.BAD_SIGNATURES, TooManyRequests: Burst.REFUSED_FOR_NUMBER}
PHOTO_CODES = frozenset(
    {
        "PHOTO_MISSING",
        "NOT_AN_IMAGE",
        "PHOTO_TOO_LARGE",
        "TOO_MANY_PIXELS",
        "PHOTO_BROKEN",
        "PHOTO_NOT_CHECKED",
        "PHOTO_INFECTED",
        "PHOTO_ALREADY_USED",
    }
)


def sentence_of(refusal: DomainError, lang: Language) -> str:
    """The refusal in words."""
    with speaking(lang):
        return refusal_words(refusal.words, refusal.values)


def body_of(refusal: DomainError, lang: Language) -> dict[str, Any]:
    """The JSON body of a refusal."""
    body: dict[str, Any] = {"error": refusal.code, "detail": sentence_of(refusal, lang)}
    if isinstance(refusal, InvalidFields):
        body["fields"] = {
            name: say_in(lang, f"field.{problem.key}", **problem.values) for name, problem in refusal.fields.items()
        }
    elif refusal.code in PHOTO_CODES:
        body["fields"] = {"photo": body["detail"]}
    elif isinstance(refusal, IdempotencyConflict | IdempotencyKeyUnfit):
        body["fields"] = {"Idempotency-Key": body["detail"]}
    return body


class _Readable(JSONResponse):
    """A refusal may quote what came in, and that may hold halves of characters, which no answer can carry."""

    def render(self, content: Any) -> bytes:
        """As JSON; `?` stands for what is no character."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def refuse(request: Request, refusal: DomainError) -> JSONResponse:
    """The HTTP answer of a refusal."""
    headers = {"Cache-Control": "no-store"}
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    seconds = refusal.values.get("seconds")
    if seconds or refusal.status in (429, 503):
        headers["Retry-After"] = str(seconds) if seconds else RETRY_AFTER.get(refusal.code, "60")
    return _Readable(body_of(refusal, language(request)), refusal.status, headers)


def _plain(request: Request, status: int, code: str, **more: Any) -> JSONResponse:
    headers = {"Cache-Control": "no-store"}
    if status == 503:
        headers["Retry-After"] = RETRY_AFTER["UNAVAILABLE"]
    detail = say_in(language(request), f"error.{code}")
    return JSONResponse({"error": code, "detail": detail, **more}, status, headers)


def add_error_answers(api: FastAPI) -> None:
    """Teach the app to answer every refusal and every surprise in the one shape."""
    api.add_exception_handler(DomainError, _on_refusal)
    api.add_exception_handler(RequestValidationError, _on_unreadable)
    api.add_exception_handler(HTTPException, _on_http)
    api.add_exception_handler(OperationalError, _on_no_database)
    api.add_exception_handler(NoConnection, _on_no_database)
    api.add_exception_handler(InternalError, _on_odd_database)
    api.add_exception_handler(InterfaceError, _on_no_database)
    api.add_exception_handler(RedisError, _on_no_redis)
    api.add_exception_handler(StoreAway, _on_no_store)
    api.add_exception_handler(OSError, _on_no_room)
    api.add_middleware(AnswerSurprises)


async def _on_refusal(request: Request, refusal: Exception) -> JSONResponse:
    assert isinstance(refusal, DomainError)
    for kind, burst in _BURSTS.items():
        if isinstance(refusal, kind):
            await run_in_threadpool(_note, request, burst)
    return refuse(request, refusal)


def _note(request: Request, burst: Burst) -> None:
    """Count a refusal of which many are a sign (SEC-10); a part that is away must not spoil the answer itself."""
    parts = wiring_of(request)
    try:
        note_burst(parts.open_uow, parts.limits, burst=burst, now=parts.clock.now())
    except SQLAlchemyError as away:
        log.warning("a burst could not be told", burst=burst.value, why=type(away).__name__)


def _note_surprise(request: Request, surprise: Exception) -> None:
    """Keep it among the failures, with who met it where that can be told."""
    try:
        with asking(request) as call:
            person = call.actor.id
    except Exception as trouble:  # who asked is not known when the very part that tells it is what failed
        log.info("who met a surprise is not known", why=type(trouble).__name__)
        person = None
    asked = {"method": request.method, "route": _route(request.scope)}
    wiring_of(request).surprised(surprise, source="api", asked=asked, user_id=person)


async def _on_unreadable(request: Request, trouble: Exception) -> JSONResponse:
    """An id that is none is not found, an unreadable body is 400, a field of the wrong kind is 422."""
    assert isinstance(trouble, RequestValidationError)
    places = [tuple(error["loc"]) for error in trouble.errors()]
    if any(place[0] == "path" for place in places):
        return refuse(request, NotFound())
    if any(place[-1] == "photo" for place in places):
        return refuse(request, InvalidFields({"photo": FieldProblem("photo_missing")}))
    named = {str(place[-1]) for place in places if place[0] == "query"}
    if named:
        return refuse(request, InvalidFields({name: FieldProblem("value_unreadable") for name in named}))
    return refuse(request, MalformedRequest(field="body"))


async def _on_http(request: Request, trouble: Exception) -> JSONResponse:
    assert isinstance(trouble, HTTPException)
    if isinstance(trouble.__cause__, OSError) and trouble.__cause__.errno in NO_ROOM:  # while a form was read
        return await _on_no_store(request, trouble.__cause__)
    code = OF_STATUS.get(trouble.status_code, "BAD_REQUEST")
    answer = _plain(request, trouble.status_code, code)
    answer.headers.update(trouble.headers or {})
    return answer


def _route(scope: Scope) -> str:
    """The address as the contract has it, without what somebody wrote into it."""
    return str(getattr(scope.get("route"), "path", ""))


async def _on_no_database(request: Request, trouble: Exception) -> JSONResponse:
    """The database does not answer, or not in time: nothing was changed, a moment later it may."""
    log.warning(
        "database unavailable", route=_route(request.scope), why=type(trouble).__name__, detail=str(trouble)[:200]
    )
    return _plain(request, 503, "UNAVAILABLE")


async def _on_no_store(request: Request, trouble: Exception) -> JSONResponse:
    """The store of files does not answer: nothing was kept, a moment later it may be."""
    log.warning("file store unavailable", route=_route(request.scope), why=str(trouble)[:200])
    return _plain(request, 503, "UNAVAILABLE")


async def _on_odd_database(request: Request, trouble: Exception) -> JSONResponse:
    """A database that only reads, as after a failover or when its disk is full, is away; anything else surprises."""
    if not only_reads(trouble):
        raise trouble
    return await _on_no_database(request, trouble)


async def _on_no_redis(request: Request, trouble: Exception) -> JSONResponse:
    """Redis does not answer or is full: nothing was changed that waits for it."""
    log.warning("redis unavailable", route=_route(request.scope), why=type(trouble).__name__)
    return _plain(request, 503, "UNAVAILABLE")


async def _on_no_room(request: Request, trouble: Exception) -> JSONResponse:
    """A full or locked disk, wherever it was met; any other trouble of the machine is a surprise."""
    if getattr(trouble, "errno", None) not in NO_ROOM:
        raise trouble
    return await _on_no_store(request, trouble)


class AnswerSurprises:
    """Answers what nobody expected with 500 and an id to ask about; the trace goes to the log alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(OURS):
            return await self._app(scope, receive, send)
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:  # nobody is there to be answered, and nothing of ours went wrong
            log.info("the caller hung up", route=_route(scope))
        except Exception as surprise:
            request_id = structlog.contextvars.get_contextvars().get("request_id") or uuid.uuid4().hex
            log.error("surprise", route=_route(scope), request_id=request_id, exc_info=True)
            await run_in_threadpool(_note_surprise, Request(scope), surprise)
            if started:
                raise
            answer = _plain(Request(scope), 500, "INTERNAL", requestId=request_id)
            return await answer(scope, receive, send)
