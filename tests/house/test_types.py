"""Types are checked strictly on every floor; what a library cannot satisfy is named, and nothing beside it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from tests.house.source import PACKAGES, PROJECT, texts

_MAY_BE_OFF: dict[str, dict[str, Any]] = {
    "cleanit_app.components.*": {"warn_return_any": False},
    "cleanit_app.components.islands.*": {"disable_error_code": ["type-arg", "valid-type"]},
    "cleanit_app.pages.*": {"warn_return_any": False, "disable_error_code": ["operator", "attr-defined"]},
    "cleanit_app.pages.*.state": {"enable_error_code": ["attr-defined"]},
    "cleanit_app.pages.*.view": {"enable_error_code": ["attr-defined", "operator"]},
    "cleanit_app.state.*": {"disable_error_code": ["operator"]},
    "cleanit_app.theme": {"warn_return_any": False},
}
"""What is not checked on the floors that draw with Reflex; each line has its reason in pyproject.toml."""


def _settings() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    return found


def _packages_here() -> set[str]:
    return {path.parent.name for path in PROJECT.glob("*/__init__.py")} - {"tests"}


def test_every_package_of_ours_is_read_strictly() -> None:
    settings = _settings()
    assert settings["strict"] is True
    assert set(settings["packages"]) == _packages_here() == set(PACKAGES)
    assert not {"exclude", "modules", "files", "disable_error_code", "ignore_errors"} & set(settings)


def test_every_folder_of_modules_is_a_package_that_the_check_finds() -> None:
    folders = {path.parent for package in PACKAGES for path in (PROJECT / package).rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_file_loosens_the_check_for_itself() -> None:
    loosened = "# " + "mypy:"
    assert [path for path, text in texts().items() if path.endswith(".py") and loosened in text] == []


def test_every_silenced_line_says_why_and_tests_silence_no_check_of_types() -> None:
    silenced = re.compile(r"# (?:noqa|type: ignore)(?:\[[\w, -]+\]|: [A-Z0-9, ]+)?(?P<why>.*)$", re.M)
    wrong = [
        f"{path}: {found[0]}"
        for path, text in texts().items()
        if path.endswith(".py")
        for found in silenced.finditer(text)
        if not re.search("[a-z]{2}", found["why"]) or (path.startswith("tests/") and "type:" in found[0])
    ]
    assert wrong == []


def test_only_what_the_page_framework_cannot_satisfy_is_off() -> None:
    off: dict[str, dict[str, Any]] = {}
    for override in _settings()["overrides"]:
        switches = {name: value for name, value in override.items() if name != "module"}
        for module in override["module"]:
            off.setdefault(module, {}).update(switches)
    assert off == _MAY_BE_OFF
