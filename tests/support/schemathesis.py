"""Schemathesis in an environment of its own under `.local/`, so that the application gets nothing it brings."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
import venv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
VERSION = "4.32.5"
FETCHED = ROOT / ".local" / f"schemathesis-{VERSION}"
SENTENCE = (
    f"This test needs schemathesis {VERSION} from the package index; "
    "without one, name what you have: SCHEMATHESIS=/path/to/schemathesis make test"
)
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
_LONGEST_FETCH = 600
_PIN = re.compile(r"[A-Za-z0-9._-]+==")


def find_schemathesis() -> list[str] | None:
    """How a schemathesis is called: $SCHEMATHESIS first, then the fetched one."""
    named = os.environ.get("SCHEMATHESIS")
    if named:
        return [named] if os.access(named, os.X_OK) else None
    # Its script names the whole path in its first line, which not every path can stand.
    return [str(FETCHED / "bin" / "python"), "-m", "schemathesis.cli"] if (FETCHED / "complete").exists() else None


def ensure_schemathesis() -> list[str] | None:
    """How a schemathesis is called, after fetching it where that is possible; None when there is none."""
    found = find_schemathesis()
    if found or os.environ.get("SCHEMATHESIS"):
        return found
    FETCHED.mkdir(parents=True, exist_ok=True)
    with (FETCHED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if find_schemathesis() is None:
            sys.stderr.write(f"Fetching schemathesis {VERSION} for the tests ...\n")
            _fetch()
    return find_schemathesis()


def _fetch() -> None:
    """What the application locks too comes at the locked version."""
    venv.create(FETCHED, with_pip=True)
    pip = [FETCHED / "bin" / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    locked = FETCHED / "locked.txt"
    locked.write_text("\n".join(_pins()) + "\n")  # with hashes pip would ask for those of everything
    done = subprocess.run([*pip, "-c", locked, f"schemathesis=={VERSION}"], timeout=_LONGEST_FETCH, check=False)
    if done.returncode == 0:
        (FETCHED / "complete").touch()


def _pins() -> list[str]:
    locks = (ROOT / name for name in ("requirements.lock", "requirements-dev.lock"))
    return [line.rstrip(" \\") for lock in locks for line in lock.read_text().splitlines() if _PIN.match(line)]


@dataclass(frozen=True)
class Run:
    """What one run of schemathesis did and said."""

    code: int
    said: str
    calls: int
    operations: int
    statuses: Counter[int]


def run_schemathesis(
    url: str,
    folder: Path,
    settings: dict[str, Any],
    *,
    examples: int,
    phases: str,
    only: Iterable[str] = (),
    but: Iterable[str] = (),
) -> Run:
    """Let it call the API described at this address; the calls are the same at every run.

    `only` and `but` name operations, as in "GET /api/jobs".
    """
    call = ensure_schemathesis()
    assert call, SENTENCE
    folder.mkdir()
    (folder / "schemathesis.toml").write_text(_as_toml(settings))
    report = folder / "calls.ndjson"
    command = [*call, "run", f"{url}/api/openapi.json", "--checks", ",".join(CHECKS), "--phases", phases]
    command += ["--max-examples", str(examples), "--generation-deterministic", "--no-shrink"]
    command += ["--continue-on-failure", "--suppress-health-check", "all"]
    command += ["--warnings", "off", "--no-color", "--report-ndjson-path", str(report), "--request-timeout", "30"]
    for name in only:
        command += ["--include-name", name]
    for name in but:
        command += ["--exclude-name", name]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"NO_PROXY": "127.0.0.1"}, text=True, capture_output=True
    )
    return Run(done.returncode, done.stdout + done.stderr, *_counted(report))


def _counted(report: Path) -> tuple[int, int, Counter[int]]:
    """Calls, operations, and how often each status was the answer."""
    statuses: Counter[int] = Counter()
    operations = set()
    for line in report.read_text().splitlines() if report.exists() else ():
        recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder")
        if recorder:
            operations.add(recorder["label"])
            answers = (one["response"] for one in recorder["interactions"].values())
            statuses.update(answer["status_code"] if answer else 0 for answer in answers)
    return statuses.total(), len(operations), statuses


def _as_toml(settings: dict[str, Any]) -> str:
    """Tables of values; JSON writes strings and lists as TOML does."""
    lines: list[str] = []
    for table, values in settings.items():
        lines += [f"[{table}]", *(f"{json.dumps(name)} = {value}" for name, value in values.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if ensure_schemathesis() is None:
        sys.stderr.write(SENTENCE + "\n")
