"""The caller's own account: profile, money, campaigns, notifications."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from cleanit_app.api.data_archive import archive
from cleanit_app.api.dependencies import asking, changing, language, wiring_of
from cleanit_app.api.documents import receipts_paper
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer, file_of
from cleanit_app.api.schemas.campaigns import CampaignItemOut, cards_out
from cleanit_app.api.schemas.money import (
    TransactionDetailOut,
    TransactionsOut,
    transaction_detail_out,
    transactions_out,
)
from cleanit_app.api.schemas.people import (
    InboxOut,
    NotificationChoicesIn,
    NotificationChoicesOut,
    PhotoConsentsIn,
    PhotoConsentsOut,
    ProfileIn,
    UserOut,
    inbox_out,
    user_out,
)
from cleanit_app.api.schemas.safety import SessionOut, SessionsOut
from cleanit_app.domain.calendar import ist_date
from cleanit_app.i18n import LANGUAGES
from cleanit_app.i18n.data_words import data_page
from cleanit_app.reads.auth.sessions import my_sessions
from cleanit_app.reads.campaigns import campaigns
from cleanit_app.reads.ledger import money
from cleanit_app.reads.notifications import inbox
from cleanit_app.reads.payments.year_receipts import year_receipts
from cleanit_app.reads.people import people
from cleanit_app.reads.people.data_export import my_data
from cleanit_app.reads.people.photo_consents import my_photo_consents
from cleanit_app.services.auth import session_revocation
from cleanit_app.services.notifications import relay
from cleanit_app.services.people.data_export import take_my_data
from cleanit_app.services.people.erasure import ask_for_erasure
from cleanit_app.services.people.name_changes import correct_profile
from cleanit_app.services.people.photo_consents import choose_photo_consents
from cleanit_app.services.tax.statements import statement_pdf

router = APIRouter(prefix="/api/users/me", tags=["me"])


@router.get("", response_model=UserOut)
def me(request: Request) -> Response:
    """My account, what I may do, and a few counts."""
    with asking(request) as call:
        return answer(user_out(people.profile(call.uow, actor=call.actor)))


@router.patch("", response_model=UserOut)
def correct_me(request: Request, body: ProfileIn) -> Response:
    """Put my name or language right (LAW-03); what is left out stays.

    A cleaner with papers waits for an admin (`nameAsked`, 403 CONFIRM_FIRST unless the password was just typed); the
    present name takes that back. 409 CHANGED_MEANWHILE when `nameWas` is not my name any more.
    """
    with changing(request, before_terms=True) as call:
        correct_profile(call.uow, actor=call.actor, spoken=LANGUAGES, **dict(body))
    return me(request)


@router.get("/campaigns", response_model=PageOut[CampaignItemOut])
def my_campaigns(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """The campaigns I started, newest first."""
    with asking(request) as call:
        page = campaigns.my_campaigns(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        return answer(cards_out(page))


@router.get("/transactions", response_model=TransactionsOut)
def my_transactions(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """What I gave and where it is, with totals (PAY-10)."""
    with asking(request) as call:
        mine = money.my_transactions(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        return answer(transactions_out(mine))


@router.get("/receipts/{year}", response_class=Response, responses=file_of("application/pdf"))
def my_receipts(request: Request, year: str) -> Response:
    """All my receipts of a financial year, as `2627`, in one PDF (PAY-02)."""
    with asking(request) as call:
        paper = receipts_paper(year_receipts(call.uow, actor=call.actor, year=year), language(request))
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="cleanit-receipts-{paper.number}.pdf"',
    }
    return Response(statement_pdf(paper), 200, headers, "application/pdf")


@router.get("/transactions/{contribution_id}", response_model=TransactionDetailOut)
def my_transaction(request: Request, contribution_id: UUID) -> Response:
    """One contribution of mine with its whole way."""
    with asking(request) as call:
        detail = money.transaction_detail(call.uow, actor=call.actor, contribution_id=contribution_id)
        return answer(transaction_detail_out(detail))


@router.get("/notifications", response_model=InboxOut)
def my_notifications(request: Request, unread: bool = False, cursor: Cursor = None, limit: Limit = None) -> Response:
    """What I was told, newest first, in my language, and how much of it I have not read (NOT-02)."""
    with asking(request) as call:
        mine = inbox.notifications(call.uow, actor=call.actor, unread_only=unread, cursor=cursor, limit=limit)
        return answer(inbox_out(mine, language(request), call.uow.now))


@router.get("/notification-choices", response_model=NotificationChoicesOut)
def my_choices(request: Request) -> Response:
    """Which news I get (NOT-05)."""
    with asking(request) as call:
        return answer(NotificationChoicesOut.of(None, choices=inbox.notification_choices(call.uow, actor=call.actor)))


@router.put("/notification-choices", response_model=NotificationChoicesOut)
def choose(request: Request, body: NotificationChoicesIn) -> Response:
    """Say which news I do not want; money, security and legal notifications always arrive (NOT-05)."""
    with changing(request, before_terms=True) as call:
        relay.choose_notifications(call.uow, actor=call.actor, off=body.off)
        made = inbox.notification_choices(call.uow, actor=call.actor)
    return answer(NotificationChoicesOut.of(None, choices=made))


@router.post("/notifications/read-all", status_code=204)
def read_all(request: Request) -> Response:
    """Mark all my notifications as read."""
    with changing(request, before_terms=True) as call:
        relay.mark_read(call.uow, actor=call.actor)
    return Response(status_code=204)


@router.post("/notifications/{notification_id}/read", status_code=204)
def read_one(request: Request, notification_id: UUID) -> Response:
    """Mark one of my notifications as read."""
    with changing(request, before_terms=True) as call:
        inbox.own_notification(call.uow, actor=call.actor, notification_id=notification_id)
        relay.mark_read(call.uow, actor=call.actor, notification_id=notification_id)
    return Response(status_code=204)


@router.get("/data-export")
def data_export(request: Request) -> JSONResponse:
    """Everything that is kept about me, as a file (LAW-01); 403 CONFIRM_FIRST unless the password was just typed."""
    with changing(request, before_terms=True) as call:
        take_my_data(call.uow, actor=call.actor)
        made = my_data(call.uow, actor=call.actor)
        day = ist_date(call.uow.now)
    kept = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="cleanit-data-{day}.json"'}
    return JSONResponse(made, headers=kept)


@router.get("/data-export/zip", response_class=Response, responses=file_of("application/zip"))
def data_archive(request: Request) -> Response:
    """All of it with my photos as one ZIP: `data.json`, a page to read, `photos/` and `messages/` (LAW-01).

    Made while it is sent. As the JSON: 403 CONFIRM_FIRST unless the password was just typed, logged and told.
    """
    with changing(request, before_terms=True) as call:
        take_my_data(call.uow, actor=call.actor)
        made, actor, now = my_data(call.uow, actor=call.actor), call.actor, call.uow.now
    page = data_page(made, language(request))
    name = f"cleanit-data-{ist_date(now)}.zip"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    pieces = archive(wiring_of(request), actor, data=made, page=page, at=now)
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


@router.get("/photo-consents", response_model=PhotoConsentsOut)
def photo_consents(request: Request) -> Response:
    """Whether my photos may be shown in the gallery and in marketing, and whether I am named (LAW-07)."""
    with asking(request) as call:
        return answer(PhotoConsentsOut.of(my_photo_consents(call.uow, actor=call.actor)))


@router.put("/photo-consents", response_model=PhotoConsentsOut)
def choose_consents(request: Request, body: PhotoConsentsIn) -> Response:
    """Say yes or no; a no holds at once, everywhere (LAW-07)."""
    with changing(request, before_terms=True) as call:
        choose_photo_consents(call.uow, actor=call.actor, **dict(body))
        made = my_photo_consents(call.uow, actor=call.actor)
    return answer(PhotoConsentsOut.of(made))


@router.delete("/account", status_code=204)
def delete_account(request: Request) -> Response:
    """Have my account deleted in seven days, signed out everywhere at once; signing in before then keeps it (LAW-02).

    403 CONFIRM_FIRST unless the password was just typed, 409 ACCOUNT_IN_USE with `fields` while money or work is open.
    """
    with changing(request, before_terms=True) as call:
        ask_for_erasure(call.uow, actor=call.actor)
    return Response(status_code=204)


@router.get("/sessions", response_model=SessionsOut)
def sessions(request: Request) -> Response:
    """Where I am signed in (SEC-03)."""
    with asking(request) as call:
        mine = my_sessions(call.uow, actor=call.actor)
        return answer(SessionsOut(items=[SessionOut.model_validate(one) for one in mine]))


@router.post("/sessions/end-others", status_code=204)
def end_other_sessions(request: Request) -> Response:
    """Sign out everywhere but here."""
    with changing(request, before_terms=True) as call:
        session_revocation.end_my_other_sessions(call.uow, actor=call.actor)
    return Response(status_code=204)


@router.delete("/sessions/{session_id}", status_code=204)
def end_session(request: Request, session_id: UUID) -> Response:
    """Sign out at one place: its tabs and tokens stop working at once."""
    with changing(request, before_terms=True) as call:
        session_revocation.end_my_session(call.uow, actor=call.actor, session_id=session_id)
    return Response(status_code=204)
