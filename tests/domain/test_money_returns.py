"""Each cause for which money goes back at once is told apart."""

from __future__ import annotations

import pytest

from cleanit_app.domain.money_returns import ReturnCause, return_cause
from cleanit_app.domain.statuses import CampaignStatus as S


@pytest.mark.row("PAY-08")
@pytest.mark.parametrize(
    ("first", "status", "missing", "kept", "cause"),
    [
        (True, S.FUNDED, 0, 0, ReturnCause.FULL),
        (True, S.COMPLETED, 0, 0, ReturnCause.FULL),
        (True, S.CLOSED, 0, 0, ReturnCause.FULL),
        (True, S.ACTIVE, 40_000, 40_000, ReturnCause.PART),
        (True, S.EXPIRED, 60_000, 0, ReturnCause.ENDED),
        (True, S.CANCELLED, 0, 0, ReturnCause.ENDED),  # cancelled after it was full
        (True, S.FUNDED, 15_000, 0, ReturnCause.ENDED),  # it went ahead with 85 %
        (False, S.ACTIVE, 40_000, 0, ReturnCause.DOUBLE),
        (False, S.EXPIRED, 40_000, 0, ReturnCause.DOUBLE),
    ],
)
def test_causes(first: bool, status: S, missing: int, kept: int, cause: ReturnCause) -> None:
    assert return_cause(first=first, status=status, missing_paise=missing, kept_paise=kept) is cause
