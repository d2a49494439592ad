"""A notification's words, made when it is read, and the tone it is shown in."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from cleanit_app.domain.identity import RefusalGround
from cleanit_app.i18n.catalogue import WORDS, Both, pair
from cleanit_app.i18n.formats import IST, day, day_time

log = logging.getLogger(__name__)
TONES = {
    "campaign_contribution": "money",
    "campaign_contribution_last": "money",
    "contribution_receipt": "receipt",
    "campaign_funded": "done",
    "campaign_approved": "done",
    "job_verified": "done",
    "job_verified_neighbour": "done",
    "job_verified_creator": "done",
    "payout_success": "done",
    "kyc_active": "done",
    "money_comes_back": "refund",
    "refund_processed": "refund",
    "campaign_expired": "refund",
    "campaign_expired_creator": "refund",
    "campaign_refunded": "refund",
    "campaign_refunded_creator": "refund",
    "campaign_funded_short": "done",
    "campaign_cancelled_refund": "refund",
    "campaign_declined": "problem",
    "campaign_cancelled": "problem",
    "job_rejected_retry": "problem",
    "job_rejected_final": "problem",
    "job_auto_released": "problem",
    "job_held": "problem",
    "job_cancelled": "problem",
    "job_expired": "refund",
    "job_expired_refund": "refund",
    "cleaner_suspended": "problem",
    "cleaner_suspended_admin": "problem",
    "person_suspended": "problem",
    "person_reinstated": "done",
    "admin_suspended_admin": "problem",
    "verification_queue_long": "problem",
    "verification_over_48_h": "problem",
    "verification_average_long": "problem",
    "payout_failed": "problem",
    "payout_tried_again_admin": "problem",
    "payout_details_wrong_admin": "problem",
    "payout_failed_admin": "problem",
    "payout_failed_person": "problem",
    "payout_details_wrong": "problem",
    "account_wrong": "problem",
    "pay_taken_back": "problem",
    "payout_held": "problem",
    "dispute_opened": "problem",
    "dispute_opened_admin": "problem",
    "dispute_upheld": "done",
    "dispute_dismissed_cleaner": "done",
    "dispute_dismissed_waits": "done",
    "payout_released": "done",
    "payout_account_changed": "problem",
    "account_confirmed": "done",
    "payout_unsure": "problem",
    "refund_unsure": "problem",
    "payouts_wait": "problem",
    "refunds_wait": "problem",
    "payouts_stopped": "problem",
    "refunds_stopped": "problem",
    "payouts_resumed": "done",
    "refunds_resumed": "done",
    "payment_odd": "problem",
    "refund_stuck": "problem",
    "refund_stuck_admin": "problem",
    "mismatches_found": "problem",
    "books_wrong": "problem",
    "reconciliation_late": "problem",
    "message_unknown": "problem",
    "message_parked": "problem",
    "fraud_suspected": "problem",
    "kyc_rejected": "problem",
    "kyc_rejected_because": "problem",
    "photo_infected": "problem",
    "photo_infected_admin": "problem",
    "sign_ins_failed": "problem",
    "sign_ins_failed_admin": "problem",
    "second_factor_on": "security",
    "second_factor_off": "security",
    "second_factor_on_admin": "security",
    "second_factor_off_admin": "security",
    "recovery_code_used": "security",
    "admin_made": "security",
    "admin_made_admin": "security",
    "duties_changed": "security",
    "duties_changed_admin": "security",
    "password_changed": "security",
    "password_reset": "security",
    "contact_changed_phone": "security",
    "join_tried": "security",
    "contact_tried": "security",
    "reset_asked": "security",
    "contact_changed_email": "security",
    "data_exported": "security",
    "data_exported_admin": "security",
}
SOMEBODY = pair("notify.somebody")


def notification_words(kind: str, values: Mapping[str, Any]) -> Both:
    """The sentence of a notification in both languages; a plain one when what is kept of it fits no sentence.

    The bell stands on every page, so that one notification that nobody can read must never take a page away.
    """
    try:
        return pair(f"notify.{kind}", **_ready(values))
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError):
        log.exception("a notification has no words", extra={"kind": kind[:60]})
        return pair("news.unreadable")


def tone_of(kind: str) -> str:
    """How a notification is coloured: money, done, job, refund, problem, receipt or security."""
    return TONES.get(kind, "job")


def _ready(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as sentences take them: moments as Indian time, codes as words."""
    ready: dict[str, Any] = dict(values)
    for name, value in values.items():
        if name.endswith("_at"):
            ready[name.removesuffix("_at")] = day_time(datetime.fromisoformat(value))
        elif name.endswith("_on"):
            ready[name.removesuffix("_on")] = day(datetime.combine(date.fromisoformat(value), time(12), IST))
    if ready.get("name", "") is None:
        ready["name"] = SOMEBODY
    if "rejection" in ready:
        ready["reason"] = _with_notes(coded("rejection", ready["rejection"]), ready.get("notes"))
    if "ground" in ready:
        ready["reason"] = _why_refused(ready["ground"], ready.get("notes"))
    if "odd" in ready:
        ready["reason"] = coded("odd", ready["odd"])
    if "hold" in ready:
        ready["reason"] = hold_words(ready["hold"])
    if "bank" in ready:
        ready["reason"] = coded("bank", ready["bank"])
    return ready


def _why_refused(ground: str | None, notes: str | None) -> Both:
    """What is wrong with an ID, what somebody wrote about it, or both."""
    if notes and ground in (None, RefusalGround.OTHER):
        return Both(notes, notes)
    return _with_notes(coded("ground", ground or RefusalGround.OTHER), notes)


def coded(area: str, code: str) -> Both:
    """The words of a code, or the code itself when a bank says something new."""
    key = f"{area}.{code}"
    return pair(key) if key in WORDS else Both(code.replace("_", " "), code.replace("_", " "))


def hold_words(reason: str) -> Both:
    """Why a payout is held: what somebody wrote, or the words of the house's own reason."""
    key = f"hold.{reason}"
    return pair(key) if key in WORDS else Both(reason, reason)


def _with_notes(reason: Both, notes: str | None) -> Both:
    return Both(f"{reason.en}: {notes}", f"{reason.hi}: {notes}") if notes else reason
