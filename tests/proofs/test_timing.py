"""Whether an account exists cannot be told from how long a refusal takes (T34)."""

from __future__ import annotations

import statistics
import time

import pytest
import redis

from cleanit_app.adapters.redis_limits import RedisLimits
from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.errors import BadCredentials
from cleanit_app.services import accounts
from cleanit_app.services.passwords import hash_password
from cleanit_app.services.sign_in import Tries, Visitor, sign_in
from tests.factories import Town

SAMPLES = 200
GENEROUS = Tries(10_000, 10_000)


@pytest.mark.proof
@pytest.mark.row("SEC-01", "SEC-03")
def test_a_wrong_password_takes_as_long_for_nobody_as_for_somebody(town: Town, valkey_url: str) -> None:
    limits = RedisLimits(redis.Redis.from_url(valkey_url))
    wish = accounts.NewAccount("Asha Verma", "asha@example.in", None, Role.CITIZEN, hash_password("nine-clean-lanes"))
    with town.uow() as uow:
        accounts.register(uow, actor=Actor(), account=wish)
    took: dict[str, list[float]] = {"asha@example.in": [], "nobody@example.in": []}
    for _ in range(SAMPLES):
        for identifier, samples in took.items():  # in turn, so that a busy machine slows both alike
            began = time.thread_time()
            with pytest.raises(BadCredentials):
                sign_in(
                    town.open, limits, identifier=identifier, password="wrong-wrong",
                    visitor=Visitor(), with_cookie=True, tries=GENEROUS,
                )  # fmt: skip
            samples.append(time.thread_time() - began)
        town.clock.move(minutes=1)
    known, unknown = (statistics.median(samples) * 1000 for samples in took.values())
    print(f"\nwrong password: {known:.1f} ms for an account, {unknown:.1f} ms for none, {SAMPLES} samples each")
    assert abs(known - unknown) < 10
