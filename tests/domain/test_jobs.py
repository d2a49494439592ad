"""A cleaner's figures."""

from __future__ import annotations

import pytest

from cleanit_app.domain.jobs import completion_rate, rating


@pytest.mark.row("VER-04")
def test_figures_of_a_cleaner() -> None:
    assert rating(0, 0, 0) is None
    assert rating(1, 0, 0) == 5.0
    assert rating(0, 1, 0) == 3.8
    assert rating(5, 2, 1) == 3.6
    assert completion_rate(0, 0, 0) is None
    assert completion_rate(3, 1, 1) == 0.6
