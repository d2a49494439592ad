"""What was accepted at joining is found again at signing in, in whatever dress; what is not understood is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlmodel import select

from alembic import command
from cleanit_app.domain.actors import Actor
from cleanit_app.local.postgres import Postgres
from cleanit_app.models import User
from cleanit_app.ops import databases
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town
from tests.house.source import PROJECT
from tests.support.post import Post

pytestmark = pytest.mark.row("SEC-04")
As = Callable[[Actor], Caller]
JOIN = {"name": "Asha Verma", "password": PASSWORD, "role": "CITIZEN", "acceptTerms": True}
PHONES = [
    "+91 98765\u201143210",
    "०९८७६५ ४३२१०",
    "\u202a0091-98765-43210\u202c",
    "tel:9876543210",
    "（९１） 98765 43210",
]
MAILS = [
    "<Mailto:Asha@BÜCHER.example>",
    "asha@xn--bcher-kva.example",
    "\u200basha@bu\u0308cher.example.,",
    "ＡＳＨＡ＠bücher.example",
]


def sign_in(anybody: Caller, identifier: str) -> int:
    return anybody.post("/api/auth/login", {"identifier": identifier, "password": PASSWORD}).status_code


@pytest.mark.parametrize(("field", "dresses", "kept"), [
    ("phone", PHONES, "+919876543210"), ("email", MAILS, "asha@xn--bcher-kva.example"),
])  # fmt: skip
def test_one_contact_is_one_account_in_every_dress(
    field: str, dresses: list[str], kept: str, anybody: Caller, town: Town, post: Post
) -> None:
    assert post.join(anybody, JOIN | {field: dresses[0]}).status_code == 200
    anybody.http.cookies.clear()
    assert [sign_in(anybody, dress) for dress in dresses] == [200] * len(dresses)
    for dress in dresses[1:]:
        asked = anybody.post("/api/auth/register", JOIN | {field: dress})
        assert asked.status_code == 429  # a code went there a moment ago
    with town.uow() as uow:
        assert [getattr(user, field) for user in uow.run(select(User)).scalars()] == [kept]


@pytest.mark.parametrize(("field", "typed", "english", "hindi"), [
    ("phone", "98765ABCDE", "Use an Indian mobile number of 10 digits.", "10 अंकों का भारतीय मोबाइल नंबर लिखें।"),
    ("phone", "080-23456789", "This is a landline.", "यह लैंडलाइन है।"),
    ("phone", "9876543210 ext 7", "Use an Indian mobile number of 10 digits.", "10 अंकों का"),
    ("email", "\u0430sha@example.in", "Write English letters before the @", "@ से पहले अंग्रेज़ी अक्षर"),
    ("email", "asha@ex\u0430mple.in", "Write English letters before the @", "@ से पहले अंग्रेज़ी अक्षर"),
    ("email", "asha@xn--exmple-4nf.in", "Write English letters before the @", "@ से पहले अंग्रेज़ी अक्षर"),
])  # fmt: skip
def test_what_is_not_understood_is_refused_at_its_field(
    field: str, typed: str, english: str, hindi: str, anybody: Caller
) -> None:
    for lang, said in (("en", english), ("hi", hindi)):
        headers = {"Accept-Language": lang}
        answer = anybody("POST", "/api/auth/register", JOIN | {field: typed}, headers=headers)
        assert answer.status_code == 422
        assert answer.json()["fields"][field].startswith(said)


@pytest.mark.row("PAY-04")
@pytest.mark.parametrize(("account", "code", "problems"), [
    ("0012 3456 7890", "sbin 0001234", []),
    ("००१२-३४५६-७८९०", "SBIN०००१२३४", []),
    ("12345678O", "SBIN0001234", ["accountNumber"]),
    ("123456789", "SBINO001234", ["ifsc"]),
    ("123456789.0", "SBIN 000 123", ["accountNumber", "ifsc"]),
])  # fmt: skip
def test_where_the_pay_goes_is_read_strictly(account: str, code: str, problems: list[str], as_: As, town: Town) -> None:
    body = {"accountNumber": account, "ifsc": code, "holderName": "Ramesh Pal"}
    answer = as_(town.cleaner())("PUT", "/api/cleaners/me/bank-account", body)
    if problems:
        assert (answer.status_code, sorted(answer.json()["fields"])) == (422, problems)
    else:
        assert (answer.status_code, answer.json()["mask"]) == (200, "•••• 7890 (SBIN)")


def test_an_address_of_earlier_days_is_still_a_way_in(anybody: Caller, town: Town) -> None:
    person = town.person()
    with town.uow() as uow:
        uow.get(User, person.user_id).email = "<о'дд@example.in>"
    assert sign_in(anybody, " <О'ДД@example.in>") == 200


def test_who_has_an_address_in_an_earlier_dress_is_not_taken_for_who_has_it_today(anybody: Caller, town: Town) -> None:
    earlier, today = town.person(), town.person()
    with town.uow() as uow:
        uow.get(User, earlier.user_id).email = "mailto:meera@example.in"
        uow.get(User, today.user_id).email = "meera@example.in"
    for identifier, person in (("mailto:meera@example.in", earlier), ("<meera@example.in>", today)):
        body = {"identifier": identifier, "password": PASSWORD}
        assert anybody.post("/api/auth/login", body).json()["user"]["id"] == str(person.user_id)


def test_kept_addresses_are_read_anew_by_the_migration(postgres_server: Postgres) -> None:
    name = "migrations_of_addresses"
    databases.create_database(postgres_server.url, name)
    engine = create_engine(postgres_server.database_url(name))
    try:
        config = Config(str(PROJECT / "alembic.ini"))
        config.attributes["url"] = postgres_server.database_url(name)
        command.upgrade(config, "0027")
        kept = [
            "<asha@example.in>",
            "ravi@bücher.example",
            "meera@example.in",
            "mailto:meera@example.in",
            "आशा@example.in",
        ]
        with engine.begin() as connection:
            for n, email in enumerate(kept):
                connection.execute(
                    text("INSERT INTO users (id, name, email, password_hash, role, status, language, created_at)"
                         " VALUES (:id, 'A', :email, 'x', 'CITIZEN', 'ACTIVE', 'en', now())"),
                    {"id": f"00000000-0000-0000-0000-00000000000{n}", "email": email},
                )  # fmt: skip
        command.upgrade(config, "0028")
        with engine.begin() as connection:
            now = connection.execute(text("SELECT email FROM users ORDER BY id")).scalars().all()
        assert now == ["asha@example.in", "ravi@xn--bcher-kva.example", *kept[2:]]
        command.downgrade(config, "0027")
    finally:
        engine.dispose()
        databases.drop_database(postgres_server.url, name)
