"""Signing in finds exactly the person who was named."""

from __future__ import annotations

import pytest
import redis

from cleanit_app.adapters.redis_limits import RedisLimits
from cleanit_app.domain.actors import Actor, Role
from cleanit_app.services.accounts import accounts
from cleanit_app.services.auth.sign_in import Visitor, sign_in
from tests.factories import PASSWORD, Town, quick_hash


@pytest.mark.row("SEC-03")
def test_people_without_a_phone_or_an_email_are_not_mixed_up(town: Town, valkey_url: str) -> None:
    limits = RedisLimits(redis.Redis.from_url(valkey_url))
    names = [("a@example.in", None), ("b@example.in", None), (None, "+919000099001"), (None, "+919000099002")]
    made = []
    for email, phone in names:
        wish = accounts.NewAccount("Asha Verma", email, phone, Role.CITIZEN, quick_hash())
        with town.uow() as uow:
            made.append(accounts.register(uow, actor=Actor(), account=wish).id)
    found = [
        sign_in(
            town.open, limits, identifier=email or phone, password=PASSWORD, visitor=Visitor(), with_cookie=True
        ).user.id
        for email, phone in names
    ]
    assert found == made
