"""What the docs point at is there: a reader follows no path into nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.source import texts

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").rglob("*.md")])
# A path begins at the top of the tree; what stands below a package is told of without it in places, and not meant here.
_PATH = re.compile(r"`((?:cleanit_app|workers|tests|alembic|docs|assets|\.ci)/[\w./-]+)(?:::\w+)?`")
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_paths_and_links_of_the_docs_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    gone = [path for path in _PATH.findall(text) if not (ROOT / path).exists()]
    gone += [link for link in _LINK.findall(text) if not (page.parent / link).exists()]
    assert gone == []


_HOSTS_OF_PACKAGES = re.compile(r"\b(?:pypi|pythonhosted|npmjs|yarnpkg|debian)\.(?:org|com|io)\b")


def test_where_packages_come_from_is_named_by_nobody() -> None:
    """It is "the package index" and "the registry": which host that is, is the choice of who installs."""
    named = [
        f"{path}:{number}"
        for path, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if _HOSTS_OF_PACKAGES.search(line)
    ]
    assert named == []
