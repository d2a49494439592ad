"""Photos: what was received, what it proves, and where its sizes are kept."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, Column, ForeignKey, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import BigInteger, Field, LargeBinary, SQLModel

from cleanit_app.models.base import id_field, maybe_moment, moment

_NOT_WITHDRAWN = "NOT EXISTS (SELECT FROM users w WHERE w.id = p.owner_id AND w.gallery_consent IS FALSE)"
PHOTO_IS_PUBLIC = f"""(p.erased_at IS NULL
   AND (EXISTS (SELECT FROM campaigns c WHERE c.photo_id = p.id AND c.activated_at IS NOT NULL
                AND (c.status IN ('ACTIVE', 'FUNDED', 'COMPLETED')
                     OR c.status <> 'CANCELLED' AND {_NOT_WITHDRAWN}))
        OR EXISTS (SELECT FROM jobs j
                   WHERE j.id = p.job_id AND j.completion_photo_id = p.id AND j.status IN ('VERIFIED', 'PAID')
                   AND {_NOT_WITHDRAWN})))"""  # noqa: S608 (our own words)
"""Whether anybody may see the photo `p`: of a cleanup that was let in and not taken back, of work that was accepted.

Whose owner took consent back is seen by all only as the before-photo of a cleanup that is not over: who gives decides
by it (LAW-07).
"""


class PhotoTakedown(SQLModel, table=True):
    """A photo that is public no more, until shared caches have forgotten it; asked once more after they said so."""

    __tablename__ = "photo_takedowns"
    __table_args__ = (Index("ix_photo_takedowns_due", "next_try_at"),)
    photo_id: uuid.UUID = Field(foreign_key="photos.id", primary_key=True)
    asked_at: datetime = moment()
    next_try_at: datetime = moment()
    forgotten_at: datetime | None = maybe_moment()
    tries: int = 0


class Photo(SQLModel, table=True):
    """One received photo. The original is private; `base_key` names the public sizes without metadata."""

    __tablename__ = "photos"
    __table_args__ = (
        CheckConstraint("1 <= ALL (widths) AND 10000 >= ALL (widths)", name="widths_range"),
        CheckConstraint("infected_with IS NULL OR quarantined_at IS NOT NULL", name="infected_fact"),
        Index("ix_photos_of_jobs", "received_at", postgresql_where=text("job_id IS NOT NULL")),
        Index("ix_photos_place", "latitude", "longitude", postgresql_where=text("latitude IS NOT NULL")),
        Index("ix_photos_sha256", "sha256", unique=True, postgresql_where=text("NOT superseded")),
        Index(
            "ix_photos_quarantined",
            "quarantined_at",
            postgresql_where=text("quarantined_at IS NOT NULL AND infected_with IS NULL"),
        ),
        CheckConstraint("files_gone_at IS NULL OR erased_at IS NOT NULL", name="files_gone_fact"),
        Index(
            "ix_photos_files_to_drop",
            "id",
            postgresql_where=text("erased_at IS NOT NULL AND files_gone_at IS NULL"),
        ),
    )
    id: uuid.UUID = id_field()
    owner_id: uuid.UUID = Field(foreign_key="users.id", index=True)
    job_id: uuid.UUID | None = Field(  # of an after-photo, also of a try that was not accepted
        default=None,
        sa_column=Column(ForeignKey("jobs.id", ondelete="SET NULL", use_alter=True), nullable=True, index=True),
    )
    sha256: bytes = Field(sa_type=LargeBinary)  # the very same file never proves twice
    superseded: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    """Its owner used the file again after its campaign had been cancelled; processes from before know no such thing."""
    phash: int = Field(sa_type=BigInteger, index=True)
    original_key: str
    base_key: str
    widths: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    width: int
    height: int
    bytes_received: int
    received_at: datetime = moment()
    quarantined_at: datetime | None = maybe_moment()  # nobody could scan it yet: its files are under quarantine/
    infected_with: str | None = None
    erased_at: datetime | None = maybe_moment()  # with its owner's account: shown to nobody from then on (LAW-02)
    files_gone_at: datetime | None = maybe_moment()
    brightness: float
    sharpness: float
    location_source: str = Field(default="E0")  # E3 viewfinder, E2 EXIF, E1 position at upload, E0 nothing
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: float | None = None
    taken_at: datetime | None = maybe_moment()
    exif: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
