"""What the wire gives each kind of person: nobody's secrets, and nobody else's contacts (T27)."""

from __future__ import annotations

import asyncio
import re

import pytest
from sqlalchemy import text

from cleanit_app.services.demo.places import ADMIN, CITIZEN, CLEANER
from tests.support.live import Live
from tests.support.wire import KNOWN, Call, call_each, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.row("SEC-04", "SEC-05")]
LOADS = [
    "CurrentUserState.arrive",
    "CleanerDashboardState.arrive",
    "MeState.load",
    "AccountState.load",
    "TransactionsState.load",
    "MyCampaignsState.load",
    "PapersState.load",
    "EarningsState.load",
    "WorkState.load",
    "NotificationsState.load",
    "SecondFactorState.load",
    "PeopleState.load",
    "PayoutsState.load",
    "AuditState.load",
    "FinancesState.load",
    "OverviewState.load",
]
SHAPES = {
    "a PAN": r"\b[A-Z]{3}P[A-Z]\d{4}[A-Z]\b",
    # No fraction, no phone number, and no reference of a payment, which finance reads out to banks.
    "a bank account": r"(?<![\w.+-])(?<!'reference': ')\d{11,18}(?![\w.-])",
    "a session or token": r"eyJ[A-Za-z0-9_-]{10,}\.|\bsid=",
    "a password hash": r"\$2b\$\d\d\$",
}


@pytest.fixture(scope="module")
def demo(live: Live) -> Live:
    """The running Cleanit with people and money."""
    live.seed()
    return live


def contacts(live: Live, own: str) -> list[str]:
    """Phones and mailboxes of everybody else."""
    with live.engine.connect() as connection:
        rows = connection.execute(text("SELECT email, phone FROM users WHERE email <> :own"), {"own": own})
        return [word for row in rows for word in row if word]


@pytest.mark.parametrize("who", ["", CITIZEN, CLEANER, ADMIN], ids=["nobody", "citizen", "cleaner", "admin"])
def test_no_state_carries_anybodys_secrets(demo: Live, who: str) -> None:
    cookie = sign_in(demo, who) if who else ""
    heard = asyncio.run(call_each(demo, cookie, [Call(KNOWN[name][0]) for name in LOADS]))
    assert len(heard) > 500
    assert {name: re.findall(shape, heard)[:3] for name, shape in SHAPES.items() if re.search(shape, heard)} == {}
    if who != ADMIN:  # an admin of people sees whom to call
        assert [word for word in contacts(demo, who) if word in heard] == []
    if cookie:
        assert cookie.removeprefix("sid=") not in heard
