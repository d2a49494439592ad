"""An Aadhaar number that somebody types into any text is kept nowhere; ordinary numbers are (LAW-08)."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import text

from cleanit_app.domain.actors import Role
from cleanit_app.models import User
from cleanit_app.services.accounts import accounts
from cleanit_app.services.auth import sign_up
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.input_validation import plain_text
from cleanit_app.services.people.suspension import suspend_person
from tests.factories import PASSWORD, Town

pytestmark = pytest.mark.row("LAW-08")
NUMBER = "234123412346"
DRESSES = [
    NUMBER,
    "2341 2341 2346",
    "2341-2341-2346",
    "2341.2341.2346",
    "2341 \u2013 2341 \u2013 2346",
    "2341\u200c2341\u200d2346",
    "2 3 4 1 2 3 4 1 2 3 4 6",
    "\u0968\u0969\u096a\u0967 \u0968\u0969\u096a\u0967 \u0968\u0969\u096a\u096c",
    "2341<b></b>2341&nbsp;2346",
]


@pytest.mark.parametrize("typed", DRESSES)
def test_it_is_blotted_out_in_any_dress(typed: str) -> None:
    assert plain_text(f"Mine is {typed}, call me") == "Mine is XXXX XXXX 2346, call me"
    assert plain_text(f"Mine:\n{typed}\nRamesh", lines=True).split("\n")[1:] == ["XXXX XXXX 2346", "Ramesh"]


@pytest.mark.parametrize(
    "said", ["Call 98765 43210", "PIN 226001, plot 12/4", "Ref 234123412345", "2026-11-24 at 10:30", "UTR 518157940107"]
)
def test_other_numbers_stay(said: str) -> None:
    assert plain_text(said) == said


MOBILE = "919563414839"  # +91 95634 14839 has the check digit of an Aadhaar number, as one mobile in ten


@pytest.mark.parametrize(
    "said",
    [
        f"gpay {NUMBER}", f"Google Pay {NUMBER}", f"PhonePe: {NUMBER}", f"Paytm {NUMBER}", f"U.T.R. {NUMBER}",
        f"paid {NUMBER} by UPI", f"{NUMBER} is UTR",
        f"UTR {NUMBER}", f"UPI ref no. {NUMBER}", f"upi reference: {NUMBER}, paid", f"RRN{NUMBER}", f"{NUMBER} (UTR)",
        f"यूपीआई संदर्भ {NUMBER}", f"लेनदेन संख्या {NUMBER}", f"Order id {NUMBER}", f"₹ {NUMBER}", f"A/c {NUMBER}",
        f"IMPS/{NUMBER}", "txn २३४१२३४१२३४६", f"+{MOBILE}", "+91 95634 14839", "+91-9563414839", "91 95634 14839",
        f"Call {MOBILE}", "Call 0 95634 14839", "0091 95634 14839", "Call 98765 43210 12 houses",
    ],
)  # fmt: skip
def test_references_of_payments_and_mobile_numbers_stay(said: str) -> None:
    assert plain_text(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "Aadhaar {}",
        "UPI? No, my aadhar {}", "आधार {}", "By UPI you asked for it and I sent you my number {}", "UID:{}",
        "my preference {}", "{} is mine", "me + you, {}", "({})", "x{}", "UTR 518157940107, {}",
    ],
)  # fmt: skip
def test_it_is_blotted_out_beside_other_words(said: str) -> None:
    assert plain_text(said.format(NUMBER)) == said.format("XXXX XXXX 2346")
    assert plain_text(said.format("2341 2341 2346")) == said.format("XXXX XXXX 2346")


@pytest.mark.parametrize("typed", ["9195 6341 4839", "Aadhaar 919563414839", "9 1 9 5 6 3 4 1 4 8 3 9"])
def test_what_is_written_as_an_aadhaar_number_is_no_mobile(typed: str) -> None:
    assert plain_text(typed).endswith("XXXX XXXX 4839")


def test_one_mobile_number_in_ten_is_not_blotted() -> None:
    chance = random.Random(9)
    numbers = [f"{chance.choice('6789')}{chance.randrange(10**9):09}" for _ in range(2_000)]
    dresses = ("+91{0}", "+91 {0}", "91{0}", "0{0}", "{0}", "Call {1} {2}", "+91 {1} {2}", "91-{1}-{2}")
    said = [dress.format(n, n[:5], n[5:]) for n in numbers for dress in dresses]
    assert [text for text in said if plain_text(text) != text] == []


def test_no_table_holds_it_after_names_stories_addresses_and_reasons(town: Town) -> None:
    wish = sign_up.check_new_account(
        name=f"Asha {NUMBER}", email="x@example.in", phone=None, password=PASSWORD, role=Role.CITIZEN, accept_terms=True
    )
    with town.uow() as uow:
        user = accounts.register(uow, actor=accounts.NOBODY, account=wish)
        person = accounts.actor_of(user)
    place = campaigns.check_draft(
        title=f"Dump by {DRESSES[1]}",
        description=f"Children step into the road to get past this heap. Ask {DRESSES[7]} about it, please.",
        target_paise=100_000,
        latitude=26.8467,
        longitude=80.9462,
        address=f"Gali {DRESSES[2]}, Lucknow",
    )
    admin = town.admin()
    with town.uow() as uow:
        campaigns.create_campaign(uow, actor=person, draft=place, photo=town.photo())
    with town.uow() as uow:
        suspend_person(uow, actor=admin, user_id=person.user_id, reason=f"Sent {DRESSES[3]} to everybody")
        assert uow.get(User, person.user_id).name == "Asha XXXX XXXX 2346"
    with town.engine.connect() as connection:
        tables = connection.execute(text("SELECT relname FROM pg_stat_user_tables")).scalars().all()
        dump = "\n".join(str(connection.execute(text(f'SELECT * FROM "{t}"')).all()) for t in tables)
    assert "XXXX XXXX 2346" in dump
    assert not [dress for dress in DRESSES if dress in dump]
