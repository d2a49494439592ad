"""One dispute with its timeline for its sides and the desk, and the lists of them (OPS-03)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.disputes import DECIDES, DisputeAbout, DisputeSide, LeftToFinance, lost, questions_of
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.statuses import DisputeStatus
from cleanit_app.reads.paging import Page, about_one, ask, ask_list, moment_key, one_page, page_size, read_cursor
from cleanit_app.reads.support.threads import AttachedPhoto
from cleanit_app.services.unit_of_work import UnitOfWork


class DisputeStepKind(StrEnum):
    """What can happen in a dispute, as its timeline tells it."""

    RAISED = "RAISED"
    SAID = "SAID"
    DECIDED = "DECIDED"
    APPEALED = "APPEALED"
    APPEAL_DECIDED = "APPEAL_DECIDED"


@dataclass(frozen=True)
class DisputeStep:
    """One thing that happened in a dispute; `side` is who did it, `status` the outcome of a decision."""

    id: UUID
    step: DisputeStepKind
    side: DisputeSide
    mine: bool
    text: str
    at: datetime
    status: DisputeStatus | None = None
    done_percent: int | None = None
    photos: tuple[AttachedPhoto, ...] = ()


@dataclass(frozen=True)
class DisputeItem:
    """A dispute in a list; `hear_by` is 48 hours after it was raised. `late`: it is open and that has passed."""

    id: UUID
    about: DisputeAbout
    status: DisputeStatus
    reason: str
    campaign_id: UUID | None
    title: str
    raised_at: datetime
    hear_by: datetime
    late: bool
    is_appeal: bool


@dataclass(frozen=True)
class DisputeDetail:
    """A dispute as one of its sides or the desk sees it; names are for the desk alone."""

    item: DisputeItem
    side: DisputeSide
    raised_by_name: str
    other_name: str
    held_paise: int
    steps: tuple[DisputeStep, ...]
    may_say: bool
    may_appeal: bool
    may_decide: bool
    may_split: bool
    appeal_until: datetime | None
    appeal_id: UUID | None
    appeal_of: UUID | None
    left_to_finance: LeftToFinance | None = None  # for the desk: what moved no money and is finance's to settle
    left_paise: int | None = None


_ITEM = """SELECT d.id, d.about, d.status, d.reason, d.campaign_id, c.title, d.raised_at, d.appeal_of, d.raised_by,
      d.other_id, d.decided_at, d.decided_by, d.note, d.done_percent, d.payout_id,
      d.left_to_finance, d.left_paise,
      r.name AS raised_by_name, o.name AS other_name, a.id AS appeal_id,
      coalesce(p.amount_paise, 0) AS pay, p.status AS pay_status, p.held_at, w.status AS job_status,
      e.decided_by AS first_decided_by,
      d.about = 'RESULT' AND EXISTS (SELECT FROM disputes b WHERE b.campaign_id = d.campaign_id AND b.about = 'RESULT'
        AND b.appeal_of IS NOT NULL AND b.raised_at >= w.completed_at) AS work_appealed,
      EXISTS (SELECT FROM refunds f WHERE f.campaign_id = d.campaign_id AND f.cause = 'SPLIT') AS divided
    FROM disputes d LEFT JOIN campaigns c ON c.id = d.campaign_id JOIN users r ON r.id = d.raised_by
    LEFT JOIN users o ON o.id = d.other_id LEFT JOIN payouts p ON p.id = d.payout_id
    LEFT JOIN jobs w ON w.id = d.job_id LEFT JOIN disputes a ON a.appeal_of = d.id
    LEFT JOIN disputes e ON e.id = d.appeal_of"""


def my_disputes(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[DisputeItem]:
    """What this person questioned, or has to answer, the newest first."""
    actor.must(Permission.MANAGE_SELF)
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    before = "AND d.id < CAST(:last AS uuid)" if keys else ""
    rows = ask_list(
        uow,
        "my disputes",
        f"{_ITEM} WHERE (d.raised_by = :me OR d.other_id = :me) {before} ORDER BY d.id DESC LIMIT :size",
        me=actor.user_id,
        size=size + 1,
        **({"last": keys[0]} if keys else {}),
    )
    return one_page(rows, size, lambda row: _item(row, uow.now), lambda row: (row.id,))


def waiting_disputes(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[DisputeItem]:
    """Disputes of every kind that this admin decides about, the oldest first."""
    actor.must(Permission.DECIDE_DISPUTES)
    size, keys = page_size(limit), read_cursor(cursor, moment_key, UUID)
    after = "AND (d.raised_at, d.id) > (CAST(:at AS timestamptz), CAST(:last AS uuid))" if keys else ""
    rows = ask_list(
        uow,
        "waiting disputes",
        f"""{_ITEM} WHERE d.status = 'OPEN' AND d.about = ANY(CAST(:mine AS text[])) {after}
            ORDER BY d.raised_at, d.id LIMIT :size""",
        mine=[about.value for about in questions_of(actor.permissions)],
        size=size + 1,
        **(dict(zip(("at", "last"), keys, strict=True)) if keys else {}),
    )
    return one_page(rows, size, lambda row: _item(row, uow.now), lambda row: (row.raised_at, row.id))


@about_one
def dispute_detail(uow: UnitOfWork, *, actor: Actor, dispute_id: UUID) -> DisputeDetail:
    """One dispute with all that was said, for its sides and for who decides such things; NotFound for others."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask(uow, f"{_ITEM} WHERE d.id = :id", id=dispute_id)
    side = _side(rows[0], actor) if rows else None
    if side is None:
        raise NotFound(what="Dispute")
    row = rows[0]
    item = _item(row, uow.now)
    desk, is_open = side is DisputeSide.DESK, item.status is DisputeStatus.OPEN
    until = row.decided_at + LIMITS.appeal_within if row.decided_at and row.appeal_of is None else None
    appealed = row.appeal_id is not None or row.work_appealed
    decides = desk and is_open and row.first_decided_by != actor.id
    here = row.pay_status in ("PENDING", "MANUAL") and row.job_status == "VERIFIED"
    return DisputeDetail(
        item=item,
        side=side,
        raised_by_name=row.raised_by_name if desk else "",
        other_name=(row.other_name or "") if desk else "",
        held_paise=int(row.pay) if row.held_at is not None else 0,
        steps=_steps(uow, row, actor, side),
        may_say=is_open,
        may_appeal=until is not None and uow.now < until and lost(item.status, side) and not appealed,
        may_decide=decides,
        may_split=decides and item.about is DisputeAbout.RESULT and here and not row.divided,
        appeal_until=until,
        appeal_id=row.appeal_id,
        appeal_of=row.appeal_of,
        left_to_finance=LeftToFinance(row.left_to_finance) if desk and row.left_to_finance else None,
        left_paise=row.left_paise if desk else None,
    )


def _side(row: Row[Any], actor: Actor) -> DisputeSide | None:
    if actor.id == row.raised_by:
        return DisputeSide.RAISER
    if actor.id == row.other_id:
        return DisputeSide.OTHER
    return DisputeSide.DESK if actor.may(DECIDES[DisputeAbout(row.about)]) else None


def _item(row: Row[Any], now: datetime) -> DisputeItem:
    hear_by = row.raised_at + LIMITS.dispute_heard_within
    status = DisputeStatus(row.status)
    return DisputeItem(
        id=row.id,
        about=DisputeAbout(row.about),
        status=status,
        reason=row.reason,
        campaign_id=row.campaign_id,
        title=row.title or "",
        raised_at=row.raised_at,
        hear_by=hear_by,
        late=status is DisputeStatus.OPEN and hear_by < now,
        is_appeal=row.appeal_of is not None,
    )


_SAID = "SELECT s.id, s.side, s.message, s.at FROM dispute_statements s WHERE s.dispute_id = :id ORDER BY s.id"
_PHOTOS = """SELECT a.id, a.statement_id, a.widths, a.width, a.height FROM attachments a
    JOIN dispute_statements s ON s.id = a.statement_id
    WHERE s.dispute_id = :id ORDER BY a.id"""


def _steps(uow: UnitOfWork, row: Row[Any], actor: Actor, side: DisputeSide) -> tuple[DisputeStep, ...]:
    """Raised, all that was said, decided: in the order in which it happened."""
    appeal = row.appeal_of is not None
    first = DisputeStepKind.APPEALED if appeal else DisputeStepKind.RAISED
    raised = DisputeStep(row.id, first, DisputeSide.RAISER, side is DisputeSide.RAISER, row.reason, row.raised_at)
    pictures: dict[UUID, list[AttachedPhoto]] = {}
    shown = ask_list(uow, "evidence", _PHOTOS, id=row.id)
    sent = shown.read(lambda p: (p.statement_id, AttachedPhoto(p.id, tuple(p.widths), p.width, p.height)))
    for statement_id, photo in sent:
        pictures.setdefault(statement_id, []).append(photo)
    rows = ask_list(uow, "statements", _SAID, id=row.id)
    said = rows.read(
        lambda s: DisputeStep(
            s.id,
            DisputeStepKind.SAID,
            DisputeSide(s.side),
            DisputeSide(s.side) is side,
            s.message,
            s.at,
            photos=tuple(pictures.get(s.id, ())),
        )
    )
    if said and (said[0].at, said[0].text) == (row.raised_at, row.reason):
        raised = replace(raised, photos=said[0].photos)  # they came with it, in a statement of their own
        said = said[1:]
    ended: list[DisputeStep] = []
    if row.decided_at is not None:
        kind = DisputeStepKind.APPEAL_DECIDED if appeal else DisputeStepKind.DECIDED
        status = DisputeStatus(row.status)
        mine = row.decided_by == actor.id
        ended = [
            DisputeStep(row.id, kind, DisputeSide.DESK, mine, row.note or "", row.decided_at, status, row.done_percent)
        ]
    return (raised, *said, *ended)
