"""Every kind of notification is sorted, and every choice has words."""

from __future__ import annotations

from uuid import UUID

import pytest

from cleanit_app import notification_kinds, routes
from cleanit_app.domain.actors import Role
from cleanit_app.domain.notifications import CHOOSABLE, NotificationCategory, choices_for
from cleanit_app.notification_kinds import KINDS, ROOMS, NotificationKind, Tone
from cleanit_app.services.notifications import recipients
from tests.house.source import modules
from tests.support.words import WORDS


@pytest.mark.row("NOT-05")
def test_every_kind_of_notification_is_sorted() -> None:
    kinds = {key.removeprefix("notify.") for key in WORDS if key.startswith("notify.")} - {"somebody"}
    assert set(KINDS) == kinds
    assert {c for role in Role for c in choices_for(role)} == set(CHOOSABLE)


def test_categories_have_words() -> None:
    for category in CHOOSABLE:
        assert f"about.{category.value}" in WORDS
    assert NotificationCategory.MONEY not in CHOOSABLE


def test_every_kind_has_words_in_both_languages() -> None:
    languages = {kind.name: WORDS[kind.words_key] for kind in KINDS.values()}
    assert [name for name, (en, hi) in languages.items() if not en.strip() or not hi.strip() or en == hi] == []


def test_every_kind_is_one_constant_of_its_own_name() -> None:
    named = [(name, kind.name) for room in ROOMS for name, kind in vars(room).items() if _is_a_kind(kind)]
    assert [pair for pair in named if pair[0] != pair[1].upper()] == []
    assert len(named) == len(KINDS)


def _is_a_kind(value: object) -> bool:
    return isinstance(value, NotificationKind)


def test_every_event_has_one_teller() -> None:
    lines = [event for room in recipients.ROOMS for event in room.TELLERS]
    assert len(lines) == len(set(lines)) == len(recipients.WHO_HEARS)


def test_every_room_of_kinds_and_of_recipients_is_read() -> None:
    for package in (notification_kinds, recipients):
        prefix = f"{package.__name__}."
        rooms = {name.removeprefix(prefix) for name in modules() if name.startswith(prefix)} - {"kind"}
        assert rooms == {room.__name__.removeprefix(prefix) for room in package.ROOMS}


def test_a_kind_leads_to_one_address_of_the_site() -> None:
    ours = [value for name, value in vars(routes).items() if not name.startswith("_")]
    assert [kind.name for kind in KINDS.values() if kind.link not in ours] == []
    job = UUID(int=1)
    assert KINDS["deadline_1h"].address(job) == routes.work(job)
    assert KINDS["job_held"].address(None) == routes.ADMIN_HELD
    for kind, subject in ((KINDS["deadline_1h"], None), (KINDS["job_held"], job)):
        with pytest.raises(TypeError):
            kind.address(subject)


def test_a_kind_without_one_of_its_properties_is_refused() -> None:
    whole = {"category": NotificationCategory.DESK, "urgent": True, "tone": Tone.PROBLEM, "link": routes.ADMIN_HELD}
    assert NotificationKind("job_held", **whole) == KINDS["job_held"]
    for name in whole:
        with pytest.raises(TypeError):
            NotificationKind("job_held", **{k: v for k, v in whole.items() if k != name})
