"""kill -9 at every step of a story that moves money: after a restart everything happens, and happens once."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from cleanit_app.models import Contribution
from cleanit_app.services import crashpoints
from tests.proofs.life import Base, Life

DRAINED_MINUTES = 2
EVERY_MINUTE = (
    "workers.jobs.webhooks.sweep_webhooks",
    "workers.jobs.transfers.settle_open_attempts",
    "workers.jobs.payouts.send_due_payouts",
    "workers.jobs.refunds.send_due_refunds",
)


@pytest.fixture(scope="module")
def shared(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> tuple[Life, Base]:
    """A settled town whose provider keeps its book in a file, so that a child process shares it."""
    life = Life(engine, book=str(tmp_path_factory.mktemp("bank") / "book.db"))
    life.settle_in()
    life.begin_work()
    return life, Base(life)


@pytest.fixture
def killed(shared: tuple[Life, Base]) -> Iterator[tuple[Life, Base]]:
    with shared[0].working():
        yield shared


def pay_out(life: Life) -> Callable[[], None]:
    """The ten o'clock batch."""
    return lambda: life.run("workers.jobs.payouts.send_due_payouts")


def refund(life: Life) -> Callable[[], None]:
    """Waiting refunds are sent."""
    return lambda: life.run("workers.jobs.refunds.send_due_refunds")


def capture(life: Life) -> Callable[[], None]:
    """The browser comes back from a payment that fills the campaign."""
    wish, told = _paid(life)
    return lambda: life.callback(wish, told, life.givers[0])


def webhook(life: Life) -> Callable[[], None]:
    """The messages of that payment reach the door and are worked on."""
    _paid(life)
    news = life.news()
    life.heard = 0  # a message whose answer was never given comes again

    def act() -> None:
        for message in news:
            life.hear(message)

    return act


def order(life: Life) -> Callable[[], None]:
    """Somebody asks to pay."""
    campaign = life.campaign(life.creators[0], 50_000)

    def act() -> None:
        life.wish(campaign, 50_000, life.givers[0])

    return act


def last_word(life: Life) -> Callable[[], None]:
    """The bank has answered, and we ask."""
    life.run("workers.jobs.payouts.send_due_payouts")
    life.banks_answer(random.Random(3), kindly=True)
    life.clock.move(minutes=11)
    return lambda: life.run("workers.jobs.transfers.settle_open_attempts")


def _paid(life: Life) -> tuple[Contribution, dict[str, str]]:
    wish = life.wish(life.campaign(life.creators[0], 50_000), 50_000, life.givers[0])
    assert wish is not None
    return wish, life.bank.pay(wish.razorpay_order_id)


STORIES = (pay_out, refund, capture, webhook, order, last_word)


def dies(life: Life, story: Callable[[], None], passes: int) -> str | None:
    """Where a child process was killed while it acted, or None when it came to its end."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(write, 2)
        life.engine.dispose(close=False)
        life.bank.reopen()
        crashpoints.arm(crashpoints.EVERY, passes)
        try:
            story()
        finally:
            os._exit(0)
    os.close(write)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with os.fdopen(read) as said:
        last = [line for line in said.read().splitlines() if line.startswith("killed at ")]
    assert code == (137 if last else 0)
    return last[-1].removeprefix("killed at ") if last else None


def drain(life: Life) -> int:
    """Minutes until what was under way has reached the provider and its answer has reached us."""
    for minute in range(1, 10):
        life.clock.move(minutes=1, seconds=1)
        for job in EVERY_MINUTE:
            life.run(job)
        open_calls = set(life.still_open()["attempts"])
        if open_calls <= {"ACCEPTED"}:
            return minute
    raise AssertionError(life.still_open())


def kill_at_each(killed: tuple[Life, Base], story: Callable[[Life], Callable[[], None]], step: int = 1) -> Counter[str]:
    """Kill the story at its first place, its second, and so on; where, and how often."""
    life, base = killed
    places: Counter[str] = Counter()
    for passes in range(1, 500, step):
        base.restore()
        place = dies(life, story(life), passes)
        if place is None:
            break
        places[place] += 1
        life.books_hold()
        assert drain(life) <= DRAINED_MINUTES
        life.books_hold()
        life.quiet(random.Random(passes))
        life.books_agree()
    return places


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.row("PAY-01", "PAY-05", "PAY-07", "PAY-08")
def test_killed_here_and_there_nothing_is_lost_or_done_twice(
    killed: tuple[Life, Base], story: Callable[[Life], Callable[[], None]]
) -> None:
    assert sum(kill_at_each(killed, story, step=11).values()) >= 1


@pytest.mark.proof
@pytest.mark.parametrize("story", STORIES)
def test_killed_at_every_place_nothing_is_lost_or_done_twice(
    killed: tuple[Life, Base], story: Callable[[Life], Callable[[], None]]
) -> None:
    places = kill_at_each(killed, story)
    print(f"{story.__name__}: killed {sum(places.values())} times at {dict(places)}")
    assert places
