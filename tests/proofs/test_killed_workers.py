"""Real workers killed at random while money moves: afterwards nothing is missing and nothing happened twice."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from cleanit_app.settings import Settings
from tests.proofs.crew import kill_often
from tests.proofs.house import SEED, all_is_well, begin_work, come_to_rest, house, neighbours

KILLS = int(os.environ.get("PROOF_KILLS", "200"))


def prove(settings: Settings, folder: Path, kills: int, pause_seconds: float, much: int) -> dict[str, Any]:
    """Live, die, come to rest; what happened."""
    with house(settings, folder) as (life, crew):
        begin_work(life, much)
        with neighbours(life) as done:
            dead = kill_often(crew, random.Random(SEED), kills, pause_seconds)
        come_to_rest(life)
        return {"dead": dict(dead), "started": crew.started, "did": dict(done), **all_is_well(life)}


@pytest.mark.row("PAY-05", "PAY-07", "PAY-08", "MON-06")
def test_workers_that_are_killed_lose_nothing_and_repeat_nothing(settings: Settings, tmp_path: Path) -> None:
    seen = prove(settings, tmp_path, kills=6, pause_seconds=0.4, much=1)
    assert sum(seen["dead"].values()) == 6
    assert seen["gifts"] >= 1
    assert seen["messages"] >= 1


@pytest.mark.proof
def test_two_hundred_kills_lose_nothing_and_repeat_nothing(settings: Settings, tmp_path: Path) -> None:
    seen = prove(settings, tmp_path, kills=KILLS, pause_seconds=0.7, much=12)
    print(f"seed {SEED}: {seen}")
    assert min(seen["gifts"], seen["pays"], seen["refunds"]) >= 10
