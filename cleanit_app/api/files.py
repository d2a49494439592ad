"""Photos: public sizes for everybody, the original for its owner and for who checks it."""

from __future__ import annotations

import re
from uuid import UUID

from fastapi import APIRouter, Request, Response

from cleanit_app.api.doors import asking, wiring_of
from cleanit_app.domain.errors import NotFound
from cleanit_app.reads.originals import original_key

router = APIRouter(tags=["photos"])
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PUBLIC = re.compile(rf"(?:campaigns|jobs/{_ID}/completion)/{_ID}/\d{{2,4}}\.webp")
_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
FOREVER = "public, max-age=31536000, immutable"


@router.get("/files/{key:path}", response_class=Response)
def public_size(request: Request, key: str) -> Response:
    """One public size of a photo; its name never holds anything else, so it may be kept for ever."""
    if not _PUBLIC.fullmatch(key):
        raise NotFound
    return Response(_bytes(request, key), 200, {"Cache-Control": FOREVER}, "image/webp")


@router.get("/api/photos/{photo_id}/original", response_class=Response)
def original(request: Request, photo_id: UUID) -> Response:
    """The photo as it was received, for its owner and for admins who verify."""
    with asking(request) as call:
        key = original_key(call.uow, actor=call.actor, photo_id=photo_id)
    ending = key.rpartition(".")[2]
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'inline; filename="{photo_id}.{ending}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(_bytes(request, key), 200, headers, _TYPES[ending])


def _bytes(request: Request, key: str) -> bytes:
    try:
        return wiring_of(request).files.get(key)
    except KeyError as missing:
        raise NotFound from missing
