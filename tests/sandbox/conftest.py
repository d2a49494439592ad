"""A fresh sandbox for every test, on one process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.running import Receiver, Sandbox, receiving, running_sandbox


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """One sandbox for the whole run."""
    with running_sandbox(tmp_path_factory.mktemp("sandbox") / "book.db") as running:
        yield running


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Iterator[Sandbox]:
    """The sandbox with an empty book; at the end its records must explain its balances."""
    sandbox_process.control("endpoints")
    sandbox_process.control("reset")
    yield sandbox_process
    assert sandbox_process.book()["agrees"]


@pytest.fixture
def receiver(sandbox: Sandbox) -> Iterator[Receiver]:
    """Takes all webhooks of the sandbox: at /payment, /refund and /payout."""
    with receiving() as listening:
        topics = ("payment", "refund", "payout")
        sandbox.control("endpoints", **{topic: f"{listening.url}/{topic}" for topic in topics})
        yield listening
        sandbox.control("endpoints")
