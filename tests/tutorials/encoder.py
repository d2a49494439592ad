"""Turns a film into a recording, with the encoder of the browser that filmed it: no other is needed."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.tutorials.film import Frame, Step
from tests.tutorials.screens import Screen
from tests.tutorials.webm import Chunk

_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")
_LOOK = {
    "ground": "#14211f",
    "now": "#f4b223",
    "done": "#e8e0cf",
    "todo": "#5c6865",
    "finger": "rgb(244 178 35 / .6)",
    "pressed": "rgb(244 178 35 / .95)",
    "edge": "#fff",
}
"""The tokens tar, genda and chuna of `assets/cleanit.css`."""


def encode(
    browser: Browser, film: Sequence[Step], frames: Sequence[Frame], screen: Screen
) -> tuple[list[Chunk], bytes]:
    """The encoded frames, and the first one as a PNG."""
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto("http://localhost/")  # encoders are for secure pages alone
    width, height = screen.recorded
    task = {
        "pictures": [base64.b64encode(look.png).decode() for step in film for look in step.looks],
        "frames": [_shown(one, screen) for one in frames],
        "width": width,
        "height": height,
        "band": round(screen.band * screen.scale),
        "steps": len(film),
        "look": {**_LOOK, "quantizer": screen.quantizer},
    }
    made = page.evaluate(_SCRIPT, task)
    page.close()
    assert not made["troubles"], made["troubles"]
    chunks = [Chunk(one["at"], one["key"], base64.b64decode(one["data"])) for one in made["chunks"]]
    return chunks, base64.b64decode(made["poster"])


def _shown(one: Frame, screen: Screen) -> dict[str, Any]:
    finger = one.finger and [round(value * screen.scale) for value in one.finger]
    return {"at": one.at_ms, "picture": one.look, "finger": finger, "pressed": one.pressed, "step": one.step}
