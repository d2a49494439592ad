"""Every kind of notification is sorted, and every choice has words."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import Role
from cleanit_app.domain.notification_kinds import KINDS, NotificationKind, Tone
from cleanit_app.domain.notifications import CHOOSABLE, NotificationCategory, choices_for
from cleanit_app.i18n.catalogue import WORDS


@pytest.mark.row("NOT-05")
def test_every_kind_of_notification_is_sorted() -> None:
    kinds = {key.removeprefix("notify.") for key in WORDS if key.startswith("notify.")} - {"somebody"}
    assert set(KINDS) == kinds
    assert {c for role in Role for c in choices_for(role)} == set(CHOOSABLE)


def test_categories_have_words() -> None:
    for category in CHOOSABLE:
        assert f"about.{category.value}" in WORDS
    assert NotificationCategory.MONEY not in CHOOSABLE


def test_a_kind_without_one_of_its_properties_is_refused() -> None:
    whole = {"category": NotificationCategory.DESK, "urgent": True, "tone": Tone.PROBLEM}
    assert NotificationKind("job_held", **whole) == KINDS["job_held"]  # type: ignore[arg-type]
    for name in whole:
        with pytest.raises(TypeError):
            NotificationKind("job_held", **{k: v for k, v in whole.items() if k != name})  # type: ignore[arg-type]
