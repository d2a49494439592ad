"""What failed is said to people in words; the log's names, numbers and stacks stand with what developers read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest

from cleanit_app.i18n import speaking
from cleanit_app.i18n.catalogue import KEYS
from cleanit_app.pages.admin.system.failures import _row, source_words
from cleanit_app.reads.operations.failures import FailureItem
from tests.house.source import PROJECT

pytestmark = pytest.mark.row("MON-05")
NOW = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
_SOURCE = re.compile(r"(?:ErrorLog|note_failure|note_outage|_note)\((?:[^()]|\([^()]*\))*?source=\"(\w+)\"")


def sources() -> set[str]:
    """Every name under which the house writes down a failure."""
    found: set[str] = {"unreadable"}
    for folder in ("cleanit_app/services", "workers"):
        for path in (PROJECT / folder).rglob("*.py"):
            found |= set(_SOURCE.findall(path.read_text(encoding="utf-8")))
    return found


def _failure(source: str, message: str = "TypeError: no such thing") -> FailureItem:
    return FailureItem(
        UUID(int=1),
        NOW,
        source,
        message,
        "Traceback …",
        UUID(int=7),
        None,
        "Ramesh Pal",
        "req-1",
        "production",
        None,
        1,
        "",
        "",
    )


def test_each_source_has_its_words() -> None:
    assert len(sources()) > 10
    assert {source for source in sources() if f"failures.of.{source}" not in KEYS} == set()
    assert {source for source in sources() if f"failures.means.{source}" not in KEYS} == set()


@pytest.mark.parametrize("source", ["payout", "clock close_campaigns", "webhook", "some_new_thing", "E2"])
@pytest.mark.parametrize("language", ["en", "hi", "mr"])
def test_nothing_raw_stands_where_people_read(source: str, language: str) -> None:
    with speaking(language):
        row = _row(_failure(source), NOW)
        assert source_words(source) == row.source
    said = f"{row.source} {row.said} {row.who}"
    assert not re.search(r"_|[0-9a-f]{8}-|TypeError|clock|E2|webhook", said)
    assert row.message == f"{source}: TypeError: no such thing"  # for developers


def test_a_banks_reason_is_said_in_words() -> None:
    assert _row(_failure("payout", "ifsc_wrong"), NOW).said == "wrong IFSC"
