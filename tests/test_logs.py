"""Every line that a process writes is one JSON object, bounded, and names nobody; whoever floods is counted."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from cleanit_app.adapters.slow_statements import note_slow_statements
from cleanit_app.local import postgres
from cleanit_app.local.postgres import Postgres
from cleanit_app.local.supervisord import as_object
from cleanit_app.log_bounds import LONGEST_STACK, Flood, bounded_event
from cleanit_app.reads.operations.database_log import telling_settings
from cleanit_app.services.unit_of_work import unit_of_work
from tests.factories import MovableClock

pytestmark = pytest.mark.row("MON-06")
SECRET = "corner-lamp-77"
BEFORE = """
import asyncio, logging, structlog, sys, threading, time, warnings
import engineio, socketio
from cleanit_app.logs import configure_logging, own_this_process
configure_logging("INFO", "test")
log = structlog.get_logger("cleanit.page")
server = socketio.AsyncServer(async_mode="asgi")
logging.getLogger("late").addHandler(logging.StreamHandler())
own_this_process()
"""


def lines_of(program: str) -> list[dict[str, Any]]:
    """What a process writes that begins as ours do; AssertionError when anything is no JSON object."""
    done = subprocess.run([sys.executable, "-c", BEFORE + program], capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    lines = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
    assert all(isinstance(line, dict) and line["part"] == "test" for line in lines)
    assert SECRET not in done.stdout
    assert all(len(line) < 20_000 for line in done.stdout.split("\n"))
    return lines


@pytest.mark.parametrize(
    "say",
    [
        f"print('one\\ntwo password={SECRET}')",
        f"sys.stderr.write('no end token={SECRET}\\n')",
        f"log.info('a\\nb', payload={{'password': '{SECRET}'}}, many=['{SECRET}@x.example'] * 500)",
        f"logging.getLogger('engineio.server').error('message async handler error\\n42 cookie: {SECRET}')",
        f"logging.getLogger('socketio.server').error('Cookie: {SECRET}')",
        f"logging.getLogger('late').error('\\r\\n%s', {{'authorization': '{SECRET}'}})",
        f"logging.getLogger('rq.worker').error('x', extra={{'secret': '{SECRET}'}})",
        "logging.getLogger('x').error('%d', 'no number')",
        f"warnings.warn('password={SECRET}')",
        f"threading.Thread(target=lambda: int('password={SECRET}')).start()",
        f"raise RuntimeError('first\\npassword={SECRET}')",
        "asyncio.get_event_loop_policy().new_event_loop().call_exception_handler({'message': 'a\\nb'})",
        "log.info('odd', value=object(), half='\\ud83d', huge=10**6000, deep=[[[[[[1]]]]]])",
        f"log.info('x' * 90_000 + 'password={SECRET}')",
    ],
)
def test_whatever_speaks_writes_one_object_a_line(say: str) -> None:
    assert lines_of(say)


def test_a_flood_is_counted_and_not_written() -> None:
    said = lines_of(f"for i in range(5_000): log.warning('passed over', handler='n' * 9_000, password='{SECRET}')")
    assert len(said) < 200
    assert sum(len(json.dumps(line)) for line in said) < 200_000
    counted = [line for line in said if "more lines were not written" in line["event"]]
    told = sum(line.get("withheld", 0) for line in said) + sum(int(line["event"].split()[0]) for line in counted)
    assert told + len(said) - len(counted) == 5_000


def test_what_others_flood_with_is_one_kind_by_its_place() -> None:
    said = lines_of("for i in range(2_000): logging.getLogger('reflex.app').warning(f'Received {i}: ' + 'x' * 9_000)")
    assert len(said) < 150


def test_own_work_is_never_withheld() -> None:
    said = lines_of(
        "job = structlog.get_logger('cleanit.job')\nfor i in range(500): job.info('job', subjects=[str(i)])"
    )
    assert len(said) == 500


def test_a_flood_rests_and_many_kinds_are_one() -> None:
    clock = [0.0]
    flood = Flood(at_once=2, a_second=1, clock=lambda: clock[0])
    assert [flood.passes("a")[0] for _ in range(4)] == [True, True, False, False]
    clock[0] = 1
    assert flood.passes("a") == (True, 2)
    kinds = [flood.passes(str(i))[0] for i in range(5_000)]
    assert kinds.count(True) < 2_100
    assert sum(more for _, more in flood.settle()) == kinds.count(False)


def test_a_stack_keeps_its_beginning_and_its_end() -> None:
    told = bounded_event({"exception": "begin " + "x" * 50_000 + " end"})["exception"]
    assert told.startswith("begin")
    assert len(told) < LONGEST_STACK + 50


@pytest.mark.parametrize("line", [b"LOG:  ready", b"Traceback (most recent call last):", b"{not json", b"[1]", b"\xff"])
def test_what_a_part_prints_becomes_an_object(line: bytes) -> None:
    told = json.loads(as_object("postgres", line))
    assert told["part"] == "postgres"
    assert told["level"] == ("error" if b"Traceback" in line else "info")


def test_a_line_of_ours_stays_as_it_is() -> None:
    assert as_object("web", b'{"event": "x"}') == b'{"event": "x"}\n'
    assert as_object("web", b"  ") == b""


def test_the_databases_log_holds_no_value(postgres_server: Postgres, db: Engine) -> None:
    """A taken mailbox, a wrong cast, a slow statement, a row that breaks a rule: none is written with its words."""
    quiet = (
        "CREATE TABLE t (mail text UNIQUE, n int CHECK (n > 0))",
        f"INSERT INTO t VALUES ('{SECRET}@x.example', 1)",
        f"INSERT INTO t VALUES ('{SECRET}@x.example', 2)",
        f"INSERT INTO t VALUES ('{SECRET}', -5)",
        f"SELECT '{SECRET}'::uuid",
        f"SELECT pg_sleep(1.2), '{SECRET}'",
        f"DO $$ BEGIN RAISE WARNING '{SECRET}'; END $$",
        f"SELECT '{SECRET}",
    )
    for statement in quiet:
        with db.connect() as connection:
            try:
                connection.execute(text(statement.replace("::", r"\:\:")))
                connection.commit()
            except SQLAlchemyError:
                connection.rollback()
    assert SECRET not in postgres_server.log.read_text(errors="replace")


def test_production_is_told_when_the_database_writes_values(postgres_server: Postgres, db: Engine) -> None:
    with unit_of_work(db, MovableClock().now()) as uow:
        assert telling_settings(uow) == []
    talkative = create_engine(db.url, connect_args={"options": "-c log_error_verbosity=default -c log_statement=all"})
    with unit_of_work(talkative, MovableClock().now()) as uow:
        assert telling_settings(uow) == ["log_error_verbosity = default", "log_statement = all"]
    talkative.dispose()
    assert set(postgres.DURABLE) & {"log_parameter_max_length_on_error", "log_error_verbosity"}


def test_a_slow_statement_is_told_without_its_values(db: Engine, caplog: pytest.LogCaptureFixture) -> None:
    note_slow_statements(db, seconds=0.05)
    with db.connect() as connection:
        connection.execute(text("SELECT pg_sleep(0.1), :words"), {"words": SECRET})
        connection.execute(text("SELECT 1"))
    [line] = [record for record in caplog.records if record.getMessage() == "a slow statement"]
    assert "pg_sleep" in line.statement
    assert SECRET not in line.statement
