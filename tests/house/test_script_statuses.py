"""Scripts are told how things stand by the domain: none spells a status itself."""

from __future__ import annotations

import re

import pytest

from cleanit_app.domain.statuses import MOVES
from tests.components.sources import scripts

STATUSES = {status.value for kind in MOVES for status in kind}
_ONE = "|".join(sorted(STATUSES))
SPELT = re.compile(rf"""["'`]({_ONE})["'`]|[.]({_ONE})\b(?!")|\b({_ONE}): """)


def spelt_in(source: str) -> list[str]:
    """Statuses as a word in quotes, as a key of a table and as a part of one."""
    return [next(filter(None, match.groups())) for match in SPELT.finditer(source)]


def test_no_script_spells_a_status() -> None:
    assert len(STATUSES) > 20
    found = [f"{name}: {word}" for name, source in scripts().items() for word in spelt_in(source)]
    assert found == [], "give it to the script as a prop, from domain/statuses.py"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('x === "DRAFT"', ["DRAFT"]),
        ("['PAID']", ["PAID"]),
        ("`CLAIMED`", ["CLAIMED"]),
        ("const tones = { DRAFT: 1, PAID: 2 };", ["DRAFT", "PAID"]),
        ("tones.DRAFT", ["DRAFT"]),
        ("DRAFT_KEY", []),
        ('"draft"', []),
        ('say("campaign.DRAFT")', []),  # the name of words
    ],
)
def test_a_status_is_found_however_it_is_spelt(line: str, found: list[str]) -> None:
    assert spelt_in(line) == found
