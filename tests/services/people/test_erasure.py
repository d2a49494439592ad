"""An account is erased by the clock, whole or not at all, and no trace of the person is left (LAW-02)."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel, col, select

from cleanit_app.adapters.keyed_hash import HmacHash
from cleanit_app.domain.actors import SYSTEM, Actor, AdminDuty, Role
from cleanit_app.domain.errors import AccountInUse, BadCredentials, ConfirmFirst
from cleanit_app.domain.statuses import CampaignStatus, ContributionStatus, UserStatus
from cleanit_app.models import (
    Attachment,
    Campaign,
    Cleaner,
    Contribution,
    DataRequest,
    DeskNote,
    IdentityDocument,
    Notification,
    Photo,
    Session,
    SupportMessage,
    SupportTicket,
    User,
    WebhookEvent,
)
from cleanit_app.services import crashpoints
from cleanit_app.services.accounts.erasure_hashes import recognise
from cleanit_app.services.auth.sign_in import Visitor, note_failure, open_session, secret_hash
from cleanit_app.services.jobs.jobs import unclaim_job
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.people.erasure import ask_for_erasure, due_erasures, erase_account
from cleanit_app.services.people.identity_files import drop_files as drop_pictures
from cleanit_app.services.people.pans import save_pan
from cleanit_app.services.people.suspension import suspend_person
from cleanit_app.services.photos import erased_files
from cleanit_app.services.photos.takedowns import take_down
from tests.factories import Town
from tests.services.photos.test_takedowns import Cdn, addresses, cache, cdn
from tests.support.shop import CIPHER

pytestmark = pytest.mark.row("LAW-02")
__all__ = ["cdn"]
KEYED = HmacHash("the secret of the house")
WEEK = timedelta(days=7)
NAME = "Gulabchand Ferozepuri"


def wish(town: Town, person: Actor) -> None:
    """This person asks, having just typed the password."""
    with town.uow() as uow:
        ask_for_erasure(uow, actor=person)


def clock_runs(town: Town) -> int:
    """What the clock does; how many accounts were erased."""
    with town.uow() as uow:
        due = due_erasures(uow, limit=50)
    done = [erase_account(town.open, keyed=KEYED, cipher=CIPHER, user_id=one) for one in due]
    with town.uow() as uow:
        files, sent = erased_files.files_to_drop(uow, limit=50), erased_files.attachments_to_drop(uow, limit=50)
    for one in sent:
        erased_files.drop_attachment(town.open, town.files, attachment_id=one)
    for photo_id in files:
        erased_files.drop_files(town.open, town.files, photo_id=photo_id)
    drop_pictures(town.open, town.files)
    return sum(done)


def gone(town: Town, person: Actor) -> None:
    """Asked for, a week later, erased."""
    wish(town, person)
    town.clock.at += WEEK
    assert clock_runs(town) == 1


def user(town: Town, person: Actor) -> User:
    """The account as it is now."""
    with town.uow() as uow:
        return uow.get(User, person.user_id)


def refused(town: Town, person: Actor) -> set[str]:
    """Why it is refused."""
    with pytest.raises(AccountInUse) as refusal:
        wish(town, person)
    return set(refusal.value.fields)


def everything(town: Town) -> dict[str, str]:
    """Every table as one text, sealed and hashed values too."""
    with town.uow() as uow:
        names = [t.name for t in SQLModel.metadata.sorted_tables]
        rows = {
            name: uow.run(text(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{name}\" t")).scalar_one()
            for name in names
        }
        raw = uow.run(select(col(WebhookEvent.body))).scalars()
        return {**rows, "webhook bodies": "\n".join(body.decode("utf-8", "replace") for body in raw)}


def traces(town: Town, *needles: str) -> dict[str, list[str]]:
    """In which tables a name, a number, a mailbox is found, in plain letters or as the bytes of a bytea."""
    found = {}
    for table, content in everything(town).items():
        low = content.lower()
        here = [n for n in needles if n.lower() in low or n.encode().hex() in low]
        if here:
            found[table] = here
    return found


def busy_life(town: Town) -> tuple[Actor, list[str]]:
    """A cleaner who has left a trace wherever one can, and is done with it all; with what to look for."""
    cleaner = town.cleaner(NAME)
    me = user(town, cleaner)
    assert me.email
    assert me.phone
    with town.uow() as uow:
        save_pan(uow, actor=cleaner, number="ABCPF1234K", cipher=CIPHER)
        uow.lock(Cleaner, cleaner.user_id).payout_holder = NAME
        document = uow.all(IdentityDocument, IdentityDocument.cleaner_id == cleaner.user_id)[0]
        document.registered_name = NAME
    town_admin = town.admin()
    town.waiting(cleaner)
    job = town.claimed(cleaner)
    with town.uow() as uow:
        relay_outbox(uow)
    assert job.claimed_by == cleaner.user_id
    with town.uow() as uow:
        unclaim_job(uow, actor=cleaner, job_id=job.id, reason="ill")
        uow.add(DeskNote(subject_id=me.id, author_id=town_admin.user_id, note=f"{NAME} called", at=uow.now))
        ticket = uow.add(SupportTicket(person_id=me.id, topic="ACCOUNT", opened_at=uow.now, last_at=uow.now,
                                       due_at=uow.now))  # fmt: skip
        uow.flush()
        ticket.begin(by=cleaner, at=uow.now, why="")
        said = uow.add(SupportMessage(ticket_id=ticket.id, author_id=me.id, by_desk=False, message=NAME, at=uow.now))
        uow.flush()
        uow.add(Attachment(owner_id=me.id, message_id=said.id, base_key="support/x", widths=[320], width=320,
                           height=240, received_at=uow.now))  # fmt: skip
        town.files.put("support/x/320.webp", b"x", "image/webp")
        open_session(uow, user_id=me.id, visitor=Visitor("10.1.2.3", user_agent="Phone of " + NAME), with_cookie=False)
        note_failure(uow, account_hash=secret_hash(me.email), user_id=None, address="10.1.2.3")
        said = f'{{"email": "{me.email}", "contact": "{me.phone}"}}'.encode()
        uow.add(WebhookEvent(event_id="evt_1", body_sha256=b"1", event="payment.captured", body=said,
                             received_at=uow.now, next_try_at=uow.now, processed_at=uow.now))  # fmt: skip
    return cleaner, [NAME, me.email, me.phone.removeprefix("+91"), "ABCPF1234K"]


def test_no_table_holds_a_trace_of_the_person(town: Town) -> None:
    cleaner, needles = busy_life(town)
    before = traces(town, *needles)
    assert {"users", "cleaners", "identity_documents", "notifications", "sessions", "webhook bodies"} <= set(before)
    wish(town, cleaner)
    with town.uow() as uow:
        relay_outbox(uow)
    town.clock.at += WEEK
    assert clock_runs(town) == 1
    assert traces(town, *needles) == {}
    with pytest.raises(KeyError):
        town.files.get("support/x/320.webp")
    left = user(town, cleaner)
    assert (left.name, left.email, left.phone, left.status) == ("Deleted User", None, None, UserStatus.DELETED)
    assert left.email_hash
    assert left.email_hash != secret_hash(needles[1])


def test_photos_and_the_picture_of_the_id_leave_store_and_caches(town: Town, cdn: Cdn) -> None:
    person = town.person(Role.CLEANER, NAME)
    draft, kept = town.waiting(person), town.campaign()
    assert person.id
    with town.uow() as uow:
        photo, other = uow.get(Photo, draft.photo_id), uow.get(Photo, kept.photo_id)
    names = addresses(town, draft.photo_id)
    assert town.files.get(photo.original_key)
    gone(town, person)
    for key in (photo.original_key, *(f"{photo.base_key}/{w}.webp" for w in photo.widths)):
        with pytest.raises(KeyError):
            town.files.get(key)
    assert town.files.get(other.original_key)
    take_down(town.open, cache(cdn))
    assert cdn.forgotten() == names
    with town.uow() as uow:
        assert uow.get(Campaign, draft.id).status is CampaignStatus.CANCELLED
        mine = uow.get(Photo, photo.id)
        assert (mine.latitude, mine.exif, mine.files_gone_at is not None) == (None, {}, True)


def test_it_is_refused_while_money_or_work_is_open(town: Town) -> None:
    giver, starter, cleaner = town.person(), town.person(), town.cleaner()
    campaign = town.campaign(starter, target_paise=100_000)
    town.give(campaign, 100_000, giver)
    town.claimed(cleaner)
    assert refused(town, giver) == {"contributions_held"}
    assert refused(town, starter) == {"campaigns_open"}
    assert refused(town, cleaner) == {"jobs_open"}
    assert refused(town, town.admin(AdminDuty.FINANCE)) == {"duties"}
    paid = town.cleaner()
    town.verified(paid)
    assert refused(town, paid) == {"jobs_open", "pay_open"}
    assert user(town, giver).erase_at is None
    with town.uow() as uow:
        assert check_books(uow) == []


def test_what_comes_up_within_the_week_puts_it_off(town: Town) -> None:
    giver = town.person()
    campaign = town.campaign()
    pending = town.wish(campaign, 50_000, giver)
    wish(town, giver)  # an order that nobody paid refuses nothing
    town.clock.at += WEEK
    assert clock_runs(town) == 0
    assert user(town, giver).status is UserStatus.ACTIVE
    with town.uow() as uow:
        uow.lock(Contribution, pending.id).move_to(ContributionStatus.LAPSED, by=SYSTEM, at=uow.now)
    assert clock_runs(town) == 0, "it is looked at a day later"
    town.clock.move(days=1)
    assert clock_runs(town) == 1


def test_signing_in_takes_it_back_and_says_so(town: Town) -> None:
    person = town.person()
    with town.uow() as uow:
        before = open_session(uow, user_id=person.user_id, with_cookie=True)
    wish(town, person)
    with town.uow() as uow:
        assert uow.get(Session, before.session_id).ended_at is not None
    town.clock.move(days=6, hours=23)
    with town.uow() as uow:
        assert open_session(uow, user_id=person.user_id, with_cookie=True).kept
        assert not open_session(uow, user_id=person.user_id, with_cookie=True).kept
    town.clock.move(days=30)
    assert clock_runs(town) == 0
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        assert uow.first(Notification, Notification.user_id == person.id, Notification.kind == "erasure_taken_back")
        assert [(r.kind, r.outcome) for r in uow.all(DataRequest)] == [("ERASURE", "TAKEN_BACK")]
    wish(town, person)  # and may be asked for again
    town.clock.at += WEEK
    assert clock_runs(town) == 1
    with town.uow() as uow, pytest.raises(BadCredentials):
        open_session(uow, user_id=person.user_id, with_cookie=True)


def test_it_asks_for_the_password_and_twice_is_once(town: Town) -> None:
    person = town.person()
    with town.uow() as uow, pytest.raises(ConfirmFirst):
        ask_for_erasure(uow, actor=Actor(person.id, person.role, person.permissions))
    wish(town, person)
    first = user(town, person).erase_at
    town.clock.move(days=1)
    wish(town, person)
    assert user(town, person).erase_at == first


def _die_at(town: Town, point: str, passes: int, act: Callable[[], Any]) -> int:
    """Do something in a process that is killed at a named place; its exit code."""
    child = os.fork()
    if child == 0:
        town.engine.dispose(close=False)
        crashpoints.arm(point, passes)
        try:
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize(
    ("point", "passes"), [("erasure.after_messages", 1), *(("commit.before", n) for n in (2, 3, 4, 5))]
)
def test_killed_anywhere_it_is_finished_by_the_next_run(town: Town, point: str, passes: int) -> None:
    cleaner, needles = busy_life(town)
    wish(town, cleaner)
    with town.uow() as uow:
        relay_outbox(uow)
    town.clock.at += WEEK
    assert _die_at(town, point, passes, lambda: clock_runs(town)) == 137
    clock_runs(town)
    assert clock_runs(town) == 0, "a repeat does nothing"
    assert traces(town, *needles) == {}
    with town.uow() as uow:
        assert erased_files.files_to_drop(uow, limit=9) == []
        assert [r.outcome for r in uow.all(DataRequest)] == ["DONE"]


@pytest.mark.row("OPS-04")
@pytest.mark.parametrize("banned", [True, False])
def test_who_was_suspended_and_left_is_recognised_and_nobody_else(town: Town, banned: bool) -> None:
    compliance, person, fresh = town.admin(AdminDuty.COMPLIANCE), town.person(), town.person()
    mailbox = user(town, person).email or ""
    wish(town, person)
    if banned:
        with town.uow() as uow:
            suspend_person(uow, actor=compliance, user_id=person.user_id, reason="fakes")
    town.clock.at += WEEK
    assert clock_runs(town) == 1
    with town.uow() as uow:
        recognise(uow, KEYED, user=uow.get(User, fresh.user_id), contact=mailbox)
        recognise(uow, KEYED, user=uow.get(User, fresh.user_id), contact="other@example.in")
        relay_outbox(uow)
    with town.uow() as uow:
        told = uow.all(Notification, Notification.kind == "banned_person_joined")
    assert [n.user_id for n in told] == ([compliance.id] if banned else [])
    assert user(town, person).suspension_reason is None
