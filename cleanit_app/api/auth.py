"""Joining, and tokens for REST callers: a short access token and a refresh cookie that is used once (SEC-03)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from cleanit_app.api import cookies
from cleanit_app.api.dependencies import changing, language, wiring_of
from cleanit_app.api.schemas.account import CodeAskedOut, CodeIn
from cleanit_app.api.schemas.base import answer
from cleanit_app.api.schemas.people import (
    AnotherCodeIn,
    LoginIn,
    RefreshedOut,
    RegisteredOut,
    RegisterIn,
    SignedInOut,
    user_out,
)
from cleanit_app.api.visitors import address_of, count_new_account, signature, tries, visitor
from cleanit_app.domain.actors import Actor
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.codes import CODE_LIFE, SEND_AGAIN_AFTER
from cleanit_app.domain.errors import DomainError, NotSignedIn, SecondFactorNeeded, TokenRefused
from cleanit_app.reads.people.people import profile
from cleanit_app.services.accounts import accounts
from cleanit_app.services.auth import second_factor, sign_in, sign_up
from cleanit_app.services.auth.hash_limiter import slow_hash
from cleanit_app.services.auth.session_revocation import end_session
from cleanit_app.services.auth.sign_in import SignedIn, Visitor

router = APIRouter(prefix="/api/auth", tags=["sign-in"])


@router.post("/register", status_code=201, response_model=RegisteredOut)
def register(request: Request, body: RegisterIn) -> Response:
    """Ask to join: a code goes to the phone, or to the mailbox of who gave none; the answer is the same for every one.

    The account opens when the code is typed, and `userId` is its id then.
    """
    count_new_account(request)
    parts = wiring_of(request)
    with slow_hash():
        account = sign_up.check_new_account(**dict(body))
    asked = sign_up.ask_to_join(
        parts.open_uow, parts.limits, account=account, signature=signature(request), language=language(request)
    )
    return answer(RegisteredOut(user_id=asked.user_id, code_id=asked.code_id, **_holds()), 201)


@router.post("/register/code", status_code=202, response_model=CodeAskedOut)
def ask_again(request: Request, body: AnotherCodeIn) -> Response:
    """Have another code sent for a wish to join; the one before fits no more."""
    parts = wiring_of(request)
    code_id = sign_up.ask_again(
        parts.open_uow, parts.limits, code_id=body.code_id, visitor=visitor(request), tries=tries(request)
    )
    return answer(CodeAskedOut(code_id=code_id, **_holds()), 202)


def _holds() -> dict[str, int]:
    return {
        "expires_in": int(CODE_LIFE.total_seconds()),
        "send_again_after": int(SEND_AGAIN_AFTER.total_seconds()),
    }


@router.post("/register/confirm", response_model=SignedInOut)
def confirm(request: Request, body: CodeIn) -> Response:
    """Type the code: the account opens, and its tokens come as for signing in."""
    parts = wiring_of(request)
    opened = sign_up.open_account(
        parts.open_uow,
        parts.limits,
        parts.keyed_hash,
        code_id=body.code_id,
        code=body.code,
        visitor=visitor(request),
        with_cookie=False,
        tries=tries(request),
    )
    return _signed_in(request, opened, opened.actor)


@router.post("/login", response_model=SignedInOut)
def login(request: Request, body: LoginIn) -> Response:
    """Swap a password for an access token; the refresh token comes as a cookie."""
    wiring = wiring_of(request)
    with slow_hash():
        signed_in = sign_in.sign_in(
            wiring.open_uow,
            wiring.limits,
            identifier=body.identifier,
            password=body.password,
            visitor=visitor(request),
            with_cookie=False,
            tries=tries(request),
        )
    return _signed_in(request, signed_in, _all_the_way_in(request, signed_in, body.code))


def _signed_in(request: Request, signed_in: SignedIn, actor: Actor) -> Response:
    """Who is in, with tokens and the browser's own secret."""
    with wiring_of(request).open_read() as uow:
        user = user_out(profile(uow, actor=actor))
    out = SignedInOut(**_token(request, actor), user=user, account_kept=signed_in.kept)
    response = answer(out)
    cookies.set_refresh(request, response, signed_in.secret)
    cookies.set_device(request, response, signed_in.device)
    return response


def _all_the_way_in(request: Request, signed_in: SignedIn, code: object) -> Actor:
    """Ask an admin who has a second factor for it; without a right code the session is over at once."""
    actor, parts = signed_in.actor, wiring_of(request)
    if not actor.half_in:
        return actor
    try:
        if not code:
            raise SecondFactorNeeded
        here = Visitor(address_of(request), signed_in.device)
        second_factor.prove(parts.open_uow, parts.limits, parts.cipher, actor=actor, code=code, visitor=here)
    except DomainError:
        with parts.open_uow() as uow:
            end_session(uow, session_id=signed_in.session_id, reason="no second factor")
        raise
    with parts.open_read() as uow:
        return accounts.actor_of_token(uow, user_id=actor.user_id, session_id=signed_in.session_id)


@router.post("/refresh", response_model=RefreshedOut)
def refresh(request: Request) -> Response:
    """Swap the refresh cookie for a new access token and the next cookie; a used one ends the session."""
    secret = cookies.refresh_secret(request)
    if not secret:
        raise TokenRefused
    wiring = wiring_of(request)
    with wiring.open_uow() as uow:
        outcome = sign_in.refresh(uow, secret=secret)
    if outcome.signed_in is None:
        raise TokenRefused
    response = answer(RefreshedOut(**_token(request, outcome.signed_in.actor)))
    cookies.set_refresh(request, response, outcome.signed_in.secret)
    return response


@router.post("/logout", status_code=204)
def logout(request: Request) -> Response:
    """End the session of this token: access and refresh tokens stop working at once."""
    with changing(request, before_terms=True) as call:
        if call.actor.session_id is None:
            raise NotSignedIn
        end_session(call.uow, session_id=call.actor.session_id, reason="signed out")
    response = Response(status_code=204)
    cookies.forget_refresh(request, response)
    return response


def _token(request: Request, actor: Actor) -> dict[str, object]:
    wiring = wiring_of(request)
    token = wiring.tokens.issue(actor, wiring.clock.now())
    return {"access_token": token, "expires_in": int(LIMITS.access_token_life.total_seconds())}
