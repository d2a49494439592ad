"""Traces that are kept for safety are gone once they have had their time (SEC-10)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import select

from cleanit_app.domain.codes import CodePurpose
from cleanit_app.models import FailedSignIn, KnownDevice, OneTimeCode, RefreshToken
from cleanit_app.services.auth.codes import want_code
from cleanit_app.services.auth.sign_in import Visitor, note_failure, open_session
from cleanit_app.wiring import Wiring
from tests.factories import Town
from workers.jobs import auth

KINDS = (FailedSignIn, KnownDevice, OneTimeCode, RefreshToken)


def leave_traces(town: Town) -> None:
    """A wrong password, a sign-in, a code."""
    person = town.person()
    with town.uow() as uow:
        note_failure(uow, account_hash=b"x" * 32, user_id=person.id, address="203.0.113.7")
        open_session(uow, user_id=person.user_id, visitor=Visitor(device=str(person.id)), with_cookie=False)
        want_code(
            uow, purpose=CodePurpose.RESET_PASSWORD, user_id=person.id, destination="+919000000001", language="en"
        )


def counts(town: Town) -> list[int]:
    """How many of each are left."""
    with town.uow() as uow:
        return [uow.run(select(func.count()).select_from(kind)).scalar_one() for kind in KINDS]


@pytest.mark.row("SEC-10")
def test_each_kind_goes_after_its_own_time(town: Town, parts: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parts.clock is town.clock
    monkeypatch.setattr(auth, "CLEARED_AT_ONCE", 2)  # more than one batch
    for _ in range(5):
        leave_traces(town)
    ages = [
        (timedelta(hours=23), [5, 5, 5, 5]),
        (timedelta(days=1, minutes=1), [5, 5, 0, 5]),
        (timedelta(days=30, minutes=1), [0, 5, 0, 5]),
        (timedelta(days=37, minutes=1), [0, 5, 0, 0]),
        (timedelta(days=365, minutes=1), [0, 0, 0, 0]),
    ]
    began = town.clock.at
    for age, left in ages:
        town.clock.at = began + age
        auth.clear_old_traces()
        assert counts(town) == left, age
