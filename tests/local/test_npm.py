"""A build asks the user's registry for the project's pins, and changes neither the checkout nor anything at home."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from cleanit_app.local import frontend, npm
from cleanit_app.paths import PROJECT

CONTRARY = "omit-lockfile-registry-resolved=false\naudit=true\nregistry=http://127.0.0.1:9/of-this-firm/\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of somebody whose npm is set up otherwise."""
    for name in list(os.environ):
        if name.lower().startswith("npm_config_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".npmrc").write_text(CONTRARY)
    return tmp_path


def asked(environment: dict[str, str], name: str, folder: Path) -> str:
    """What npm takes a setting to be in a folder with the settings that Reflex writes."""
    (folder / ".npmrc").write_text("registry=https://somewhere.example/\nfetch-retries=0\n")
    (folder / "package.json").write_text("{}")
    command = [npm.NODE, npm._NPM, "config", "get", name]
    done = subprocess.run(command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_users_settings_do_not_count_but_for_the_registry(home: Path) -> None:
    environment = npm.settings(home / "cache")
    folder = home / "web"
    folder.mkdir()
    assert asked(environment, "omit-lockfile-registry-resolved", folder) == "true"
    assert asked(environment, "audit", folder) == "false"
    assert asked(environment, "registry", folder) == "http://127.0.0.1:9/of-this-firm/"
    assert "npm_config_cache" not in environment


@pytest.mark.parametrize("value", ["", "/dev/null/nowhere", "relative"])
def test_without_a_home_npm_keeps_its_packages_with_the_build(
    home: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HOME", value)
    assert npm.settings(home / "cache")["npm_config_cache"] == str(home / "cache")


def test_reflex_and_npm_write_into_a_copy_of_the_pins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {name: (PROJECT / "reflex.lock" / name).read_bytes() for name in ("package.json", "package-lock.json")}
    monkeypatch.setattr(frontend, "_SOURCE", tmp_path)
    frontend._lay_out_source()
    assert frontend.pins_hold()
    lock = tmp_path / "reflex.lock" / "package-lock.json"
    pins = json.loads(lock.read_text())
    some = next(name for name in pins["packages"] if name)
    pins["packages"][some]["resolved"] = "http://127.0.0.1:9/x.tgz"
    lock.write_text(json.dumps(pins))
    assert frontend.pins_hold(), "an address is no other pin"
    pins["packages"][some]["version"] = "99.0.0"
    lock.write_text(json.dumps(pins))
    assert not frontend.pins_hold()
    assert {name: (PROJECT / "reflex.lock" / name).read_bytes() for name in kept} == kept
    frontend._lay_out_source()
    assert frontend.pins_hold(), "each build starts from the pins of the checkout"
