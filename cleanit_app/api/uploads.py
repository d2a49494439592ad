"""Photos that arrive: read up to a limit, looked at, stored, and forgotten again when the wish is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from fastapi import UploadFile

from cleanit_app.domain.errors import PhotoMissing, PhotoTooLarge
from cleanit_app.ports import FileStore
from cleanit_app.services.photos import ExaminedPhoto, StoredPhoto, examine, store


def examine_upload(upload: UploadFile | None, *, most_bytes: int, kinds: tuple[str, ...]) -> ExaminedPhoto:
    """The photo of a form, checked; never reads more than is allowed.

    Raises PhotoMissing, PhotoTooLarge, NotAnImage, TooManyPixels or PhotoBroken.
    """
    if upload is None:
        raise PhotoMissing
    data = upload.file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise PhotoTooLarge(most_mb=most_bytes // (1024 * 1024))
    return examine(data, most_bytes=most_bytes, kinds=kinds)


@contextmanager
def stored(files: FileStore, photo: ExaminedPhoto, *, folder: str) -> Iterator[StoredPhoto]:
    """The photo's files, kept if the block ends well and deleted if it does not."""
    kept = store(files, photo, folder=folder)
    try:
        yield kept
    except BaseException:
        for key in (kept.original_key, *(f"{kept.base_key}/{width}.webp" for width in photo.sizes)):
            with suppress(OSError):  # a file that stays is only lost space
                files.delete(key)
        raise
