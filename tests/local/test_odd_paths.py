"""A checkout may lie in any folder: what cannot hold its path never gets it (a colon alone is refused, by PATH)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from dotenv import dotenv_values
from rq import Queue
from sqlalchemy import make_url

from cleanit_app.local import npm, postgres, valkey
from cleanit_app.local.postgres import Postgres
from cleanit_app.local.secrets import write_env_file
from cleanit_app.local.supervision import Part, Supervisor
from cleanit_app.local.valkey import Valkey
from cleanit_app.ops import migrate
from cleanit_app.paths import NotOurs, Places, is_plain
from tests.local.odd_paths import ODD
from workers.queues import DEFAULT
from workers.worker import make_worker


@pytest.fixture(params=ODD)
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Places]:
    """Places in an odd folder, prepared; the stand-in is gone at the end."""
    root = tmp_path / request.param / ".local"
    root.mkdir(parents=True)
    places = Places(root)
    places.prepare()
    yield places
    if not places.sockets.is_relative_to(root):
        shutil.rmtree(places.sockets.parent)


def test_addresses_name_the_sockets_that_are_there(places: Places) -> None:
    assert is_plain(places.sockets, 80)
    assert len(os.fsencode(places.postgres_sockets / ".s.PGSQL.5432.lock")) <= 103
    assert make_url(places.database_url()).query["host"] == str(places.postgres_sockets)
    assert redis.Redis.from_url(places.redis_url(1)).get_connection_kwargs()["path"] == str(places.valkey_socket)
    assert Places(places.root).sockets == places.sockets, "every process finds the same"
    if not places.sockets.is_relative_to(places.root):
        assert places.sockets.parent.stat().st_mode & 0o077 == 0


def test_somebody_elses_folder_of_that_name_is_refused(tmp_path: Path) -> None:
    places = Places(tmp_path / "a b")
    stand_in = places.sockets.parent
    target = tmp_path / "elsewhere"
    target.mkdir()
    stand_in.symlink_to(target)
    try:
        with pytest.raises(NotOurs, match=str(stand_in)):
            places.prepare()
        stand_in.unlink()
        stand_in.mkdir()
        stand_in.chmod(0o777)
        with pytest.raises(NotOurs):
            places.prepare()
    finally:
        stand_in.rmdir()


def test_a_supervised_part_gets_its_words_and_settings_as_they_are(places: Places, tmp_path: Path) -> None:
    out = places.root / "said.json"
    code = "import json, os, sys; json.dump([sys.argv[1:], os.environ['ODD'], os.getcwd()], open(sys.argv[1], 'w'))"
    words = [str(out), "a \"b\" 'c' %d ;e #f", "\\", ""]
    part = Part(
        name="odd",
        label="Odd",
        command=[sys.executable, "-c", f"{code}; import time; time.sleep(60)", *words],
        environment={"ODD": f"{places.root} ;#'\"%s\\"},
        folder=places.root,
        is_ready=lambda _pid: out.exists() and out.stat().st_size > 0,
        ready_seconds=20,
    )
    supervisor = Supervisor(places, [part])
    try:
        supervisor.start()
        supervisor.start_part("odd")
        assert json.loads(out.read_text()) == [words, f"{places.root} ;#'\"%s\\", str(places.root)]
    finally:
        supervisor.stop()
    assert (places.logs / "odd.log").exists()


def test_the_servers_start_and_a_worker_lives(places: Places) -> None:
    store = Valkey(places.valkey, places.valkey_socket, places.logs / "valkey.log")
    with store.running(valkey.KEPT), redis.Redis.from_url(places.redis_url()) as client:
        Queue(DEFAULT, connection=client).enqueue("time.time")
        assert make_worker(client, DEFAULT).work(burst=True)
        assert client.config_get("dir")["dir"] == str(places.valkey)
    database = Postgres(places.postgres, places.postgres_sockets, places.logs / "postgres.log")
    with database.running(postgres.FORGETFUL):
        postgres.connect(places.database_url("postgres")).close()


@pytest.mark.parametrize("name", ODD)
def test_settings_of_running_parts_are_read_as_written(name: str, tmp_path: Path) -> None:
    values = {"CLOCK_FILE": f"/srv/{name}/clock", "OTHER": "plain"}
    write_env_file(tmp_path / "running.env", values, "Here.")
    assert dotenv_values(tmp_path / "running.env") == values


@pytest.mark.parametrize("name", ODD)
def test_migrations_are_found(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = tmp_path / name
    checkout.mkdir(parents=True)
    shutil.copy(migrate.PROJECT / "alembic.ini", checkout)
    monkeypatch.setattr(migrate, "PROJECT", checkout)
    config = migrate.configuration()
    assert config.get_main_option("script_location") == f"{checkout}/alembic"
    assert config.get_section("post_write_hooks")


def test_postgres_in_an_odd_folder_makes_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = postgres.BINARIES.parents[1]
    odd = tmp_path / 'it\'s "100%" $HOME'
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, odd / part.name)
    monkeypatch.setattr(postgres, "BINARIES", odd / postgres.BINARIES.relative_to(package.parent))
    places = Places(tmp_path / "root")
    with Postgres(places.postgres, places.postgres_sockets, places.logs / "log").running(postgres.FORGETFUL) as it:
        connection = postgres.connect(it.url)
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION cube")
        connection.close()


@pytest.mark.parametrize("name", ODD)
def test_node_and_npm_are_found_by_their_short_names(name: str, tmp_path: Path) -> None:
    folder = npm.tools(tmp_path / name / "tools") if ":" not in name else tmp_path
    shell = 'PATH="$1:$PATH"; export PATH; npm --version && node --version'
    said = subprocess.run(["sh", "-c", shell, "sh", str(folder)], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[1].startswith("v")
    assert npm.tools(tmp_path / name / "tools") == folder, "a second time changes nothing"
