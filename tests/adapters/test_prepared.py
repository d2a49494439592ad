"""Statements that run with every request are planned once a connection, and say the same as before."""

from __future__ import annotations

from sqlalchemy import text

from cleanit_app.adapters.prepared import USES_BEFORE
from cleanit_app.models import StatusChange
from cleanit_app.services.accounts.accounts import actor_of_session
from cleanit_app.services.jobs import jobs
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.factories import Town

READY = text("SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements WHERE name LIKE 'often_%'")


def ready(uow: UnitOfWork) -> dict[str, int]:
    """What this connection has prepared, and how often it was carried out."""
    return {row[0]: row[1] for row in uow.run(READY)}


def test_what_is_asked_often_is_planned_once_a_connection(settings: Settings, town: Town) -> None:
    parts = Wiring(settings.model_copy(update={"database_pool_size": 1}))
    asked = USES_BEFORE + 5
    for _ in range(USES_BEFORE):
        with parts.open_uow() as uow:
            assert actor_of_session(uow, cookie_hash=b"nobody's").id is None
    with parts.open_uow() as uow:
        assert ready(uow) == {}
    for _ in range(asked - USES_BEFORE):
        with parts.open_uow() as uow:
            assert actor_of_session(uow, cookie_hash=b"nobody's").id is None
    with parts.open_uow() as uow:
        (uses,) = ready(uow).values()
    assert uses == asked - USES_BEFORE
    parts.engine.dispose()


def test_claims_by_prepared_statements_are_claims(settings: Settings, town: Town) -> None:
    parts = Wiring(settings.model_copy(update={"database_pool_size": 1}))
    parts.clock = town.clock
    for _ in range(USES_BEFORE + 2):
        cleaner, job = town.cleaner(), town.job()
        with parts.open_uow() as uow:
            taken = jobs.claim_job(uow, actor=cleaner, job_id=job.id)
        assert taken.claimed_by == cleaner.id
        with parts.open_uow() as uow:
            moves = uow.all(StatusChange, StatusChange.subject_id == job.id, StatusChange.to_status == "CLAIMED")
            assert [move.by_id for move in moves] == [cleaner.id]
    with parts.open_uow() as uow:
        assert any("FOR NO KEY UPDATE" in statement for statement in ready(uow))
    parts.engine.dispose()
