"""Keys of wishes: read with their length said, and two wishes under one key told apart by name."""

from __future__ import annotations

import pytest

from cleanit_app.domain.errors import IdempotencyConflict, IdempotencyKeyUnfit
from cleanit_app.services.repeats import must_be_the_same, read_key

WISH = {"amountPaise": 50_000, "anonymous": True, "campaignId": "one"}


@pytest.mark.row("PAY-01")
@pytest.mark.parametrize("key", ["x" * 8, "x" * 80, "क" * 8])
def test_a_fitting_key_is_read(key: str) -> None:
    assert read_key(key) == key


@pytest.mark.row("PAY-01")
@pytest.mark.parametrize(
    ("key", "problem"), [(None, "missing"), ("", "missing"), ("x" * 7, "short"), ("x" * 81, "long")]
)
def test_an_unfit_key_says_why(key: str | None, problem: str) -> None:
    with pytest.raises(IdempotencyKeyUnfit) as refused:
        read_key(key)
    assert refused.value.words == f"field.idempotency_key_{problem}"


@pytest.mark.row("PAY-01")
@pytest.mark.parametrize("name", WISH)
def test_whatever_field_differs_is_named(name: str) -> None:
    must_be_the_same(WISH, dict(WISH))
    with pytest.raises(IdempotencyConflict) as refused:
        must_be_the_same(WISH, WISH | {name: "another"})
    assert refused.value.values == {"names": name}
