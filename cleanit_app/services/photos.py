"""Photos: looked at byte by byte before anything else believes them (CAM-05, JOB-09, SEC-06)."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import imagehash
from PIL import Image, ImageFilter, ImageOps, ImageStat
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from cleanit_app.domain import rules
from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import (
    NotAnImage,
    PhotoAlreadyUsed,
    PhotoBroken,
    PhotoMissing,
    PhotoTooLarge,
    TooManyPixels,
)
from cleanit_app.models import Photo, new_id
from cleanit_app.ports import FileStore
from cleanit_app.services import exif
from cleanit_app.services.unit_of_work import UnitOfWork

WIDTHS = (160, 320, 480, 800, 1600)
CAMPAIGN_KINDS = ("JPEG", "PNG")
JOB_KINDS = ("JPEG", "PNG", "WEBP")
LOOKALIKE_BITS = 5
_MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
_SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


@dataclass(frozen=True)
class ExaminedPhoto:
    """What a received file turned out to be; `sizes` are WebP without any metadata, by width in px."""

    original: bytes
    kind: str
    sha256: bytes
    dhash: int
    width: int
    height: int
    brightness: float  # 0 black to 255 white
    sharpness: float  # spread of the edges; below about 6 is blurry
    place: tuple[float, float] | None  # from EXIF
    taken_at: datetime | None  # from EXIF
    sizes: dict[int, bytes] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class StoredPhoto:
    """An examined photo whose files are kept under `base_key`; not yet in the database."""

    photo: ExaminedPhoto
    id: UUID
    base_key: str
    original_key: str


def examine(data: bytes, *, most_bytes: int, kinds: tuple[str, ...]) -> ExaminedPhoto:
    """Check and take apart a received photo, without I/O.

    Raises PhotoMissing, PhotoTooLarge, NotAnImage, TooManyPixels or PhotoBroken.
    """
    if not data:
        raise PhotoMissing
    if len(data) > most_bytes:
        raise PhotoTooLarge(most_mb=most_bytes // (1024 * 1024))
    kind = _kind_of(data)
    if kind not in kinds:
        raise NotAnImage(kinds=", ".join("JPG" if k == "JPEG" else k for k in kinds))
    image = _decode(data, kind)
    grey = image.convert("L").resize((256, max(1, 256 * image.height // image.width)))
    place, taken_at = exif.read(data)
    return ExaminedPhoto(
        original=data,
        kind=kind,
        sha256=hashlib.sha256(data).digest(),
        dhash=_signed(int(str(imagehash.dhash(image)), 16)),
        width=image.width,
        height=image.height,
        brightness=round(ImageStat.Stat(grey).mean[0], 1),
        sharpness=round(ImageStat.Stat(grey.filter(ImageFilter.FIND_EDGES)).stddev[0], 1),
        place=place,
        taken_at=taken_at,
        sizes={width: _webp(image, width) for width in WIDTHS},
    )


def _kind_of(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)


def _decode(data: bytes, kind: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(data), formats=(kind,))
            # The size is known from the header, before a pixel is unpacked.
            if image.width * image.height > rules.MAX_PIXELS or max(image.size) > rules.MAX_SIDE:
                raise TooManyPixels(most_side=rules.MAX_SIDE)
            if getattr(image, "n_frames", 1) > 1:
                raise NotAnImage(kinds="JPG, PNG")
            image.load()
            return ImageOps.exif_transpose(image).convert("RGB")
    except (TooManyPixels, NotAnImage):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise TooManyPixels(most_side=rules.MAX_SIDE) from bomb
    except (OSError, ValueError, SyntaxError, ArithmeticError, EOFError) as broken:
        raise PhotoBroken from broken


def _webp(image: Image.Image, width: int) -> bytes:
    """The image at most `width` px wide (a small one stays small, so that every size can be asked for)."""
    shrunk = image.copy()
    shrunk.thumbnail((width, 4 * width))
    bare = Image.new("RGB", shrunk.size)
    bare.paste(shrunk)
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=78, method=3)
    return out.getvalue()


def _signed(bits: int) -> int:
    return bits - (1 << 64) if bits >= 1 << 63 else bits


def with_evidence(photo: ExaminedPhoto, *, place: tuple[float, float], at: datetime) -> ExaminedPhoto:
    """The same photo whose original carries the viewfinder's place and time in its EXIF."""
    if photo.kind != "JPEG":
        return photo
    written = exif.write(photo.original, place=place, at=at)
    return ExaminedPhoto(**{**photo.__dict__, "original": written, "place": place, "taken_at": at})


def store(files: FileStore, photo: ExaminedPhoto, *, folder: str) -> StoredPhoto:
    """Keep the original and the public sizes; `folder` is like `campaigns` or `jobs/<id>/completion`."""
    photo_id = new_id()
    base_key, original_key = f"{folder}/{photo_id}", f"originals/{folder}/{photo_id}.{_SUFFIX[photo.kind]}"
    files.put(original_key, photo.original, f"image/{photo.kind.lower()}")
    for width, data in photo.sizes.items():
        files.put(f"{base_key}/{width}.webp", data, "image/webp")
    return StoredPhoto(photo, photo_id, base_key, original_key)


def add_photo(
    uow: UnitOfWork,
    *,
    owner: Actor,
    stored: StoredPhoto,
    location_source: str,
    place: tuple[float, float] | None,
    accuracy_m: float | None,
    taken_at: datetime | None,
) -> Photo:
    """Add a stored photo with what it proves; PhotoAlreadyUsed when the very same file came before."""
    row = Photo(
        id=stored.id,
        owner_id=owner.user_id,
        sha256=stored.photo.sha256,
        phash=stored.photo.dhash,
        original_key=stored.original_key,
        base_key=stored.base_key,
        widths=sorted(stored.photo.sizes),
        width=stored.photo.width,
        height=stored.photo.height,
        bytes_received=len(stored.photo.original),
        received_at=uow.now,
        brightness=stored.photo.brightness,
        sharpness=stored.photo.sharpness,
        location_source=location_source,
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        accuracy_m=accuracy_m,
        taken_at=taken_at,
        exif=_exif_facts(stored.photo),
    )
    uow.add(row)
    try:
        uow.flush()
    except IntegrityError as same:
        if "sha256" not in str(same.orig):
            raise
        raise PhotoAlreadyUsed from same
    return row


def _exif_facts(photo: ExaminedPhoto) -> dict[str, object]:
    taken = photo.taken_at.isoformat() if photo.taken_at else None
    return {"place": photo.place, "takenAt": taken}


def lookalike_of(uow: UnitOfWork, photo: Photo) -> UUID | None:
    """Another photo that looks the same (a few bits of the hash apart), newest 20,000 searched, or None."""
    recent = (
        select(col(Photo.id), col(Photo.phash))
        .where(col(Photo.id) != photo.id)
        .order_by(col(Photo.id).desc())
        .limit(20_000)
    )
    mask = (1 << 64) - 1
    for other_id, bits in uow.run(recent):
        if ((bits ^ photo.phash) & mask).bit_count() <= LOOKALIKE_BITS:
            return UUID(str(other_id))
    return None
