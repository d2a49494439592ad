"""Choosing one's news through REST."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanit_app.domain.actors import Actor
from tests.api.conftest import Caller
from tests.factories import Town

URL = "/api/users/me/notification-choices"


@pytest.mark.row("NOT-05")
def test_choices_are_kept_and_refusals_say_what_is_wrong(town: Town, as_: Callable[[Actor], Caller]) -> None:
    cleaner = as_(town.cleaner())
    before = cleaner.get(URL).json()["choices"]
    assert [(c["category"], c["on"]) for c in before] == [
        ("JOBS", True),
        ("WORK", True),
        ("CAMPAIGNS", True),
        ("MARKETING", False),  # nobody is told without a yes
    ]
    after = cleaner("PUT", URL, {"off": ["JOBS"]}).json()["choices"]
    assert [c["on"] for c in after] == [False, True, True, True]
    assert cleaner.get(URL).json()["choices"] == after
    refused = cleaner("PUT", URL, {"off": ["MONEY"]})
    assert refused.status_code == 422
    assert "off" in refused.json()["fields"]
    assert cleaner.get(URL).json()["choices"] == after
