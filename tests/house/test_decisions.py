"""Each decision has number, title, date and status in one form, and stands in the list of them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs/decisions"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
_HEAD = re.compile(
    r"# (?P<number>[0-9]{4}) · (?P<title>\S.*)\n\n"
    r"Date: (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})  \n"
    r"Status: (?P<status>proposed|accepted|superseded by [0-9]{4})\n\n"
)


def _head(page: Path) -> dict[str, str]:
    found = _HEAD.match(page.read_text("utf-8"))
    assert found, f"{page.name}: begin with '# 0000 · Title', 'Date: 2026-12-31' and 'Status: accepted'"
    return found.groupdict()


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [page.name[:5] for page in PAGES] == [f"{place:04}-" for place in range(1, len(PAGES) + 1)]
    assert [_head(page)["number"] for page in PAGES] == [page.name[:4] for page in PAGES]


def test_decisions_have_a_date_and_follow_one_another() -> None:
    dates = [date.fromisoformat(_head(page)["date"]) for page in PAGES]
    assert dates == sorted(dates)


def test_every_decision_stands_in_the_list_as_it_is() -> None:
    told = {page: _head(page) for page in PAGES}
    rows = [
        f"| [{head['number']}]({page.name}) | {head['title']} | {head['date']} | {head['status']} |"
        for page, head in told.items()
    ]
    listed = (FOLDER / "README.md").read_text("utf-8").splitlines()
    assert [line for line in listed if line.startswith("| [")] == rows
