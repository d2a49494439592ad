"""What is pinned is used, what is used is pinned, and the locks hold what they promise."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source import PROJECT

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_UNUSED = re.compile(r"DEP002 '([^']+)'")
_EVERYWHERE = ("--exclude", r"\.(venv|local|web)")
"""deptry passes over tests, for which only requirements-dev.txt has to do."""


def pins(name: str) -> dict[str, str]:
    """The pinned names of a file, in one spelling, with their versions."""
    found = _PIN.findall((PROJECT / name).read_text(encoding="utf-8"))
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in found}


def deptry(*options: str) -> str:
    """What deptry says of the pins; empty when they are as they should be. Its settings stand in pyproject.toml."""
    command = [sys.executable, "-m", "deptry", ".", "--no-ansi", *options]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    return "\n".join(re.findall(r"^.*DEP00\d.*$", ran.stderr + ran.stdout, re.M)) if ran.returncode else ""


def test_everything_that_is_pinned_to_run_is_used_and_what_is_used_is_pinned() -> None:
    assert deptry() == "", "remove what nothing imports, pin what is imported, or say in pyproject.toml what it is for"


def test_everything_that_is_pinned_for_tests_is_used_too() -> None:
    assert deptry("--requirements-files", "requirements-dev.txt", *_EVERYWHERE) == ""


def test_a_reason_is_given_only_for_pins_that_nothing_imports() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["deptry"]["per_rule_ignores"]
    unused = deptry("--requirements-files", "requirements-dev.txt", "--per-rule-ignores", "DEP002=none")
    assert set(settings["DEP002"]) - set(_UNUSED.findall(unused)) == set()


@pytest.mark.parametrize(
    ("wanted", "locks"),
    [
        ("requirements.txt", ["requirements.lock"]),
        ("requirements-dev.txt", ["requirements-dev.lock", "requirements.lock"]),
    ],
)
def test_the_locks_hold_what_is_wanted(wanted: str, locks: list[str]) -> None:
    locked = {name: version for lock in locks for name, version in pins(lock).items()}
    assert {name: locked.get(name) for name in pins(wanted)} == pins(wanted), "after a change: make lock"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_file_is_known_by_its_hash_and_no_place_is_named(lock: str) -> None:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == [], "make lock"
    assert "://" not in text


def test_running_needs_nothing_of_what_tests_need() -> None:
    assert set(pins("requirements.lock")) & set(pins("requirements-dev.lock")) == set()
    light = {"numpy", "scipy", "pywavelets", "imagehash", "pillow-heif", "playwright", "moto", "mypy"}
    assert light & set(pins("requirements.lock")) == set()


def test_the_browsers_pins_name_no_place() -> None:
    for path in sorted(Path(PROJECT / "reflex.lock").iterdir()):
        assert '"resolved"' not in path.read_text(encoding="utf-8"), path
