"""Names as banks write them."""

from __future__ import annotations

import pytest

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.names import name_match


@pytest.mark.row("PAY-04", "LAW-08")
@pytest.mark.parametrize(
    ("bank", "ours", "same"),
    [
        ("RAMESH PAL", "Ramesh Pal", True),
        ("PAL RAMESH", "Ramesh Pal", True),
        ("Mr. RAMESH PAL", "Ramesh Pal", True),
        ("R PAL", "Ramesh Pal", True),
        ("RAMESH KUMAR PAL", "Ramesh Pal", True),
        ("RAMESHPAL", "Ramesh Pal", True),
        ("Salmaa Bano", "Salma Bano", True),
        ("RAMESH SINGH", "Ramesh Pal", False),
        ("SURESH PAL", "Ramesh Pal", False),
        ("RAM PAL", "Ramesh Pal", False),
        ("रमेश पाल", "Ramesh Pal", False),
        ("", "Ramesh Pal", False),
        (None, "Ramesh Pal", False),
    ],
)
def test_names(bank: str | None, ours: str, same: bool) -> None:
    score = name_match(bank, ours)
    assert 0 <= score <= 100
    assert (score >= LIMITS.name_match_least) is same, score
    assert score == name_match(ours, bank)
