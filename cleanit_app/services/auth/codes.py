"""One-time codes: wanted in one transaction, made and sent by a worker, spent once (SEC-01)."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col, select

from cleanit_app.domain import codes as rules
from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.codes import CodePurpose, masked
from cleanit_app.domain.events import CodeAskedElsewhere
from cleanit_app.domain.reading import identifiers
from cleanit_app.domain.reading.signs import maybe
from cleanit_app.models import OneTimeCode, new_id
from cleanit_app.ports import CodeNotSent, KeyedHash, OtpSender
from cleanit_app.services.accounts.contact_owners import holder_of
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

_SWEEP_AFTER = timedelta(seconds=30)


@dataclass(frozen=True)
class Letter:
    """A code on its way; the only place where it stands in clear."""

    destination: str
    code: str
    purpose: str
    language: str


def want_code(
    uow: UnitOfWork, *, purpose: CodePurpose, user_id: UUID | None, destination: str, language: str
) -> OneTimeCode:
    """Plan a code for a person's phone or mailbox; without a person the row is the same and nothing is ever sent,
    but to who wants to join.

    The code itself is made by the worker that sends it, so asking takes as long whether somebody is known or not.
    """
    goes_out = user_id is not None or purpose is CodePurpose.JOIN
    wanted = OneTimeCode(
        id=new_id(),
        purpose=purpose.value,
        user_id=user_id,
        destination=destination if goes_out else "",
        language=language,
        created_at=uow.now,
        expires_at=uow.now + rules.CODE_LIFE,
        next_send_at=uow.now if goes_out else None,
    )
    uow.add(wanted)
    uow.hint("notify", "workers.jobs.auth.send_code", str(wanted.id))
    return wanted


def want_again(uow: UnitOfWork, one_time_code: OneTimeCode) -> None:
    """Plan another code for a locked wish that was not used yet; the one before fits no more."""
    one_time_code.code_hash, one_time_code.tries, one_time_code.sendings = None, 0, 0
    one_time_code.next_send_at, one_time_code.expires_at = uow.now, uow.now + rules.CODE_LIFE
    uow.hint("notify", "workers.jobs.auth.send_code", str(one_time_code.id))


def send_code(open_uow: OpenUow, sender: OtpSender, keyed: KeyedHash, *, code_id: UUID) -> bool:
    """Make the code of one wish and hand it to the message service; False when there is nothing to send.

    Sent again (by the sweep) it is another code, and only the last one fits.
    """
    with open_uow() as uow:
        letter = make_code(uow, keyed=keyed, code_id=code_id)
    if letter is None:
        return False
    try:
        sender.send(destination=letter.destination, code=letter.code, purpose=letter.purpose, language=letter.language)
    except CodeNotSent as trouble:
        with open_uow() as uow:
            note_failure(uow, source="one_time_code", subject_id=code_id, trouble=trouble)
        return False
    with open_uow() as uow:
        row = uow.lock(OneTimeCode, code_id)
        if row.code_hash == keyed.of(letter.code, context=f"one_time_codes:{row.id}"):  # no other was wanted meanwhile
            row.next_send_at = None
    return True


def make_code(uow: UnitOfWork, *, keyed: KeyedHash, code_id: UUID) -> Letter | None:
    """A new code for this wish, kept as a keyed hash; None when it was sent, is too old or failed too often."""
    row = uow.first(OneTimeCode, OneTimeCode.id == code_id, lock=True)
    if row is None or row.next_send_at is None or row.next_send_at > uow.now:
        return None
    if row.expires_at <= uow.now or row.used_at is not None or row.sendings >= rules.CODE_SENDINGS:
        row.next_send_at = None
        return None
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    row.code_hash = keyed.of(code, context=f"one_time_codes:{row.id}")
    row.sendings += 1
    row.next_send_at = uow.now + _SWEEP_AFTER
    _tell_holder(uow, row)
    return Letter(row.destination, code, row.purpose, row.language)


def _tell_holder(uow: UnitOfWork, row: OneTimeCode) -> None:
    """Whoever has an account with the contact hears that somebody who is not signed in to it asked for a code there.

    Here and not where it was asked for, so that asking takes as long for a contact that nobody has.
    """
    holder = holder_of(uow, row.destination)
    if holder and (holder.id != row.user_id or row.purpose == CodePurpose.RESET_PASSWORD):
        uow.record(CodeAskedElsewhere(holder.id, row.purpose, masked(row.destination)), by=SYSTEM)


def codes_to_send(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Wishes whose hint was lost or that the message service refused."""
    due = select(col(OneTimeCode.id)).where(col(OneTimeCode.next_send_at) <= uow.now)
    return list(uow.run(due.order_by(col(OneTimeCode.next_send_at)).limit(limit)).scalars())


def spend_code(
    uow: UnitOfWork, *, keyed: KeyedHash, code_id: object, typed: object, purposes: set[CodePurpose]
) -> OneTimeCode | None:
    """The wish whose code was typed, used up by this; None for a wrong one, which is counted: commit all the same.

    Other open codes of the person for the same purpose are void from then on. After five wrong tries, ten minutes,
    or its first use a code fits no more, and all of this looks the same from outside.
    """
    row = uow.first(OneTimeCode, OneTimeCode.id == as_id(code_id), lock=True)
    if row is None or row.purpose not in purposes:
        return None
    made = keyed.of(digits_of(typed), context=f"one_time_codes:{row.id}")
    fits = row.code_hash is not None and hmac.compare_digest(row.code_hash, made)
    if row.used_at is not None or row.expires_at <= uow.now or row.tries >= rules.CODE_TRIES:
        return None
    row.tries += 1
    if not fits:
        return None
    row.used_at = uow.now
    if row.user_id is None:  # somebody who joins has no other wishes that we know of
        return row
    others = update(OneTimeCode).where(col(OneTimeCode.user_id) == row.user_id, col(OneTimeCode.used_at).is_(None))
    uow.run(others.where(col(OneTimeCode.purpose) == row.purpose).values(used_at=uow.now, next_send_at=None))
    return row


def digits_of(typed: object) -> str:
    """The digits of a code, in whatever script; nothing, which fits no code, for what is none."""
    return maybe(identifiers.code, typed) or ""


def as_id(text: object) -> UUID:
    """The id that was typed or sent; one that is nobody's for anything else."""
    try:
        return UUID(str(text))
    except ValueError:
        return UUID(int=0)


def clear_old_codes(uow: UnitOfWork, *, limit: int) -> int:
    """Remove codes of the day before; gives back how many."""
    old = select(col(OneTimeCode.id)).where(col(OneTimeCode.created_at) < uow.now - rules.CODE_KEPT)
    gone = delete(OneTimeCode).where(col(OneTimeCode.id).in_(old.limit(limit))).returning(col(OneTimeCode.id))
    return len(list(uow.run(gone).scalars()))
