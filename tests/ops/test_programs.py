"""One command for each role: what it starts, and what it says to words that do not fit (SCL-01)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleanit_app.__main__ import ROLES, Misused, started
from cleanit_app.ops.programs import Program
from cleanit_app.paths import PROJECT
from cleanit_app.production import NotForProduction
from tests.sandbox.running import until
from tests.test_settings import fit_for_production


def commands(*words: str, **changes: object) -> list[str]:
    return [" ".join(one.command) for one in started(words, fit_for_production(**changes))]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder that looks built."""
    page = tmp_path / "site" / "build" / "client" / "__spa-fallback.html"
    page.parent.mkdir(parents=True)
    page.touch()
    return tmp_path / "site"


@pytest.mark.row("SCL-01")
def test_pages_listen_where_the_environment_says(site: Path) -> None:
    (program,) = started(["web"], fit_for_production(host="0.0.0.0", port=8123, web_workers=3, site_dir=site))
    assert {"0.0.0.0", "8123", "3"} <= set(program.command)
    assert program.environment["REFLEX_WEB_WORKDIR"] == str(site)


@pytest.mark.row("SCL-01")
def test_each_queue_that_is_named_gets_a_process_of_its_own() -> None:
    assert [line.split()[-1] for line in commands("worker", "notify", "money", "notify")] == ["notify", "money"]
    assert commands("relay")[0].endswith("-m workers.relay")
    assert commands("migrate")[0].endswith("cleanit_app.ops.migrate upgrade head")
    assert commands("migrate", "downgrade", "-1")[0].endswith("cleanit_app.ops.migrate downgrade -1")
    assert commands("backup", "restore-test")[0].endswith("cleanit_app.ops.backup restore-test")


@pytest.mark.row("SCL-01")
@pytest.mark.parametrize(
    "words", [(), ("wep",), ("worker",), ("worker", "monney"), ("relay", "twice"), ("web", "8001")]
)
def test_words_that_do_not_fit_are_answered_with_what_would(words: tuple[str, ...], site: Path) -> None:
    with pytest.raises(Misused):
        commands(*words, site_dir=site)


@pytest.mark.row("SCL-01")
def test_pages_that_are_not_built_are_said_and_settings_unfit_for_money_refused(tmp_path: Path, site: Path) -> None:
    with pytest.raises(Misused, match="SITE_DIR"):
        commands("web", site_dir=tmp_path)
    with pytest.raises(NotForProduction, match="STORAGE_S3_BUCKET: not set with NODES=2"):
        commands("web", site_dir=site, nodes=2)
    assert commands("web", site_dir=site, nodes=2, storage_s3_bucket="photos")


@pytest.mark.row("SCL-01")
def test_the_command_works_from_any_folder_and_lists_its_roles(tmp_path: Path) -> None:
    link = tmp_path / "cleanit"
    link.symlink_to(PROJECT / "deploy" / "cleanit")
    said = subprocess.run([link], cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 1
    assert [role for role in ROLES if f"\n  {role}" not in said.stderr] == []


SLEEPS = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0)); time.sleep(60)"
BESIDE = """
import sys
from cleanit_app.ops.programs import Program, together
sys.exit(together([Program([sys.executable, "-c", one]) for one in sys.argv[1:]]))
"""


def beside(*programs: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", BESIDE, *programs], cwd=PROJECT)


@pytest.mark.row("SCL-01")
def test_when_one_of_several_ends_all_end_and_its_code_is_told() -> None:
    began = time.monotonic()
    watching = beside(SLEEPS, "import time; time.sleep(0.5); raise SystemExit(7)")
    assert watching.wait(20) == 7
    assert time.monotonic() - began < 20


@pytest.mark.row("SCL-01")
def test_a_wish_to_end_reaches_each_of_several_once(tmp_path: Path) -> None:
    marks = [tmp_path / "first", tmp_path / "second"]
    tells = "import pathlib, signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n"
    watching = beside(*(f"{tells}pathlib.Path({str(mark)!r}).touch(); time.sleep(60)" for mark in marks))
    until(lambda: all(mark.exists() for mark in marks), 20)
    os.kill(watching.pid, signal.SIGTERM)
    assert watching.wait(20) == 0


def test_what_is_set_stands_before_the_command() -> None:
    assert Program(["x", "y"], {"TZ": "UTC"}).whole == ["env", "TZ=UTC", "x", "y"]
