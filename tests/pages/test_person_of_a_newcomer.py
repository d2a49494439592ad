"""The page of one person stands for somebody of whom nothing is known yet."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.pages.admin.people.person import view
from cleanit_app.reads.people import person
from tests.factories import Town
from tests.support.words import WORDS


@pytest.mark.row("OPS-01", "VER-02")
def test_of_a_cleaner_without_a_job_no_zeros_and_no_rating_are_shown(town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin(AdminDuty.SENIOR)
    with town.uow() as uow:
        one = person.person_detail(uow, actor=admin, user_id=cleaner.user_id)
        shown = view.person_view(one, uow.now)
    assert one.cleaner is not None
    assert one.cleaner.rating is None
    assert (shown.figures, shown.rate) == (WORDS["person.no_work"][0], "")
