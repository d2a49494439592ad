"""Schemathesis calls every operation of the contract over HTTP: no server error, and answers as described (SEC-04).

The calls are the same at every run. Half the ids it uses are those of real things, its own and others'.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cleanit_app.domain.actors import Actor
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.api.conftest import sandbox_settings, signer
from tests.api.test_access import ids as ids_of_others
from tests.factories import Town
from tests.sandbox.running import Sandbox
from tests.support.schemathesis import run_schemathesis

pytestmark = pytest.mark.row("SEC-04", "TST-05")
EXAMPLES = 25  # for each operation, beside those of the coverage phase
# What ends a session or takes its second factor away has a session of its own.
ENDING = (
    "DELETE /api/users/me/second-factor",
    "DELETE /api/admin/admins/{admin_id}/second-factor",
    "DELETE /api/users/me/sessions/{session_id}",
    "POST /api/auth/logout",
)
ids = ids_of_others


@pytest.fixture
def settings(settings: Settings, sandbox: Sandbox) -> Settings:
    """With a bank that answers, so that nothing may say 503."""
    return settings.model_copy(update=sandbox_settings(sandbox))


@pytest.fixture
def people(served: str, town: Town) -> dict[str, Actor | None]:
    """Everybody who calls; the admin has all duties."""
    return {"nobody": None, "citizen": town.person(), "cleaner": town.cleaner(), "admin": town.admin()}


@pytest.fixture
def known(people: dict[str, Actor | None], town: Town, ids: dict[str, str]) -> dict[str, list[str]]:
    """Ids for each place in an address: of others' things, of the citizen's and of the cleaner's."""
    citizen, cleaner = people["citizen"], people["cleaner"]
    assert citizen
    assert cleaner
    found = {name: [one] for name, one in ids.items()}
    campaign = town.campaign(citizen)
    found["campaign_id"] += [str(campaign.id), str(town.job().campaign_id)]
    found["contribution_id"] += [str(town.give(town.campaign(), 10_000, citizen).id)]
    found["job_id"] += [str(one.id) for one in (town.claimed(cleaner), town.completed(cleaner), town.verified(cleaner))]
    with town.engine.connect() as connection:
        found["payout_id"] += [str(row[0]) for row in connection.exec_driver_sql("SELECT id FROM payouts")]
    return found | {"form": ["csv", "pdf"], "field": ["phone", "email"]}


def test_some_calls_of_schemathesis_meet_no_server_error(
    served: str,
    wiring: Wiring,
    town: Town,
    people: dict[str, Actor | None],
    known: dict[str, list[str]],
    tmp_path: Path,
) -> None:
    for who in ("cleaner", "admin"):
        told = settings_for(wiring, town, people[who], known)
        run = run_schemathesis(served, tmp_path / who, told, examples=1, phases="fuzzing", but=ENDING)
        assert run.code == 0, run.said
        assert run.operations > 100


@pytest.mark.proof
@pytest.mark.parametrize("who", ["nobody", "citizen", "cleaner", "admin"])
def test_many_calls_of_schemathesis_meet_no_server_error(
    who: str, served: str, wiring: Wiring, town: Town, people: dict[str, Actor | None], known: dict[str, list[str]],
    tmp_path: Path,
) -> None:  # fmt: skip
    statuses: Counter[int] = Counter()
    said = ""
    for number, only in enumerate([(), *((one,) for one in ENDING)]):
        told = settings_for(wiring, town, people[who], known)
        run = run_schemathesis(
            served, tmp_path / f"{number}", told, examples=EXAMPLES, phases="coverage,fuzzing", only=only,
            but=() if only else ENDING,
        )  # fmt: skip
        statuses += run.statuses
        said += run.said if run.code else ""
    print(f"\n{who}: {statuses.total()} calls, {dict(sorted(statuses.items()))}")
    assert said == ""


def settings_for(wiring: Wiring, town: Town, actor: Actor | None, known: dict[str, list[str]]) -> dict[str, Any]:
    """What schemathesis is told: who calls, and the real ids for half of all addresses."""
    town.clock.at = max(town.clock.at, datetime.now(UTC).replace(microsecond=0))
    signed = signer(wiring, town, actor)() if actor else {}
    return {
        "cache": {"enabled": "false"},
        "output.truncation": {"enabled": "false"},
        "headers": {name: json.dumps(value) for name, value in signed.items()},
        "dictionaries": {name: "{ values = " + json.dumps(values) + " }" for name, values in known.items()},
        "parameters": {f"path.{name}": f'{{ dictionary = "{name}", probability = 0.5 }}' for name in known},
    }
