"""Questions to support and their answers, for who asks, with an account or a code, and for who answers (OPS-02)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Header, Query, Request, Response, UploadFile

from cleanit_app import routes
from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing, language, who_asks, wiring_of
from cleanit_app.api.files import SEALED_OFF
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer, file_of
from cleanit_app.api.schemas.support import (
    DeskThreadOut,
    GuestAskedOut,
    HandOverIn,
    InboxItemOut,
    ThreadOut,
    TicketCodeIn,
    TicketOut,
    desk_thread_out,
    inbox_out,
    thread_out,
    tickets_out,
)
from cleanit_app.api.uploads import receive_scanned, stored_for_two
from cleanit_app.api.visitors import address_of, counted, take
from cleanit_app.api.whereabouts import whereabouts
from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotFound
from cleanit_app.domain.support import Topic, asked_by, asked_from, grouped, written_by
from cleanit_app.reads.support import attachments
from cleanit_app.reads.support import desk as desk_reads
from cleanit_app.reads.support import tickets as reads
from cleanit_app.services.photos.intake import Received
from cleanit_app.services.photos.photos import JOB_KINDS
from cleanit_app.services.repeats import read_key
from cleanit_app.services.support import desk, guests, tickets
from cleanit_app.services.support.messages import FOLDER, Words, check_count, check_text

router = APIRouter(tags=["support"])
FormText = Annotated[str | None, Form()]
Photos = Annotated[list[UploadFile] | None, File()]
Key = Annotated[str | None, Header()]
_SIZE = re.compile(r"(\d{2,4})\.webp")


def _checked(topic: str | None, text: str | None) -> tuple[Topic, str]:
    """Topic and text; InvalidFields names what is wrong with both at once."""
    problems: dict[str, FieldProblem] = {}
    read = []
    for check, typed in ((tickets.check_topic, topic), (check_text, text)):
        try:
            read.append(check(typed))
        except InvalidFields as wrong:
            problems |= wrong.fields
    if problems:
        raise InvalidFields(problems)
    return Topic(read[0]), str(read[1])


def seen(request: Request, photos: Sequence[UploadFile] | None, *, most: int = LIMITS.support_photos) -> list[Received]:
    """The photos of a message, taken apart and scanned; TooManyPhotos, TryLater while nobody can scan."""
    sent = [one for one in photos or () if one.filename or one.size]
    check_count(sent, most=most)
    return [receive_scanned(request, one, most_bytes=LIMITS.support_photo_bytes, kinds=JOB_KINDS) for one in sent]


def _key(given: str | None) -> str | None:
    return None if given is None else read_key(given)


def _counted(request: Request, actor: Actor) -> None:
    take(request, written_by(actor.user_id, an_hour=wiring_of(request).house.limits.messages_an_hour))


@router.post(routes.API_ASK, status_code=201, response_model=ThreadOut)
def ask(
    request: Request,
    topic: FormText = None,
    text: FormText = None,
    page: FormText = None,
    photos: Photos = None,
    idempotency_key: Key = None,
) -> Response:
    """Ask support something; answered within 24 hours. `page` is the address one came from."""
    actor = who_asks(request, before_terms=True)
    actor.must(Permission.MANAGE_SELF)
    chosen, said = _checked(topic, text)
    key = _key(idempotency_key)
    with (
        counted(request, asked_by(actor.user_id, a_day=wiring_of(request).house.limits.questions_a_day)),
        stored_for_two(request, seen(request, photos), folder=FOLDER) as kept,
        changing(request, before_terms=True) as call,
    ):
        made = tickets.open_ticket(
            call.uow,
            actor=call.actor,
            topic=chosen,
            words=Words(said, kept, key),
            page=(here := routes.inside(page, "")),
            shows=whereabouts(here),
            language=language(request),
        )
    return answer(_mine(request, made.id), 201)


def _mine(request: Request, ticket_id: UUID) -> ThreadOut:
    with asking(request) as call:
        return thread_out(reads.my_thread(call.uow, actor=call.actor, ticket_id=ticket_id))


@router.get(routes.API_ASK, response_model=PageOut[TicketOut])
def my_tickets(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """What I have asked, the newest first."""
    with asking(request) as call:
        return answer(tickets_out(reads.my_tickets(call.uow, actor=call.actor, cursor=cursor, limit=limit)))


@router.get(f"{routes.API_ASK}/{{ticket_id}}", response_model=ThreadOut)
def my_ticket(request: Request, ticket_id: UUID) -> Response:
    """My question with its answers."""
    return answer(_mine(request, ticket_id))


@router.post(routes.ticket_door("{ticket_id}"), status_code=201, response_model=ThreadOut)
def write_again(
    request: Request, ticket_id: UUID, text: FormText = None, photos: Photos = None, idempotency_key: Key = None
) -> Response:
    """Write into my thread; a settled question is open again by this."""
    actor = who_asks(request, before_terms=True)
    actor.must(Permission.MANAGE_SELF)
    _mine(request, ticket_id)
    said, key = check_text(text), _key(idempotency_key)
    _counted(request, actor)
    looked = seen(request, photos)
    with (
        stored_for_two(request, looked, folder=FOLDER) as kept,
        changing(request, before_terms=True) as call,
    ):
        tickets.write_again(call.uow, actor=call.actor, ticket_id=ticket_id, words=Words(said, kept, key))
    return answer(_mine(request, ticket_id), 201)


@router.post(f"{routes.API_ASK}/{{ticket_id}}/close", response_model=ThreadOut)
def settle(request: Request, ticket_id: UUID) -> Response:
    """Say that my question is settled."""
    with changing(request, before_terms=True) as call:
        tickets.settle_ticket(call.uow, actor=call.actor, ticket_id=ticket_id)
    return answer(_mine(request, ticket_id))


@router.post(routes.API_ASK_AS_GUEST, status_code=201, response_model=GuestAskedOut)
def ask_as_guest(
    request: Request, topic: FormText = None, text: FormText = None, page: FormText = None, photos: Photos = None
) -> Response:
    """Ask without signing in: the code in the answer opens the thread, and is shown this once.

    Up to two photos go with it; both sides see them, this one with the code.
    """
    chosen, said = _checked(topic, text)
    take(request, asked_from(address_of(request), a_day=wiring_of(request).house.limits.questions_from_address_a_day))
    parts = wiring_of(request)
    looked = seen(request, photos, most=LIMITS.guest_photos)
    with stored_for_two(request, looked, folder=FOLDER) as kept, parts.open_uow() as uow:
        asked = guests.ask_as_guest(
            uow,
            keyed=parts.keyed_hash,
            topic=chosen,
            words=Words(said, kept),
            page=routes.inside(page, ""),
            language=language(request),
        )
    return answer(GuestAskedOut(code=grouped(asked.code), due_at=asked.ticket.due_at), 201)


@router.post(f"{routes.API_ASK_AS_GUEST}/thread", response_model=ThreadOut)
def guest_thread(request: Request, body: TicketCodeIn) -> Response:
    """The thread that a code opens; the addresses of its photos are good for half an hour and for nothing else."""
    parts = wiring_of(request)
    found = guests.find_by_code(
        parts.open_uow, parts.limits, parts.keyed_hash, code=body.code, address=address_of(request)
    )
    return answer(_guests(request, found.id))


@router.post(routes.API_WRITE_AS_GUEST, status_code=201, response_model=ThreadOut)
def guest_writes(request: Request, code: FormText = None, text: FormText = None, photos: Photos = None) -> Response:
    """Write into the thread that a code opens, with up to two photos."""
    parts, address = wiring_of(request), address_of(request)
    known = guests.find_by_code(parts.open_uow, parts.limits, parts.keyed_hash, code=code, address=address)
    said = check_text(text)
    take(request, written_by(known.id, an_hour=parts.house.limits.messages_an_hour))  # before photos are taken apart
    looked = seen(request, photos, most=LIMITS.guest_photos)
    with stored_for_two(request, looked, folder=FOLDER) as kept:
        guests.write_as_guest(parts.open_uow, ticket_id=known.id, words=Words(said, kept))
    return answer(_guests(request, known.id), 201)


def _guests(request: Request, ticket_id: UUID) -> ThreadOut:
    with asking(request) as call:
        found = reads.guest_thread(call.uow, actor=call.actor, ticket_id=ticket_id)
        address = partial(wiring_of(request).links.guest_photo, now=call.uow.now)
    return thread_out(found, address)


@router.get(f"{routes.attachment('{photo_id}')}/{{size}}", response_class=Response, responses=file_of("image/webp"))
def attachment(request: Request, photo_id: UUID, size: str) -> Response:
    """One size of a photo in a thread, for its two sides."""
    named = _SIZE.fullmatch(size)
    if not named:
        raise NotFound
    with asking(request) as call:
        key = attachments.attachment_key(call.uow, actor=call.actor, photo_id=photo_id, width=int(named[1]))
    try:
        data = wiring_of(request).files.get(key)
    except KeyError as missing:
        raise NotFound from missing
    return Response(data, 200, SEALED_OFF, "image/webp")


@router.get("/api/admin/support", response_model=PageOut[InboxItemOut])
def inbox(
    request: Request,
    show: Annotated[str | None, Query(description="open, mine, unassigned, late or settled")] = None,
    cursor: Cursor = None,
    limit: Limit = None,
) -> Response:
    """Questions for admins who answer, the one due first on top."""
    with asking(request) as call:
        call.actor.must(Permission.ANSWER_SUPPORT)
        chosen = queries.choice(desk_reads.InboxFilter, show, "show") or desk_reads.InboxFilter.OPEN
        page = desk_reads.inbox(call.uow, actor=call.actor, show=chosen, cursor=cursor, limit=limit)
        return answer(inbox_out(page))


def _on_desk(request: Request, ticket_id: UUID, status: int = 200) -> Response:
    with asking(request) as call:
        found = desk_reads.desk_thread(call.uow, actor=call.actor, ticket_id=ticket_id)
    return answer(desk_thread_out(found, wiring_of(request).settings.public_url), status)


@router.get("/api/admin/support/{ticket_id}", response_model=DeskThreadOut)
def one_ticket(request: Request, ticket_id: UUID) -> Response:
    """One question with notes, and the person's money, jobs and earlier questions beside it."""
    return _on_desk(request, ticket_id)


@router.post(routes.admin_ticket_door("{ticket_id}"), status_code=201, response_model=DeskThreadOut)
def reply(
    request: Request,
    ticket_id: UUID,
    text: FormText = None,
    internal: Annotated[str | None, Form(description="true for a note that only admins read")] = None,
    photos: Photos = None,
    idempotency_key: Key = None,
) -> Response:
    """Answer a question, or leave a note that only admins read."""
    actor = who_asks(request)
    actor.must(Permission.ANSWER_SUPPORT)
    said, key, hidden = check_text(text), _key(idempotency_key), queries.yes_or_no(internal, "internal")
    looked = seen(request, photos)
    with stored_for_two(request, looked, folder=FOLDER) as kept, changing(request) as call:
        desk.answer_ticket(
            call.uow,
            actor=call.actor,
            ticket_id=ticket_id,
            words=Words(said, kept, key),
            internal=hidden,
        )
    return _on_desk(request, ticket_id, 201)


@router.post("/api/admin/support/{ticket_id}/hand-over", response_model=DeskThreadOut)
def hand_over(request: Request, ticket_id: UUID, body: HandOverIn) -> Response:
    """Give a question to an admin who answers them, also to oneself."""
    with changing(request) as call:
        call.actor.must(Permission.ANSWER_SUPPORT)
        try:
            to_id = UUID(str(body.admin_id))
        except ValueError:
            raise queries.unreadable("adminId") from None
        desk.hand_over(call.uow, actor=call.actor, ticket_id=ticket_id, to_id=to_id)
    return _on_desk(request, ticket_id)


@router.post("/api/admin/support/{ticket_id}/close", response_model=DeskThreadOut)
def close(request: Request, ticket_id: UUID) -> Response:
    """Hold a question for settled."""
    with changing(request) as call:
        desk.close_ticket(call.uow, actor=call.actor, ticket_id=ticket_id)
    return _on_desk(request, ticket_id)


@router.post("/api/admin/support/{ticket_id}/reopen", response_model=DeskThreadOut)
def reopen(request: Request, ticket_id: UUID) -> Response:
    """Take a settled or answered question up again."""
    with changing(request) as call:
        desk.reopen_ticket(call.uow, actor=call.actor, ticket_id=ticket_id)
    return _on_desk(request, ticket_id)
