"""What the docs point at is there: a reader follows no path into nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# A path begins at the top of the tree; what stands below a package is told of without it in places, and not meant here.
_PATH = re.compile(r"`((?:cleanit_app|workers|tests|alembic|docs|assets|\.ci)/[\w./-]+)(?:::\w+)?`")
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_paths_and_links_of_the_docs_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    gone = [path for path in _PATH.findall(text) if not (ROOT / path).exists()]
    gone += [link for link in _LINK.findall(text) if not (page.parent / link).exists()]
    assert gone == []
