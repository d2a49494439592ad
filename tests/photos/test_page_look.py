"""The page warns of dark and blurry photos by the server's measure: on the same points, and in a browser."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from cleanit_app.components.islands.photo_rules import photo_rules
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.pictures import weakness
from cleanit_app.services.photos.image_decoding import examine
from cleanit_app.services.photos.photos import JOB_KINDS
from tests.components.sources import ISLANDS
from tests.components.test_browser_scripts import node
from tests.photos.album import album
from tests.photos.shot import Shot

pytestmark = pytest.mark.row("JOB-10")


def _lights() -> list[Shot]:
    return album()["Light and sharpness"]


def _by_the_server(data: bytes) -> tuple[float, float]:
    seen = examine(data, most_bytes=LIMITS.job_photo_bytes, kinds=JOB_KINDS)
    return seen.brightness, seen.sharpness


def test_on_the_same_points_both_measure_the_same(tmp_path: Path) -> None:
    photos = [(shot.name, shot.make()) for shot in _lights()]
    for number, (_, data) in enumerate(photos):
        image = Image.open(io.BytesIO(data)).convert("RGBA")
        (tmp_path / f"{number}.rgba").write_bytes(image.tobytes())
    sizes = [Image.open(io.BytesIO(data)).size for _, data in photos]
    code = f"""
    import {{ readFileSync }} from "node:fs";
    import {{ photoKit }} from "./photo.mjs";
    const {{ measure }} = photoKit({json.dumps(photo_rules())});
    const look = ([w, h], n) => measure(new Uint8ClampedArray(readFileSync(n + ".rgba")), w, h);
    console.log(JSON.stringify({json.dumps(sizes)}.map(look)));
    """
    for shot, (_, data), page in zip(_lights(), photos, node(code, tmp_path), strict=True):
        light, sharp = _by_the_server(data)
        assert (page["light"], page["sharp"]) == (pytest.approx(light, abs=0.2), pytest.approx(sharp, abs=0.3)), (
            shot.name
        )
        assert [page["dark"], page["blurry"]] == [shot.look == "dark", shot.look == "blurry"], shot.name


@pytest.mark.browser
def test_in_a_browser_both_say_the_same_of_a_picked_file(browser: Browser) -> None:
    page = browser.new_page()
    page.goto("about:blank")
    wrong = {shot.name: said for shot in _lights() if (said := _wrong(page, shot))}
    page.close()
    assert wrong == {}


def _wrong(page: Page, shot: Shot) -> str:
    """What differs between the page's word, the server's of the file, and the server's of what the page sends."""
    data = shot.make()
    said = page.evaluate(_SHRINK, [_module(), base64.b64encode(data).decode(), photo_rules()])
    whole, sent = _by_the_server(data), _by_the_server(base64.b64decode(said["blob"]))
    words = {weakness(*whole) or "clear", weakness(*sent) or "clear", said["word"], shot.look}
    return "" if len(words) == 1 else f"{words}: page {said}, file {whole}, sent {sent}"


def _module() -> str:
    script = (ISLANDS / "photo.js").read_text(encoding="utf-8")
    return "data:text/javascript;base64," + base64.b64encode(script.encode()).decode()


_SHRINK = """async ([module, photo, rules]) => {
  const { shrink } = (await import(module)).photoKit(rules);
  const file = new Blob([Uint8Array.from(atob(photo), (c) => c.charCodeAt(0))], { type: "image/jpeg" });
  const { blob, look } = await shrink(file);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { word: look.dark ? "dark" : look.blurry ? "blurry" : "clear", look,
           blob: btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join("")) };
}"""
