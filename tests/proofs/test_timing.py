"""Whether an account exists cannot be told from how long an answer takes (T34)."""

from __future__ import annotations

import random
import statistics
import time

import httpx
import pytest

from cleanit_app.domain.actors import Actor, Role
from cleanit_app.services.accounts.accounts import NewAccount, register
from cleanit_app.services.demo.places import PEOPLE
from cleanit_app.wiring import Wiring
from tests.factories import quick_hash
from tests.support.live import Live

pytestmark = [pytest.mark.proof, pytest.mark.browser, pytest.mark.row("SEC-01", "SEC-03")]
SAMPLES, WARMING = 200, 5


def test_a_wrong_password_takes_as_long_for_nobody_as_for_somebody(live: Live) -> None:
    """Wall time at the door, in pairs, so that a busy machine slows both alike."""
    live.seed()
    chance, bodies = random.Random(SAMPLES), set()
    took: dict[str, list[float]] = {"somebody": [], "nobody": []}
    with httpx.Client(base_url=live.base_url, timeout=60, trust_env=False) as door:
        for turn in range(WARMING + SAMPLES):
            person = PEOPLE[turn % len(PEOPLE)].email  # in turn, for many tries of one account are slowed down
            names = {"somebody": person, "nobody": f"no.{person}"}
            for who in chance.sample(sorted(names), 2):
                began = time.perf_counter()
                wish = {"identifier": names[who], "password": "wrong-wrong-wrong"}
                said = door.post("/api/auth/login", json=wish)
                if turn >= WARMING:
                    took[who].append(time.perf_counter() - began)
                assert said.status_code == 401, said.text
                bodies.add(frozenset(item for item in said.json().items() if item[0] != "requestId"))
    known, unknown = (statistics.median(samples) * 1000 for samples in took.values())
    pairs = statistics.median(a - b for a, b in zip(*took.values(), strict=True)) * 1000
    print(
        f"\nwrong password over HTTP: median {known:.1f} ms with an account, {unknown:.1f} ms without, "
        f"{SAMPLES} samples each in pairs; median of the differences {pairs:+.1f} ms"
    )
    assert len(bodies) == 1
    assert abs(known - unknown) < 10


def test_joining_takes_as_long_for_a_number_that_has_an_account(live: Live) -> None:
    """The same in pairs, with the slow hash; each person's number once, for one contact has one code a minute.

    The worker rests meanwhile: what it does for the one before would slow the next on a machine of two cores.
    """
    live.stop("worker-notify")
    with Wiring(live.settings).open_uow() as uow:
        for number in range(WARMING + SAMPLES):
            account = NewAccount("Asha Verma", None, f"+9183000{number:05d}", Role.CITIZEN, quick_hash())
            register(uow, actor=Actor(), account=account)
    chance, apart, shapes = random.Random(SAMPLES), [], set()
    wish = {"name": "Asha Verma", "password": "a-lamp-in-every-lane-77", "role": "CITIZEN", "acceptTerms": True}
    with httpx.Client(base_url=live.base_url, timeout=60, trust_env=False) as door:
        for turn in range(WARMING + SAMPLES):
            took = {}
            for of in chance.sample(["+9183000", "+9184000"], 2):
                began = time.perf_counter()
                said = door.post("/api/auth/register", json={**wish, "phone": f"{of}{turn:05d}"})
                took[of] = (time.perf_counter() - began) * 1000
                assert said.status_code == 201, said.text
                shapes.add((*sorted(said.json()), len(said.content), "set-cookie" in said.headers))
            if turn >= WARMING:
                apart.append(took["+9183000"] - took["+9184000"])
    live.start("worker-notify")
    print(f"\njoining over HTTP: median of {SAMPLES} differences {statistics.median(apart):+.1f} ms")
    assert len(shapes) == 1
    assert abs(statistics.median(apart)) < 10
