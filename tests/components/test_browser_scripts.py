"""The plain scripts of the islands, run in Node: they agree with the domain and read EXIF strictly."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import piexif
import pytest
from PIL import Image

from cleanit_app.components.islands import codes
from cleanit_app.components.islands.start import expiry_table, start_rules
from cleanit_app.domain import money
from cleanit_app.domain.bounds import SIGNS_A_LETTER
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.campaigns import expiry_days
from cleanit_app.domain.codes import SEND_AGAIN_AFTER
from cleanit_app.domain.terms import TERMS
from cleanit_app.local.npm import NODE
from tests.components.sources import ISLANDS

TARGETS = (50_000, 200_000, 200_100, 1_000_000, 1_000_100, 4_999_900, 5_000_000, 333_300)


def node(code: str, folder: Path) -> Any:
    """Run ES module code beside the scripts and give back the JSON it prints."""
    (folder / "package.json").write_text('{"type": "module"}')
    for script in ISLANDS.glob("*.js"):
        for name in (script.name, script.with_suffix(".mjs").name):  # they import each other as .js
            (folder / name).write_text(script.read_text(encoding="utf-8"))
    command = [NODE, "--input-type=module", "-"]
    done = subprocess.run(command, cwd=folder, input=code, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def photo(gps: dict[int, Any] | None, orientation: int = 1) -> bytes:
    """A small JPEG with an EXIF block."""
    block: dict[str, Any] = {"0th": {piexif.ImageIFD.Orientation: orientation, piexif.ImageIFD.Make: b"Phone"}}
    if gps is not None:
        block["GPS"] = gps
    out = io.BytesIO()
    Image.new("RGB", (32, 24), "grey").save(out, "JPEG", exif=piexif.dump(block))
    return out.getvalue()


LUCKNOW = {1: b"N", 2: ((26, 1), (50, 1), (2148, 100)), 3: b"E", 4: ((80, 1), (53, 1), (276, 100))}


@pytest.mark.row("CAM-07")
def test_fee_and_days_agree_with_the_domain(tmp_path: Path) -> None:
    code = f"""
    import {{ split, openDays }} from "./start_rules.mjs";
    const rules = {json.dumps(start_rules())};
    console.log(JSON.stringify({json.dumps(TARGETS)}.map((paise) =>
      [split(paise, rules.feeBps).cleaner, split(paise, rules.feeBps).fee, openDays(paise, rules.expiry)])));
    """
    expected = [[*money.split_raised(paise, TERMS.fee_bps), expiry_days(paise)] for paise in TARGETS]
    assert node(code, tmp_path) == expected


def test_the_expiry_table_has_three_steps() -> None:
    assert expiry_table() == [[200_000, 30], [1_000_000, 45], [None, 60]]


@pytest.mark.row("CAM-02")
@pytest.mark.row("CAM-03")
@pytest.mark.row("CAM-04")
def test_the_form_finds_every_problem_at_its_field(tmp_path: Path) -> None:
    code = f"""
    import {{ EMPTY, STEP_OF, problems }} from "./start_rules.mjs";
    const rules = {json.dumps(start_rules())}, say = (key, values = {{}}) => key + JSON.stringify(values);
    const good = {{ ...EMPTY, photo: {{}}, title: "Drain behind the clinic", description: "x".repeat(50),
      target: "12000", address: "Hussainganj", latitude: 26.84, longitude: 80.95 }};
    const bad = (part) => problems({{ ...good, ...part }}, rules, say);
    console.log(JSON.stringify([
      problems(EMPTY, rules, say), bad({{}}), bad({{ title: "Drain" }}),
      bad({{ target: "499" }}), bad({{ target: "50001" }}),
      bad({{ latitude: 51.5, longitude: 0.1 }}), bad({{ latitude: 0, longitude: 0 }}),
      bad({{ description: "सफ़ाई ".repeat(300) }}), Object.keys(STEP_OF),
      bad({{ target: "1,00.5" }}), bad({{ target: "१२,०००.००" }})]));
    """
    empty, good, title, low, high, abroad, zero, long, fields, unclear, hindi = node(code, tmp_path)
    assert set(empty) == set(fields)
    assert good == {}
    assert title == {"title": 'field.title_short{"missing":5,"least":10}'}
    assert low == {"targetPaise": 'field.target_low{"least":"₹500"}'}
    assert high == {"targetPaise": 'field.target_high{"most":"₹50,000"}'}
    assert abroad == {"latitude": "field.place_outside_india{}"}
    assert zero == {"latitude": "field.place_missing{}"}
    assert list(long) == ["description"]
    assert unclear == {"targetPaise": "field.amount_unclear{}"}
    assert hindi == {}


@pytest.mark.row("CAM-02", "CAM-06")
def test_the_form_is_told_how_near_is_the_same_place_and_how_many_signs_a_letter_has() -> None:
    rules = start_rules()
    assert (rules["samePlaceKm"], rules["signsALetter"]) == (LIMITS.same_place_km, SIGNS_A_LETTER)


@pytest.mark.row("SEC-01")
@pytest.mark.parametrize("pause", [SEND_AGAIN_AFTER, timedelta(seconds=95)])
def test_the_button_for_another_code_waits_as_long_as_the_domain_says(
    pause: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "SEND_AGAIN_AFTER", pause)
    props = codes.another_code("/again").render()["props"]
    assert f"pause:{pause.total_seconds():.0f}" in props


def test_typed_coordinates_are_a_place(tmp_path: Path) -> None:
    code = """
    import { coordinates } from "./start_rules.mjs";
    const typed = ["26.85, 80.95", " 26.8467 80.9462 ", "226001", "Gali 4, 12", "२६.८५, ८०.९५"];
    console.log(JSON.stringify(typed.map(coordinates)));
    """
    first, second, pin, words, hindi = node(code, tmp_path)
    assert first == {"latitude": 26.85, "longitude": 80.95}
    assert second == {"latitude": 26.8467, "longitude": 80.9462}
    assert pin is None
    assert words is None
    assert hindi == first


def _read(folder: Path, files: list[bytes]) -> list[Any]:
    for number, data in enumerate(files):
        (folder / f"{number}.jpg").write_bytes(data)
    code = f"""
    import {{ readFileSync }} from "node:fs";
    import {{ readGps }} from "./exif.mjs";
    const bytes = (b) => b.buffer.slice(b.byteOffset, b.byteOffset + b.length);
    const read = (n) => readGps(bytes(readFileSync(n + ".jpg")));
    console.log(JSON.stringify([...Array({len(files)}).keys()].map(read)));
    """
    return list(node(code, folder))


def test_a_place_is_read_from_exif(tmp_path: Path) -> None:
    south = LUCKNOW | {1: b"S", 3: b"W"}
    here, there = _read(tmp_path, [photo(LUCKNOW), photo(south)])
    assert here["latitude"] == pytest.approx(26.8393, abs=1e-4)
    assert here["longitude"] == pytest.approx(80.8841, abs=1e-4)
    assert there == {"latitude": -here["latitude"], "longitude": -here["longitude"]}


def test_a_doubtful_place_is_none(tmp_path: Path) -> None:
    zeroes = ((0, 1), (0, 1), (0, 1))
    whole = photo(LUCKNOW)
    doubtful = [
        photo(None),
        photo({}),
        photo({k: v for k, v in LUCKNOW.items() if k != 2}),
        photo(LUCKNOW | {2: ((26, 1), (50, 1), (0, 0))}),
        photo(LUCKNOW | {2: ((0, 0), (0, 0), (0, 0)), 4: ((0, 0), (0, 0), (0, 0))}),
        photo(LUCKNOW | {2: zeroes, 4: zeroes}),
        photo(LUCKNOW | {2: ((126, 1), (0, 1), (0, 1))}),
        photo(LUCKNOW | {1: b"X"}),
        whole[:60],
        b"",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
    ]
    assert _read(tmp_path, doubtful) == [None] * len(doubtful)


def test_exif_travels_with_the_smaller_photo_and_says_upright(tmp_path: Path) -> None:
    (tmp_path / "old.jpg").write_bytes(photo(LUCKNOW, orientation=6))
    plain = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(plain, "JPEG")
    (tmp_path / "small.jpg").write_bytes(plain.getvalue())
    code = """
    import { readFileSync, writeFileSync } from "node:fs";
    import { carryExif } from "./exif.mjs";
    const b = readFileSync("old.jpg");
    const old = b.buffer.slice(b.byteOffset, b.byteOffset + b.length);
    const made = await carryExif(old, new Blob([readFileSync("small.jpg")]));
    writeFileSync("made.jpg", Buffer.from(await made.arrayBuffer()));
    console.log("true");
    """
    assert node(code, tmp_path) is True
    made = Image.open(tmp_path / "made.jpg")
    made.load()
    block = piexif.load(str(tmp_path / "made.jpg"))
    assert made.size == (8, 8)
    assert block["0th"][piexif.ImageIFD.Orientation] == 1
    assert block["GPS"][2] == LUCKNOW[2]


def test_a_sentence_takes_the_figure_that_its_tab_was_told(tmp_path: Path) -> None:
    """`{house.name}` is the built figure until the page says another; what has no such figure stays as it is."""
    built = (ISLANDS / "lang.js").read_text(encoding="utf-8").replace("%%@figures%%", "claim_days=7;fee_share=5")
    react = 'export const createElement = () => {}, Fragment = "", useSyncExternalStore = () => {};'
    (tmp_path / "react.mjs").write_text(f"{react} export const useEffect = (then) => then();")
    (tmp_path / "lang_here.mjs").write_text(built.replace('"react"', '"./react.mjs"'))
    code = """
    import { say, Figures } from "./lang_here.mjs";
    const days = (name) => say("{house.claim_days} days for {name}", { name });
    const said = () => [days("Asha"), say("{house.fee_share}%"), say("ok")];
    const before = said();
    Figures({ changed: { claim_days: "10" } });
    const after = said();
    Figures({ changed: {} });
    console.log(JSON.stringify([before, after, said()]));
    """
    before, after, again = node(code, tmp_path)
    assert before == ["7 days for Asha", "5%", "ok"] == again
    assert after == ["10 days for Asha", "5%", "ok"]
