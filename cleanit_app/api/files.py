"""Photos: public sizes for everybody, the original behind short links for its owner and for who checks it."""

from __future__ import annotations

import re
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from cleanit_app import routes
from cleanit_app.api.dependencies import asking, wiring_of
from cleanit_app.api.schemas.base import file_of
from cleanit_app.domain.errors import NotFound
from cleanit_app.reads.photos.originals import original_key

router = APIRouter(tags=["photos"])
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PUBLIC = re.compile(rf"(?:campaigns|jobs/{_ID}/completion)/{_ID}/\d{{2,4}}\.webp")
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
FOREVER = "public, max-age=31536000, immutable"


@router.get(routes.photo("{key:path}"), response_class=Response, responses=file_of("image/webp"))
def public_size(request: Request, key: str) -> Response:
    """One public size of a photo; its name never holds anything else, so it may be kept for ever."""
    if not _PUBLIC.fullmatch(key):
        raise NotFound
    return Response(_bytes(request, key), 200, {"Cache-Control": FOREVER}, "image/webp")


@router.get("/api/photos/{photo_id}/original", response_class=RedirectResponse, status_code=303)
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
    if not _ORIGINAL.fullmatch(key) or not _SECONDS.fullmatch(until):
        raise NotFound
    parts.links.check(until=int(until), signature=signature, key=key, now=parts.clock.now())
    name = key.rpartition("/")[2]
    headers = {**SEALED_OFF, "Content-Disposition": f'inline; filename="{name}"'}
    return Response(_bytes(request, key), 200, headers, _TYPES[key.rpartition(".")[2]])


def _bytes(request: Request, key: str) -> bytes:
    try:
        return wiring_of(request).files.get(key)
    except KeyError as missing:
        raise NotFound from missing
