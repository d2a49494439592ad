"""Chips of statuses: each status that people see has a colour, an icon and words."""

from __future__ import annotations

from typing import get_args

import pytest

from cleanit_app.components.chips import STATES
from cleanit_app.domain.statuses import CampaignStatus, EscrowStatus, JobStatus, Status
from cleanit_app.i18n import Language, say_in


@pytest.mark.parametrize(("name", "kind"), [("campaign", CampaignStatus), ("job", JobStatus), ("escrow", EscrowStatus)])
def test_every_status_that_people_see_has_a_chip(name: str, kind: type[Status]) -> None:
    assert set(STATES[name]) == {status.value for status in kind}
    assert all(say_in(lang, f"{name}.{status.value}") for status in kind for lang in get_args(Language))
