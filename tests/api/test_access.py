"""Who may call what: every route, every kind of caller, and other people's ids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from cleanit_app.domain.actors import Actor, AdminDuty, Role, permissions_of
from cleanit_app.models import Campaign, Contribution, Job, NameChange, PaymentFlag, new_id
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.services.bulk.runs import order_bulk_refunds
from cleanit_app.services.fraud.cases import report_person
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.operations.banners import set_banner
from cleanit_app.services.operations.saved_views import save_view
from cleanit_app.services.people.identity import check_document, hand_in_document
from cleanit_app.services.people.identity_files import keep_sealed
from cleanit_app.services.photos.photos import JOB_KINDS, examine
from cleanit_app.services.review.disputes import open_dispute
from cleanit_app.services.support.help_articles import publish_article, write_article
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.api.test_admin_money import stuck
from tests.factories import Town, picture

As = Callable[[Actor], Caller]

OPEN = 200
# Who may: everybody else gets 401 (nobody), 403 or 404. `*` is anybody, `.` whoever is signed in.
ADMINS = "verifier finance support compliance"
ROUTES: dict[tuple[str, str], str] = {
    ("POST", "/api/auth/register"): "*",
    ("POST", "/api/auth/register/code"): "*",
    ("POST", "/api/auth/register/confirm"): "*",
    ("POST", "/api/auth/login"): "*",
    ("POST", "/api/auth/refresh"): "*",
    ("POST", "/api/auth/logout"): ".",
    ("POST", "/session/login"): "*",
    ("POST", "/session/register"): "*",
    ("POST", "/session/register/code"): "*",
    ("POST", "/session/register/confirm"): "*",
    ("POST", "/session/logout"): "*",
    ("POST", "/session/reset"): "*",
    ("POST", "/session/reset/confirm"): "*",
    ("POST", "/api/auth/reset"): "*",
    ("POST", "/api/auth/reset/confirm"): "*",
    ("POST", "/api/auth/confirm"): ".",
    ("POST", "/api/auth/prove"): ".",
    ("PUT", "/api/users/me/password"): ".",
    ("POST", "/api/users/me/terms"): ".",
    ("POST", "/session/terms"): "*",
    ("POST", "/api/users/me/contacts/{field}/code"): ".",
    ("POST", "/api/users/me/contacts/confirm"): ".",
    ("GET", "/api/users/me/second-factor"): ".",
    ("POST", "/api/users/me/second-factor"): ADMINS,
    ("POST", "/api/users/me/second-factor/confirm"): ".",
    ("POST", "/api/users/me/second-factor/recovery-codes"): ADMINS,
    ("DELETE", "/api/users/me/second-factor"): ADMINS,
    ("DELETE", "/api/admin/admins/{admin_id}/second-factor"): "",
    ("GET", "/api/admin/admins"): "",
    ("PUT", "/api/admin/admins/{admin_id}/duties"): "",
    ("GET", "/api/users/me"): ".",
    ("PATCH", "/api/users/me"): ".",
    ("GET", "/api/users/me/campaigns"): ".",
    ("GET", "/api/users/me/data-export"): ".",
    ("GET", "/api/users/me/data-export/zip"): ".",
    ("GET", "/api/users/me/sessions"): ".",
    ("POST", "/api/users/me/sessions/end-others"): ".",
    ("DELETE", "/api/users/me/sessions/{session_id}"): "",
    ("GET", "/api/admin/actions"): "",
    ("GET", "/api/admin/errors"): "finance",
    ("GET", "/api/admin/scheduled-jobs"): "",
    ("POST", "/api/admin/scheduled-jobs/{name}/run"): "",
    ("GET", "/api/users/me/transactions"): ".",
    ("GET", "/api/users/me/transactions/{contribution_id}"): "",
    ("GET", "/api/users/me/receipts/{year}"): ".",
    ("GET", "/api/users/me/notifications"): ".",
    ("GET", "/api/users/me/notification-choices"): ".",
    ("PUT", "/api/users/me/notification-choices"): ".",
    ("POST", "/api/users/me/notifications/read-all"): ".",
    ("POST", "/api/users/me/notifications/{notification_id}/read"): "",
    ("GET", "/api/admin/boards"): "verifier finance",
    ("GET", "/api/admin/boards/now"): "verifier finance",
    ("GET", "/api/admin/boards/csv"): "verifier finance",
    ("GET", "/api/campaigns"): "*",
    ("POST", "/api/campaigns"): "citizen cleaner",
    ("GET", "/api/campaigns/{campaign_id}"): "*",
    ("PATCH", "/api/campaigns/{campaign_id}"): "",
    ("POST", "/api/campaigns/{campaign_id}/cancel"): "",
    ("POST", "/api/campaigns/{campaign_id}/contributions"): "citizen cleaner",
    ("POST", "/api/campaigns/{campaign_id}/disputes"): "",
    ("GET", "/api/contributions/{contribution_id}"): "",
    ("POST", "/api/contributions/{contribution_id}/confirm"): "",
    ("GET", "/api/contributions/{contribution_id}/receipt"): "",
    ("GET", "/api/jobs"): "cleaner",
    ("GET", "/api/jobs/{job_id}"): "cleaner verifier finance",
    ("POST", "/api/jobs/{job_id}/claim"): "cleaner",
    ("POST", "/api/jobs/{job_id}/unclaim"): "",
    ("POST", "/api/jobs/{job_id}/capture-token"): "",
    ("POST", "/api/jobs/{job_id}/complete"): "",
    ("GET", "/api/cleaners/me/earnings"): "cleaner",
    ("GET", "/api/cleaners/me/payouts/{payout_id}"): "finance",
    ("GET", "/api/cleaners/me/work"): ".",
    ("PUT", "/api/cleaners/me/bank-account"): "cleaner",
    ("PUT", "/api/cleaners/me/pan"): "cleaner",
    ("GET", "/api/admin/campaigns"): "verifier",
    ("POST", "/api/admin/campaigns/{campaign_id}/approve"): "verifier",
    ("POST", "/api/admin/campaigns/{campaign_id}/decline"): "verifier",
    ("POST", "/api/admin/campaigns/{campaign_id}/cancel"): "verifier",
    ("POST", "/api/admin/campaigns/{campaign_id}/problem"): "verifier",
    ("GET", "/api/admin/disputes"): "verifier",
    ("POST", "/api/admin/disputes/{dispute_id}/decide"): "verifier",
    ("GET", "/api/admin/held-jobs"): "verifier",
    ("POST", "/api/admin/jobs/{job_id}/relist"): "verifier",
    ("GET", "/api/admin/verification-queue"): "verifier",
    ("GET", "/api/admin/verification-queue/sla"): "verifier",
    ("GET", "/api/admin/jobs/{job_id}/verification"): "verifier",
    ("POST", "/api/admin/jobs/{job_id}/verify"): "verifier",
    ("GET", "/api/admin/financial-overview"): "finance",
    ("POST", "/api/admin/payouts/{payout_id}/send"): "finance",
    ("GET", "/api/admin/payouts"): "finance",
    ("GET", "/api/admin/refunds"): "finance",
    ("GET", "/api/admin/transactions"): "finance",
    ("GET", "/api/admin/transactions/csv"): "finance",
    ("GET", "/api/admin/transactions/views"): "finance",
    ("POST", "/api/admin/transactions/views"): "finance",
    ("DELETE", "/api/admin/transactions/views/{view_id}"): "",
    ("POST", "/api/admin/payouts/{payout_id}/hold"): "finance",
    ("POST", "/api/admin/payouts/{payout_id}/release"): "finance",
    ("POST", "/api/admin/payouts/{payout_id}/paid-by-hand"): "finance",
    ("POST", "/api/admin/payouts/{payout_id}/returned"): "finance",
    ("POST", "/api/admin/payouts/{payout_id}/outcome"): "finance",
    ("GET", "/api/admin/refunds/plan"): "finance",
    ("POST", "/api/admin/refunds/send"): "finance",
    ("POST", "/api/admin/refunds/{refund_id}/send"): "finance",
    ("POST", "/api/admin/refunds/{refund_id}/given-by-hand"): "finance",
    ("POST", "/api/admin/refunds/{refund_id}/outcome"): "finance",
    ("GET", "/api/admin/payment-flags"): "finance",
    ("POST", "/api/admin/payment-flags/{flag_id}/seen"): "finance",
    ("GET", "/api/admin/old-money"): "finance",
    ("GET", "/api/admin/money-flows"): "finance",
    ("POST", "/api/admin/money-flows/{flow}/stop"): "finance",
    ("POST", "/api/admin/money-flows/{flow}/resume"): "finance",
    ("POST", "/api/admin/jobs/{job_id}/take-back-approval"): "verifier",
    ("GET", "/api/admin/invoices"): "finance",
    ("GET", "/api/admin/tax/{year}/{quarter}"): "finance",
    ("GET", "/api/admin/tax/{year}/{quarter}/csv"): "finance",
    ("GET", "/api/admin/invoices/{invoice_id}/pdf"): "finance",
    ("GET", "/api/cleaners/me/statements/{year}"): "cleaner",
    ("GET", "/api/cleaners/me/statements/{year}/{form}"): "cleaner",
    ("GET", "/api/admin/cleaners"): "compliance",
    ("POST", "/api/admin/cleaners/{cleaner_id}/activate"): "compliance",
    ("POST", "/api/admin/cleaners/{cleaner_id}/reject"): "compliance",
    ("POST", "/api/admin/cleaners/{cleaner_id}/confirm-account"): "compliance",
    ("POST", "/api/cleaners/me/identity-document"): "cleaner",
    ("GET", "/api/admin/identity-documents/{document_id}/picture"): "compliance",
    ("GET", "/api/admin/name-changes"): "compliance",
    ("POST", "/api/admin/name-changes/{change_id}/accept"): "compliance",
    ("POST", "/api/admin/name-changes/{change_id}/refuse"): "compliance",
    ("GET", "/api/admin/people"): "compliance support",
    ("POST", "/api/admin/people/{user_id}/suspend"): "compliance support",
    ("POST", "/api/admin/people/{user_id}/reinstate"): "compliance support",
    ("POST", "/api/admin/admins"): "",
    ("GET", "/api/money"): "*",
    ("GET", "/api/places"): "*",
    ("GET", "/api/places/around"): "*",
    ("POST", "/api/webhooks/razorpay/payment"): "*",
    ("POST", "/api/webhooks/razorpay/payout"): "*",
    ("POST", "/api/webhooks/razorpay/refund"): "*",
    ("GET", "/files/{key}"): "*",
    ("GET", "/api/photos/{photo_id}/original"): "verifier",
    ("GET", "/api/admin/campaigns/{campaign_id}"): "verifier",
    ("POST", "/api/admin/campaigns/{campaign_id}/notes"): "verifier",
    ("POST", "/api/admin/campaigns/{campaign_id}/put-spam-mark-away"): "verifier",
    ("GET", "/api/admin/marked-campaigns"): "verifier",
    ("POST", "/api/admin/jobs/{job_id}/escalate"): "verifier",
    ("POST", "/api/admin/jobs/{job_id}/review"): "verifier",
    ("GET", "/api/admin/disputes/waiting"): "verifier finance compliance",
    ("GET", "/api/disputes"): ".",
    ("POST", "/api/disputes"): ".",
    ("GET", "/api/disputes/{dispute_id}"): "verifier",
    ("POST", "/api/disputes/{dispute_id}/appeal"): "",
    ("POST", "/api/disputes/{dispute_id}/statements"): "verifier",
    ("GET", "/api/admin/bulk"): "verifier support compliance",
    ("POST", "/api/admin/bulk/refunds/plan"): "verifier",
    ("POST", "/api/admin/bulk/refunds"): "verifier",
    ("POST", "/api/admin/bulk/notices/plan"): "support compliance",
    ("POST", "/api/admin/bulk/notices"): "support compliance",
    ("GET", "/api/admin/bulk/{run_id}"): "verifier",
    ("GET", "/api/admin/bulk/{run_id}/rows"): "verifier",
    ("POST", "/api/admin/bulk/{run_id}/stop"): "verifier",
    ("POST", "/api/admin/bulk/{run_id}/continue"): "verifier",
    ("GET", "/api/admin/flags"): "",
    ("PUT", "/api/admin/flags/{feature}"): "",
    ("GET", "/api/banner"): "*",
    ("GET", "/api/admin/banners"): "",
    ("POST", "/api/admin/banners"): "",
    ("POST", "/api/admin/banners/{banner_id}/end"): "",
    ("GET", "/api/admin/canned-answers"): "",
    ("POST", "/api/admin/canned-answers"): "",
    ("PUT", "/api/admin/canned-answers/{canned}"): "",
    ("GET", "/api/admin/settings"): "",
    ("GET", "/api/admin/settings/{setting}/trial"): "",
    ("PUT", "/api/admin/settings/{setting}"): "",
    ("GET", "/api/admin/fraud"): "verifier support compliance",
    ("POST", "/api/admin/fraud"): "verifier support compliance",
    ("GET", "/api/admin/fraud/{case_id}"): "verifier support compliance",
    ("POST", "/api/admin/fraud/{case_id}/notes"): "verifier support compliance",
    ("POST", "/api/admin/fraud/{case_id}/hand-over"): "verifier support compliance",
    ("POST", "/api/admin/fraud/{case_id}/hold-pay"): "compliance",
    ("POST", "/api/admin/fraud/{case_id}/close"): "compliance",
    ("GET", "/api/admin/people/{user_id}"): "compliance support",
    ("GET", "/api/admin/people/{user_id}/{part}"): "compliance support",
    ("POST", "/api/admin/people/{user_id}/notes"): "compliance support",
    ("POST", "/api/admin/people/{user_id}/sign-out"): "compliance support",
    ("POST", "/api/admin/people/{user_id}/put-flag-away"): "compliance",
    ("GET", "/api/admin/support"): "support",
    ("GET", "/api/admin/support/{ticket_id}"): "support",
    ("POST", "/api/admin/support/{ticket_id}/messages"): "support",
    ("POST", "/api/admin/support/{ticket_id}/hand-over"): "support",
    ("POST", "/api/admin/support/{ticket_id}/close"): "support",
    ("POST", "/api/admin/support/{ticket_id}/reopen"): "support",
    ("GET", "/api/attachments/{photo_id}/{size}"): "support",
    ("GET", "/api/help/articles"): "*",
    ("GET", "/api/help/articles/{article_id}"): "*",
    ("GET", "/api/admin/support/{ticket_id}/article"): "support",
    ("PUT", "/api/admin/support/{ticket_id}/article"): "support",
    ("POST", "/api/admin/support/{ticket_id}/article/publish"): "support",
    ("POST", "/api/admin/support/{ticket_id}/article/withdraw"): "support",
    ("POST", "/api/support/guests"): "*",
    ("POST", "/api/support/guests/messages"): "*",
    ("POST", "/api/support/guests/thread"): "*",
    ("GET", "/api/support/tickets"): ".",
    ("POST", "/api/support/tickets"): ".",
    ("GET", "/api/support/tickets/{ticket_id}"): "",
    ("POST", "/api/support/tickets/{ticket_id}/messages"): "",
    ("POST", "/api/support/tickets/{ticket_id}/close"): "",
    ("POST", "/api/contributions/{contribution_id}/take-back"): "",
    ("DELETE", "/api/users/me/account"): ".",
    ("GET", "/api/users/me/photo-consents"): ".",
    ("PUT", "/api/users/me/photo-consents"): ".",
}
KINDS = ("citizen", "cleaner", "verifier", "finance", "support", "compliance")
BODIES: dict[str, Any] = {
    "verify": {"action": "REJECT", "reason": "POOR_QUALITY", "checklist": {}},
    "pan": {"pan": "ACUPA7085R"},
    "bank-account": {"vpa": "ramesh@okbank", "holderName": "Ramesh Pal"},
    "contributions": {"amountPaise": 10_000},
    "outcome": {"left": False},
    "paid-by-hand": {"reference": "SBIN4261124000"},
    "given-by-hand": {"reference": "SBIN4261124000"},
    "decide": {"uphold": False, "note": "The heap is on the other plot."},
    "notes": {"note": "Spoke with them on the phone."},
    "close": {"confirmed": False, "reason": "because"},
    "{feature}": {"state": "ON"},
    "fraud": {"personId": "user_id", "note": "Two accounts with one face."},
    "hand-over": {"reason": "because", "adminId": "admin_id"},
    "confirm": {"razorpay_payment_id": "pay_1", "razorpay_order_id": "order_1", "razorpay_signature": "x"},
}
FORMS = {
    "disputes": {"about": "SUSPENSION", "text": "Nobody told me why."},
    "tickets": {"topic": "PAYMENT", "text": "Nothing shows."},
    "messages": {"text": "It still does not show."},
    "statements": {"text": "The heap is still there."},
    "appeal": {"text": "The heap is still there."},
}
"""What doors that take photos read instead of JSON."""
NAMES = {"personId", "adminId"}
"""What stands in a body for a real id, by its name in the fixture."""
NOT_ALLOWED = (401, 403, 404)


@pytest.mark.row("SEC-04")
def test_the_table_names_every_route(api: FastAPI) -> None:
    spec = api.openapi()["paths"]
    assert {(m.upper(), path) for path, methods in spec.items() for m in methods} == set(ROUTES)


@pytest.fixture
def ids(as_: As, town: Town, wiring: Wiring) -> dict[str, str]:
    """Ids of things that belong to people who do not call here; nothing that waits is left out."""
    owner, cleaner = town.person(), town.cleaner(name="Salma Bano")
    done = town.verified(cleaner)
    campaign = town.campaign(owner)
    gift = town.give(town.campaign(), 10_000, town.person())
    town.completed(cleaner)
    with town.uow() as uow:
        job = uow.get(Job, done.id)
    return (
        {
            "name": "payouts",
            "campaign_id": str(campaign.id),
            "contribution_id": str(gift.id),
            "notification_id": _told(town),
            "session_id": _session(town, owner),
            "photo_id": str(job.completion_photo_id),
            "key": "campaigns/x.webp",
            "refund_id": stuck(town, 10_000),
            "flag_id": _flag(town, gift),
            "dispute_id": _dispute(town, job),
            "case_id": _case(town, cleaner),
            "run_id": _run(town, campaign),
            "feature": "WORD_SEARCH",
            "setting": "questions_a_day",
            "banner_id": _banner(town),
            "canned": "refund",
            "part": "sign-ins",
            "flow": "PAYOUTS",
            "field": "phone",
            "invoice_id": _ids(town, "SELECT id FROM fee_invoices")[0],
            "year": "2627",
            "quarter": "3",
            "view_id": _view(town),
            "change_id": _name_change(town),
            "form": "csv",
            "admin_id": str(town.admin().id),
            "user_id": str(town.person().id),
        }
        | _more(town, wiring, cleaner)
        | _thread(town, as_(owner))
    )


def _told(town: Town) -> str:
    with town.uow() as uow:
        relay_outbox(uow)
    return _ids(town, "SELECT id FROM notifications")[0]


def _session(town: Town, person: Actor) -> str:
    with town.uow() as uow:
        return str(open_session(uow, user_id=person.user_id, user_agent="tests", with_cookie=True).session_id)


def _flag(town: Town, gift: Contribution) -> str:
    flag = PaymentFlag(
        id=new_id(), rule="MANY_AN_HOUR", user_id=gift.contributor_id, contribution_id=gift.id,
        campaign_id=gift.campaign_id, found=9, once_key=f"access:{gift.id}", raised_at=town.clock.now(),
    )  # fmt: skip
    with town.uow() as uow:
        uow.add(flag)
    return str(flag.id)


def _view(town: Town) -> str:
    """A question about transactions that somebody of finance keeps."""
    with town.uow() as uow:
        return str(save_view(uow, actor=town.admin(AdminDuty.FINANCE), name="June", question="q=june").id)


def _name_change(town: Town) -> str:
    """Another name that a cleaner asks for."""
    who = town.cleaner().user_id
    with town.uow() as uow:
        asked = uow.add(
            NameChange(id=new_id(), user_id=who, old_name="Salma Bano", new_name="Salma Khatun", asked_at=uow.now)
        )
        return str(asked.id)


def _dispute(town: Town, done: Job) -> str:
    with town.uow() as uow:
        creator = uow.get(Campaign, done.campaign_id).creator_id
        questioner = Actor(creator, Role.CITIZEN, permissions_of(Role.CITIZEN))
        return str(open_dispute(uow, actor=questioner, campaign_id=done.campaign_id, reason="Half lies there.").id)


def _banner(town: Town) -> str:
    ends = (town.clock.now() + timedelta(days=1)).isoformat()
    said = {"en": "The bank is slow today", "hi": "आज बैंक धीमा है", "mr": "आज बँक संथ आहे"}
    with town.uow() as uow:
        return str(set_banner(uow, actor=town.admin(), said=said, tone="WARN", until_at=ends).id)


def _case(town: Town, about: Actor) -> str:
    finder = town.admin(AdminDuty.COMPLIANCE)
    with town.uow() as uow:
        return str(report_person(uow, actor=finder, user_id=about.user_id, note="One face, two names.").id)


def _run(town: Town, campaign: Campaign) -> str:
    with town.uow() as uow:
        return str(
            order_bulk_refunds(
                uow, actor=town.admin(), campaign_ids=[campaign.id], typed_count=1, reason="The ward does it",
                idempotency_key="run of the table",
            ).id
        )  # fmt: skip


def _thread(town: Town, asker: Caller) -> dict[str, str]:
    """A question to support with a photo, whose address ends in its id and a size."""
    photo = {"photos": ("heap.jpg", picture(7), "image/jpeg")}
    made = asker.post("/api/support/tickets", data=FORMS["tickets"], files=photo).json()
    *_, attachment, size = made["messages"][0]["photos"][0]["sizes"][0]["url"].split("/")
    article = _article(town, made["id"])
    return {"ticket_id": made["id"], "attachment_id": attachment, "size": size, "article_id": article}


def _article(town: Town, ticket_id: str) -> str:
    """A published help article that came out of this question."""
    words = {"en": {"title": "When a pump stands still", "text": "Close the valve and wait an hour."}}
    writer = town.admin(AdminDuty.SUPPORT)
    with town.uow() as uow:
        write_article(uow, actor=writer, ticket_id=UUID(ticket_id), words=words)
        return str(publish_article(uow, actor=writer, ticket_id=UUID(ticket_id)).id)


def _more(town: Town, wiring: Wiring, cleaner: Actor) -> dict[str, str]:
    payouts = _ids(town, "SELECT id FROM payouts")
    newcomer = town.person(Role.CLEANER)
    return {
        "document_id": _document(town, wiring, newcomer),
        "job_id": str(town.job().id),
        "payout_id": payouts[0],
        "cleaner_id": str(town.person(Role.CLEANER).id),
    }


def _document(town: Town, wiring: Wiring, owner: Actor) -> str:
    wish = check_document(kind="VOTER_ID", number="ABC1234567")
    seen = examine(picture(), most_bytes=1_000_000, kinds=JOB_KINDS)
    sealed = keep_sealed(wiring.files, wiring.cipher, draft=wish, photo=seen)
    with town.uow() as uow:
        return str(hand_in_document(uow, actor=owner, draft=wish, picture=sealed).id)


def _ids(town: Town, sql: str) -> list[str]:
    with town.engine.connect() as connection:
        return [str(row[0]) for row in connection.exec_driver_sql(sql)]


def _people(town: Town) -> dict[str, Actor]:
    return {
        "citizen": town.person(),
        "cleaner": town.cleaner(),
        **{duty.value.lower(): town.admin(duty) for duty in AdminDuty if duty is not AdminDuty.SENIOR},
    }


@pytest.mark.row("SEC-04", "SEC-10")
def test_every_route_refuses_whom_it_must(as_: As, anybody: Caller, town: Town, ids: dict[str, str]) -> None:
    callers = {kind: as_(actor) for kind, actor in _people(town).items()}
    wrong = []
    for (method, path), who in ROUTES.items():
        if who == "*":
            continue
        if _status(anybody, method, path, ids) != 401:
            wrong.append(f"nobody: {method} {path}")
        for kind in KINDS:
            allowed = who == "." or kind in who.split()
            if not allowed and _status(callers[kind], method, path, ids) not in NOT_ALLOWED:
                wrong.append(f"{kind}: {method} {path}")
    assert wrong == []


@pytest.mark.row("SEC-04")
def test_every_reading_route_lets_in_whom_it_should(as_: As, anybody: Caller, town: Town, ids: dict[str, str]) -> None:
    callers = {kind: as_(actor) for kind, actor in _people(town).items()}
    wrong = []
    for (method, path), who in ROUTES.items():
        if method != "GET" or path == "/files/{key}":
            continue
        for kind in KINDS:
            expects = who in ("*", ".") or kind in who.split()
            status = _status(callers[kind], method, path, _fitting(ids, path, town))
            if expects and status != (303 if path.endswith("/original") else OPEN):
                wrong.append(f"{kind}: {method} {path}: {status}")
    assert wrong == []


def _fitting(ids: dict[str, str], path: str, town: Town) -> dict[str, str]:
    if not path.endswith("/verification"):
        return ids
    return ids | {"job_id": _ids(town, "SELECT id FROM jobs WHERE status = 'COMPLETED'")[0]}


def _status(caller: Caller, method: str, path: str, ids: dict[str, str]) -> int:
    last = path.rpartition("/")[2]
    body = BODIES.get(last, {"reason": "because"}) if method != "GET" else None
    body = body and {name: ids.get(value, value) if name in NAMES else value for name, value in body.items()}
    query = "?q=a" if path.endswith("people") else ""
    headers = {"Idempotency-Key": "key-for-access"}
    if path.startswith("/api/attachments"):
        ids = ids | {"photo_id": ids["attachment_id"]}
    if method == "POST" and last in FORMS and not path.startswith("/api/campaigns"):
        return caller(method, path.format(**ids), data=FORMS[last], headers=headers).status_code
    if path.endswith("/complete"):
        return caller(method, path.format(**ids), files={"photo": b"x"}).status_code
    return caller(method, path.format(**ids) + query, body, headers=headers).status_code
