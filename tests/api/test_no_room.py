"""A full disk, a database that only reads, a Redis without room: 503 and come again, and nothing half done."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlmodel import func, select

from cleanit_app.adapters.local_files import LocalFiles
from cleanit_app.api.app import create_api
from cleanit_app.domain.actors import Actor
from cleanit_app.models import Campaign
from cleanit_app.ports import StoreAway
from cleanit_app.settings import Settings
from cleanit_app.web import health
from cleanit_app.web.health import health_of
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller, environment_of, signer
from tests.factories import Town, picture
from tests.sandbox.running import free_port, until

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("OPS-02", "SEC-06")
FIELDS = {
    "title": "Corner dump by the school", "targetPaise": "100000", "latitude": "26.8467", "longitude": "80.9462",
    "description": "Children step into the road to get past this heap every single morning.",
    "address": "Gali No. 4, Aminabad, Lucknow",
}  # fmt: skip
SMALL = 6_000  # bytes: less than any photo


def photo(number: int = 1) -> dict[str, Any]:
    return {"photo": ("p.jpg", picture(number), "image/jpeg")}


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def campaigns(town: Town) -> int:
    with town.uow() as uow:
        return uow.run(select(func.count()).select_from(Campaign)).scalar_one()


def come_again(answer: httpx.Response) -> None:
    """The answer says that it may go well in a moment."""
    assert answer.status_code == 503, answer.text
    assert answer.json()["error"] in ("UNAVAILABLE", "TRY_LATER")
    assert int(answer.headers["retry-after"]) > 0


@pytest.fixture
def full(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for files on a disk of 64 kB; where nobody may mount one the kernel's answer is said for it."""
    folder = settings.storage_dir
    folder.mkdir(parents=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)], capture_output=True)
    if mounted.returncode:
        said = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        monkeypatch.setattr("cleanit_app.adapters.local_files.os.fsync", lambda _: (_ for _ in ()).throw(said))
    yield folder
    if not mounted.returncode:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_nothing_and_says_come_again(full: Path, as_: As, town: Town) -> None:
    person = as_(town.person())
    for number in range(40):
        answer = person.http.post("/api/campaigns", data=FIELDS, files=photo(number), headers=person.sign())
        if answer.status_code != 201:
            break
    come_again(answer)
    with town.uow() as uow:
        known = {photo.original_key for photo in uow.run(text("SELECT original_key FROM photos"))}
    kept = files_below(full)
    assert len([path for path in kept if "originals" in path.parts]) == len(known)
    assert not [path for path in kept if path.suffix not in (".jpg", ".webp")]  # no piece of one


@pytest.fixture
def cramped(settings: Settings, town: Town) -> Iterator[str]:
    """The app in a process of its own that may write no file of more than a few kilobytes, as on a full disk."""
    town.clock.at = datetime.now(UTC).replace(microsecond=0)  # the process has the machine's clock
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--log-level", "warning", "tests.api.served:make"]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))

    told = {**os.environ, **environment_of(settings)}
    process = subprocess.Popen(command, env=told, preexec_fn=limit, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: process.poll() is not None or _answers(url), 60)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/openapi.json", timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def test_no_room_for_a_file_or_for_a_form_over_sockets(
    cramped: str, wiring: Wiring, settings: Settings, town: Town
) -> None:
    headers = signer(wiring, town, town.person())()
    large = {"photo": ("p.jpg", b"\xff\xd8\xff" + bytes(2_000_000), "image/jpeg")}  # a form of this size goes to disk
    for upload in (photo(), large):
        come_again(
            httpx.post(
                f"{cramped}/api/campaigns", data=FIELDS, files=upload, headers=headers, timeout=60, trust_env=False
            )
        )
    assert files_below(settings.storage_dir) == []
    assert campaigns(town) == 0


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path)
    files.put("a/b.jpg", b"first", "image/jpeg")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, before[1]))
    try:
        for key in ("a/b.jpg", "c/d.jpg"):
            with pytest.raises(StoreAway, match="EFBIG"):
                files.put(key, bytes(2 * SMALL), "image/jpeg")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert files.get("a/b.jpg") == b"first"
    assert [path.name for path in files_below(tmp_path)] == ["b.jpg"]


@pytest.mark.parametrize("trouble", ["only reads", "is full", "cannot write"])
def test_a_database_that_takes_nothing_is_away(trouble: str, api: Any, wiring: Wiring, town: Town) -> None:
    person, campaign = town.person(), town.campaign()
    http = TestClient(api, raise_server_exceptions=False)
    sign = signer(wiring, town, person)
    with town.engine.begin() as connection:
        if trouble == "only reads":
            name = connection.execute(text("SELECT current_database()")).scalar_one()
            connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        else:
            code = "53100" if trouble == "is full" else "58030"
            connection.execute(
                text(f"""CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '{code}'; END $$""")
            )
            connection.execute(text("CREATE TRIGGER no_room BEFORE INSERT ON contributions EXECUTE FUNCTION no_room()"))
    wiring.engine.dispose()
    headers = sign() | {"Idempotency-Key": "no-room-1"}
    come_again(http.post(f"/api/campaigns/{campaign.id}/contributions", json={"amountPaise": 50_000}, headers=headers))
    assert http.get(f"/api/campaigns/{campaign.id}").status_code == 200
    with town.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET default_transaction_read_only = off"))
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
    town.engine.dispose()


def test_a_redis_without_room_lets_people_read_and_guards_the_doors(
    anybody: Caller, as_: As, town: Town, settings: Settings
) -> None:
    person, campaign = as_(town.person()), town.campaign()
    with redis.Redis.from_url(settings.redis_url) as client:
        client.config_set("maxmemory", 1)
        try:
            come_again(anybody.post("/api/auth/login", {"identifier": "x@y.example", "password": "whatever-it-is"}))
            assert anybody.get(f"/api/campaigns/{campaign.id}").status_code == 200
            assert person.post("/api/users/me/notifications/read-all").status_code == 204
        finally:
            client.config_set("maxmemory", 0)


def test_health_sees_a_disk_that_fills_up(wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    assert health_of(wiring)["disk"] == "ok"
    least = wiring.settings.model_copy(update={"least_free_mb": 10**9})
    assert health_of(Wiring(least))["disk"] == "down"
    monkeypatch.setattr(health, "wiring", lambda: Wiring(least))
    api = create_api(Wiring(least))
    api.include_router(health.router)
    answer = TestClient(api).get("/health")
    assert (answer.status_code, answer.json()["parts"]["disk"]) == (503, "down")


def test_health_sees_the_full_disk_itself(full: Path, wiring: Wiring) -> None:
    if os.path.ismount(full):
        assert health_of(wiring)["disk"] == "down"
    assert health_of(Wiring(wiring.settings.model_copy(update={"storage_s3_bucket": "photos"})))["disk"] == "ok"
