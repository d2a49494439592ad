"""Photos: public sizes for everybody, the original behind short links for its owner and for who checks it."""

from __future__ import annotations

import re
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from cleanit_app import routes
from cleanit_app.api.dependencies import actor_of, asking, wiring_of
from cleanit_app.api.schemas.base import file_of
from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.networks import is_inside
from cleanit_app.reads.photos.originals import original_key
from cleanit_app.reads.photos.visibility import Shown, may_see, shown_to
from cleanit_app.reads.support.attachments import guest_attachment_key

router = APIRouter(tags=["photos"])
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PUBLIC = re.compile(rf"((?:campaigns|jobs/{_ID}/completion)/({_ID}))/\d{{2,4}}\.webp")
_OF_GUEST = re.compile(rf"({routes.OF_GUESTS}/({_ID}))/(\d{{2,4}})\.webp")
_ORIGINAL = re.compile(rf"originals/(?:campaigns|jobs/{_ID}/completion)/{_ID}\.(?:jpg|png|webp)")
_SECONDS = re.compile(r"\d{1,12}")
_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
# What strangers made never acts in our name, even when a browser is asked to show it as a page.
SEALED_OFF = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_PRIVATE = routes.private_file("{until}", "{signature}", "{key:path}")
HIDDEN = {"Cache-Control": "private, no-store"}
FOREVER = "public, max-age=31536000, immutable"
"""Of what nobody changes under its name, where whoever keeps it on the way can be told to forget it."""
FOR_A_DAY = "public, max-age=86400, s-maxage=300"
"""The same where nobody can be told: a browser that has shown it may go on for a day, all on the way for minutes."""


@router.get(routes.photo("{key:path}"), response_class=Response, responses=file_of("image/webp"))
def public_size(request: Request, key: str) -> Response:
    """One size of a photo for whoever may see it: anybody while it is public, else who has a part in it or checks it.

    NotFound for all others. Its name never holds anything else, so a public one may be kept.
    """
    named = _PUBLIC.fullmatch(key)
    if not named:
        raise NotFound
    if not _is_public(request, UUID(named[2]), named[1]):
        return Response(_bytes(request, key), 200, HIDDEN, "image/webp")
    purged = bool(wiring_of(request).settings.cache_purge_url)
    name = "/".join(key.rsplit("/", 2)[1:])
    tag = {"Cache-Control": FOREVER if purged else FOR_A_DAY, "ETag": f'"{name}"'}
    if tag["ETag"] in request.headers.get("if-none-match", ""):
        return Response(None, 304, tag)
    return Response(_bytes(request, key), 200, tag, "image/webp")


def _is_public(request: Request, photo_id: UUID, base_key: str) -> bool:
    """Whether anybody may see a photo; NotFound when who asks may not."""
    with wiring_of(request).open_read() as uow:
        shown = shown_to(uow, photo_id=photo_id, base_key=base_key)
        if shown is Shown.ALL:
            return True
        if shown is Shown.NOBODY:
            raise NotFound
        actor = actor_of(request, uow)
        if _comes_from_outside(request, actor) or not may_see(uow, actor=actor, photo_id=photo_id):
            raise NotFound
    return False


def _comes_from_outside(request: Request, actor: Actor) -> bool:
    """Whether an admin asks from no network of the admins (SEC-02)."""
    networks = wiring_of(request).settings.admin_ip_allowlist
    host = request.client.host if request.client else ""
    return bool(networks) and actor.role is Role.ADMIN and not is_inside(host, networks)


@router.get(routes.original("{photo_id}"), response_class=RedirectResponse, status_code=303)
def original(request: Request, photo_id: UUID) -> Response:
    """The way to the photo as it was received, for its owner and for admins who verify: a link good for minutes."""
    with asking(request) as call:
        key = original_key(call.uow, actor=call.actor, photo_id=photo_id)
        link = wiring_of(request).links.link(key, call.uow.now)
    return RedirectResponse(link, 303, {"Cache-Control": "private, no-store"})


@router.get(
    routes.private_file("{until}", "{signature}", "{key:path}"), response_class=Response, include_in_schema=False
)
def private_file(request: Request, until: str, signature: str, key: str) -> Response:
    """A private file for whoever holds a link to it that is ours, whole and not over."""
    parts = wiring_of(request)
    of_guest = _OF_GUEST.fullmatch(key)
    if not (of_guest or _ORIGINAL.fullmatch(key)) or not _SECONDS.fullmatch(until):
        raise NotFound
    signed = of_guest[1] if of_guest else key
    parts.links.check(until=int(until), signature=signature, key=signed, now=parts.clock.now())
    if of_guest:
        with asking(request) as call:
            held = guest_attachment_key(call.uow, actor=call.actor, photo_id=UUID(of_guest[2]), width=int(of_guest[3]))
        return Response(_bytes(request, held), 200, SEALED_OFF, "image/webp")
    name = key.rpartition("/")[2]
    headers = {**SEALED_OFF, "Content-Disposition": f'inline; filename="{name}"'}
    return Response(_bytes(request, key), 200, headers, _TYPES[key.rpartition(".")[2]])


def _bytes(request: Request, key: str) -> bytes:
    try:
        return wiring_of(request).files.get(key)
    except KeyError as missing:
        raise NotFound from missing
