"""Where traces of a person lie, and how each is taken out; what stays is named in `domain.retention` (LAW-02)."""

from __future__ import annotations

import hashlib

from sqlalchemy import ARRAY, LargeBinary, String, TextClause, bindparam, text
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.erasure import ERASED_NAME
from cleanit_app.domain.statuses import AccountCheckStatus, DocumentStatus, TicketStatus
from cleanit_app.models import AccountCheck, Cleaner, IdentityDocument, NameChange, SupportTicket, TdsDeduction, User
from cleanit_app.ports import FieldCipher
from cleanit_app.services.unit_of_work import UnitOfWork

# Each finds its rows by whose they are; `_EVERYWHERE` looks at all, at night and once for an account that goes.
_FIRST = (text("DELETE FROM capture_tokens WHERE cleaner_id = :me"),)
_CODES = (
    text(
        "DELETE FROM one_time_codes WHERE user_id = :me OR (destination = ANY(:contacts) AND expires_at < :now)"
    ).bindparams(bindparam("contacts", type_=ARRAY(String))),
)
_THEN = (
    text("DELETE FROM second_factors WHERE user_id = :me"),
    text("DELETE FROM recovery_codes WHERE user_id = :me"),
    text(
        """UPDATE sessions SET user_agent = '', address = '', cookie_hash = NULL, ended_at = coalesce(ended_at, :now),
           end_reason = coalesce(end_reason, 'the account was deleted') WHERE user_id = :me"""
    ),
    text("DELETE FROM refresh_tokens WHERE session_id IN (SELECT id FROM sessions WHERE user_id = :me)"),
    text("DELETE FROM known_devices WHERE user_id = :me"),
    text("DELETE FROM failed_sign_ins WHERE user_id = :me OR account_hash = ANY(:typed)").bindparams(
        bindparam("typed", type_=ARRAY(LargeBinary))
    ),
    text("UPDATE terms_acceptances SET address_hash = NULL WHERE user_id = :me"),
)
_LATER = (
    text("UPDATE support_tickets SET page = '' WHERE person_id = :me"),
    text("UPDATE dispute_statements SET message = '' WHERE author_id = :me"),
    text(
        """UPDATE support_messages SET message = ''
           WHERE ticket_id IN (SELECT id FROM support_tickets WHERE person_id = :me)"""
    ),
    text(
        """DELETE FROM account_fingerprints f USING users u
           WHERE u.id = f.cleaner_id AND u.id = :me AND u.status <> 'SUSPENDED'"""
    ),
    text("DELETE FROM desk_notes WHERE subject_id = :me"),
    text(
        """UPDATE campaign_corrections SET before = '{}'
           WHERE campaign_id IN (SELECT id FROM campaigns WHERE creator_id = :me)"""
    ),
    text(
        """INSERT INTO photo_takedowns (photo_id, asked_at, next_try_at, tries)
           SELECT id, :now, :now, 0 FROM photos WHERE owner_id = :me
           ON CONFLICT (photo_id) DO UPDATE SET next_try_at = excluded.next_try_at, forgotten_at = NULL"""
    ),
    text(
        """UPDATE photos SET erased_at = :now, exif = '{}', latitude = NULL, longitude = NULL, accuracy_m = NULL,
           taken_at = NULL WHERE owner_id = :me AND erased_at IS NULL"""
    ),
    text("""UPDATE outbox SET payload = payload || '{"mask": ""}' WHERE actor_id = :me AND payload ? 'mask'"""),
    text("DELETE FROM notifications WHERE user_id = :me"),
    text(
        """UPDATE notifications SET "values" = "values" || jsonb_build_object('name', CAST(:nobody AS text))
           WHERE "values" ->> 'who' = CAST(:me AS text)
              OR ("values" ->> 'name' = ANY(:names) AND NOT "values" ? 'who' AND created_at >= :joined)"""
    ).bindparams(bindparam("names", type_=ARRAY(String))),
    text("DELETE FROM name_changes WHERE user_id = :me"),
    text("UPDATE error_logs SET user_id = NULL WHERE user_id = :me"),
)
_EVERYWHERE = (
    text(
        """UPDATE webhook_events SET body = '' WHERE processed_at IS NOT NULL AND received_at >= :joined
           AND EXISTS (SELECT FROM unnest(:needles) needle WHERE position(needle IN body) > 0)"""
    ).bindparams(bindparam("needles", type_=ARRAY(LargeBinary))),
)


def erase_first_traces(uow: UnitOfWork, *, user: User) -> None:
    """Take out what is locked before an account; the caller goes on to lock it."""
    _run(uow, _FIRST, user)


def erase_codes(uow: UnitOfWork, *, user: User) -> None:
    """Take out codes on their way to the person, and old ones that went to the same number or mailbox."""
    _run(uow, _CODES, user)


def erase_traces(uow: UnitOfWork, *, user: User) -> None:
    """Take out what was kept about a person beside the account itself; the caller holds its lock."""
    _run(uow, _THEN, user)
    _close_questions(uow, user)
    _run(uow, _LATER, user)
    uow.hint("default", "workers.jobs.photos.drop_erased_files")
    uow.hint("default", "workers.jobs.photos.take_photos_down")


def _close_questions(uow: UnitOfWork, user: User) -> None:
    """Nobody is left to answer; the words of the thread go with `_LATER`, its photos with their files."""
    mine = select(col(SupportTicket.id)).where(SupportTicket.person_id == user.id)
    for ticket in uow.lock_all(SupportTicket, list(uow.run(mine).scalars())):
        if ticket.status is not TicketStatus.CLOSED:
            ticket.due_at, ticket.closed_at = None, uow.now
            ticket.move_to(TicketStatus.CLOSED, by=SYSTEM, at=uow.now, why="the account is deleted")
    uow.flush()


def forget_messages(uow: UnitOfWork, *, user: User) -> None:
    """Empty the provider's messages that name the person; what they said of money stands in our books."""
    _run(uow, _EVERYWHERE, user)


def _run(uow: UnitOfWork, statements: tuple[TextClause, ...], user: User) -> None:
    contacts = [contact for contact in (user.email, user.phone) if contact]
    values = {
        "me": user.id,
        "now": uow.now,
        "joined": user.created_at,
        "names": _names(uow, user),
        "nobody": ERASED_NAME,
        "contacts": contacts,
        "typed": [hashlib.sha256(contact.encode()).digest() for contact in contacts],
        "needles": [contact.removeprefix("+91").encode() for contact in contacts],
    }
    for statement in statements:
        uow.run(statement, {name: values[name] for name in statement.compile().params})


def _names(uow: UnitOfWork, user: User) -> list[str]:
    """Every name the account ever had."""
    earlier = uow.all(NameChange, col(NameChange.user_id) == user.id)
    return sorted({user.name, *(change.old_name for change in earlier)})


def erase_papers(uow: UnitOfWork, cipher: FieldCipher, *, cleaner: Cleaner, name: str) -> None:
    """Take out a cleaner's account and IDs; PAN and name stay sealed while tax papers are kept, if tax was counted."""
    _erase_account_checks(uow, cleaner)
    _erase_documents(uow, cleaner)
    cleaner.payout_kind = cleaner.payout_details = cleaner.payout_mask = cleaner.payout_holder = None
    cleaner.payout_changed_at = cleaner.payout_verified_at = cleaner.payout_usable_at = None
    cleaner.identity_waits_since = cleaner.razorpay_contact_id = cleaner.razorpay_fund_account_id = None
    if uow.first(TdsDeduction, TdsDeduction.payee_id == cleaner.id) is None:
        cleaner.pan_locked = cleaner.pan_mask = cleaner.pan_given_at = None
    else:
        cleaner.tax_name_locked = cipher.lock(name, context=f"cleaners:tax_name_locked:{cleaner.id}")


def _erase_account_checks(uow: UnitOfWork, cleaner: Cleaner) -> None:
    for check in uow.all(AccountCheck, AccountCheck.cleaner_id == cleaner.id):
        if check.status.may_become(AccountCheckStatus.REPLACED):
            check.move_to(AccountCheckStatus.REPLACED, by=SYSTEM, at=uow.now, why="the account is deleted")
        check.registered_name = check.reason = None


def _erase_documents(uow: UnitOfWork, cleaner: Cleaner) -> None:
    for document in uow.all(IdentityDocument, IdentityDocument.cleaner_id == cleaner.id, *_NOT_EMPTY):
        if document.status.may_become(DocumentStatus.REPLACED):
            document.move_to(DocumentStatus.REPLACED, by=SYSTEM, at=uow.now, why="the account is deleted")
        document.number_locked = document.registered_name = document.provider_reference = None
        document.number_mask = ""
    uow.hint("default", "workers.jobs.people.drop_identity_files")


_NOT_EMPTY = (col(IdentityDocument.number_mask) != "",)
