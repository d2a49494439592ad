"""Questions to support as the contract shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from pydantic import model_validator

from cleanit_app import routes
from cleanit_app.api.schemas.base import In, Moment, Out, PageOut, PhotoSizeOut, Text
from cleanit_app.domain.actors import Role
from cleanit_app.domain.statuses import JobStatus, TicketStatus, UserStatus
from cleanit_app.domain.support import Topic
from cleanit_app.i18n.canned_answers import answers_for
from cleanit_app.reads.paging import Page
from cleanit_app.reads.support.desk import DeskThread, InboxItem
from cleanit_app.reads.support.threads import AttachedPhoto, Side, Thread, TicketItem

Address = Callable[[UUID], str]
"""Where a photo is for whoever gets the answer; the width follows."""


class AttachedPhotoOut(Out):
    """A photo in a message, for its two sides alone."""

    id: UUID
    sizes: list[PhotoSizeOut]
    width: int
    height: int

    @model_validator(mode="before")
    @classmethod
    def _with_addresses(cls, view: Any) -> Any:
        if not isinstance(view, AttachedPhoto):
            return view
        return _with_sizes(view, routes.attachment)


def _with_sizes(photo: AttachedPhoto, address: Address) -> dict[str, Any]:
    sizes = [{"width": w, "url": f"{address(photo.id)}/{w}.webp"} for w in photo.widths]
    return {**photo.__dict__, "sizes": sizes}


class MessageOut(Out):
    """One message of a thread."""

    id: UUID
    side: Side
    name: str
    internal: bool
    text: str
    at: Moment
    photos: list[AttachedPhotoOut]


class TicketOut(Out):
    """A question; `dueAt` is when it is answered at the latest, null while it does not wait for us."""

    id: UUID
    topic: Topic
    status: TicketStatus
    first_words: str
    page: str
    campaign_id: UUID | None
    campaign_title: str
    contribution_id: UUID | None
    job_id: UUID | None
    opened_at: Moment
    last_at: Moment
    due_at: Moment | None
    closed_at: Moment | None


class ThreadOut(TicketOut):
    """A question with all that was written."""

    messages: list[MessageOut]


class GuestAskedOut(Out):
    """The code that opens the thread of who has no account; it is shown this once."""

    code: str
    due_at: Moment


class TicketCodeIn(In):
    """The code of a question."""

    code: Text = None


class HandOverIn(In):
    """The admin who is to have a question."""

    admin_id: Text = None


class InboxItemOut(TicketOut):
    """A question in the inbox."""

    person: str
    admin: str
    mine: bool
    late: bool


class GivenBesideOut(Out):
    """Money this person gave."""

    contribution_id: UUID
    campaign_id: UUID
    title: str
    amount_paise: int
    refunded_paise: int
    at: Moment


class JobBesideOut(Out):
    """A job of this person."""

    job_id: UUID
    campaign_id: UUID
    title: str
    status: JobStatus
    amount_paise: int
    at: Moment


class PersonBesideOut(Out):
    """Who asked, with what helps to answer."""

    id: UUID
    name: str
    contact: str
    role: Role
    status: UserStatus
    suspension_reason: str
    since: Moment
    given_paise: int
    refunded_paise: int
    earned_paise: int
    contributions: list[GivenBesideOut]
    jobs: list[JobBesideOut]
    earlier: list[TicketOut]


class ColleagueOut(Out):
    """An admin to whom a question can be given."""

    id: UUID
    name: str


class ReadyAnswerOut(Out):
    """An answer to put in, in the language of who asked, or in the one it has words in."""

    answer: str
    name: str
    text: str
    language: str


class DeskThreadOut(ThreadOut):
    """A question for who answers it, with notes and the person beside it."""

    language: str
    assigned_to: UUID | None
    admin: str
    mine: bool
    late: bool
    own: bool
    person: PersonBesideOut | None
    colleagues: list[ColleagueOut]
    ready: list[ReadyAnswerOut]
    article_url: str | None


def thread_out(thread: Thread, address: Address = routes.attachment) -> ThreadOut:
    """A thread, with its photos at this address."""
    messages = [
        MessageOut.of(one, photos=[_with_sizes(photo, address) for photo in one.photos]) for one in thread.messages
    ]
    return ThreadOut.of(thread.ticket, messages=messages)


def tickets_out(page: Page[TicketItem]) -> PageOut[TicketOut]:
    """A page of questions."""
    return PageOut[TicketOut](items=page.each(TicketOut.of), next_cursor=page.next_cursor)


def inbox_out(page: Page[InboxItem]) -> PageOut[InboxItemOut]:
    """A page of the inbox."""
    items = page.each(lambda one: InboxItemOut.of(one.ticket, **_beside(one, InboxItemOut)))
    return PageOut[InboxItemOut](items=items, next_cursor=page.next_cursor)


def desk_thread_out(found: DeskThread, public_url: str) -> DeskThreadOut:
    """A question for who answers it."""
    messages = [MessageOut.model_validate(one) for one in found.thread.messages]
    url = public_url + routes.help_article(found.article.id) if found.article else None
    ready = answers_for(found.canned, found.article.words if found.article else None, url or "", found.language)
    more = {"messages": messages, "ready": ready, "article_url": url}
    return DeskThreadOut.of(found.thread.ticket, **more, **_beside(found, DeskThreadOut))


def _beside(thing: object, shape: type[Out]) -> dict[str, Any]:
    """What a read knows besides the question itself."""
    return {name: getattr(thing, name) for name in shape.model_fields if hasattr(thing, name)}
