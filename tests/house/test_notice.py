"""NOTICE.md names whose work is shipped: files in the tree, what browsers get, what production installs."""

from __future__ import annotations

import json
import re
from collections import Counter
from fnmatch import fnmatch
from importlib.metadata import distribution

from tests.house.licences import ALLOWED, allows, claimed
from tests.house.source import PROJECT
from tests.house.test_licences import ELSEWHERE, wanted

NOTICE = (PROJECT / "NOTICE.md").read_text("utf-8")
_CODE = {".py", ".js", ".jsx", ".css", ".json", ".pyc"}
"""In our packages these are written here; beside them lie pictures, fonts and tables, which have makers."""
LEAVES_THEIR_TRACES = {"tailwindcss", "vite"}
"""Packages that only build, but put lines of theirs into what browsers get."""
_SAY_SO = ("README.md", "NOTICE.md")
SAYS_NO_LICENCE = {"xmlhttprequest-ssl": "MIT"}
"""Packages whose licence stands in a form that npm's lock does not take over."""


def _rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, its head left out."""
    part = NOTICE.split(f"# {heading}\n", 1)[1]
    part = re.split(r"^##", part, maxsplit=1, flags=re.M)[0]
    lines = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[2:]]


def _globs(heading: str) -> list[str]:
    return [glob for row in _rows(heading) for glob in re.findall(r"`([^`]+)`", row[0])]


def _shipped() -> list[str]:
    """All in assets, and what is no code of ours in the packages; licence texts stand for themselves."""
    found = [path for path in (PROJECT / "assets").rglob("*") if "external" not in path.parts]
    found += [path for package in ("cleanit_app", "workers") for path in (PROJECT / package).rglob("*")]
    files = [path.relative_to(PROJECT) for path in found if path.is_file() and path.name != "OFL.txt"]
    return sorted(str(file) for file in files if file.parts[0] == "assets" or file.suffix not in _CODE)


def test_every_file_that_is_shipped_has_its_maker() -> None:
    globs = _globs("Others' work") + _globs("Made for Cleanit")
    named = {file: [glob for glob in globs if fnmatch(file, glob)] for file in _shipped()}
    assert len(named) > 20
    assert {file: found for file, found in named.items() if len(found) != 1} == {}
    assert [glob for glob in globs if not any(glob in found for found in named.values())] == []


def test_fonts_lie_beside_their_licence() -> None:
    folders = {(PROJECT / file).parent for file in _shipped() if file.endswith((".woff2", ".ttf", ".otf"))}
    assert len(folders) == 2
    assert [folder for folder in folders if "SIL OPEN FONT LICENSE" not in (folder / "OFL.txt").read_text()] == []


def test_what_browsers_get_is_named_with_its_licence() -> None:
    lock = json.loads((PROJECT / "reflex.lock/package-lock.json").read_text("utf-8"))["packages"]
    known = {path.rpartition("node_modules/")[2]: package for path, package in lock.items() if path}
    shipped = {name for name, package in known.items() if not package.get("dev")} | LEAVES_THEIR_TRACES
    wants = {name: known[name].get("license") or SAYS_NO_LICENCE[name] for name in shipped}
    assert {name: licence for name, licence, _ in _rows("Built into the pages")} == wants
    assert [name for name, licence in wants.items() if not allows(licence, ALLOWED)] == []
    assert [row[0] for row in _rows("Built into the pages") if not row[2]] == []
    texts = {licence for licence in wants.values() if f"**{licence}.**" in NOTICE}
    assert set(wants.values()) - texts == {"Unlicense"}, "a licence that asks to be repeated stands at the end"


def test_what_production_installs_is_named_with_its_licence() -> None:
    named = {name: row[0] for row in _rows("Installed beside it") for name in row[1].split(", ")}
    every = Counter(name for row in _rows("Installed beside it") for name in row[1].split(", "))
    assert [name for name, times in every.items() if times > 1] == []
    assert named == {one.name: _licence(one.name) for one in wanted()}


def _licence(name: str) -> str:
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    words = " or ".join(sorted(set(claimed(distribution(name)))))
    return words.replace(" OR ", " or ").replace(" AND ", " and ")


def test_the_owner_sets_the_licence_of_cleanit_itself() -> None:
    """None slips in with a tool's template, and once there is one nothing says that there is none."""
    set_by_now = list(PROJECT.glob("LICEN[CS]E*")) != []
    said = {name: "licence is the owner's to set" in (PROJECT / name).read_text("utf-8") for name in _SAY_SO}
    assert said == dict.fromkeys(_SAY_SO, not set_by_now)
