"""What a recording says, as WebVTT: the words of the catalogue, above the screen that they speak of."""

from __future__ import annotations

import html
from collections.abc import Sequence


def vtt(captions: Sequence[str], begins_ms: Sequence[int], length_ms: int) -> str:
    """Each caption from its beginning to that of the next one."""
    ends = [*begins_ms[1:], length_ms]
    cues = [
        f"{number}\n{_clock(begin)} --> {_clock(end)} line:0\n{html.escape(caption, quote=False)}\n"
        for number, (caption, begin, end) in enumerate(zip(captions, begins_ms, ends, strict=True), 1)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def said(text: str) -> list[str]:
    """The captions of such a file, in their order."""
    return [html.unescape(cue.split("\n", 2)[2].strip()) for cue in text.split("\n\n")[1:]]


def _clock(milliseconds: int) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
