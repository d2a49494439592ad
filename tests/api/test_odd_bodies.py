"""A word that is not understood is no `no`: nothing is published, paid or closed by a slip of the pen (REST)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.business_limits import LIMITS
from tests.api.conftest import Caller
from tests.api.test_disputes import Result
from tests.api.test_questions import RAISE, REASON, HalfDone, raised
from tests.api.test_support import ASK, DESK, ask
from tests.factories import Town, picture

As = Callable[[Actor], Caller]
NO_TRUTH = ("yes", "true", 1, 0, "false", "", [], {"is": True}, None, 1.0)
NOBODYS = "01a22ddd-0000-7000-8000-000000000000"
TRUTHS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("POST", f"/api/admin/payouts/{NOBODYS}/outcome", "left", {"reference": "UTR1234567890"}),
    ("POST", f"/api/admin/refunds/{NOBODYS}/outcome", "left", {"reference": "UTR1234567890"}),
    ("POST", f"/api/admin/disputes/{NOBODYS}/decide", "uphold", {"note": "Seen."}),
    ("POST", f"/api/admin/disputes/{NOBODYS}/decide", "cancelCampaign", {"note": "Seen.", "uphold": True}),
    ("POST", f"/api/admin/fraud/{NOBODYS}/close", "confirmed", {"reason": "We looked at it."}),
    ("POST", f"/api/admin/jobs/{NOBODYS}/take-back-approval", "cancelCampaign", {"reason": "Still dirty"}),
    ("POST", f"/api/admin/jobs/{NOBODYS}/verify", "allowRetry", {"action": "REJECT", "reason": "OTHER"}),
    ("POST", f"/api/admin/jobs/{NOBODYS}/verify", "cancelCampaign", {"action": "REJECT", "reason": "OTHER"}),
    ("POST", "/api/admin/bulk/notices", "marketing", {"en": "Come and see.", "role": "CLEANER", "count": 1}),
)


@pytest.mark.row("TST-02")
@pytest.mark.parametrize(("method", "path", "field", "rest"), TRUTHS, ids=lambda one: one if one in ("left",) else None)
def test_what_is_neither_true_nor_false_is_named_and_nothing_is_done(
    as_: As, town: Town, method: str, path: str, field: str, rest: dict[str, Any]
) -> None:
    senior, stranger = as_(town.admin()), as_(town.person())
    for odd in NO_TRUTH:
        answer = senior(method, path, {**rest, field: odd})
        assert (answer.status_code, list(answer.json().get("fields", {}))) == (422, [field]), (odd, answer.text)
        assert stranger(method, path, {**rest, field: odd}).status_code == 403


HALVES = "\\ud800", "a\\udfff", "\\udc00\\ud800"
QUOTING = (
    ("POST", "/api/admin/bulk/refunds/plan", '{"ids": ["%s"]}'),
    ("POST", "/api/admin/bulk/refunds/plan", '{"starterId": "%s"}'),
    ("POST", "/api/admin/bulk/refunds", '{"campaignIds": ["%s"], "count": 1, "why": "Gone for good"}'),
    ("POST", "/api/admin/bulk/notices/plan", '{"campaignId": "%s"}'),
    ("POST", "/api/admin/bulk/notices", '{"campaignId": "%s", "en": "Come and see.", "count": 1}'),
    ("POST", "/api/admin/fraud", '{"personId": "%s", "note": "He was seen."}'),
    ("PUT", "/api/admin/settings/fee_bps", '{"value": "%s", "why": "Because."}'),
    ("PUT", "/api/admin/settings/%s", '{"value": 700, "why": "Because."}'),
    ("POST", "/api/users/me/terms", '{"version": "%s"}'),
    ("POST", "/api/admin/transactions/views", '{"name": "%s", "question": "q=1"}'),
    ("POST", "/api/admin/canned-answers", '{"words": {"en": {"title": "%s"}}, "why": "Because."}'),
)


@pytest.mark.row("TST-02")
@pytest.mark.parametrize(("method", "path", "body"), QUOTING)
def test_halves_of_characters_are_refused_and_quoted_readably(
    as_: As, town: Town, method: str, path: str, body: str
) -> None:
    senior = as_(town.admin())
    for half in HALVES:
        sent = (body % half if "%s" in body else body).encode()
        address = path % "%ED%A0%80" if "%s" in path else path
        answer = senior(method, address, content=sent, headers={"Content-Type": "application/json"})
        assert answer.status_code < 500, (path, answer.text)
        answer.json()


@pytest.mark.row("OPS-02")
@pytest.mark.parametrize("said", ["y", "maybe", "ja", "tru", "internal", "2", "हाँ"])
def test_a_note_that_nobody_can_tell_from_an_answer_reaches_nobody(as_: As, town: Town, said: str) -> None:
    person, support = as_(town.person()), as_(town.admin(AdminDuty.SUPPORT))
    made = ask(person)["id"]
    refused = support.post(f"{DESK}/{made}/messages", data={"text": "He sounds angry.", "internal": said})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["internal"])
    assert len(person.get(f"{ASK}/{made}").json()["messages"]) == 1


@pytest.mark.row("OPS-02")
@pytest.mark.parametrize("said", ["true", "TRUE", " True ", "yes", "on", "1"])
def test_a_note_stays_with_admins_however_the_tick_is_said(as_: As, town: Town, said: str) -> None:
    person, support = as_(town.person()), as_(town.admin(AdminDuty.SUPPORT))
    made = ask(person)["id"]
    support.post(f"{DESK}/{made}/messages", data={"text": "He sounds angry.", "internal": said})
    assert len(person.get(f"{ASK}/{made}").json()["messages"]) == 1


@pytest.mark.row("OPS-03")
def test_what_was_refused_uses_nothing_up_of_the_disputes_of_a_day(as_: As, town: Town) -> None:
    giver = town.person()
    gift = town.give(town.campaign(target_paise=200_000), 20_000, giver)
    mine = as_(giver)
    for _ in range(LIMITS.disputes_a_day + 2):
        wrong = {"about": "PAYMENT", "subjectId": str(uuid4()), "text": REASON}
        assert mine.post(RAISE, data=wrong).status_code == 404
    raised(mine, "PAYMENT", gift.id)


@pytest.mark.row("OPS-02")
def test_a_photo_that_was_refused_uses_up_no_question(as_: As, town: Town) -> None:
    mine = as_(town.person())
    for _ in range(LIMITS.questions_a_day + 1):
        no_photo = {"photos": ("a.jpg", b"no photo at all", "image/jpeg")}
        assert mine.post(ASK, data={"topic": "OTHER", "text": "See here."}, files=no_photo).status_code == 415
    ask(mine)


@pytest.mark.row("OPS-03")
def test_a_file_field_left_empty_is_no_photo(as_: As, town: Town) -> None:
    work = HalfDone(town)
    dispute = work.disputed(as_)
    form = (
        b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nNo rain fell.\r\n'
        b'--b\r\nContent-Disposition: form-data; name="photos"; filename=""\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n"
    )
    head = {"Content-Type": "multipart/form-data; boundary=b"}
    said = as_(work.giver).post(f"{RAISE}/{dispute}/statements", content=form, headers=head)
    assert (said.status_code, said.json().get("detail")) == (201, None), said.text


@pytest.mark.row("OPS-03")
def test_photos_that_come_with_a_dispute_stand_at_its_beginning_once(as_: As, town: Town) -> None:
    giver = town.person()
    gift = town.give(town.campaign(target_paise=200_000), 20_000, giver)
    made = raised(as_(giver), "PAYMENT", gift.id, files={"photos": ("bank.jpg", picture(21), "image/jpeg")})
    steps = [(one["step"], one["text"], len(one["photos"])) for one in made["steps"]]
    assert steps == [("RAISED", REASON, 1)]


@pytest.mark.row("OPS-01")
def test_rows_of_a_run_that_is_not_there_are_not_there_either(as_: As, town: Town) -> None:
    assert as_(town.admin()).get(f"/api/admin/bulk/{uuid4()}/rows").status_code == 404


@pytest.mark.row("OPS-04")
def test_nobody_reads_the_case_about_himself(as_: As, town: Town) -> None:
    reporter, accused, senior = town.admin(AdminDuty.VERIFIER), town.admin(), town.admin()
    result = Result(town).accepted()
    case = as_(reporter).post(
        "/api/admin/fraud", {"personId": str(accused.user_id), "jobId": str(result.job.id), "note": REASON}
    )
    assert case.status_code == 201, case.text
    path = f"/api/admin/fraud/{case.json()['id']}"
    assert as_(senior).get(path).status_code == 200
    assert as_(accused).get(path).status_code == 404
    assert as_(accused).get("/api/admin/fraud").json()["items"] == []
    mine = f"/api/admin/people/{accused.user_id}/cases"
    assert as_(accused).get(mine).json()["items"] == []
    assert len(as_(senior).get(mine).json()["items"]) == 1


@pytest.mark.row("LAW-01")
def test_whoever_must_accept_new_terms_learns_their_version(as_: As, town: Town) -> None:
    me = as_(town.person()).get("/api/users/me").json()
    assert (me["termsInForce"], me["termsDue"]) == (me["termsVersion"], False)
