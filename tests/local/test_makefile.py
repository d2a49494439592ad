"""The Makefile's verbs find their Python in a checkout of any name, and hand on what people type as they typed it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cleanit_app.paths import PROJECT
from tests.local.odd_paths import ODD

PYTHON = """#!/bin/sh
printf '%s\\n' "${PATH%%:*}" "$PYTHONPATH" "$@" > said
"""


def checkout(folder: Path) -> Path:
    """A checkout whose Python tells how it was called."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(PROJECT / "Makefile", folder)
    for name in ("requirements.lock", "requirements-dev.lock", ".venv/installed", ".venv/installed-dev"):
        (folder / name).touch()
    python = folder / ".venv" / "bin" / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)
    return folder


def made(folder: Path, *words: str) -> list[str]:
    """What the Python of a checkout heard when this was made."""
    subprocess.run(["make", *words], cwd=folder, check=True, capture_output=True, text=True)
    return (folder / "said").read_text().splitlines()


@pytest.mark.parametrize("name", ODD)
def test_every_folder_has_its_own_python_first(name: str, tmp_path: Path) -> None:
    folder = checkout(tmp_path / name)
    path, python_path, *words = made(folder, "run")
    assert (path, python_path) == (f"{folder}/.venv/bin", str(folder))
    assert words == ["-m", "cleanit_app.local.run"]


@pytest.mark.parametrize("said", ['it\'s "so" #1', "a $HOME `id` \\ b", "शिकायत", "x; touch pwned"])
def test_what_people_type_arrives_as_typed(said: str, tmp_path: Path) -> None:
    folder = checkout(tmp_path)
    assert made(folder, "code", f"key={said.replace('$', '$$')}")[-1] == said
    assert made(folder, "admin", f"who={said.replace('$', '$$')}", "duties=SENIOR")[-2:] == [said, "SENIOR"]
    assert not (folder / "pwned").exists()


def test_a_python_that_does_not_fit_is_said_before_anything_is_made(tmp_path: Path) -> None:
    shutil.copy(PROJECT / "Makefile", tmp_path)
    (tmp_path / "requirements.lock").touch()
    for name in ("sh", "awk"):
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or "")
    make = shutil.which("make") or ""
    done = subprocess.run(
        [make, "run"], cwd=tmp_path, capture_output=True, text=True, env={"PATH": str(tmp_path / "bin")}
    )
    assert done.returncode != 0
    assert "Cleanit needs Python 3.11, 3.12, 3.13 or 3.14" in done.stdout
    assert not (tmp_path / ".venv").exists()
    assert "python3.14" in (PROJECT / "Makefile").read_text()


def test_a_folder_with_a_colon_is_refused_with_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "a:b"
    (folder / "cleanit_app" / "local").mkdir(parents=True)
    shutil.copy(PROJECT / "Makefile", folder)
    shutil.copy(PROJECT / "cleanit_app" / "local" / "suits.py", folder / "cleanit_app" / "local")
    (folder / "requirements.lock").touch()
    done = subprocess.run(["make", "run"], cwd=folder, capture_output=True, text=True, env=os.environ)
    assert done.returncode != 0
    assert "colon" in done.stderr
    assert not (folder / ".venv").exists()
