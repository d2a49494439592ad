"""Campaigns of before the terms were stored get the only terms there were, and every row comes back as it was."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from alembic import command
from cleanit_app.local.postgres import Postgres
from cleanit_app.ops import databases
from cleanit_app.ops.migrate import configuration
from cleanit_app.services.ledger.invariants import check_books
from tests.factories import Town

BEFORE, ITSELF = "0035", "0036"
NEW = ("fee_bps", "terms_version")
THE_ONLY_TERMS = (500, "2026-12")


def fill(town: Town) -> None:
    """One campaign that waits to be let in, one half paid, one that is being cleaned, one whose pay is due."""
    town.waiting(town.person())
    town.give(town.campaign(target_paise=333_300), 100_000)
    cleaner = town.cleaner()
    town.claimed(cleaner, target_paise=50_000)
    town.verified(cleaner, target_paise=5_000_000)


def rows(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table as text, without the columns that the migration adds."""
    with engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        added = {"campaigns": "".join(f" - '{column}'" for column in NEW)}
        every = {name: text(f"SELECT (to_jsonb(one){added.get(name, '')})::text FROM {name} one") for name in tables}
        return {name: sorted(connection.execute(query).scalars()) for name, query in every.items()}


def columns(engine: Engine) -> set[str]:
    return {column["name"] for column in inspect(engine).get_columns("campaigns")}


@pytest.mark.row("JOB-02", "OPS-07")
def test_campaigns_of_before_get_the_terms_of_before_and_lose_nothing_on_the_way_back(
    postgres_server: Postgres,
) -> None:
    name = "migration_of_terms"
    databases.create_database(postgres_server.url, name)
    engine = create_engine(postgres_server.database_url(name))
    try:
        config = configuration()
        config.attributes["url"] = postgres_server.database_url(name)
        command.upgrade(config, "head")
        fill(Town(engine))
        command.downgrade(config, BEFORE)
        before = rows(engine)
        assert not set(NEW) & columns(engine)
        assert (len(before["campaigns"]), len(before["payouts"]), len(before["ledger_lines"]) > 4) == (4, 1, True)
        command.upgrade(config, ITSELF)
        assert rows(engine) == before
        command.upgrade(config, "head")
        with engine.connect() as connection:
            terms = connection.execute(text("SELECT fee_bps, terms_version FROM campaigns")).all()
        assert [tuple(one) for one in terms] == [THE_ONLY_TERMS] * 4
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text("UPDATE campaigns SET fee_bps = 725"))
        with Town(engine).uow() as uow:
            assert check_books(uow) == []
        command.downgrade(config, BEFORE)
        assert rows(engine) == before
        assert not set(NEW) & columns(engine)
    finally:
        engine.dispose()
        databases.drop_database(postgres_server.url, name)
