"""Scripts are told how things stand by the domain: none spells a status itself."""

from __future__ import annotations

import re

from cleanit_app.domain.statuses import MOVES
from tests.components.sources import scripts

STATUSES = {status.value for kind in MOVES for status in kind}
SPELT = re.compile("[\"'`](" + "|".join(sorted(STATUSES)) + ")[\"'`]")


def test_no_script_spells_a_status() -> None:
    assert len(STATUSES) > 20
    found = [f"{name}: {word}" for name, source in scripts().items() for word in SPELT.findall(source)]
    assert found == [], "give it to the script as a prop, from domain/statuses.py"


def test_a_status_is_found_however_it_is_quoted() -> None:
    assert [SPELT.findall(line) for line in ('x === "DRAFT"', "['PAID']", "`CLAIMED`", "DRAFT_KEY", '"draft"')] == [
        ["DRAFT"],
        ["PAID"],
        ["CLAIMED"],
        [],
        [],
    ]
