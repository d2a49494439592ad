"""A cleaner gives the PAN: kept locked, shown masked, and tax above the yearly limit is counted with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select

from cleanit_app.domain.actors import Actor
from cleanit_app.models import Cleaner
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
URL = "/api/cleaners/me/pan"


@pytest.mark.row("LAW-04", "SEC-07")
def test_a_pan_goes_in_and_only_its_mask_comes_out(town: Town, as_: As) -> None:
    ramesh = town.cleaner()
    saved = as_(ramesh)("PUT", URL, {"pan": " acupa7085r "})
    assert (saved.status_code, saved.json()) == (200, {"mask": "AC•••••••R"})
    with town.uow() as uow:
        cleaner = uow.run(select(Cleaner)).scalars().one()
    assert cleaner.pan_given_at
    assert b"ACUPA7085R" not in (cleaner.pan_locked or b"")


@pytest.mark.row("LAW-04")
@pytest.mark.parametrize("typed", ["ABMXA3211G", "ACUPA0000R", "ABCCE1234F", "", None, 7, "x" * 500])
def test_what_is_no_persons_pan_is_refused_at_its_field(town: Town, as_: As, typed: object) -> None:
    refused = as_(town.cleaner())("PUT", URL, {"pan": typed})
    assert refused.status_code == 422
    assert "pan" in refused.json()["fields"]
