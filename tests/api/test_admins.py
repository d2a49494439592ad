"""Who becomes an admin: an existing account, by a senior's hand, the first one by who runs the house (SEC-10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.domain.errors import InvalidFields
from cleanit_app.models import Notification, User
from cleanit_app.ops.make_admin import make_admin
from cleanit_app.services.accounts.accounts import actor_of
from cleanit_app.services.auth.password_change import _set_password
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.people.suspension import suspend_person
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town
from tests.support.words import WORDS

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("SEC-10")
PATH = "/api/admin/admins"


def shown(town: Town, person: Actor) -> str:
    """The mailbox of somebody who has shown that it is theirs."""
    with town.uow() as uow:
        user = uow.lock(User, person.user_id)
        user.email_verified_at = uow.now
        return user.email or ""


def test_a_senior_makes_an_existing_account_an_admins(as_: As, town: Town) -> None:
    senior, person = town.admin(), town.person()
    boss, caller = as_(senior), as_(person)
    wish = {"contact": shown(town, person), "duties": ["FINANCE", "FINANCE"]}
    assert caller.get("/api/users/me").status_code == 200
    assert as_(replace(town.admin(), proved=False)).post(PATH, wish).json()["error"] == "SECOND_FACTOR_NEEDED"
    made = boss.post(PATH, wish)
    assert (made.status_code, made.json()) == (201, {"id": str(person.id), "duties": ["FINANCE"]})
    assert caller.get("/api/users/me").status_code == 401  # signs in anew
    assert as_(person).get("/api/admin/financial-overview").status_code == 200
    listed = {one["id"]: one["duties"] for one in boss.get(PATH).json()["items"]}
    assert listed[str(person.id)] == ["FINANCE"]
    with town.uow() as uow:
        relay_outbox(uow)
        told = {(row.user_id, row.kind) for row in uow.all(Notification)}
    assert told >= {(person.id, "admin_made"), (senior.id, "admin_made_admin")}
    log = boss.get("/api/admin/actions?action=AdminMade").json()["items"]
    assert [one["subjectId"] for one in log] == [str(person.id)]


def test_admins_are_read_in_pages_by_name(as_: As, town: Town) -> None:
    boss = as_(town.admin(name="Omkar Joshi"))
    names = ["aarti Rao", "Bilal Khan", "bilal khan", "Zoya Mir"]
    for name in names:
        town.admin(name=name)
    read, cursor = [], ""
    while True:
        page = boss.get(f"{PATH}?limit=2{cursor}").json()
        read += [(one["name"], one["mine"]) for one in page["items"]]
        if page["nextCursor"] is None:
            break
        cursor = f"&cursor={page['nextCursor']}"
    assert sorted(read) == sorted([*[(name, False) for name in names], ("Omkar Joshi", True)])
    assert [name.lower() for name, _ in read] == sorted(name.lower() for name, _ in read)
    assert boss.get(f"{PATH}?cursor=nonsense").status_code == 400


def test_who_cannot_become_one(as_: As, town: Town) -> None:
    boss, person = as_(town.admin()), town.person()
    with town.uow() as uow:
        unshown = uow.get(User, person.user_id).email
    unfit = [shown(town, who) for who in (town.person(Role.CLEANER), town.admin(AdminDuty.SUPPORT))]
    tries = [
        ("nobody@example.in", ["SENIOR"], "contact"),
        (None, ["SENIOR"], "contact"),
        (unshown, ["SENIOR"], "contact"),
    ]
    tries += [(contact, ["SENIOR"], "contact") for contact in unfit]
    tries += [(shown(town, town.person()), duties, "duties") for duties in ([], ["KING"], None, "SENIOR")]
    for contact, duties, field in tries:
        refused = boss.post(PATH, {"contact": contact, "duties": duties})
        assert (refused.status_code, list(refused.json()["fields"])) == (422, [field]), (contact, duties)


def test_each_cause_why_an_account_does_not_fit_has_its_words(as_: As, town: Town) -> None:
    """Nothing typed, nobody's, a cleaner's, an admin's, a paused one: five sentences."""
    boss, paused = as_(town.admin()), town.person()
    with town.uow() as uow:
        suspend_person(uow, actor=town.admin(), user_id=paused.user_id, reason="two people said so")
    people = town.person(Role.CLEANER), town.admin(AdminDuty.SUPPORT), paused
    asked = ["", "nobody@example.in", *(shown(town, one) for one in people)]
    said = [
        boss.post(PATH, {"contact": contact, "duties": ["SENIOR"]}).json()["fields"]["contact"] for contact in asked
    ]
    keys = ("missing", "unknown", "cleaner", "admin", "paused")
    assert said == [WORDS[f"field.account_{key}"][0] for key in keys]


def test_a_password_that_an_admin_changes_or_forgets_is_written_down(as_: As, town: Town, wiring: Wiring) -> None:
    senior, admin = town.admin(), town.admin(AdminDuty.FINANCE)
    caller = as_(admin)
    assert caller.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert caller("PUT", "/api/users/me/password", {"password": "a-longer-new-one"}).status_code == 204
    town.clock.move(minutes=1)
    with town.uow() as uow:
        _set_password(uow, actor_of(uow.get(User, admin.user_id)), hashed="x", by_code=True)  # after the code
    log = as_(senior).get(f"/api/admin/actions?action=PasswordChanged&admin={admin.id}").json()["items"]
    assert [one["details"]["by_code"] for one in log] == [True, False]


def test_who_runs_the_house_makes_the_first_one(as_: As, town: Town, wiring: Wiring) -> None:
    person = town.person(name="Nia Rao")
    with town.uow() as uow:
        phone = uow.get(User, person.user_id).phone or ""
    said = make_admin(wiring, phone, ["SENIOR"])
    assert said.startswith("Nia Rao is an admin now: SENIOR.")
    assert as_(person).get(PATH).status_code == 200
    for who, duties in (("nobody@example.in", ["SENIOR"]), (phone, ["SENIOR"]), (phone, ["KING"])):
        with pytest.raises(InvalidFields):
            make_admin(wiring, who, duties)
