"""The books speak when a state was changed behind the services' back: one planted bug for each rule."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from cleanit_app.services.campaigns import closing
from cleanit_app.services.ledger.invariants import check_books
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


class Back(Exception):
    """Take back what was planted."""


@contextmanager
def planted(town: Town, *steps: str) -> Iterator[set[str]]:
    """The names of the rules that speak after these changes, which no guard of the database refuses; then undone."""
    try:
        with town.uow() as uow:
            uow.run(text("SET LOCAL session_replication_role = replica"))
            for step in steps:
                # What changes rows answers with a cursor, which counts them.
                assert uow.run(text(step)).rowcount == 1, step
            yield {one.name for one in check_books(uow)}
            raise Back
    except Back:
        assert_books_are_right(town.engine)


BEHIND = "WHERE id = (SELECT max(id) FROM status_history WHERE kind = 'campaign')"


@pytest.mark.row("PAY-03", "TST-01")
def test_a_history_must_go_by_the_moves_table_and_end_where_its_row_is(town: Town) -> None:
    town.verified(town.cleaner())
    assert_books_are_right(town.engine)
    one = "WHERE id = (SELECT id FROM campaigns WHERE status = 'COMPLETED' LIMIT 1)"
    with planted(town, f"UPDATE campaigns SET status = 'FUNDED' {one}") as broken:
        assert broken == {"history_ends_where_rows_stand"}
    lost = "DELETE FROM status_history WHERE id = (SELECT max(id) FROM status_history WHERE kind = 'job')"
    with planted(town, lost) as broken:
        assert broken == {"history_ends_where_rows_stand"}
    skipped = f"UPDATE status_history SET from_status = 'DRAFT' {BEHIND}"
    with planted(town, skipped) as broken:
        assert broken == {"history_is_a_path"}
    # Each line goes on from the one before it, and still no table of moves leads from ACTIVE to COMPLETED.
    forbidden = (
        "DELETE FROM status_history WHERE kind = 'campaign' AND to_status = 'FUNDED'",
        "UPDATE status_history SET from_status = 'ACTIVE' WHERE kind = 'campaign' AND to_status = 'COMPLETED'",
    )
    with planted(town, *forbidden) as broken:
        assert broken == {"history_is_a_path"}


@pytest.mark.row("PAY-03")
def test_escrow_rows_follow_the_pay_of_their_campaign(shop: Shop) -> None:
    _, payout_id = shop.owed()
    change = "UPDATE escrow_transactions SET status = {}"
    held, released = "'HELD', released_at = NULL, released_for = NULL", "'RELEASED', released_at = now()"
    with planted(shop.town, change.format(f"{released}, released_for = 'PAYOUT'")) as broken:
        assert broken == {"escrow_states_match"}  # it was not sent yet
    shop.send(payout_id)
    with planted(shop.town, change.format(held)) as broken:
        assert broken == {"escrow_states_match"}
    shop.land(payout_id)
    shop.settle()
    with planted(shop.town, change.format(held)) as broken:
        assert broken == {"escrow_states_match"}
    with planted(shop.town, change.format("'REFUNDED'")) as broken:
        assert broken == {"escrow_states_match"}
    with planted(shop.town, "UPDATE escrow_transactions SET amount_paise = amount_paise - 1") as broken:
        assert broken == {"escrow_rows_match"}


@pytest.mark.row("PAY-03", "PAY-08")
def test_escrow_rows_follow_the_refund_of_their_gift(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 20_000)
    town.clock.move(days=40)
    with town.uow() as uow:
        closing.close_collections(uow, campaign_ids=[campaign.id])
    assert_books_are_right(town.engine)
    back = "UPDATE escrow_transactions SET status = 'REFUNDED', released_at = now(), released_for = 'REFUND'"
    with planted(town, back) as broken:
        assert broken == {"escrow_states_match"}  # it is owed and nobody has sent it
