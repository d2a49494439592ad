"""What runs on this machine: made once, started in order, restarted after a crash, gone at the end."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

from cleanit_app.local import frontend
from cleanit_app.local.ports import any_free, is_free, next_free
from cleanit_app.local.run import alone
from cleanit_app.local.secrets import ensure_secrets
from cleanit_app.paths import Places
from tests.support.live import Live, running_cleanit


def test_secrets_are_made_once_and_only_for_this_user(tmp_path: Path) -> None:
    places = Places(tmp_path)
    first = ensure_secrets(places)
    assert ensure_secrets(places) == first
    assert stat.S_IMODE(places.secrets.stat().st_mode) == 0o600
    assert len(set(first.values())) == len(first)


def test_a_busy_port_is_passed_over() -> None:
    port = any_free()
    assert is_free(port)
    assert next_free(port, taken=[port]) > port


def test_a_port_that_another_run_has_chosen_is_passed_over_before_it_listens() -> None:
    chosen = next_free(any_free())
    other = f"from cleanit_app.local.ports import next_free; print(next_free({chosen}))"
    answer = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=True)
    assert int(answer.stdout) > chosen


def test_a_second_run_of_the_same_places_is_refused(tmp_path: Path) -> None:
    with alone(Places(tmp_path)) as first, alone(Places(tmp_path)) as second:
        assert (first, second) == (True, False)
    with alone(Places(tmp_path)) as again:
        assert again


def test_the_frontend_is_rebuilt_for_pages_and_not_for_adapters() -> None:
    names = {path.as_posix() for path in frontend.inputs()}
    assert any(name.endswith("cleanit_app/theme.py") for name in names)
    assert not any("/adapters/" in name or "/sandbox/" in name or "/local/" in name for name in names)
    assert frontend.content_hash() == frontend.content_hash()


def soon(check: object, seconds: float = 20) -> None:
    """Wait until a check holds."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end
        time.sleep(0.1)


def is_up(live: Live) -> bool:
    """Whether the pages answer."""
    try:
        return httpx.get(f"{live.base_url}/ping").status_code == 200
    except httpx.HTTPError:
        return False


@pytest.mark.browser
@pytest.mark.row("MON-06")
def test_health_names_the_part_that_is_down_and_turns_green_again(live: Live) -> None:
    assert httpx.get(f"{live.base_url}/health").json()["status"] == "ok"
    live.stop("valkey")
    answer = httpx.get(f"{live.base_url}/health", timeout=20)
    assert (answer.status_code, answer.json()["parts"]["redis"]) == (503, "down")
    live.start("valkey")
    for part in ("scheduler", "relay", "worker-money", "worker-notify", "worker-default"):
        live.restart(part)
    assert httpx.get(f"{live.base_url}/health").status_code == 200


@pytest.mark.browser
@pytest.mark.parametrize("part", ["web", "worker-money", "scheduler", "sandbox"])
def test_a_killed_part_comes_back_by_itself_and_leaves_nothing_behind(live: Live, part: str) -> None:
    before = live.pid(part)
    its_own = [before, *(child.pid for child in psutil.Process(before).children())]
    live.kill(part)
    soon(lambda: live.pid(part) not in (0, before))
    live.wait_for(part)
    assert is_up(live)
    soon(lambda: not any(map(psutil.pid_exists, its_own)))


@pytest.mark.browser
def test_when_it_ends_no_process_and_no_file_is_left() -> None:
    with running_cleanit() as cleanit:
        root = cleanit.logs.parent
        running = cleanit.processes()
        assert len(running) > 8
    assert [pid for pid in running if psutil.pid_exists(pid)] == []
    assert not root.exists()
