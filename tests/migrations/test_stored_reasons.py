"""What was stored in the provider's words is put into ours by the migrations, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlmodel import col, select

from alembic import command
from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.events import MoneyWaits, PayoutDetailsWrong
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.provider import PaymentFailure
from cleanit_app.local.postgres import Postgres
from cleanit_app.models import Notification, Refund, new_id
from cleanit_app.ops import databases
from cleanit_app.ops.migrate import configuration
from cleanit_app.ports import ProviderPayout
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.payments.payments import apply_payment
from cleanit_app.services.payouts import payouts
from cleanit_app.services.refunds import refunds
from cleanit_app.services.transfers import attempts
from tests.factories import FORMAT, Town

LOOK = {
    "payouts": "SELECT failure_reason FROM payouts",
    "calls": "SELECT failure_reason FROM transfer_attempts WHERE failure_reason IS NOT NULL",
    "gifts": "SELECT failure_reason FROM contributions WHERE failure_reason IS NOT NULL",
    "tries": "SELECT reason FROM failed_tries",
    "news": "SELECT values ->> 'bank' FROM notifications WHERE kind = 'payout_details_wrong'",
    "waits": "SELECT payload ->> 'why' FROM outbox WHERE name = 'MoneyWaits'",
    "wrong": "SELECT payload ->> 'reason' FROM outbox WHERE name = 'PayoutDetailsWrong'",
    "keys": "SELECT array_to_string(array(SELECT jsonb_object_keys(request::jsonb) ORDER BY 1), ' ')"
    " FROM transfer_attempts WHERE refund_id IS NOT NULL",
}
OURS = {
    "payouts": ["ifsc_wrong"],
    "calls": ["ifsc_wrong"],
    "gifts": ["too_late"],
    "tries": ["too_late"],
    "news": ["ifsc_wrong"],
    "waits": ["balance_short"],
    "wrong": ["ifsc_wrong", "ifsc_wrong"],
    "keys": ["amount notes payment_id receipt speed"],
}
THEIRS = {
    "payouts": ["invalid_ifsc_code"],
    "calls": ["invalid_ifsc_code"],
    "gifts": ["payment_timed_out"],
    "tries": ["payment_timed_out"],
    "news": ["invalid_ifsc_code"],
    "waits": ["low_balance"],
    "wrong": ["invalid_ifsc_code", "invalid_ifsc_code"],
    "keys": ["amountPaise notes paymentId receipt"],
}


def seen(engine: Engine) -> dict[str, list[Any]]:
    with engine.begin() as connection:
        return {name: list(connection.execute(text(query)).scalars()) for name, query in LOOK.items()}


def fill(town: Town) -> Any:
    """Pay that a bank refused, a failed try to pay, a refund under way, and what was told about them."""
    cleaner = town.cleaner()
    town.verified(cleaner, target_paise=400_000)
    town.clock.move(hours=25)
    with town.uow() as uow:
        payout_id = payouts.due_payouts(uow, limit=1)[0]
        call = payouts.prepare_payout(uow, payout_id=payout_id, form=FORMAT)
        assert call
        assert attempts.lease(uow, attempt_id=call)
    with town.uow() as uow:
        no = ProviderPayout("pout_1", 380_000, "failed", None, None, 0, 0, "ifsc_wrong", "The IFSC code is invalid.")
        payouts.apply_payout(uow, attempt_id=call, answer=no)
        uow.record(MoneyWaits(MoneyFlow.PAYOUTS.value, None, 1, "balance_short"), by=SYSTEM)
        uow.record(PayoutDetailsWrong(None, cleaner.user_id, 0, "ifsc_wrong"), by=SYSTEM)
        news = {"amount_paise": 1, "bank": "ifsc_wrong"}
        uow.add(
            Notification(
                id=new_id(), user_id=cleaner.user_id, kind="payout_details_wrong", values=news, link="/",
                dedupe_key="one", created_at=uow.now,
            )
        )  # fmt: skip
    campaign = town.campaign(target_paise=100_000)
    failed, full, late = (town.wish(campaign, paise) for paise in (50_000, 100_000, 60_000))
    tries = [town.payment(failed, "failed"), town.payment(full), town.payment(late)]
    object.__setattr__(tries[0], "failure", PaymentFailure.TOO_LATE)
    for wish, payment in zip((failed, full, late), tries, strict=True):
        with town.uow() as uow:
            apply_payment(uow, contribution_id=wish.id, payment=payment)
    with town.uow() as uow:
        refund_id = uow.run(select(col(Refund.id))).scalar_one()
        return refunds.prepare_refund(uow, refund_id=refund_id, form=FORMAT)


@pytest.mark.row("PAY-07", "PAY-08")
def test_words_that_were_stored_are_ours_after_the_migration_and_theirs_before(postgres_server: Postgres) -> None:
    name = "migrations_of_reasons"
    databases.create_database(postgres_server.url, name)
    engine = create_engine(postgres_server.database_url(name))
    try:
        config = configuration()
        config.attributes["url"] = postgres_server.database_url(name)
        command.upgrade(config, "head")
        town = Town(engine)
        fill(town)
        assert seen(engine) == OURS
        command.downgrade(config, "0032")
        assert seen(engine) == THEIRS
        command.upgrade(config, "head")
        assert seen(engine) == {**OURS, "keys": THEIRS["keys"]}
        with engine.begin() as connection:
            amounts = connection.execute(text("SELECT amount_paise, request FROM transfer_attempts ORDER BY 1")).all()
        assert [amount for amount, _ in amounts] == [60_000, 380_000]
        assert json.loads(amounts[0].request)["amountPaise"] == 60_000  # such a call is still made, as it was stored
        with town.uow() as uow:
            assert check_books(uow) == []
    finally:
        engine.dispose()
        databases.drop_database(postgres_server.url, name)
