"""What every test may ask for: a database, a queue, settings, a browser, a whole running Cleanit."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
import redis
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import Engine, create_engine

from cleanit_app.local.postgres import Postgres
from cleanit_app.local.valkey import Valkey
from cleanit_app.ops.database_roles import APP, WORKER
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.factories import Town
from tests.support import secrets
from tests.support.books import assert_books_are_right
from tests.support.chromium import ARGUMENTS, SENTENCE, ensure_chromium
from tests.support.limits import GENEROUS
from tests.support.live import Live, running_cleanit
from tests.support.machine import as_role, fresh_database, running_postgres, running_valkey
from tests.support.sockets import CLOSED, PARTS, sockets_closed
from workers.worker import load_jobs


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure on a running Cleanit tells what its parts said."""
    report = yield
    live = getattr(item, "funcargs", {}).get("live")
    if report.failed and isinstance(live, Live):
        report.sections.append(("the running Cleanit", live.story()))
    return report


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """An own PostgreSQL for this test process, with a migrated template database."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Postgres) -> str:
    """The address of that PostgreSQL's maintenance database."""
    return postgres_server.url


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Valkey]:
    """An own Valkey for this test process."""
    with running_valkey() as server:
        yield server


@pytest.fixture
def valkey_url(valkey_server: Valkey) -> str:
    """The address of that Valkey, emptied for this test."""
    with redis.Redis.from_url(valkey_server.url()) as client:
        client.flushall()
    return valkey_server.url()


@pytest.fixture
def database_url(postgres_server: Postgres) -> Iterator[str]:
    """The address of a new, migrated, empty database."""
    with fresh_database(postgres_server) as url:
        yield url


@pytest.fixture
def db(database_url: str) -> Iterator[Engine]:
    """A SQLAlchemy engine on a new, migrated, empty database."""
    engine = create_engine(database_url, pool_size=5, max_overflow=45)
    yield engine
    engine.dispose()


@pytest.fixture
def town(db: Engine) -> Iterator[Town]:
    """People, money and work on demand, through the services; at the end the books must be right."""
    yield Town(db)
    assert_books_are_right(db)


@pytest.fixture
def settings(database_url: str, valkey_server: Valkey, valkey_url: str, tmp_path: Path) -> Settings:
    """Settings that point at this test's own database, queue and files."""
    return Settings(
        app_env="test",
        database_url=as_role(database_url, APP),  # with no right that pages and API lack
        redis_url=valkey_url,
        redis_state_url=valkey_server.url(1),
        storage_dir=tmp_path / "files",
        backup_dir=tmp_path / "backups",
        **GENEROUS,
        jwt_secret=secrets.JWT_SECRET,
        file_signing_secret=secrets.FILE_SIGNING_SECRET,
        field_encryption_keys=secrets.FIELD_ENCRYPTION_KEYS,
        razorpay_base_url="http://127.0.0.1:9",  # nobody answers unless a test brings a provider
        razorpay_key_id=secrets.RAZORPAY_KEY_ID,
        razorpay_key_secret=secrets.RAZORPAY_KEY_SECRET,
        razorpay_webhook_secrets=[secrets.RAZORPAY_WEBHOOK_SECRET],
        razorpay_x_account_number=secrets.RAZORPAY_X_ACCOUNT_NUMBER,
    )


@pytest.fixture
def parts(settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wiring]:
    """The parts that every job of `workers.jobs` gets; their clock is the town's."""
    made = Wiring(settings.model_copy(update={"database_url": as_role(settings.database_url, WORKER)}))
    made.clock = town.clock
    for module in load_jobs():
        if hasattr(module, "wiring"):
            monkeypatch.setattr(module, "wiring", lambda: made)
    yield made
    made.engine.dispose()


@pytest.fixture(autouse=True)
def _sockets_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test connects to this machine at most; one of plain rules nowhere, unless it asks for a part."""
    folder = request.path.relative_to(Path(__file__).parent).parts[0]
    with sockets_closed(local_allowed=folder not in CLOSED or bool(PARTS & set(request.fixturenames))):
        yield


@pytest.fixture(autouse=True)
def _books_checked_at_the_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test marked `books`, and after every test on a running Cleanit, the ledger must be right."""
    marked = request.node.get_closest_marker("books") is not None
    live = request.getfixturevalue("live") if "live" in request.fixturenames else None
    db = request.getfixturevalue("db") if marked and "db" in request.fixturenames else None
    yield
    for engine in (live.engine if live else None, db):
        if engine is not None:
            assert_books_are_right(engine)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; without one the test fails with what to do about it."""
    path = ensure_chromium()
    if path is None:
        pytest.fail(SENTENCE, pytrace=False)
    return path


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A Chromium. Per module: while it is open, its thread cannot run an asyncio loop of its own.

    What a test expects may come late: two cores are shared by servers, workers and other tests, and a toast waits
    for the six seconds of the one before it. How fast pages are is measured apart.
    """
    expect.set_options(timeout=15_000)  # milliseconds
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def live() -> Iterator[Live]:
    """A complete running Cleanit on free ports, without demo data; shared by the tests of this process."""
    with running_cleanit() as cleanit:
        yield cleanit


@pytest.fixture
def page(browser: Browser, live: Live) -> Iterator[Page]:
    """A new tab of a person nobody knows yet, on the running Cleanit."""
    context = browser.new_context(base_url=live.base_url, locale="en-IN", timezone_id="Asia/Kolkata")
    yield context.new_page()
    context.close()
