"""Who may do what."""

from __future__ import annotations

from uuid import uuid4

import pytest

from cleanit_app.domain.actors import NOBODY, SYSTEM, Actor, AdminDuty, Permission, Role, permissions_of
from cleanit_app.domain.errors import NotAllowed, NotSignedIn


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
