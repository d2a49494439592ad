"""Admins find people by whatever stands on the note in front of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanit_app.domain.actors import Actor, Role
from cleanit_app.models import User
from tests.api.conftest import Caller
from tests.factories import Town

pytestmark = pytest.mark.row("OPS-01")


@pytest.fixture
def found(as_: Callable[[Actor], Caller], town: Town) -> Callable[[str], set[str]]:
    """Names of the people whom an admin finds among three."""
    admin = as_(town.admin(name="Zubin Zaveri"))
    for name, phone in (("Ramesh Kumar", "+919000000001"), ("राजू वर्मा", "+919812345678"), ("Sunita Ramesh", None)):
        person = town.person(Role.CLEANER, name=name)
        with town.uow() as uow:
            uow.lock(User, person.user_id).phone = phone

    def asking(q: str) -> set[str]:
        answer = admin("GET", "/api/admin/people", params={"q": q})
        assert answer.status_code == 200
        return {item["name"] for item in answer.json()["items"]}

    return asking


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("90000 00001", {"Ramesh Kumar"}),
        ("+91-90000-00001", {"Ramesh Kumar"}),
        ("+91 90000 00001", {"Ramesh Kumar"}),
        ("09000000001", {"Ramesh Kumar"}),
        ("९०००० ००००१", {"Ramesh Kumar"}),
        ("9000000", {"Ramesh Kumar"}),
        ("+91 98123", {"राजू वर्मा"}),
        ("ramesh", {"Ramesh Kumar", "Sunita Ramesh"}),
        ("KUMAR", {"Ramesh Kumar"}),
        ("kumar ramesh", {"Ramesh Kumar"}),
        ("रमेश कुमार", {"Ramesh Kumar"}),
        ("raju", {"राजू वर्मा"}),
        ("Raju Verma", {"राजू वर्मा"}),
        ("राजू", {"राजू वर्मा"}),
        ("nobody", set()),
        ("???", set()),
        ("%", set()),
        ("98765 43210", set()),
    ],
)
def test_a_person_is_found_as_typed(found: Callable[[str], set[str]], q: str, names: set[str]) -> None:
    assert found(q) == names


def test_what_is_erased_is_found_no_more(found: Callable[[str], set[str]], town: Town) -> None:
    with town.uow() as uow:
        person = uow.first(User, User.phone == "+919000000001")
        assert person is not None
        person.name = "Somebody"
    assert found("kumar") == set()
