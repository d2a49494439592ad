"""What people type is read in one place; nobody beside it makes values by deleting what is not understood."""

from __future__ import annotations

import re

import pytest

from tests.house.source import PROJECT

APP = PROJECT / "cleanit_app"
READERS = (APP / "domain" / "reading", APP / "components" / "islands" / "reading.js")
# A number or a text that is made by taking out what it is not, by decoding markup, or by cutting it off.
GUESSES = (
    r"replace\(/\[?\^?\\[DWd]",
    r"re\.sub\(r?[\"']\[?\^?\\[DW]\]?[+*]?[\"']",
    r"for \w+ in \w+ if \w+\.is(?:digit|decimal|numeric|alnum)\(\)",
    r"html\.unescape|\bnh3\b|\bbleach\b",
    r"plain_text\([^\n]*\)\[:",
    r"form\.get\(\"(?:reason|note|why|problem|contact|reference|amount|pay)[^\n]*\)\[:",
    r"phonenumbers\.parse\((?!f\"\+91)",
)


@pytest.mark.row("SEC-04")
@pytest.mark.parametrize("guess", GUESSES)
def test_nobody_guesses(guess: str) -> None:
    found = [
        f"{path.relative_to(PROJECT)}: {line.strip()[:100]}"
        for pattern in ("*.py", "*.js", "*.jsx")
        for path in sorted(APP.rglob(pattern))
        if not path.is_relative_to(APP / "sandbox") and not any(path.is_relative_to(reader) for reader in READERS)
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(guess, line)
    ]
    assert found == []
