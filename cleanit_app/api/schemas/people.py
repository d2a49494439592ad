"""People as the contract shows them: to themselves, and to the admins who need to know."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import WithJsonSchema

from cleanit_app.api.schemas.account import CodeAskedOut
from cleanit_app.api.schemas.base import In, MaybeText, Moment, Out, PageOut, PhotosOut, Text, Truth
from cleanit_app.domain.actors import AdminDuty, Permission, Role
from cleanit_app.domain.identity import DocumentKind
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.domain.statuses import AccountCheckStatus, DocumentStatus, KycStatus, NameChangeStatus, UserStatus
from cleanit_app.i18n import Language, speaking
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.reads.notifications.inbox import Inbox, NotificationItem
from cleanit_app.reads.paging import Page
from cleanit_app.reads.people.people import Profile, WaitingCleaner


class RegisterIn(In):
    """Somebody who wants to join."""

    name: Text = None
    email: MaybeText = None
    phone: MaybeText = None
    password: Text = None
    role: Text = None
    accept_terms: Truth = False


class RegisteredOut(CodeAskedOut):
    """The id that the account will have, and what the code belongs to that opens it; the same for every contact."""

    user_id: UUID


class AnotherCodeIn(In):
    """What the code belongs to that did not come."""

    code_id: Text = None


class LoginIn(In):
    """An email address or mobile number, the password, and an admin's code of the second factor once there is one."""

    identifier: Text = None
    password: Text = None
    code: MaybeText = None


class RefreshedOut(Out):
    """A new access token and how many seconds it lasts."""

    access_token: str
    expires_in: int


class CleanerProfileOut(Out):
    """A cleaner's own standing."""

    completion_rate: float | None
    rating: float | None
    verified_count: int
    rejected_count: int
    failed_count: int
    released_count: int
    in_hand: int
    payout_kind: str | None
    payout_mask: str | None
    payout_holder: str | None
    payout_confirmed: bool


class UserOut(Out):
    """The caller's own account."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    role: Role
    duties: list[AdminDuty]
    permissions: list[Permission]
    status: UserStatus
    suspension_reason: str | None
    kyc_status: KycStatus | None
    language: str
    created_at: Moment
    cleaner: CleanerProfileOut | None
    campaigns_started: int
    places_cleaned: int
    unread_count: int
    phone_confirmed: bool
    email_confirmed: bool
    terms_version: str
    terms_in_force: str
    terms_due: bool
    name_asked: str | None
    name_refused: str | None


class ProfileIn(In):
    """What somebody changes of the own account; `nameWas` is the name that was read before."""

    name: MaybeText = None
    name_was: MaybeText = None
    language: MaybeText = None


class SignedInOut(RefreshedOut):
    """A new session; `accountKept`: it was about to be deleted, and stays because of this sign-in (LAW-02)."""

    user: UserOut
    account_kept: bool = False


def user_out(profile: Profile) -> UserOut:
    """The own account in the contract's shape."""
    kyc = profile.cleaner.kyc if profile.cleaner else None
    return UserOut.of(profile, kyc_status=kyc)


class NotificationOut(Out):
    """Something the caller was told, in the caller's language."""

    id: UUID
    kind: str
    text: str
    values: dict[str, Any]
    link: str
    created_at: Moment
    read_at: Moment | None
    photos: PhotosOut | None


class InboxOut(Out):
    """A page of notifications and how many are unread."""

    items: list[NotificationOut]
    next_cursor: str | None
    unread_count: int


class NotificationChoiceOut(Out):
    """A category of news and whether the caller gets it."""

    category: NotificationCategory
    on: bool


class NotificationChoicesOut(Out):
    """What can be switched on and off; money, security and legal notifications always arrive."""

    choices: list[NotificationChoiceOut]


class NotificationChoicesIn(In):
    """The categories that are switched off; all others are on."""

    off: Annotated[Any, WithJsonSchema({"type": "array", "items": {"type": "string"}})] = None


_YES_OR_NO = WithJsonSchema({"type": ["boolean", "null"]})


class PhotoConsentsIn(In):
    """A yes or no for each purpose; what is left out stays as it is."""

    gallery: Annotated[Any, _YES_OR_NO] = None
    marketing: Annotated[Any, _YES_OR_NO] = None
    credit: Annotated[Any, _YES_OR_NO] = None


class PhotoConsentsOut(Out):
    """What the caller said about showing the own photos; null where nothing was said yet."""

    gallery: bool | None
    marketing: bool | None
    credit: bool
    changed_at: Moment | None


def inbox_out(inbox: Inbox, lang: Language, now: datetime) -> InboxOut:
    """Notifications with their words."""

    def one(item: NotificationItem) -> NotificationOut:
        photos = PhotosOut.of(None, before=item.pictures[0], after=item.pictures[1]) if item.pictures else None
        return NotificationOut.of(item, text=notification_words(item.kind, item.values, now), photos=photos)

    with speaking(lang):
        items = inbox.page.each(one)
    return InboxOut(items=items, next_cursor=inbox.page.next_cursor, unread_count=inbox.unread_count)


class HandedInOut(Out):
    """An ID that waits for a person; its picture is at `/api/admin/identity-documents/{id}/picture`."""

    id: UUID
    kind: DocumentKind
    status: DocumentStatus
    mask: str
    registered_name: str | None
    score: int | None
    created_at: Moment
    elsewhere: bool


class WaitingCleanerOut(Out):
    """A cleaner who waits for an admin."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    created_at: Moment
    kyc: KycStatus
    waits_for_kyc: bool
    waits_for_payout_details: bool
    payout_kind: str | None
    payout_mask: str | None
    payout_holder: str | None
    payout_changed_at: Moment | None
    bank_said: AccountCheckStatus | None
    registered_name: str | None
    name_score: int | None
    document: HandedInOut | None


class WaitingNameOut(Out):
    """A cleaner's new name beside what bank and issuer know; scores are 0 to 100."""

    id: UUID
    person_id: UUID
    old_name: str
    new_name: str
    asked_at: Moment
    kyc: KycStatus
    account: str | None
    bank_name: str | None
    bank_score: int | None
    document: HandedInOut | None
    fresh: bool
    own: bool


class NameChangeOut(Out):
    """A name just after an admin decided."""

    id: UUID
    status: NameChangeStatus
    new_name: str
    reason: str | None


class RejectCleanerIn(In):
    """Why a cleaner is not let in; `ground` is what is wrong with the ID."""

    reason: Text = ""
    ground: MaybeText = None


class ConfirmAccountIn(In):
    """Which details were looked at: their `payoutChangedAt` as the list of cleaners said it."""

    payout_changed_at: Text = ""


class DocumentOut(Out):
    """An ID that was handed in, by the end of its number."""

    id: UUID
    kind: DocumentKind
    mask: str
    status: DocumentStatus


def cleaners_out(page: Page[WaitingCleaner]) -> PageOut[WaitingCleanerOut]:
    """A page of waiting cleaners."""
    items = page.each(WaitingCleanerOut.model_validate)
    return PageOut[WaitingCleanerOut](items=items, next_cursor=page.next_cursor)


class CleanerStateOut(Out):
    """A cleaner just after an admin decided."""

    id: UUID
    kyc: KycStatus
    payout_confirmed: bool


class PersonStateOut(Out):
    """Whether an account stands or is paused, and why."""

    id: UUID
    status: UserStatus
    suspension_reason: str | None


class PersonOut(Out):
    """Somebody an admin found."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    role: Role
    status: UserStatus
    kyc: KycStatus | None
    created_at: Moment
    suspension_reason: str | None = None
    flagged_at: Moment | None = None
    rejected_count: int = 0
