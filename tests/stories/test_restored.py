"""A database that came back from a backup pays nobody twice: a call that it forgot is made under the same key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from cleanit_app.local.postgres import Postgres
from cleanit_app.models import Cleaner
from cleanit_app.ops import databases
from cleanit_app.ports import UpiDetails
from tests.factories import Town
from tests.sandbox.running import Sandbox, running_sandbox
from tests.support.books import assert_books_are_right
from tests.support.shop import Shop, open_shop


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")) / "book.db") as running:
        yield running


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Shop:
    return open_shop(town, sandbox)


@contextmanager
def restored(shop: Shop, server: Postgres) -> Iterator[Shop]:
    """The shop on a copy of its database as it stands now, which knows nothing of what comes after."""
    engine = shop.town.engine
    engine.dispose()  # nothing may be connected to what is copied
    databases.create_database(server.url, "restored", str(engine.url.database))
    copy = create_engine(server.database_url("restored"))
    try:
        yield replace(shop, town=Town(copy, shop.town.clock))
        assert_books_are_right(copy)
    finally:
        copy.dispose()
        databases.drop_database(server.url, "restored")


@pytest.mark.row("PAY-05", "PAY-07", "SEC-09")
def test_a_payout_that_a_backup_forgot_is_not_paid_again(shop: Shop, postgres_server: Postgres) -> None:
    _, payout_id = shop.owed()
    with restored(shop, postgres_server) as again:
        shop.send(payout_id)
        again.send(payout_id)
        (first,), (second,) = shop.calls(payout_id), again.calls(payout_id)
        assert first.id != second.id
        assert (first.idempotency_key, first.provider_id) == (second.idempotency_key, second.provider_id)
        assert len(shop.sandbox.book()["payouts"]) == 1
        again.land(payout_id)
        again.settle(7 * 3600)
        assert again.payout(payout_id).status == "PAID"


@pytest.mark.row("PAY-05", "PAY-06", "SEC-09")
def test_a_forgotten_no_is_heard_again_and_only_then_follows_the_next_try(
    shop: Shop, postgres_server: Postgres
) -> None:
    _, payout_id = shop.owed()
    with restored(shop, postgres_server) as again:
        shop.send(payout_id)
        shop.land(payout_id, "fail", reason="gateway_down")
        shop.settle()
        shop.town.clock.move(minutes=31)
        shop.send(payout_id)
        shop.land(payout_id)
        again.send(payout_id)  # told of the first no
        assert again.payout(payout_id).status == "PENDING"
        again.town.clock.move(minutes=31)
        again.send(payout_id)  # finds what was paid since
        assert (again.payout(payout_id).status, len(shop.paid_out())) == ("PAID", 1)
        assert [c.status for c in again.calls(payout_id)] == ["FAILED", "SUCCEEDED"]


@pytest.mark.row("PAY-05", "PAY-07", "SEC-09")
def test_a_forgotten_payout_to_another_account_is_for_a_person(shop: Shop, postgres_server: Postgres) -> None:
    cleaner, payout_id = shop.owed()
    with restored(shop, postgres_server) as again:
        shop.send(payout_id)
        contact = again.payouts.create_contact(name="Ramesh Pal", reference_id="another")
        account = again.payouts.create_fund_account(contact_id=contact, details=UpiDetails("Ramesh Pal", "pal@okbank"))
        with again.town.uow() as uow:
            row = uow.lock(Cleaner, cleaner.user_id)
            row.razorpay_contact_id, row.razorpay_fund_account_id = contact, account
        again.send(payout_id)
        assert again.calls(payout_id)[0].status == "MANUAL"
        assert [told["why"] for told in again.said("TransferUnsure")] == ["key_conflict"]
        assert len(shop.sandbox.book()["payouts"]) == 1


@pytest.mark.row("PAY-08", "SEC-09")
def test_a_refund_that_a_backup_forgot_is_not_given_again(shop: Shop, postgres_server: Postgres) -> None:
    refund_id = shop.owed_refund()
    with restored(shop, postgres_server) as again:
        shop.send_refund(refund_id)
        again.send_refund(refund_id)
        (sent,) = shop.sandbox.book()["refunds"]
        shop.sandbox.control(f"refunds/{sent['id']}/process")
        again.settle(7 * 3600)
        assert (again.refund(refund_id).status, len(shop.sandbox.book()["refunds"])) == ("COMPLETED", 1)
