"""A sealed file: AES-256-GCM in chunks, so that a cut, swapped or changed piece is noticed (SEC-09)."""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"CLNB1"
CHUNK = 1024 * 1024
_HEAD = struct.Struct(">BI")  # whether it is the last chunk, and its length


def seal(chunks: Iterable[bytes], out: IO[bytes], keys: Mapping[int, bytes]) -> None:
    """Write the chunks under the newest key; each is bound to its place and to being the last or not."""
    number = max(keys)
    header = MAGIC + bytes([number]) + secrets.token_bytes(8)
    out.write(header)
    cipher, place = AESGCM(keys[number]), 0
    waiting: bytes | None = None
    for chunk in chunks:
        if waiting is not None:
            _write(out, cipher, header, place, waiting, last=False)
            place += 1
        waiting = chunk
    _write(out, cipher, header, place, waiting or b"", last=True)


def _write(out: IO[bytes], cipher: AESGCM, header: bytes, place: int, chunk: bytes, *, last: bool) -> None:
    sealed = cipher.encrypt(_nonce(header, place), chunk, header + bytes([last]))
    out.write(_HEAD.pack(last, len(sealed)) + sealed)


def unseal(source: IO[bytes], keys: Mapping[int, bytes]) -> Iterator[bytes]:
    """The chunks again; ValueError when the file is no sealed one or was cut, InvalidTag when it was changed."""
    header = source.read(len(MAGIC) + 9)
    if header[: len(MAGIC)] != MAGIC or header[len(MAGIC)] not in keys:
        raise ValueError("not a sealed file, or sealed with a key that is not set")
    cipher, place, last = AESGCM(keys[header[len(MAGIC)]]), 0, False
    while not last:
        head = source.read(_HEAD.size)
        if len(head) < _HEAD.size:
            raise ValueError("the sealed file was cut")
        last, size = bool(head[0]), _HEAD.unpack(head)[1]
        if size > CHUNK + 16:
            raise ValueError("a chunk is larger than any that was written")
        yield cipher.decrypt(_nonce(header, place), source.read(size), header + bytes([last]))
        place += 1


def _nonce(header: bytes, place: int) -> bytes:
    return header[-8:] + place.to_bytes(4, "big")
