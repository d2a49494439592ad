"""Receipts of before the migration take the moment of their payment, and keep their number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from alembic import command
from cleanit_app.local.postgres import Postgres
from cleanit_app.models import Contribution
from cleanit_app.ops import databases
from cleanit_app.ops.migrate import configuration
from cleanit_app.services.ledger.invariants import CHECKS, check_books
from cleanit_app.services.payments.payments import apply_payment
from tests.factories import Town


@pytest.mark.row("PAY-02")
def test_a_receipt_gets_the_moment_of_its_payment_and_gives_it_back(postgres_server: Postgres) -> None:
    name = "migration_of_receipts"
    databases.create_database(postgres_server.url, name)
    engine = create_engine(postgres_server.database_url(name))
    try:
        config = configuration()
        config.attributes["url"] = postgres_server.database_url(name)
        command.upgrade(config, "head")
        town = Town(engine)
        wish = town.wish(town.campaign(), 50_000)
        booked = town.clock.now()
        paid = booked - timedelta(minutes=11)
        with town.uow() as uow:
            apply_payment(uow, contribution_id=wish.id, payment=replace(town.payment(wish), created_at=paid))
        command.downgrade(config, "0036")
        with town.uow() as uow:
            assert uow.get(Contribution, wish.id).paid_at == booked
            rule = next(check for check in CHECKS if check.name == "receipts_carry_their_day")
            # by itself: other rules ask tables that came later
            assert uow.run(text(rule.query)).scalars().all() == [wish.id]
        command.upgrade(config, "head")
        with town.uow() as uow:
            after = uow.get(Contribution, wish.id)
            assert (after.paid_at, after.receipt_number) == (paid, "CL-2627-000001")
            assert check_books(uow) == []
    finally:
        engine.dispose()
        databases.drop_database(postgres_server.url, name)
