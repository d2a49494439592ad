"""Lays encoded frames into a WebM file with its length and a place to begin at for each step.

What a browser's own recorder writes has neither, so a player could show no length and jump nowhere. Element ids and
order: RFC 9559 (Matroska), https://www.webmproject.org/docs/container.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Chunk:
    """One encoded VP9 frame; `at_ms` since the beginning, `key` when it needs no frame before it."""

    at_ms: int
    key: bool
    data: bytes


def webm(chunks: Sequence[Chunk], *, width: int, height: int, length_ms: int) -> bytes:
    """A silent WebM of these frames, the first of which is a key frame; sizes in pixels."""
    clusters = _clusters(chunks)
    info = _element(
        0x1549A966,
        _number(0x2AD7B1, 1_000_000),  # a tick is a millisecond
        _element(0x4489, struct.pack(">d", float(length_ms))),
        _element(0x4D80, b"Cleanit"),
        _element(0x5741, b"Cleanit"),
    )
    picture = _element(0xE0, _number(0xB0, width), _number(0xBA, height))
    track = [
        _number(0xD7, 1),
        _number(0x73C5, 1),
        _number(0x9C, 0),
        _number(0x83, 1),
        _element(0x86, b"V_VP9"),
        picture,
    ]
    head = info + _element(0x1654AE6B, _element(0xAE, *track))
    first = len(head) + len(_cues(clusters, 0))
    segment = _element(0x18538067, head, _cues(clusters, first), *[body for _, body in clusters])
    return _ebml() + segment


def _ebml() -> bytes:
    limits = [_number(0x4286, 1), _number(0x42F7, 1), _number(0x42F2, 4), _number(0x42F3, 8)]
    return _element(0x1A45DFA3, *limits, _element(0x4282, b"webm"), _number(0x4287, 4), _number(0x4285, 2))


def _clusters(chunks: Sequence[Chunk]) -> list[tuple[int, bytes]]:
    """Each key frame with what follows it: when it begins, and its element."""
    groups: list[list[Chunk]] = []
    for chunk in chunks:
        if chunk.key or not groups:
            groups.append([])
        groups[-1].append(chunk)
    return [(group[0].at_ms, _cluster(group)) for group in groups]


def _cluster(group: Sequence[Chunk]) -> bytes:
    begins = group[0].at_ms
    blocks = [
        _element(0xA3, b"\x81" + struct.pack(">hB", one.at_ms - begins, 0x80 if one.key else 0) + one.data)
        for one in group
    ]
    return _element(0x1F43B675, _number(0xE7, begins), *blocks)


def _cues(clusters: Sequence[tuple[int, bytes]], at: int) -> bytes:
    """Where each cluster lies, counted from the beginning of the segment; its length does not depend on `at`."""
    points = []
    for begins, body in clusters:
        place = _element(0xB7, _number(0xF7, 1), _element(0xF1, at.to_bytes(8, "big")))
        points.append(_element(0xBB, _element(0xB3, begins.to_bytes(4, "big")), place))
        at += len(body)
    return _element(0x1C53BB6B, *points)


def _number(name: int, value: int) -> bytes:
    return _element(name, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _element(name: int, *content: bytes) -> bytes:
    body = b"".join(content)
    size = (len(body) | 1 << 56).to_bytes(8, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + size + body
