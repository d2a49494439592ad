"""The units for systemd: read by systemd itself, and they start every role that must run (SCL-01, OPS-07)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cleanit_app.__main__ import ROLES
from cleanit_app.process_heartbeats import QUEUES
from tests.house.source import PROJECT
from tests.support.systemd import SENTENCE, ensure_systemd_analyze, environment

UNITS = PROJECT / "deploy" / "systemd"
STANDING = {"web", "worker", "relay", "scheduler"}
"""The roles that run all the time; the others are called."""


def verify(root: Path) -> subprocess.CompletedProcess[str]:
    """What systemd says of the units that were laid out below `root`."""
    tool = ensure_systemd_analyze()
    assert tool, SENTENCE
    names = [path.name.replace("@.", "@money.") for path in UNITS.iterdir()]
    asked, said = [tool, "verify", f"--root={root}", *names], environment(tool, root)
    return subprocess.run(asked, capture_output=True, text=True, timeout=60, env=said)


def laid_out(root: Path) -> Path:
    """The units and the command that they start, on a machine that has nothing else; the folder of the units."""
    command = root / "opt" / "cleanit" / "deploy" / "cleanit"
    units = root / "etc" / "systemd" / "system"
    command.parent.mkdir(parents=True)
    units.mkdir(parents=True)
    shutil.copy(PROJECT / "deploy" / "cleanit", command)
    for name in ("sysinit", "basic", "shutdown", "network-online", "multi-user"):
        (units / f"{name}.target").write_text(f"[Unit]\nDescription={name}\n")
    for path in UNITS.iterdir():
        shutil.copy(path, units)
    return units


@pytest.mark.row("SCL-01", "OPS-07")
def test_systemd_reads_every_unit_and_finds_what_it_starts(tmp_path: Path) -> None:
    laid_out(tmp_path)
    done = verify(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("right", "wrong"), [("deploy/cleanit ", "deploy/kleanit "), ("Restart=always", "Restart=x")])
def test_what_is_wrong_in_a_unit_is_noticed(tmp_path: Path, right: str, wrong: str) -> None:
    units = laid_out(tmp_path)
    relay = units / "cleanit-relay.service"
    assert right in relay.read_text()
    relay.write_text(relay.read_text().replace(right, wrong))
    assert "cleanit-relay.service" in verify(tmp_path).stderr


@pytest.mark.row("SCL-01")
def test_every_role_that_runs_all_the_time_has_a_unit_and_every_queue_its_worker() -> None:
    services = {path.name: path.read_text("utf-8") for path in UNITS.glob("*.service")}
    started = {re.findall(r"^ExecStart=\S+ (\S+)", text, re.M)[0] for text in services.values()}
    assert started == STANDING <= set(ROLES)
    target = (UNITS / "cleanit.target").read_text("utf-8")
    wanted = set(" ".join(re.findall(r"^Wants=(.*)$", target, re.M)).split())
    assert {f"cleanit-worker@{queue}.service" for queue in QUEUES} <= wanted
    assert {one.replace("@money", "@").replace("@notify", "@").replace("@default", "@") for one in wanted} == set(
        services
    )


def test_no_unit_runs_as_root_or_writes_where_it_need_not() -> None:
    for path in UNITS.glob("*.service"):
        said = path.read_text("utf-8")
        for line in ("User=cleanit", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet="):
            assert f"\n{line}\n" in said, f"{path.name} lacks {line}"
