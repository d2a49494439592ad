"""A machine that Cleanit cannot live on hears why, before anything is installed."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from cleanit_app.local import suits
from cleanit_app.paths import PROJECT

Usage = namedtuple("Usage", "total used free")  # as shutil gives it


@pytest.mark.parametrize(
    ("system", "machine", "word"),
    [
        ("linux", "x86_64", None),
        ("linux", "aarch64", None),
        ("darwin", "arm64", None),
        ("darwin", "x86_64", "Intel"),
        ("win32", "AMD64", "WSL"),
        ("cygwin", "x86_64", "WSL"),
        ("linux", "armv7l", "armv7l"),
        ("linux", "riscv64", "riscv64"),
        ("freebsd14", "amd64", "amd64"),
    ],
)
def test_each_platform_without_packages_hears_which(
    monkeypatch: pytest.MonkeyPatch, system: str, machine: str, word: str | None
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(os, "confstr", lambda _name: "glibc 2.36")
    said = suits.reasons_against(str(PROJECT))
    assert said == [] if word is None else word in said[0]


@pytest.mark.parametrize(("library", "word"), [("", "musl"), ("glibc 2.27", "2.27"), ("glibc 2.28", None)])
def test_a_c_library_that_no_package_fits_is_named(
    monkeypatch: pytest.MonkeyPatch, library: str, word: str | None
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "confstr", lambda _name: library)
    said = suits.reasons_against(str(PROJECT))
    assert said == [] if word is None else word in said[0]


def test_a_c_library_without_a_name_is_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_name: str) -> str:
        raise ValueError("unrecognized configuration name")  # as Python on musl answers

    monkeypatch.setattr(os, "confstr", unknown)
    assert "musl" in suits.reasons_against(str(PROJECT))[0]


@pytest.mark.parametrize(
    ("version", "fits"), [((3, 10, 14), False), ((3, 11, 0), True), ((3, 14, 2), True), ((3, 15, 0), False)]
)
def test_only_pythons_with_packages_fit(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], fits: bool
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    assert (suits.reasons_against(str(PROJECT)) == []) is fits


def test_a_full_disk_and_a_colon_are_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**10, 10**10 - 400_000_000, 400_000_000))
    colon, room = suits.reasons_against("/srv/a:b")
    assert "colon" in colon
    assert "400 MB are free" in room
    assert "2.5 GB" in room
    assert suits.too_little_room("/srv", 300_000_000) is None


def test_it_runs_without_any_package(tmp_path: Path) -> None:
    asked = [sys.executable, "-I", "-S", str(PROJECT / "cleanit_app" / "local" / "suits.py")]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "a:b").mkdir()
    refused = subprocess.run(asked, cwd=tmp_path / "a:b", capture_output=True, text=True)
    assert refused.returncode == 1
    assert "colon" in refused.stderr
