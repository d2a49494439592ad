"""What guides show can be done on the pages as they are, and their recordings play, or say why not (OPS-02)."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from cleanit_app import routes
from cleanit_app.domain.guides import GUIDES, MOST_RECORDING_SECONDS
from cleanit_app.i18n import LANGUAGES, say_in
from cleanit_app.pages.public.guide_recording import recorded_steps
from tests.journeys.hand import SOON, Hand
from tests.journeys.street import Street
from tests.support.axe import settled
from tests.support.chromium import ARGUMENTS
from tests.support.live import Live
from tests.tutorials.scenes import SCENES, FilmedTown, Scene, Stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live"), pytest.mark.row("OPS-02")]
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A Chromium whose camera shows a test picture."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=[*ARGUMENTS, *CAMERA])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("scene", SCENES, ids=lambda one: one.__name__)
def test_a_walk_goes_through_every_step_of_its_guide(live: Live, street: Street, scene: Scene) -> None:
    """In Hindi: what is pressed is found by its words, so a button that is called otherwise stops the walk as well."""
    town = FilmedTown(live, "hi")
    town.turn = SCENES.index(scene)
    for name, hand in scene(Stage(town, street, "hi", Hand)).items():
        guide = next(one for one in GUIDES if one.name == name)
        assert list(hand.steps) == recorded_steps(guide)
        unnamed = [
            (language, step, say_in(language, pressed))
            for language in LANGUAGES
            for step, keys in hand.steps.items()
            for pressed in keys
            if say_in(language, pressed).casefold() not in say_in(language, step).casefold()
        ]
        assert unnamed == [], "a caption calls a button by another name than its own"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recording_loads_when_it_is_played_and_shows_its_captions(street: Street, language: str) -> None:
    page, asked = _guide(street, language)
    film = page.locator("video")
    assert [one for one in asked if one.endswith(".webm")] == []
    assert film.evaluate("film => film.paused && film.networkState !== HTMLMediaElement.NETWORK_LOADING")
    assert film.evaluate("film => film.play().then(() => film.currentTime)") >= 0
    assert 5 < film.evaluate("film => film.duration") <= MOST_RECORDING_SECONDS
    assert film.evaluate("film => [film.width, film.height].join() === [film.videoWidth, film.videoHeight].join()")
    steps = [say_in(language, f"guide.chip_in.shown.{number}") for number in (1, 2, 3, 4)]
    film.evaluate(_UNTIL % "film.textTracks[0].cues?.length")
    cues = film.evaluate("film => [...film.textTracks[0].cues].map((cue) => cue.text)")
    assert (cues, film.evaluate("film => film.textTracks[0].mode")) == (steps, "showing")
    assert film.evaluate(_AT_A_LATE_MOMENT) == steps[3]
    expect(page.locator("ol p").filter(has_text=steps[3])).to_be_visible()
    expect(_sorry(page, language)).to_be_hidden()


def test_a_recording_that_does_not_come_says_so_and_comes_with_the_network(street: Street) -> None:
    page, _ = _guide(street, "en")
    film, sorry = page.locator("video"), _sorry(page, "en")
    page.route("**/*.webm", lambda route: route.abort())
    film.evaluate("film => film.play().catch(() => {})")
    expect(sorry).to_be_visible(timeout=SOON)
    page.context.set_offline(True)
    expect(page.get_by_text(say_in("en", "guide.shown.offline"))).to_be_visible()
    expect(sorry).to_be_hidden()
    page.unroute("**/*.webm")
    page.context.set_offline(False)
    expect(page.get_by_text(say_in("en", "guide.shown.offline"))).to_be_hidden()
    expect(sorry).to_be_hidden()
    film.evaluate("film => film.play()")
    film.evaluate(_UNTIL % "film.currentTime > 0")
    street.complaints.clear()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("slug", ["chip-in", "verify"])
def test_pictures_of_the_steps_open_in_full(street: Street, slug: str, width: int) -> None:
    page, _ = _guide(street, "hi", slug)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture = page.locator("main li a[data-large]").first
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    assert picture.locator("img").evaluate("async (one) => { await one.decode(); return one.naturalWidth }") >= 450
    picture.click()
    expect(page.locator("dialog.large-box img")).to_be_visible()


def test_guides_without_a_recording_show_none(street: Street) -> None:
    page, _ = _guide(street, "en", "camera")
    expect(page.locator("main ol li").first).to_be_visible()
    expect(page.locator("video")).to_have_count(0)


@pytest.mark.parametrize(
    ("kind", "told"), [("webm", "video/webm"), ("vtt", "text/vtt; charset=utf-8"), ("webp", "image/webp")]
)
def test_files_come_as_what_they_are_in_parts_and_are_kept_for_a_week(live: Live, kind: str, told: str) -> None:
    with httpx.Client(base_url=live.base_url, trust_env=False) as door:
        address = routes.recording("chip-in", "hi", kind)
        whole = door.get(address)
        part = door.get(address, headers={"Range": "bytes=2-5"})
        again = door.get(address, headers={"If-None-Match": whole.headers["etag"]})
    assert [one.status_code for one in (whole, part, again)] == [200, 206, 304]
    assert part.content == whole.content[2:6]
    assert {one.headers["content-type"] for one in (whole, part)} == {told}
    assert {one.headers["cache-control"] for one in (whole, part, again)} == {"public, max-age=604800"}
    assert "content-encoding" not in whole.headers


def test_a_file_that_is_not_there_is_not_kept(live: Live) -> None:
    gone = httpx.get(live.base_url + routes.recording("no-such-guide", "hi", "webm"), trust_env=False)
    assert (gone.status_code, gone.headers["cache-control"]) == (404, "no-cache")


_UNTIL = "async (film) => { while (!(%s)) await new Promise((go) => setTimeout(go, 50)); }"
_AT_A_LATE_MOMENT = """(film) => new Promise((told) => {
  film.pause();
  film.onseeked = () => told([...film.textTracks[0].activeCues].map((cue) => cue.text).join());
  film.currentTime = film.duration - 0.2;
})"""


def _guide(street: Street, language: str, slug: str = "chip-in") -> tuple[Page, list[str]]:
    """A guide in a language, and the addresses that its tab asks for."""
    page, asked = street.tab(), list[str]()
    page.context.add_cookies([{"name": "lang", "value": language, "url": street.live.base_url}])
    page.on("request", lambda request: asked.append(request.url))
    page.goto(routes.guide(slug))
    settled(page)
    return page, asked


def _sorry(page: Page, language: str) -> Locator:
    return page.get_by_text(say_in(language, "guide.shown.away"))
