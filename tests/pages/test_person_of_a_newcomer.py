"""The page of one person stands for somebody of whom nothing is known yet."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.pages.admin.people.person import view
from cleanit_app.reads.people import person
from tests.factories import Town


@pytest.mark.row("OPS-01", "VER-02")
def test_a_cleaner_without_a_job_has_dashes_for_rate_and_rating(town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin(AdminDuty.SENIOR)
    with town.uow() as uow:
        one = person.person_detail(uow, actor=admin, user_id=cleaner.user_id)
        shown = view.person_view(one, uow.now)
    assert one.cleaner is not None
    assert one.cleaner.rating is None
    assert "–" in shown.rate
    assert "5.0" not in shown.rate
