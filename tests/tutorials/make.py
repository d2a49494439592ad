"""Films every walk in every language on a running Cleanit with the demo's data: `make tutorials`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

from cleanit_app import routes
from cleanit_app.domain.guides import GUIDES, Guide, GuideGroup
from cleanit_app.i18n import LANGUAGES, Language
from cleanit_app.paths import PROJECT
from tests.journeys.street import Street
from tests.support.chromium import ARGUMENTS, SENTENCE, ensure_chromium
from tests.support.live import Live, running_cleanit
from tests.tutorials.captions import vtt
from tests.tutorials.encoder import encode
from tests.tutorials.film import FilmedHand, Step, timetable
from tests.tutorials.pictures import marked, webp
from tests.tutorials.scenes import SCENES, FilmedTown, Stage, camera_of
from tests.tutorials.screens import DESK, PHONE
from tests.tutorials.webm import webm

ASSETS = PROJECT / "assets"
_MOST_POSTER_BYTES = 20_000
"""Of the picture that stands for a recording before it is played; every reader of the guide loads it."""


def keep(guide: Guide, language: Language, film: list[Step], browser: Browser, target: Path) -> None:
    """Write recording, captions, first picture and the picture of each step."""
    screen = DESK if guide.group is GuideGroup.ADMINS else PHONE
    frames, begins, length = timetable(film)
    chunks, poster = encode(browser, film, frames, screen)
    width, height = screen.recorded
    recording = webm(chunks, width=width, height=height, length_ms=length)
    files = {
        routes.recording(guide.slug, language, "webm"): recording,
        routes.recording(guide.slug, language, "vtt"): vtt([one.caption for one in film], begins, length).encode(),
        routes.recording(guide.slug, language, "webp"): webp(poster, _MOST_POSTER_BYTES),
    }
    for number, step in enumerate(film, 1):
        files[routes.recorded_step(guide.slug, number, language)] = webp(marked(step.still, screen))
    for address, content in files.items():
        file = target / address.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    sys.stdout.write(f"{guide.slug} {language}: {length / 1000:.1f} s, {len(recording) // 1000} KB\n")
    sys.stdout.flush()


def _browser(playwright: Playwright, chromium: str, camera: Path) -> Browser:
    """A Chromium whose camera sees the cleaned place."""
    seen = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    return playwright.chromium.launch(
        executable_path=chromium, args=[*ARGUMENTS, *seen, f"--use-file-for-fake-video-capture={camera}"]
    )


def _film(live: Live, browser: Browser, language: Language, only: str, target: Path) -> None:
    on = Stage(FilmedTown(live, language), Street(live, browser), language, FilmedHand)
    for on.town.turn, scene in enumerate(SCENES):
        if only not in scene.__name__:
            continue
        for name, hand in scene(on).items():
            assert isinstance(hand, FilmedHand)
            keep(next(one for one in GUIDES if one.name == name), language, hand.film, browser, target)
    assert on.street.complaints == [], on.street.complaints


def main(only: str = "", languages: Sequence[Language] = LANGUAGES, target: Path = ASSETS) -> int:
    """Film the scenes that are called so and write all; how the programme ends."""
    chromium = ensure_chromium()
    if chromium is None:
        sys.stderr.write(SENTENCE + "\n")
        return 1
    with running_cleanit() as live, sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        live.seed()
        for language in languages:
            camera = Path(folder) / f"{language}.mjpeg"
            camera_of(FilmedTown(live, language)).save(camera, "JPEG", quality=92)
            browser = _browser(playwright, chromium, camera)
            _film(live, browser, language, only, target)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
