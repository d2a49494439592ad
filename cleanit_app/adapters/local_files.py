"""Files in a folder of this machine."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from pathlib import Path

from cleanit_app.ports import StoreAway

_KEY = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\.[a-z0-9]{1,5})?")


class LocalFiles:
    """A FileStore under one folder; a file appears whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise KeyError(key)
        return self._root / key

    def put(self, key: str, data: bytes, content_type: str) -> None:
        """Keep the bytes under the key; StoreAway when there is no room for them, and then nothing of them stays."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, data)
        except OSError as no:
            raise StoreAway(f"{errno.errorcode.get(no.errno or 0, 'OSError')} while a file was written") from no

    def get(self, key: str) -> bytes:
        """The bytes of the key; KeyError when there are none."""
        try:
            return self._path(key).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as missing:
            raise KeyError(key) from missing

    def delete(self, key: str) -> None:
        """Forget the key; fine when it is not there."""
        self._path(key).unlink(missing_ok=True)


def _write_whole(path: Path, data: bytes) -> None:
    """Write beside it, bring it to the disk, then give it its name."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name too
    finally:
        os.close(folder)
