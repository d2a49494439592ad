"""Every kind of notification is sorted, and every choice has words."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import Role
from cleanit_app.domain.notifications import CATEGORY_OF, CHOOSABLE, NotificationCategory, choices_for
from cleanit_app.i18n.catalogue import WORDS


@pytest.mark.row("NOT-05")
def test_every_kind_of_notification_is_sorted() -> None:
    kinds = {key.removeprefix("notify.") for key in WORDS if key.startswith("notify.")} - {"somebody"}
    assert set(CATEGORY_OF) == kinds
    assert {c for role in Role for c in choices_for(role)} == set(CHOOSABLE)


def test_categories_have_words() -> None:
    for category in CHOOSABLE:
        assert f"about.{category.value}" in WORDS
    assert NotificationCategory.MONEY not in CHOOSABLE
