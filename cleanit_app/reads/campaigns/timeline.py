"""What has happened to a campaign, as anybody may read it: from its history, its jobs' and the ledger's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.disputes import HALF_DONE, HEARD_AGAIN
from cleanit_app.domain.statuses import CampaignStatus, JobStatus
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork


class StepKind(StrEnum):
    """What can happen to a campaign, as its timeline tells it."""

    POSTED = "POSTED"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    CORRECTED = "CORRECTED"  # by its creator; `reason` says what: WORDS, PLACE or BOTH
    HALF_FUNDED = "HALF_FUNDED"
    FUNDED = "FUNDED"
    CLAIMED = "CLAIMED"
    LEFT = "LEFT"
    TIME_OUT = "TIME_OUT"
    PHOTO_SENT = "PHOTO_SENT"
    REJECTED = "REJECTED"
    VERIFIED = "VERIFIED"
    DISPUTED = "DISPUTED"
    WORK_STANDS = "WORK_STANDS"
    SPLIT = "SPLIT"
    PAID = "PAID"
    PAY_CAME_BACK = "PAY_CAME_BACK"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"
    REFUNDED = "REFUNDED"


@dataclass(frozen=True)
class TimelineStep:
    """One thing that happened; `reason` is a rejection's reason code or the words of a cancellation."""

    step: StepKind
    at: datetime
    reason: str | None = None


def timeline(uow: UnitOfWork, campaign_id: UUID) -> tuple[TimelineStep, ...]:
    """What has happened to a campaign and its jobs, oldest first; words typed about a person are left out.

    Half was together when what the ledger held reached it; a payment that brought the whole sum at once passes over it.
    """
    rows = ask_list(
        uow,
        "timeline",
        """SELECT 0 AS part, id, kind, from_status, to_status, by_id, at, why FROM status_history
           WHERE subject_id IN (SELECT CAST(:id AS uuid) UNION ALL SELECT id FROM jobs WHERE campaign_id = :id
                              UNION ALL SELECT id FROM disputes WHERE campaign_id = :id AND about = 'RESULT')
           UNION ALL SELECT 1, number, 'correction', NULL, 'CORRECTED', NULL, at, changed
             FROM campaign_corrections WHERE campaign_id = :id
           UNION ALL SELECT -1, 0, 'money', NULL, 'HALF', NULL, half.at, '' FROM (
             SELECT h.at, h.held, c.target_paise FROM campaigns c, LATERAL (
               SELECT t.created_at AS at, -sum(l.amount_paise) OVER (ORDER BY t.created_at, l.id) AS held
               FROM ledger_lines l JOIN ledger_transfers t ON t.id = l.transfer_id
               WHERE l.account = 'HELD' AND l.subject_id = c.id) h
             WHERE c.id = :id AND 2 * h.held >= c.target_paise ORDER BY h.at LIMIT 1) half
             WHERE half.held < half.target_paise
           ORDER BY at, part, id""",
        id=campaign_id,
    )
    return tuple(step for step in rows.read(_step) if step)


def _step(row: Row[Any]) -> TimelineStep | None:
    move = (row.kind, row.from_status, row.to_status)
    if row.kind == "correction":
        return TimelineStep(StepKind.CORRECTED, row.at, _corrected(set(row.why.split())))
    if row.why in (HALF_DONE, HEARD_AGAIN):  # the moves of a decision, told as one
        stands = row.why == HEARD_AGAIN and row.to_status == JobStatus.VERIFIED
        return TimelineStep(StepKind.WORK_STANDS, row.at) if stands else None
    if row.to_status == JobStatus.RELEASED:
        return TimelineStep(StepKind.LEFT if row.by_id else StepKind.TIME_OUT, row.at)
    if row.to_status == JobStatus.REJECTED:
        return TimelineStep(StepKind.REJECTED, row.at, row.why.partition(":")[0])
    if move == ("job", "VERIFIED", "FAILED"):  # the approval was taken back
        return TimelineStep(StepKind.REJECTED, row.at, "OTHER")
    if move[0] == "campaign" and row.to_status == CampaignStatus.CANCELLED:
        declined = row.from_status == CampaignStatus.DRAFT
        return TimelineStep(StepKind.DECLINED if declined else StepKind.CANCELLED, row.at, row.why)
    step = _STEPS.get(move)
    return TimelineStep(step, row.at) if step else None


def _corrected(changed: set[str]) -> str:
    words, place = changed & {"title", "description"}, changed - {"title", "description"}
    return "BOTH" if words and place else "WORDS" if words else "PLACE"


_STEPS: dict[tuple[str, str | None, str], StepKind] = {
    ("campaign", None, "DRAFT"): StepKind.POSTED,
    ("campaign", "DRAFT", "ACTIVE"): StepKind.APPROVED,
    ("campaign", "ACTIVE", "FUNDED"): StepKind.FUNDED,
    ("campaign", "ACTIVE", "EXPIRED"): StepKind.EXPIRED,
    ("money", None, "HALF"): StepKind.HALF_FUNDED,
    ("campaign_refunds", "PROCESSING", "COMPLETED"): StepKind.REFUNDED,
    ("job", "AVAILABLE", "CLAIMED"): StepKind.CLAIMED,
    ("job", "CLAIMED", "COMPLETED"): StepKind.PHOTO_SENT,
    ("job", "COMPLETED", "VERIFIED"): StepKind.VERIFIED,
    ("dispute", None, "OPEN"): StepKind.DISPUTED,
    ("dispute", "OPEN", "DISMISSED"): StepKind.WORK_STANDS,
    ("dispute", "OPEN", "SPLIT"): StepKind.SPLIT,
    ("job", "VERIFIED", "PAID"): StepKind.PAID,
    ("job", "PAID", "VERIFIED"): StepKind.PAY_CAME_BACK,
}
