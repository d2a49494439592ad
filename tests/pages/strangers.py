"""Who calls what is not theirs, with which ids and from which addresses; and what must not come of it (T26)."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from typing import Any

from redis import Redis
from rq import Queue
from sqlalchemy import text

from cleanit_app.pages import PAGES
from cleanit_app.services.demo.places import CITIZEN, CLEANER, NEIGHBOUR
from tests.house.approved import APPROVED, Needs
from tests.support.live import Live
from tests.support.rows import OWNERS, Rows, all_rows
from tests.support.wire import FRAMEWORK, KNOWN, Call, admins_of_each_duty, call_each, place, sign_in
from workers.queues import IN_ORDER

SEED = 20_261_127
DUTIES = {
    "AdminsState": "",
    "AuditState": "",
    "FlagsState": "",
    "BannerState": "",
    "CannedAnswersState": "",
    "HouseSettingsState": "",
    "ScheduledJobsState": "",
    "SecondFactorState": "VERIFIER FINANCE SUPPORT COMPLIANCE",
    "OverviewState": "VERIFIER FINANCE",
    "CampaignsState": "VERIFIER",
    "CampaignDeskState": "VERIFIER",
    "StuckJobsState": "VERIFIER",
    "EndCampaignState": "VERIFIER",
    "UndoBarState": "VERIFIER",
    "VerificationJobState": "VERIFIER",
    "VerificationState": "VERIFIER",
    "VerificationQueueState": "VERIFIER",
    "DisputesState": "VERIFIER",
    "DisputesState.load": "VERIFIER FINANCE COMPLIANCE",
    "DisputesState.more": "VERIFIER FINANCE COMPLIANCE",
    "DisputesState.refresh": "VERIFIER FINANCE COMPLIANCE",
    "DisputeDeskState": "VERIFIER FINANCE COMPLIANCE",
    "SupportInboxState": "SUPPORT",
    "TicketState": "SUPPORT",
    "ArticleDeskState": "SUPPORT",
    "FailuresState": "FINANCE",
    "PayoutsState.take_back": "VERIFIER",
    "ForecastState": "FINANCE",
    "InvoicesState": "FINANCE",
    "FinancesState": "FINANCE",
    "TaxState": "FINANCE",
    "KillSwitchState": "FINANCE",
    "PaymentFlagsState": "FINANCE",
    "ManualPayoutsState": "FINANCE",
    "PayoutsState": "FINANCE",
    "ReconciliationState": "FINANCE",
    "RefundsState": "FINANCE",
    "PeopleState": "COMPLIANCE",
    "PeopleState.load": "COMPLIANCE SUPPORT",
    "PeopleState.more": "COMPLIANCE SUPPORT",
    "PeopleState.refresh": "COMPLIANCE SUPPORT",
    "PeopleState.search": "COMPLIANCE SUPPORT",
    "PeopleState.pause": "COMPLIANCE SUPPORT",
    "PeopleState.let_back": "COMPLIANCE SUPPORT",
    "PeopleState.choose": "COMPLIANCE SUPPORT",
    "PeopleState.show_group": "COMPLIANCE SUPPORT",
    "FraudState": "VERIFIER SUPPORT COMPLIANCE",
    "FraudCaseState": "VERIFIER SUPPORT COMPLIANCE",
    "PersonState": "COMPLIANCE SUPPORT",
    "PersonState.reset_factor": "",
    "BoardsState": "VERIFIER FINANCE",
    "BulkState": "VERIFIER SUPPORT COMPLIANCE",
    "BulkRunState": "VERIFIER SUPPORT COMPLIANCE",
    "BulkRefundsState": "VERIFIER",
    "BulkNoticeState": "SUPPORT COMPLIANCE",
    "TransactionSearchState": "FINANCE",
}
"""Which duties the handlers of admins serve, by handler or by its State; seniors have them all."""
PEOPLE = {
    "nobody": "", "citizen": NEIGHBOUR, "another citizen": "kavya@cleanit.example", "cleaner": CLEANER,
    "another cleaner": "sunita@cleanit.example", "VERIFIER": "VERIFIER", "FINANCE": "FINANCE", "SUPPORT": "SUPPORT",
    "COMPLIANCE": "COMPLIANCE",
}  # fmt: skip
LAST = ("AccountState.end_others", "AccountState.save_password", "CurrentUserState.leave")
"""What ends sessions comes last, so that the rest is still asked by somebody."""
MEANT_FOR_OTHERS = ("CampaignState.dispute",)
"""Doubting another's result holds its pay; tests/journeys and tests/api say who may."""
NONSENSE: list[Any] = [
    "", "1", None, -1, 2.5, {"x": [1]}, ["a"], "x" * 5_000, "'; DROP TABLE users; --", True,
]  # fmt: skip
assert CITIZEN


def duties_of(name: str) -> list[str]:
    """Whom an admin's handler serves."""
    return DUTIES.get(name, DUTIES.get(name.split(".")[0], "")).split()


def foreign_to(who: str) -> list[str]:
    """Handlers that are not for this kind of person."""
    refused = {Needs.SIGNED_IN, Needs.CLEANER, Needs.ADMIN} if who == "nobody" else {Needs.ADMIN}
    if "cleaner" not in who:
        refused.add(Needs.CLEANER)
    theirs = [name for name, needs in APPROVED.items() if needs is Needs.ADMIN and who in duties_of(name)]
    return [name for name, needs in APPROVED.items() if needs in refused and name not in theirs]


def own_to(who: str) -> list[str]:
    """Handlers for this kind of person's own things, what ends sessions last; admins' duties reach further."""
    admin = who in ("VERIFIER", "FINANCE", "SUPPORT", "COMPLIANCE")
    foreign = {
        *foreign_to(who),
        *MEANT_FOR_OTHERS,
        *(name for name, needs in APPROVED.items() if admin and needs is Needs.ADMIN),
    }
    return sorted((name for name in APPROVED if name not in foreign), key=lambda name: name in LAST)


def ids_of_others(rows: Rows, user_id: str, each: int) -> dict[str, list[str]]:
    """Ids out of every table that has one, at most `each`, of rows that are not this person's."""
    found: dict[str, list[str]] = {}
    for table, kept in rows.items():
        strange = [row for row in kept.values() if user_id not in [row.get(name) for name in OWNERS]]
        ids = sorted(str(row.get("id") or row.get("user_id") or row.get("payout_id") or "") for row in strange)
        if chosen := [known for known in ids if known and known != user_id]:
            found[table] = [chosen[0], *chosen[-1:]][:each]
    return found


def calls(names: list[str], ids: dict[str, list[str]], payloads: list[Any], chance: random.Random) -> Iterator[Call]:
    """Each handler with each payload, from an address that names somebody else's thing; then from every address."""
    addresses = [(module.ROUTE, query) for module in PAGES for query in _queries(module.ROUTE, ids)]
    for name in names:
        wire, arguments = KNOWN[name]
        if not arguments:
            for pathname, query in addresses if len(payloads) > 40 else chance.sample(addresses, 3):
                yield Call(wire, {}, pathname, query)
        for payload in payloads if arguments else ():
            yield Call(wire, dict.fromkeys(arguments, payload), *chance.choice(addresses))


def framework_calls(ids: dict[str, list[str]]) -> Iterator[Call]:
    """The framework's own handlers with names of our vars and methods, as a browser may send them."""
    some = next(iter(ids["users"]), "")
    for wire, arguments in FRAMEWORK.values():
        for first in ("user_id", "role", "_actor", "view", "is_hydrated", "signed_in"):
            payload = {name: (first if number == 0 else some) for number, name in enumerate(arguments)}
            yield Call(wire, payload, "/me")
    yield Call(
        "reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal",
        {"vars": {"reflex___state____state.cleanit_app___state___current_user____current_user_state.user_id": some}},
        "/me",
    )


def _queries(route: str, ids: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    names = [part[1:-1] for part in route.split("/") if part.startswith("[")]
    for turn in range(2 if names else 0):
        yield {name: place(name, ids, turn) for name in names}


WAITING = """SELECT (SELECT count(*) FROM outbox WHERE relayed_at IS NULL)
    + (SELECT count(*) FROM webhook_events WHERE processed_at IS NULL AND tries = 0)"""
SOON = """SELECT (SELECT count(*) FROM timer WHERE due_at < :soon + moved)
    + (SELECT count(*) FROM delivery WHERE state = 'waiting' AND due_at < :soon + moved)
    FROM (SELECT coalesce((SELECT value FROM setting WHERE name = 'clock_offset'), 0) AS moved)"""


def at_rest(live: Live) -> bool:
    """Whether no worker has anything to do, all news is told and the bank has nothing more to say."""
    return not _bank_will_speak(live) and not _workers_work(live) and not _bank_will_speak(live)


def _workers_work(live: Live) -> bool:
    client = Redis.from_url(live.settings.redis_url)
    queues = [Queue(name, connection=client) for name in IN_ORDER]
    with live.engine.connect() as connection:
        waiting = connection.execute(text(WAITING)).scalar_one()
    return bool(waiting) or any(queue.count or queue.started_job_registry.count for queue in queues)


def _bank_will_speak(live: Live) -> bool:
    """What the bank decides a moment after it was asked comes as a message, when all else may rest already."""
    with closing(sqlite3.connect(f"file:{live.sandbox_book}?mode=ro", uri=True, timeout=20)) as book:
        return bool(book.execute(SOON, {"soon": time.time() + 10}).fetchone()[0])


def failures(live: Live) -> list[str]:
    """What the web process wrote about events that failed in ways nobody expected."""
    said = (live.logs / "web.log").read_text(errors="replace").splitlines()
    return [line for line in said if "a page event failed" in line or "Traceback" in line]


class Stranger:
    """Somebody who calls, with a new session for each round."""

    def __init__(self, live: Live, who: str) -> None:
        self.live, self.who = live, who
        self.email = admins_of_each_duty(live).get(who, PEOPLE[who])
        with live.engine.connect() as connection:
            query = text("SELECT id::text FROM users WHERE email = :email")
            self.user_id = connection.execute(query, {"email": self.email}).scalar_one() if self.email else ""

    def cookie(self) -> str:
        """A new session; of admins the second factor was shown just now."""
        return sign_in(self.live, self.email, proved=True) if self.email else ""

    def send(self, cookie: str, sent: list[Call]) -> str:
        """Send them from one tab; what came back."""
        return asyncio.run(call_each(self.live, cookie, sent))

    def tries(self, names: list[str], each: int, some: int | None, seed: int = SEED) -> list[Call]:
        """The calls: with all ids of others and nonsense, or with `some` of them."""
        chance, ids = random.Random(seed), ids_of_others(all_rows(self.live.engine), self.user_id, each)
        every = list(chain.from_iterable(ids.values()))
        payloads = [*(every if some is None else chance.sample(every, some)), *NONSENSE[: some or None]]
        payloads += [{"id": one, "reason": "because it is so"} for one in payloads[:1] if isinstance(one, str)]
        return [*calls(names, ids, payloads, chance), *framework_calls(ids)]
