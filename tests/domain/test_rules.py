"""The numbers of the business."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from cleanit_app.domain import rules
from cleanit_app.domain.actors import NOBODY, SYSTEM, Actor, AdminDuty, Permission, Role, permissions_of
from cleanit_app.domain.errors import NotAllowed, NotSignedIn


@pytest.mark.parametrize(
    ("rupees", "days"), [(500, 30), (2_000, 30), (2_001, 45), (10_000, 45), (10_001, 60), (50_000, 60)]
)
@pytest.mark.row("CAM-07")
def test_days_follow_from_the_target(rupees: int, days: int) -> None:
    start = datetime(2026, 11, 24, tzinfo=UTC)
    assert rules.expires_at(rupees * 100, start) - start == timedelta(days=days)


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ((None, 80.0), "place_missing"),
        ((26.8, None), "place_missing"),
        ((0.0, 0.0), "place_missing"),
        ((80.9, 26.8), "place_outside_india"),
        ((51.5, -0.1), "place_outside_india"),
        ((float("nan"), 80.0), "place_outside_india"),
        ((float("inf"), 80.0), "place_outside_india"),
    ],
)
@pytest.mark.row("CAM-04")
def test_a_place_outside_is_refused(place: tuple[float | None, float | None], key: str) -> None:
    problem = rules.place_problem(*place)
    assert problem is not None
    assert problem.key == key


@pytest.mark.parametrize("place", [(26.8467, 80.9462), (6.75, 93.84), (34.08, 74.79), (27.1, 96.9)])
@pytest.mark.row("CAM-04")
def test_places_in_india_are_taken(place: tuple[float, float]) -> None:
    assert rules.place_problem(*place) is None


def test_distance_of_known_places() -> None:
    lucknow, delhi = (26.8467, 80.9462), (28.6139, 77.2090)
    assert rules.distance_km(lucknow, delhi) == pytest.approx(417, abs=3)
    assert rules.km_of_chord(rules.chord_of_km(3.7)) == pytest.approx(3.7)


@pytest.mark.row("VER-04")
def test_figures_of_a_cleaner() -> None:
    assert rules.rating(0, 0, 0) == 5.0
    assert rules.rating(5, 2, 1) == 3.6
    assert rules.completion_rate(0, 0, 0) is None
    assert rules.completion_rate(3, 1, 1) == 0.6


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/New_York"])
@pytest.mark.row("PAY-04")
def test_indian_days_do_not_depend_on_the_machine(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "TZ", zone)
    time.tzset()
    assert rules.ist_date(datetime(2026, 3, 31, 18, 29, 59, tzinfo=UTC)) == date(2026, 3, 31)
    assert rules.ist_date(datetime(2026, 3, 31, 18, 30, tzinfo=UTC)) == date(2026, 4, 1)
    assert rules.financial_year(date(2026, 3, 31)) == "2526"
    assert rules.financial_year(date(2026, 4, 1)) == "2627"
    ten = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
    assert rules.next_payout_run(ten) == ten
    assert rules.next_payout_run(ten + timedelta(seconds=1)) == ten + timedelta(days=1)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.row("PAY-09")
def test_working_days_leave_out_the_weekend() -> None:
    assert rules.add_business_days(date(2026, 11, 26), 7) == date(2026, 12, 7)


def test_permissions_come_from_role_and_duty() -> None:
    assert Permission.CLAIM_JOBS not in permissions_of(Role.CITIZEN)
    assert permissions_of(Role.CITIZEN) < permissions_of(Role.CLEANER)
    assert Permission.VERIFY_JOBS not in permissions_of(Role.ADMIN)
    senior = permissions_of(Role.ADMIN, frozenset({AdminDuty.SENIOR}))
    assert all(permissions_of(Role.ADMIN, frozenset({d})) <= senior for d in AdminDuty)
    assert Permission.SYSTEM not in senior


def test_refusals_tell_a_stranger_from_somebody() -> None:
    with pytest.raises(NotSignedIn):
        NOBODY.must(Permission.CONTRIBUTE)
    somebody = Actor(id=uuid4(), role=Role.CITIZEN)
    with pytest.raises(NotAllowed):
        somebody.must(Permission.VERIFY_JOBS)
    SYSTEM.must(Permission.SYSTEM)
