"""Sign-in for pages: plain forms that a browser can send by itself, and one cookie no script can read (SEC-03)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from cleanit_app import routes
from cleanit_app.api import cookies
from cleanit_app.api.dependencies import changing, language, wiring_of
from cleanit_app.api.errors import refuse
from cleanit_app.api.schemas.base import Out, answer
from cleanit_app.api.visitors import count_new_account, signature, tries, visitor
from cleanit_app.domain.actors import Role
from cleanit_app.domain.errors import DomainError, MalformedRequest
from cleanit_app.services.accounts import terms
from cleanit_app.services.auth import password_change, sign_in, sign_up
from cleanit_app.services.auth.hash_limiter import slow_hash
from cleanit_app.services.auth.session_revocation import end_session
from cleanit_app.services.auth.sign_in import SignedIn


class NextOut(Out):
    """Where to go now, for scripts; browsers are led there."""

    next: str


def _form(names: str) -> dict[str, Any]:
    """How the contract describes a form with these fields."""
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in names.split()}}
    return {"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}}


router = APIRouter(prefix=routes.SESSION, tags=["pages"])
LED_ON: dict[int | str, dict[str, Any]] = {303: {"description": "The page to go to, or back to with what is wrong"}}
HOME_OF = {Role.CITIZEN: routes.HOME, Role.CLEANER: routes.JOBS, Role.ADMIN: routes.ADMIN}


async def form_of(request: Request) -> dict[str, str]:
    """The text fields of a form."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


Form = Annotated[dict[str, str], Depends(form_of)]


@router.post("/login", response_model=NextOut, responses=LED_ON, openapi_extra=_form("identifier password next"))
def login(request: Request, form: Form) -> Response:
    """Sign in from a form: `identifier, password, next`."""

    def enter() -> SignedIn:
        with slow_hash():
            return sign_in.sign_in(
                wiring_of(request).open_uow,
                wiring_of(request).limits,
                identifier=form.get("identifier"),
                password=form.get("password"),
                visitor=visitor(request),
                with_cookie=True,
                tries=tries(request),
            )

    return _let_in(request, form, enter, back=routes.LOGIN)


@router.post(
    "/register",
    response_model=NextOut,
    responses=LED_ON,
    openapi_extra=_form("name email phone password role acceptTerms next"),
)
def register(request: Request, form: Form) -> Response:
    """Ask to join from a form: `name, email, phone, password, role, acceptTerms, next`; then comes the code."""

    def ask() -> str:
        count_new_account(request)
        with slow_hash():
            account = sign_up.check_new_account(
                name=form.get("name"),
                email=form.get("email"),
                phone=form.get("phone"),
                password=form.get("password"),
                role=form.get("role"),
                accept_terms=form.get("acceptTerms", "").lower() in ("on", "true", "1", "yes"),
            )
        parts = wiring_of(request)
        asked = sign_up.ask_to_join(
            parts.open_uow, parts.limits, account=account, signature=signature(request), language=language(request)
        )
        return _step_of_code(routes.JOIN, "code", asked.code_id, form)

    return _lead_on(request, form, ask, back=routes.JOIN)


@router.post("/register/code", response_model=NextOut, responses=LED_ON, openapi_extra=_form("id next"))
def another_code(request: Request, form: Form) -> Response:
    """Have another code sent for a wish to join, from a form: `id, next`; the step of the code follows."""

    def ask() -> str:
        parts = wiring_of(request)
        code_id = sign_up.ask_again(
            parts.open_uow, parts.limits, code_id=form.get("id"), visitor=visitor(request), tries=tries(request)
        )
        return _step_of_code(routes.JOIN, "code", code_id, form)

    return _lead_on(request, form, ask, back=routes.JOIN)


@router.post("/register/confirm", response_model=NextOut, responses=LED_ON, openapi_extra=_form("id code next"))
def open_account(request: Request, form: Form) -> Response:
    """Open the account with the code, from a form: `id, code, next`; signed in at once."""

    def enter() -> SignedIn:
        parts = wiring_of(request)
        return sign_up.open_account(
            parts.open_uow,
            parts.limits,
            parts.keyed_hash,
            code_id=form.get("id"),
            code=form.get("code", ""),
            visitor=visitor(request),
            with_cookie=True,
            tries=tries(request),
        )

    return _let_in(request, form, enter, back=f"{routes.JOIN}?{urlencode({'code': form.get('id', '')})}")


@router.post("/logout", response_model=NextOut, responses=LED_ON)
def logout(request: Request) -> Response:
    """End the session behind the cookie, in every tab."""
    _end_earlier(request, "signed out")
    response = _go(request, routes.HOME)
    cookies.forget_session(request, response)
    return response


@router.post("/reset", response_model=NextOut, responses=LED_ON, openapi_extra=_form("identifier next"))
def ask_for_reset(request: Request, form: Form) -> Response:
    """Ask for a code from a form: `identifier, next`; the page where it is typed follows, account or not."""

    def ask() -> str:
        code_id = password_change.ask_for_reset(
            wiring_of(request).open_uow,
            wiring_of(request).limits,
            identifier=form.get("identifier"),
            visitor=visitor(request),
            language=language(request),
            tries=tries(request),
        )
        return _step_of_code(routes.RESET_CODE, "id", code_id, form)

    return _lead_on(request, form, ask, back=routes.RESET)


@router.post("/reset/confirm", response_model=NextOut, responses=LED_ON, openapi_extra=_form("id code password next"))
def reset(request: Request, form: Form) -> Response:
    """Set a new password from a form: `id, code, password, next`; signed in at once, everywhere else signed out."""

    def enter() -> SignedIn:
        wiring = wiring_of(request)
        made = password_change.reset_password(
            wiring.open_uow,
            wiring.limits,
            wiring.keyed_hash,
            code_id=form.get("id"),
            code=form.get("code", ""),
            password=form.get("password"),
            visitor=visitor(request),
            tries=tries(request),
        )
        with wiring.open_uow() as uow:
            return sign_in.open_session(uow, user_id=made.user_id, visitor=visitor(request), with_cookie=True)

    return _let_in(request, form, enter, back=f"{routes.RESET_CODE}?{urlencode({'id': form.get('id', '')})}")


@router.post("/terms", response_model=NextOut, responses=LED_ON, openapi_extra=_form("version next"))
def accept(request: Request, form: Form) -> Response:
    """Accept the terms from a form: `version, next`; logged with the time and a hash of where from (LAW-06)."""
    try:
        _refuse_nul(form)
        with changing(request, before_terms=True) as call:
            terms.accept_terms(call.uow, actor=call.actor, version=form.get("version"), signature=signature(request))
    except DomainError as refusal:
        return _turn_away(request, form, refusal, routes.ACCEPT_TERMS)
    return _go(request, routes.inside(form.get("next"), routes.HOME))


def _refuse_nul(form: dict[str, str]) -> None:
    if "\x00" in "".join(form.values()):
        raise MalformedRequest(field="form")


def _step_of_code(page: str, name: str, code_id: UUID, form: dict[str, str]) -> str:
    """The page where a code is typed, which the wish's id leads to, with the goal kept."""
    query = {name: str(code_id)} | ({"next": routes.inside(form["next"], routes.HOME)} if form.get("next") else {})
    return f"{page}?{urlencode(query)}"


def _lead_on(request: Request, form: dict[str, str], ask: Callable[[], str], *, back: str) -> Response:
    try:
        _refuse_nul(form)
        return _go(request, ask())
    except DomainError as refusal:
        return _turn_away(request, form, refusal, back)


def _let_in(request: Request, form: dict[str, str], enter: Callable[[], SignedIn], *, back: str) -> Response:
    try:
        _refuse_nul(form)
        signed_in = enter()
    except DomainError as refusal:
        return _turn_away(request, form, refusal, back)
    _end_earlier(request, "signed in anew")
    home = HOME_OF[signed_in.actor.role] if signed_in.actor.role else routes.HOME
    goal = routes.KEPT if signed_in.kept else routes.inside(form.get("next"), home)
    if signed_in.actor.half_in:
        goal = f"{routes.SECOND_FACTOR}?{urlencode({'next': goal})}"
    response = _go(request, goal)
    cookies.set_session(request, response, signed_in.secret)
    cookies.set_device(request, response, signed_in.device)
    return response


def _turn_away(request: Request, form: dict[str, str], refusal: DomainError, back: str) -> Response:
    if _wants_json(request):
        return refuse(request, refusal)
    query = {"error": refusal.code}
    if form.get("next"):
        query["next"] = routes.inside(form["next"], routes.HOME)
    joint = "&" if "?" in back else "?"
    return RedirectResponse(f"{back}{joint}{urlencode(query)}", 303, {"Cache-Control": "no-store"})


def _end_earlier(request: Request, reason: str) -> None:
    secret = cookies.session_secret(request)
    if not secret:
        return
    with wiring_of(request).open_uow() as uow:
        session_id = sign_in.session_of_cookie(uow, secret=secret)
        if session_id is not None:
            end_session(uow, session_id=session_id, reason=reason)


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _go(request: Request, path: str) -> Response:
    kept = {"Cache-Control": "no-store"}
    if _wants_json(request):
        return answer(NextOut(next=path))
    return RedirectResponse(path, 303, kept)
