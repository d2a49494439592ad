"""A question to support, from the button on a page to the answer in the app (OPS-02)."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.models import Alert, Attachment, Notification, SupportMessage, SupportTicket
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.people.suspension import suspend_person
from cleanit_app.services.support.watch import watch_support
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import Town, picture

pytestmark = [pytest.mark.row("OPS-02")]
As = Callable[[Actor], Caller]
ASK, DESK = "/api/support/tickets", "/api/admin/support"
TEXT = "My bank took ₹500 and nothing shows."


def told(town: Town, person: Actor) -> list[str]:
    """The kinds of what this person was told, by name."""
    while True:
        with town.uow() as uow:
            if not relay_outbox(uow).events:
                break
    with town.uow() as uow:
        mine = select(col(Notification.kind)).where(col(Notification.user_id) == person.id)
        return sorted(kind for kind in uow.run(mine).scalars() if kind.startswith("support"))


def ask(caller: Caller, text: str = TEXT, topic: str = "PAYMENT", **more: Any) -> dict[str, Any]:
    """A new question."""
    files = more.pop("photos", None)
    headers = more.pop("headers", {})
    answer = caller.post(ASK, data={"topic": topic, "text": text, **more}, files=files, headers=headers)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_question_is_answered_with_its_clock_on_both_sides(as_: As, town: Town) -> None:
    person, support = town.person(), town.admin(AdminDuty.SUPPORT)
    other = town.admin(AdminDuty.SUPPORT, name="Farah Khan")
    made = ask(as_(person))
    due = made["dueAt"]
    assert (made["status"], made["topic"], made["messages"][0]["text"]) == ("OPEN", "PAYMENT", TEXT)
    assert told(town, support) == told(town, other) == ["support_asked"]
    (waiting,) = as_(support).get(DESK).json()["items"]
    assert (waiting["dueAt"], waiting["person"], waiting["firstWords"], waiting["late"]) == (
        due,
        "Asha Verma",
        TEXT,
        False,
    )
    path = f"{DESK}/{made['id']}"
    answered = as_(support).post(f"{path}/messages", data={"text": "Please wait an hour, it shows by itself."})
    assert (answered.status_code, answered.json()["status"], answered.json()["dueAt"]) == (201, "ANSWERED", None)
    assert (answered.json()["admin"], answered.json()["mine"]) == ("Meera Joshi", True)
    assert told(town, person) == ["support_answered"]
    seen = as_(person).get(f"{ASK}/{made['id']}").json()
    assert [(m["side"], m["name"]) for m in seen["messages"]] == [("ASKER", ""), ("DESK", "Meera")]
    town.clock.move(hours=2)
    again = as_(person).post(f"{ASK}/{made['id']}/messages", data={"text": "It still does not show."}).json()
    assert again["status"] == "OPEN"
    assert again["dueAt"] > due
    assert told(town, support)[1:] == ["support_written_to"]
    assert told(town, other) == ["support_asked"]  # it is Meera's by now
    assert as_(support).post(f"{path}/close").json()["status"] == "CLOSED"
    assert as_(support).post(f"{path}/close").json()["error"] == "MOVE_REFUSED"
    assert told(town, person)[1:] == ["support_closed"]
    assert as_(support).post(f"{path}/reopen").json()["status"] == "OPEN"
    assert told(town, person)[2:] == ["support_reopened"]


def test_it_is_late_after_a_day_and_who_answers_hears_once(as_: As, town: Town) -> None:
    person, support = town.person(), town.admin(AdminDuty.SUPPORT)
    made = ask(as_(person))
    town.clock.move(hours=24)
    with town.uow() as uow:
        assert watch_support(uow) == 0
    town.clock.move(minutes=1)
    for _ in range(2):
        with town.uow() as uow:
            watch_support(uow)
    assert told(town, support) == ["support_asked", "support_late"]
    assert [one["late"] for one in as_(support).get(f"{DESK}?show=late").json()["items"]] == [True]
    as_(support).post(f"{DESK}/{made['id']}/messages", data={"text": "We are late, sorry."})
    with town.uow() as uow:
        watch_support(uow)
        assert [alert.cleared_at is not None for alert in uow.all(Alert, Alert.kind == "SUPPORT_LATE")] == [True]
    assert as_(support).get(f"{DESK}?show=late").json()["items"] == []


def test_notes_are_between_admins_and_stop_no_clock(as_: As, town: Town) -> None:
    person, support = town.person(), town.admin(AdminDuty.SUPPORT)
    made = ask(as_(person))
    path = f"{DESK}/{made['id']}/messages"
    photo = {"photos": ("a.jpg", picture(5), "image/jpeg")}
    noted = as_(support).post(path, data={"text": "Looks like the bank.", "internal": "true"}, files=photo).json()
    assert (noted["status"], noted["dueAt"], noted["messages"][1]["internal"]) == ("OPEN", made["dueAt"], True)
    seen = as_(person).get(f"{ASK}/{made['id']}").json()
    assert "bank." not in str(seen)
    assert len(seen["messages"]) == 1
    hidden = noted["messages"][1]["photos"][0]["sizes"][0]["url"]
    assert as_(person).get(hidden).status_code == 404
    assert as_(support).get(hidden).status_code == 200
    assert told(town, person) == []
    assert "Looks like" not in str(as_(person).get("/api/users/me/data-export").json())


def test_photos_are_made_anew_and_seen_by_the_two_sides_alone(as_: As, town: Town, wiring: Wiring) -> None:
    person, support = town.person(), town.admin(AdminDuty.SUPPORT)
    files = [("photos", (f"{n}.jpg", picture(7), "image/jpeg")) for n in range(2)]  # the same one twice is no harm
    made = ask(as_(person), photos=files)
    photos = made["messages"][0]["photos"]
    assert len(photos) == 2
    url = photos[0]["sizes"][0]["url"]
    shown = as_(person).get(url)
    assert (shown.headers["content-type"], shown.headers["cache-control"]) == ("image/webp", "private, no-store")
    assert shown.content[8:12] == b"WEBP"
    assert as_(support).get(url).content == shown.content
    strangers = [town.person(), town.cleaner(), town.admin(AdminDuty.FINANCE), town.admin(AdminDuty.VERIFIER)]
    for stranger in strangers:
        assert as_(stranger).get(url).status_code == 404
    assert as_(person).get(url.replace("/160.", "/161.")).status_code == 404
    with town.uow() as uow:
        (kept, _) = uow.all(Attachment)
    assert wiring.files.get(f"{kept.base_key}/160.webp") == shown.content
    for kind in ("jpg", "png", "webp"):
        with pytest.raises(KeyError):
            wiring.files.get(f"originals/{kept.base_key}.{kind}")
    too_many = [("photos", (f"{n}.jpg", picture(n), "image/jpeg")) for n in range(LIMITS.support_photos + 1)]
    refused = as_(person).post(ASK, data={"topic": "JOB", "text": TEXT}, files=too_many)
    assert (refused.status_code, refused.json()["error"]) == (422, "TOO_MANY_PHOTOS")
    no_picture = [("photos", ("a.jpg", b"<script>alert(1)</script>", "image/jpeg"))]
    assert as_(person).post(ASK, data={"topic": "JOB", "text": TEXT}, files=no_picture).status_code == 415


def test_it_says_where_it_was_asked_and_only_what_was_the_askers_to_see(as_: As, town: Town) -> None:
    person, cleaner, support = town.person(), town.cleaner(), as_(town.admin(AdminDuty.SUPPORT))
    campaign = town.campaign(target_paise=200_000)
    gift = town.give(campaign, 50_000, person)
    hidden = town.waiting(town.person())
    job = town.claimed(cleaner)
    cases = [
        (person, f"/campaigns/{campaign.id}", (str(campaign.id), None, None)),
        (person, f"/campaigns/{campaign.id}/fund/{gift.id}", (str(campaign.id), str(gift.id), None)),
        (person, f"/me/transactions/{gift.id}", (str(campaign.id), str(gift.id), None)),
        (cleaner, f"/me/transactions/{gift.id}", (None, None, None)),
        (cleaner, f"/work/{job.id}/proof", (str(job.campaign_id), None, str(job.id))),
        (person, f"/work/{job.id}", (None, None, None)),
        (person, f"/campaigns/{hidden.id}", (None, None, None)),
        (person, f"/campaigns/{uuid4()}", (None, None, None)),
        (person, "/me/transactions/not-an-id", (None, None, None)),
        (person, "https://elsewhere.example/campaigns", (None, None, None)),
    ]
    for who, page, about in cases:
        made = ask(as_(who), page=page)
        assert (made["campaignId"], made["contributionId"], made["jobId"]) == about, page
        assert made["page"] == (page if page.startswith("/") else "")
        found = support.get(f"{DESK}/{made['id']}").json()
        assert found["page"] == made["page"]


def test_the_persons_money_jobs_and_earlier_questions_stand_beside_it(as_: As, town: Town) -> None:
    cleaner, support = town.cleaner(name="Ramesh Pal"), as_(town.admin(AdminDuty.SUPPORT))
    town.give(town.campaign(target_paise=200_000), 30_000, cleaner)
    job = town.completed(cleaner)
    first = ask(as_(cleaner), text="The first question.", topic="OTHER")
    made = ask(as_(cleaner), topic="JOB")
    beside = support.get(f"{DESK}/{made['id']}").json()["person"]
    assert (beside["name"], beside["role"], beside["givenPaise"], beside["earnedPaise"]) == (
        "Ramesh Pal",
        "CLEANER",
        30_000,
        0,
    )
    assert [one["amountPaise"] for one in beside["contributions"]] == [30_000]
    assert [(one["jobId"], one["status"]) for one in beside["jobs"]] == [(str(job.id), "COMPLETED")]
    assert [one["id"] for one in beside["earlier"]] == [first["id"]]


def test_a_question_is_handed_over_to_who_answers_and_to_nobody_else(as_: As, town: Town) -> None:
    person, support, finance = town.person(), town.admin(AdminDuty.SUPPORT), town.admin(AdminDuty.FINANCE)
    other = town.admin(AdminDuty.SUPPORT, name="Farah Khan")
    made = ask(as_(person))
    give = f"{DESK}/{made['id']}/hand-over"
    for nobody in (str(finance.user_id), str(person.user_id), str(uuid4())):
        assert as_(support).post(give, {"adminId": nobody}).status_code == 404
    assert as_(support).post(give, {"adminId": "x"}).json()["fields"].keys() == {"adminId"}
    assert as_(support).post(give, {"adminId": str(other.user_id)}).json()["admin"] == "Farah Khan"
    assert told(town, other) == ["support_asked", "support_handed_over"]
    shown = {name: as_(other).get(f"{DESK}?show={name}").json()["items"] for name in ("mine", "unassigned", "open")}
    assert [len(items) for items in shown.values()] == [1, 0, 1]
    assert as_(support).get(f"{DESK}?show=mine").json()["items"] == []
    assert as_(support).get(f"{DESK}?show=everything").status_code == 422
    names = [one["name"] for one in as_(support).get(f"{DESK}/{made['id']}").json()["colleagues"]]
    assert names == ["Farah Khan", "Meera Joshi"]


def test_nobody_reads_or_answers_what_is_not_theirs(as_: As, town: Town, anybody: Caller) -> None:
    person, stranger = town.person(), town.person(name="Imran Khan")
    made = ask(as_(person))
    mine = f"{ASK}/{made['id']}"
    assert as_(stranger).get(mine).status_code == 404
    assert as_(stranger).post(f"{mine}/messages", data={"text": "Not mine at all"}).status_code == 404
    assert as_(stranger).post(f"{mine}/close").status_code == 404
    assert anybody.get(mine).status_code == 401
    assert anybody.post(ASK, data={"topic": "JOB", "text": TEXT}).status_code == 401
    desk = [DESK, f"{DESK}/{made['id']}"]
    acts = [(f"{DESK}/{made['id']}/{act}", {}) for act in ("close", "reopen")]
    for who in (
        person,
        stranger,
        town.cleaner(),
        *(town.admin(d) for d in AdminDuty if d not in ("SUPPORT", "SENIOR")),
    ):
        for path in desk:
            assert as_(who).get(path).status_code == 403
        for path, body in acts:
            assert as_(who).post(path, body).status_code == 403
        assert as_(who).post(f"{DESK}/{made['id']}/messages", data={"text": "Answering"}).status_code == 403
    with town.uow() as uow:
        assert len(uow.all(SupportMessage)) == 1


def test_an_admin_asks_like_anybody_and_answers_nothing_of_the_own(as_: As, town: Town) -> None:
    admin = town.admin(AdminDuty.SUPPORT)
    made = ask(as_(admin))
    path = f"{DESK}/{made['id']}"
    assert as_(admin).get(path).json()["own"] is True
    assert as_(admin).post(f"{path}/messages", data={"text": "Fine by me"}).json()["error"] == "OWN_INTEREST"
    assert as_(admin).post(f"{path}/close").json()["error"] == "OWN_INTEREST"
    other = town.admin(AdminDuty.SUPPORT)
    given = as_(other).post(f"{path}/hand-over", {"adminId": str(admin.user_id)})
    assert given.json()["error"] == "OWN_INTEREST"


def test_sent_twice_under_one_key_is_one_question_and_one_message(as_: As, town: Town) -> None:
    person = town.person()
    caller, key = as_(person), {"Idempotency-Key": "key-0123456789"}
    made = ask(caller, headers=key)
    assert ask(caller, headers=key)["id"] == made["id"]
    other = caller.post(ASK, data={"topic": "PAYMENT", "text": "Another text entirely."}, headers=key)
    assert other.json()["error"] == "IDEMPOTENCY_KEY_REUSED"
    again = {"Idempotency-Key": "key-9876543210"}
    for _ in range(2):
        sent = caller.post(f"{ASK}/{made['id']}/messages", data={"text": "One more thing."}, headers=again)
        assert len(sent.json()["messages"]) == 2
    assert caller.post(ASK, data={"topic": "JOB", "text": TEXT}, headers={"Idempotency-Key": "x"}).status_code == 400


def test_the_same_question_twice_at_once_is_one(as_: As, town: Town) -> None:
    caller, done = as_(town.person()), []
    start = threading.Barrier(4)

    def send() -> None:
        start.wait()
        done.append(ask(caller, headers={"Idempotency-Key": "at-once-1234"})["id"])

    threads = [threading.Thread(target=send) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(done)) == 1
    assert len(done) == 4
    with town.uow() as uow:
        assert len(uow.all(SupportTicket)) == 1


@pytest.mark.parametrize(
    ("topic", "text", "fields"),
    [
        ("PAYMENT", "", {"text"}),
        ("PAYMENT", "  \u200b ", {"text"}),
        ("PAYMENT", "four", {"text"}),
        ("PAYMENT", "x" * 2001, {"text"}),
        ("MONEY", TEXT, {"topic"}),
        (None, "", {"topic", "text"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    as_: As, town: Town, topic: str | None, text: str, fields: set[str]
) -> None:
    refused = as_(town.person()).post(ASK, data={"text": text, **({"topic": topic} if topic else {})})
    assert (refused.status_code, set(refused.json()["fields"])) == (422, fields)


def test_markup_and_marks_stay_words(as_: As, town: Town) -> None:
    made = ask(as_(town.person()), text="<b>पैसा</b> कट गया\nदूसरी पंक्ति 🙏")
    assert made["messages"][0]["text"] == "पैसा कट गया\nदूसरी पंक्ति 🙏"


@pytest.mark.row("SEC-01")
def test_questions_of_one_person_are_limited(as_: As, town: Town) -> None:
    caller = as_(town.person())
    for _ in range(LIMITS.questions_a_day):
        ask(caller)
    refused = caller.post(ASK, data={"topic": "JOB", "text": TEXT})
    assert (refused.status_code, refused.json()["error"]) == (429, "TOO_MANY_REQUESTS")
    ask(as_(town.person()))


def test_who_is_paused_may_ask_and_reads_the_answer(as_: As, town: Town) -> None:
    cleaner, support = town.cleaner(), town.admin(AdminDuty.SUPPORT)
    with town.uow() as uow:
        suspend_person(uow, actor=support, user_id=cleaner.user_id, reason="three jobs not finished")
    made = ask(as_(cleaner), topic="ACCOUNT")
    beside = as_(support).get(f"{DESK}/{made['id']}").json()["person"]
    assert (beside["status"], beside["suspensionReason"]) == ("SUSPENDED", "three jobs not finished")
    assert as_(cleaner).get(f"{ASK}/{made['id']}").status_code == 200


def test_without_an_account_the_code_opens_the_thread_and_nothing_else_does(
    as_: As, town: Town, anybody: Caller
) -> None:
    support = town.admin(AdminDuty.SUPPORT)
    guest = "/api/support/guests"
    asked = anybody.post(guest, data={"topic": "ACCOUNT", "text": "I cannot sign in any more.", "page": "/login"})
    code = asked.json()["code"]
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}", code)
    with town.uow() as uow:
        (ticket,) = uow.all(SupportTicket)
    assert (ticket.person_id, ticket.page) == (None, "/login")
    assert code.replace("-", "").encode() not in (ticket.code_hash or b"")
    assert told(town, support) == ["support_asked"]
    as_(support).post(f"{DESK}/{ticket.id}/messages", data={"text": "Ask for a code under Sign in."})
    for written in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')}\n"):
        opened = anybody.post(f"{guest}/thread", {"code": written})
        assert [m["text"] for m in opened.json()["messages"]][1] == "Ask for a code under Sign in."
    for wrong in ("", None, 7, ["a"], "AAAA-AAAA-AAAA", code[:-1], code + "A", "' OR 1=1 --", "०" * 12, "\x00" * 12):
        refused = anybody.post(f"{guest}/thread", {"code": wrong})
        assert (refused.status_code, refused.json()["error"]) in ((404, "CODE_UNKNOWN"), (400, "BAD_REQUEST"))
    more = anybody.post(f"{guest}/messages", data={"code": code, "text": "That worked, thanks."})
    assert (more.status_code, more.json()["status"]) == (201, "OPEN")
    assert as_(town.person()).get(f"{ASK}/{ticket.id}").status_code == 404


@pytest.mark.row("SEC-01")
def test_codes_are_not_guessed_and_questions_not_poured_in(town: Town, anybody: Caller) -> None:
    guest = "/api/support/guests"
    code = anybody.post(guest, data={"topic": "OTHER", "text": "The first of many."}).json()["code"]
    answers = [anybody.post(f"{guest}/thread", {"code": "AAAA-BBBB-CCCC"}).status_code for _ in range(21)]
    assert (answers[0], answers[-1]) == (404, 429)
    assert anybody.post(f"{guest}/thread", {"code": code}).status_code == 429  # the right one gives nothing away now
    poured = [
        anybody.post(guest, data={"topic": "OTHER", "text": "Again and again."}).status_code
        for _ in range(LIMITS.questions_from_address_a_day)
    ]
    assert poured[-1] == 429


def test_lists_go_on_page_by_page(as_: As, town: Town) -> None:
    person, support = town.person(), as_(town.admin(AdminDuty.SUPPORT))
    ids = []
    for n in range(5):
        ids.append(ask(as_(person), text=f"Question number {n}")["id"])
        town.clock.move(minutes=1)

    def all_of(caller: Caller, path: str) -> list[str]:
        found: list[str] = []
        cursor = ""
        while True:
            page = caller.get(f"{path}limit=2" + (f"&cursor={cursor}" if cursor else "")).json()
            found += [one["id"] for one in page["items"]]
            cursor = page["nextCursor"]
            if not cursor:
                return found

    assert all_of(as_(person), f"{ASK}?") == ids[::-1]
    assert all_of(support, f"{DESK}?show=open&") == ids
    for made in ids:
        support.post(f"{DESK}/{made}/messages", data={"text": "Here you are."})
        town.clock.move(minutes=1)
    assert all_of(support, f"{DESK}?show=settled&") == ids[::-1]
    assert support.get(f"{DESK}?cursor=nonsense").status_code == 400


def test_the_role_of_who_asks_is_no_matter(as_: As, town: Town) -> None:
    for role in (Role.CITIZEN, Role.CLEANER):
        assert ask(as_(town.person(role)))["status"] == "OPEN"


@pytest.mark.row("OPS-02", "SEC-06")
def test_a_guest_s_photos_come_through_the_intake_and_have_no_open_address(
    as_: As, anybody: Caller, town: Town
) -> None:
    """Through the same intake as everybody's: two a message, scanned, taken apart; without code the desk sees them."""
    guest, words = "/api/support/guests", {"topic": "ACCOUNT", "text": "My code never comes."}

    def sent(n: int) -> list[tuple[str, tuple[str, bytes, str]]]:
        return [("photos", ("p.jpg", picture(seed=900 + one), "image/jpeg")) for one in range(n)]

    refused = anybody.post(guest, data=words, files=sent(3))
    assert refused.json()["error"] == "TOO_MANY_PHOTOS"
    bad = anybody.post(guest, data=words, files=[("photos", ("p.jpg", b"<svg onload=alert(1)>", "image/jpeg"))])
    assert bad.status_code in (415, 422)
    with town.uow() as uow:
        assert uow.all(SupportTicket) == []
    made = anybody.post(guest, data=words, files=sent(2))
    assert made.status_code == 201
    code = made.json()["code"]
    again = anybody.post(f"{guest}/messages", data={"code": code, "text": "And once more."}, files=sent(1))
    assert again.status_code == 201
    assert [len(m["photos"]) for m in again.json()["messages"]] == [2, 1]
    desk = as_(town.admin(AdminDuty.SUPPORT))
    (item,) = desk.get("/api/admin/support").json()["items"]
    shown = desk.get(f"/api/admin/support/{item['id']}").json()
    photos = [photo for message in shown["messages"] for photo in message["photos"]]
    assert len(photos) == 3
    address = photos[0]["sizes"][0]["url"]
    assert desk.get(address).headers["content-type"] == "image/webp"
    assert anybody.get(address).status_code == 401
    assert as_(town.person()).get(address).status_code == 404


GUEST = "/api/support/guests"


def shot(n: int) -> list[tuple[str, tuple[str, bytes, str]]]:
    """A photo of one's own in a form."""
    return [("photos", ("p.jpg", picture(seed=n), "image/jpeg"))]


@pytest.mark.row("OPS-02", "SEC-06")
def test_the_code_opens_both_sides_photos_and_no_note_s(as_: As, anybody: Caller, town: Town) -> None:
    words = {"topic": "OTHER", "text": "The gate is shut."}
    code = anybody.post(GUEST, data=words, files=shot(910)).json()["code"]
    desk = as_(town.admin(AdminDuty.SUPPORT))
    door = f"{DESK}/{desk.get(DESK).json()['items'][0]['id']}/messages"
    assert desk.post(door, data={"text": "It looks like this."}, files=shot(911)).status_code == 201
    assert desk.post(door, data={"text": "A note.", "internal": "true"}, files=shot(912)).status_code == 201
    opened = anybody.post(f"{GUEST}/thread", {"code": code}).json()["messages"]
    assert [(one["side"], len(one["photos"])) for one in opened] == [("ASKER", 1), ("DESK", 1)]
    for message in opened:
        for size in message["photos"][0]["sizes"]:
            seen = anybody.get(size["url"])
            assert (seen.status_code, seen.headers["content-type"]) == (200, "image/webp")
            assert seen.headers["cache-control"] == "private, no-store"


@pytest.mark.row("OPS-02", "SEC-06")
def test_a_guest_s_photo_opens_by_its_own_whole_link_in_its_time(as_: As, anybody: Caller, town: Town) -> None:
    words = {"topic": "OTHER", "text": "The gate is shut."}
    code = anybody.post(GUEST, data=words, files=shot(920)).json()["code"]
    desk = as_(town.admin(AdminDuty.SUPPORT))
    door = f"{DESK}/{desk.get(DESK).json()['items'][0]['id']}/messages"
    noted = desk.post(door, data={"text": "A note.", "internal": "true"}, files=shot(921)).json()["messages"][-1]
    mine = ask_with_photo(as_(town.person()))
    opened = anybody.post(f"{GUEST}/thread", {"code": code}).json()["messages"]
    link = opened[0]["photos"][0]["sizes"][0]["url"]
    _, place, until, signature, rest = link.split("/", 4)
    photo_id = opened[0]["photos"][0]["id"]
    wrong = [
        f"/{place}/{until}/{signature}/{rest.replace(photo_id, noted['photos'][0]['id'])}",
        f"/{place}/{until}/{signature}/{rest.replace(photo_id, mine)}",
        f"/{place}/{int(until) + 60}/{signature}/{rest}",
        f"/{place}/{until}/{signature[::-1]}/{rest}",
        f"/{place}/{until}/{signature}/{rest.replace('.webp', '.jpg')}",
        link.rpartition("/")[0] + "/17.webp",
    ]
    assert {anybody.get(address).status_code for address in wrong} == {404}
    town.clock.move(minutes=29)
    assert anybody.get(link).status_code == 200
    town.clock.move(minutes=2)
    assert anybody.get(link).status_code == 404
    assert anybody.post(f"{GUEST}/thread", {"code": "AAAA-AAAA-AAAA"}).status_code != 200


@pytest.mark.row("OPS-02", "SEC-06")
def test_a_link_of_ours_to_a_note_s_photo_opens_nothing(as_: As, anybody: Caller, town: Town, wiring: Wiring) -> None:
    """Also signed: what a code does not open no link opens."""
    anybody.post(GUEST, data={"topic": "OTHER", "text": "The gate is shut."})
    desk = as_(town.admin(AdminDuty.SUPPORT))
    door = f"{DESK}/{desk.get(DESK).json()['items'][0]['id']}/messages"
    noted = desk.post(door, data={"text": "A note.", "internal": "true"}, files=shot(931)).json()["messages"][-1]
    photo = noted["photos"][0]
    for photo_id in (photo["id"], ask_with_photo(as_(town.person()))):
        link = wiring.links.guest_photo(UUID(photo_id), town.clock.now())
        assert anybody.get(f"{link}/{photo['sizes'][0]['width']}.webp").status_code == 404


def ask_with_photo(caller: Caller) -> str:
    """A question of somebody with an account; the id of its photo."""
    sent = caller.post(ASK, data={"topic": "OTHER", "text": "Is this it?"}, files=shot(940))
    return str(sent.json()["messages"][0]["photos"][0]["id"])
