"""Everything works through a pooler of transactions, and many machines share few connections (SCL-02, SCL-05)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import make_url, text

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import DomainError
from cleanit_app.local.postgres import Postgres
from cleanit_app.models import Job
from cleanit_app.ops.database_roles import make_roles
from cleanit_app.ops.databases import connect
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.settings import Settings
from cleanit_app.wiring import SESSION, Wiring
from tests.factories import Town
from tests.stories.test_main_job import test_money_reaches_the_cleaner as money_reaches_the_cleaner
from tests.support.books import assert_books_are_right
from tests.support.machine import as_role
from tests.support.pgbouncer import pooling, shipped

pytestmark = pytest.mark.row("SCL-02")
MACHINES, PROCESSES, CONNECTIONS = 10, 4, 100
KEPT_FREE = 15
"""Of PostgreSQL's connections, for who comes directly: migrations, backups, people, and its own three."""
PID = text("SELECT pg_backend_pid()")


@pytest.fixture
def pooled(settings: Settings, postgres_server: Postgres, database_url: str) -> Iterator[Wiring]:
    """The parts of a process behind the shipped configuration of PgBouncer."""
    make_roles(database_url)
    with pooling(postgres_server, str(make_url(database_url).database)) as url:
        parts = Wiring(settings.model_copy(update={"database_url": url, "database_pooler": "transaction"}))
        yield parts
        parts.engine.dispose()


@pytest.mark.row("SCL-02")
def test_the_main_job_runs_behind_a_pooler_of_transactions(pooled: Wiring) -> None:
    money_reaches_the_cleaner(Town(pooled.engine))
    assert_books_are_right(pooled.engine)


def test_many_at_once_share_sessions_and_each_job_has_one_winner(pooled: Wiring) -> None:
    town = Town(pooled.engine)
    pooled.clock = town.clock
    jobs = [town.job() for _ in range(4)]
    tries = [(town.cleaner(), jobs[number % len(jobs)]) for number in range(12)]

    def claim(one: tuple[Actor, Job]) -> int:
        with pooled.open_uow() as uow:
            pid = int(uow.run(PID).scalar_one())
            with suppress(DomainError):
                claim_job(uow, actor=one[0], job_id=one[1].id)
        return pid

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(claim, tries * 3))) > 1, "they had one session after another"
    with pooled.open_read() as uow:
        assert uow.run(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one() == 0
        assert uow.run(text("SELECT count(DISTINCT claimed_by) FROM jobs")).scalar_one() == len(jobs)
    assert_books_are_right(pooled.engine)


def test_time_limits_hold_and_those_of_one_transaction_stay_with_it(pooled: Wiring) -> None:
    def shown(uow: UnitOfWork, name: str) -> object:
        return uow.run(text("SELECT current_setting(:name)"), {"name": name}).scalar_one()

    for _ in range(5):
        with pooled.open_read() as uow:
            assert {name: shown(uow, name) for name in SESSION} == SESSION
        with pooled.open_uow() as uow:
            uow.take_time(900)
            assert shown(uow, "statement_timeout") == "15min"


@pytest.mark.parametrize("behind", ["a pooler", "nothing"])
def test_after_a_failover_nobody_is_given_a_connection_that_is_gone(
    behind: str, settings: Settings, request: pytest.FixtureRequest, database_url: str, postgres_server: Postgres
) -> None:
    parts = request.getfixturevalue("pooled") if behind == "a pooler" else Wiring(settings)
    connections = [parts.engine.connect() for _ in range(5)]
    for connection in connections:
        connection.execute(PID)
        connection.close()
    server_says(postgres_server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cleanit_app'")
    for _ in range(10):
        with parts.open_uow() as uow:
            uow.run(PID)
    parts.engine.dispose()


def test_ten_machines_of_four_processes_share_a_hundred_connections(
    pooled: Wiring, settings: Settings, postgres_server: Postgres
) -> None:
    clients = MACHINES * PROCESSES * Settings.model_fields["database_pool_size"].default
    pooler = shipped()
    servers = int(pooler["pgbouncer"]["max_db_connections"])
    of_a_role = int(pooler["databases"]["cleanit"].rpartition("pool_size=")[2])
    assert clients > CONNECTIONS, "without a pooler they would not fit"
    assert clients <= int(pooler["pgbouncer"]["max_client_conn"])
    assert servers + KEPT_FREE <= CONNECTIONS
    assert 2 * of_a_role + int(pooler["pgbouncer"]["reserve_pool_size"]) <= servers, "app and worker, at their most"

    url = make_url(pooled.settings.database_url)
    there = [psycopg2.connect(host=url.host, port=url.port, dbname=url.database, user=url.username)
             for _ in range(clients)]  # fmt: skip
    try:
        with ThreadPoolExecutor(64) as pool:
            assert sum(pool.map(asks, there)) == clients
        used = server_says(
            postgres_server, f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{url.database}'"
        )[0][0]  # fmt: skip
        assert 1 < used <= of_a_role
    finally:
        for one in there:
            one.close()


def server_says(server: Postgres, question: str) -> Any:
    """What a superuser is told who comes directly."""
    with closing(connect(server.url)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def asks(connection: psycopg2.extensions.connection) -> int:
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_sleep(0.002)")
        return int(cursor.fetchall()[0][0])


Certificate = tuple[bytes, bytes]


def certificate_of(name: str) -> Certificate:
    """A certificate that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1)).not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    return made.public_bytes(pem), key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)


@pytest.mark.row("SEC-08", "SCL-05")
@pytest.mark.parametrize(
    ("name", "vouched_by_another", "refusal"),
    [
        ("localhost", False, None),
        ("db.elsewhere.example", False, "does not match host name"),
        ("localhost", True, "certificate verify failed"),
    ],
)
def test_who_is_not_the_database_is_not_taken_for_it(
    settings: Settings, postgres_server: Postgres, database_url: str, tmp_path: Path,
    name: str, vouched_by_another: bool, refusal: str | None,
) -> None:  # fmt: skip
    shown = certificate_of(name)
    trusted = tmp_path / "ca.crt"
    trusted.write_bytes((certificate_of(name) if vouched_by_another else shown)[0])
    make_roles(database_url)
    with pooling(postgres_server, str(make_url(database_url).database), shown) as url:
        address = make_url(url).update_query_dict({"sslrootcert": str(trusted)}).render_as_string(hide_password=False)
        changes = {"database_url": address, "database_sslmode": "verify-full", "database_pooler": "transaction"}
        parts = Wiring(settings.model_copy(update=changes))
        try:
            said = trouble_of(lambda: parts.engine.connect().close())
        finally:
            parts.engine.dispose()
    assert said is None if refusal is None else re.search(refusal, said or ""), said


def trouble_of(act: Callable[[], None]) -> str | None:
    try:
        act()
    except Exception as trouble:
        return str(trouble)
    return None


def test_parts_of_one_machine_need_no_pooler(settings: Settings, database_url: str) -> None:
    parts = Wiring(settings.model_copy(update={"database_url": as_role(database_url, "cleanit_worker")}))
    with parts.open_read() as uow:
        assert uow.run(text("SELECT current_setting('statement_timeout')")).scalar_one() == "15s"
    parts.engine.dispose()
