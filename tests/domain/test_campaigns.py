"""How long a campaign collects."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cleanit_app.domain.campaigns import expires_at


@pytest.mark.parametrize(
    ("rupees", "days"), [(500, 30), (2_000, 30), (2_001, 45), (10_000, 45), (10_001, 60), (50_000, 60)]
)
@pytest.mark.row("CAM-07")
def test_days_follow_from_the_target(rupees: int, days: int) -> None:
    start = datetime(2026, 11, 24, tzinfo=UTC)
    assert expires_at(rupees * 100, start) - start == timedelta(days=days)
