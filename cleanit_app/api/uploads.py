"""Photos in forms: the file of a form handed to the story that decides how far it is believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager

from fastapi import Request, UploadFile

from cleanit_app.api.dependencies import wiring_of
from cleanit_app.domain.pictures import Stamp
from cleanit_app.services.photos import intake
from cleanit_app.services.photos.intake import Received
from cleanit_app.services.photos.photos import StoredPhoto


def receive(
    request: Request,
    upload: UploadFile | None,
    *,
    most_bytes: int,
    kinds: tuple[str, ...],
    stamp: Stamp | None = None,
) -> Received:
    """The photo of a form, as `intake.receive` gives it."""
    parts = wiring_of(request)
    return intake.receive(
        parts.open_uow,
        parts.examiner,
        parts.scanner,
        sent=upload.file if upload is not None else None,
        most_bytes=most_bytes,
        kinds=kinds,
        stamp=stamp,
    )


def receive_scanned(
    request: Request, upload: UploadFile | None, *, most_bytes: int, kinds: tuple[str, ...]
) -> Received:
    """The same for what may not lie in quarantine; TryLater while nobody can scan."""
    return intake.must_be_scanned(receive(request, upload, most_bytes=most_bytes, kinds=kinds))


def stored(request: Request, received: Received, *, folder: str) -> AbstractContextManager[StoredPhoto]:
    """The photo's files, kept if the block ends well and deleted if it does not."""
    return intake.stored(wiring_of(request).files, received, folder=folder)


@contextmanager
def stored_for_two(request: Request, seen: Sequence[Received], *, folder: str) -> Iterator[list[StoredPhoto]]:
    """The files of photos that two sides show one another, without originals; all kept or all deleted."""
    files = wiring_of(request).files
    with ExitStack() as stack:
        yield [stack.enter_context(intake.stored(files, one, folder=folder, original=False)) for one in seen]
