"""A cleaner gives the PAN, by itself or with the card that is the ID: kept locked, shown masked, and tax goes by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlmodel import select

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.models import Cleaner
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import Town, picture

As = Callable[[Actor], Caller]
URL, ID = "/api/cleaners/me/pan", "/api/cleaners/me/identity-document"


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


def pan_of(town: Town, cleaner: Actor, wiring: Wiring) -> tuple[str | None, str]:
    """The mask that is shown and the number that is sealed."""
    with town.engine.connect() as connection:
        row = connection.execute(
            text("SELECT pan_mask, pan_locked FROM cleaners WHERE user_id = :me"), {"me": cleaner.id}
        ).one()
    context = f"cleaners:pan_locked:{cleaner.id}"
    return row.pan_mask, wiring.cipher.unlock(bytes(row.pan_locked), context=context) if row.pan_locked else ""


def hand_in(caller: Caller, kind: str, number: str, seed: int = 7) -> int:
    files = {"photo": ("id.jpg", picture(seed, (1200, 800)), "image/jpeg")}
    return int(caller("POST", ID, files=files, data={"kind": kind, "number": number}).status_code)


@pytest.mark.row("LAW-04", "LAW-08")
def test_a_pan_card_as_id_is_the_pan(town: Town, as_: As, wiring: Wiring) -> None:
    geeta = town.person(Role.CLEANER, "Geeta Kumari")
    assert hand_in(as_(geeta), "PAN", "acupa 7085r") == 201
    assert pan_of(town, geeta, wiring) == ("AC•••••••R", "ACUPA7085R")
    assert hand_in(as_(geeta), "PAN", "BNZPM2501F", 8) == 201  # the first was mistyped
    assert pan_of(town, geeta, wiring) == ("BN•••••••F", "BNZPM2501F")
    assert hand_in(as_(geeta), "VOTER_ID", "ABC1234567", 9) == 201
    assert pan_of(town, geeta, wiring)[1] == "BNZPM2501F"


@pytest.mark.row("LAW-04", "LAW-08")
def test_a_pan_that_was_given_stays(town: Town, as_: As, wiring: Wiring) -> None:
    geeta = town.person(Role.CLEANER, "Geeta Kumari")
    assert as_(geeta)("PUT", URL, {"pan": "ACUPA7085R"}).status_code == 200
    town.clock.move(hours=1)
    assert hand_in(as_(geeta), "PAN", "BNZPM2501F") == 201
    assert pan_of(town, geeta, wiring)[1] == "ACUPA7085R"


@pytest.mark.row("LAW-04", "LAW-08")
@pytest.mark.parametrize(("kind", "number"), [("VOTER_ID", "ABC1234567"), ("PAN", "ABCCE1234F")])
def test_no_other_card_gives_one(town: Town, as_: As, wiring: Wiring, kind: str, number: str) -> None:
    geeta = town.person(Role.CLEANER, "Geeta Kumari")
    hand_in(as_(geeta), kind, number)
    assert pan_of(town, geeta, wiring) == (None, "")


@pytest.mark.row("LAW-04", "LAW-08")
def test_a_card_that_is_refused_takes_its_pan_along(town: Town, as_: As, wiring: Wiring) -> None:
    geeta = town.person(Role.CLEANER, "Geeta Kumari")
    assert hand_in(as_(geeta), "PAN", "ACUPA7085R") == 201
    assert pan_of(town, geeta, wiring)[1] == "ACUPA7085R"
    wish = {"ground": "UNREADABLE", "reason": "The photo is dark."}
    admin = as_(town.admin(AdminDuty.COMPLIANCE))
    assert admin.post(f"/api/admin/cleaners/{geeta.id}/reject", wish).status_code == 200
    assert pan_of(town, geeta, wiring) == (None, "")
