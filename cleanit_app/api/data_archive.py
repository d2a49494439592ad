"""A copy of one's data with its photos as one ZIP, made while it is sent: one photo in memory at a time (LAW-01)."""

from __future__ import annotations

import json
import logging
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.calendar import IST
from cleanit_app.reads.people.data_files import BEFORE_ALL, my_files
from cleanit_app.wiring import Wiring

log = logging.getLogger(__name__)
MISSING = "missing.txt"


class _Passing:
    """What a ZIP is written to: it only goes forward, and what was written is taken at once."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._at = 0

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        self._parts.append(bytes(data))
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        """How many bytes went through."""
        return self._at

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = b"".join(self._parts), []
        return parts


def archive(parts: Wiring, actor: Actor, *, data: dict[str, Any], page: str, at: datetime) -> Iterator[bytes]:
    """The ZIP piece by piece: `data.json`, the same as a page to read (`data.html`), and each photo as it was sent.

    A photo whose file is gone is named in `missing.txt`; a store that is away ends the ZIP, which then does not open.
    """
    out = _Passing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:  # type: ignore[call-overload]  # it needs no more of a file
        for name, text in (("data.json", json.dumps(data, ensure_ascii=False, indent=1)), ("data.html", page)):
            made.writestr(_entry(name, at, zipfile.ZIP_DEFLATED), text.encode())
            yield out.taken()
        missing: list[str] = []
        for name, key in _files(parts, actor):
            try:
                content = parts.files.get(key)
            except KeyError:
                log.warning("a photo of a copy of data has no file", extra={"photo": name})
                missing.append(name)
                continue
            made.writestr(_entry(name, at, zipfile.ZIP_STORED), content)  # photos are packed already
            yield out.taken()
        if missing:
            made.writestr(_entry(MISSING, at, zipfile.ZIP_DEFLATED), "\n".join(missing).encode())
    yield out.taken()


def _files(parts: Wiring, actor: Actor) -> Iterator[tuple[str, str]]:
    """Names and keys, some in each transaction, so that a slow reader holds no connection."""
    after = BEFORE_ALL
    while True:
        with parts.open_read() as uow:
            found = my_files(uow, actor=actor, after=after)
        for one in found:
            yield one.name, one.key
        if not found:
            return
        after = found[-1].id


def _entry(name: str, at: datetime, packed: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at.astimezone(IST).timetuple()[:6])
    entry.compress_type, entry.external_attr = packed, 0o600 << 16
    return entry
