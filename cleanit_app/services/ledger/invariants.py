"""The books: sums that must hold at every moment; each broken one is a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from cleanit_app.services.ledger.document_invariants import PAPER_CHECKS, WATCHES, BookCheck
from cleanit_app.services.ledger.state_invariants import STATE_CHECKS
from cleanit_app.services.unit_of_work import UnitOfWork

CHECKS: tuple[BookCheck, ...] = (
    BookCheck(
        "lines_balance",
        "every movement sums to zero and has at least two lines",
        """SELECT t.id FROM ledger_transfers t LEFT JOIN ledger_lines l ON l.transfer_id = t.id
           GROUP BY t.id HAVING coalesce(sum(l.amount_paise), 0) <> 0 OR count(l.id) < 2""",
    ),
    BookCheck(
        "held_never_overspent",
        "no campaign has given out more than it holds",
        """SELECT subject_id FROM ledger_lines WHERE account = 'HELD'
           GROUP BY subject_id HAVING sum(amount_paise) > 0""",
    ),
    BookCheck(
        "raised_is_ledger",
        "what a campaign shows as raised is what its payments kept",
        """SELECT c.id FROM campaigns c LEFT JOIN (
             SELECT b.campaign_id, sum(p.kept_paise) AS kept FROM payments p
             JOIN contributions b ON b.id = p.contribution_id GROUP BY b.campaign_id) k ON k.campaign_id = c.id
           WHERE c.raised_paise <> coalesce(k.kept, 0)""",
    ),
    BookCheck(
        "captured_is_booked",
        "every captured payment is booked once, to the paisa",
        """SELECT p.id FROM payments p LEFT JOIN (
             SELECT t.business_key, sum(l.amount_paise) AS paise FROM ledger_transfers t
             JOIN ledger_lines l ON l.transfer_id = t.id AND l.account IN ('GATEWAY', 'GATEWAY_FEES')
             WHERE t.business_key LIKE 'captured:%' GROUP BY t.business_key) b
             ON b.business_key = 'captured:' || p.razorpay_payment_id
           WHERE coalesce(b.paise, 0) <> p.amount_paise""",
    ),
    BookCheck(
        "captured_is_accounted",
        "of every campaign: raised = held + owed or paid to the cleaner + fee + refunded",
        """SELECT c.id FROM campaigns c
           LEFT JOIN (SELECT subject_id, -sum(amount_paise) AS held FROM ledger_lines WHERE account = 'HELD'
                      GROUP BY subject_id) h ON h.subject_id = c.id
           LEFT JOIN (SELECT p.campaign_id, sum(j.amount_paise + j.platform_fee_paise
                        - j.platform_added_paise) AS spent FROM payouts p
                      JOIN jobs j ON j.id = p.job_id WHERE p.status <> 'CANCELLED'
                      GROUP BY p.campaign_id) s ON s.campaign_id = c.id
           LEFT JOIN (SELECT campaign_id, sum(amount_paise) AS back FROM refunds
                      WHERE cause = 'SPLIT' OR (cause = 'CAMPAIGN_ENDED' AND status IN ('PROCESSING', 'COMPLETED'))
                      GROUP BY campaign_id) r ON r.campaign_id = c.id
           WHERE c.raised_paise <> coalesce(h.held, 0) + coalesce(s.spent, 0) + coalesce(r.back, 0)""",
    ),
    BookCheck(
        "done_jobs_hold_nothing",
        "a paid job's campaign holds nothing any more",
        """SELECT j.id FROM jobs j JOIN ledger_lines l ON l.account = 'HELD' AND l.subject_id = j.campaign_id
           WHERE j.status IN ('VERIFIED', 'PAID') GROUP BY j.id HAVING sum(l.amount_paise) <> 0""",
    ),
    BookCheck(
        "one_live_attempt",
        "no payout and no refund has two calls that may both have moved money",
        """SELECT coalesce(payout_id, refund_id) FROM transfer_attempts WHERE status NOT IN ('FAILED', 'REVERSED')
           GROUP BY coalesce(payout_id, refund_id) HAVING count(*) > 1""",
    ),
    BookCheck(
        "payable_is_owed",
        "what we owe each cleaner is the sum of the payouts that have not left",
        """SELECT coalesce(a.subject_id, o.cleaner_id) FROM
             (SELECT subject_id, -sum(amount_paise) AS booked FROM ledger_lines
              WHERE account = 'CLEANER_PAYABLE' GROUP BY subject_id) a
             FULL JOIN (SELECT cleaner_id, sum(amount_paise) AS owed FROM payouts
              WHERE status NOT IN ('PROCESSING', 'PAID', 'CANCELLED') GROUP BY cleaner_id) o
             ON o.cleaner_id = a.subject_id
           WHERE coalesce(a.booked, 0) <> coalesce(o.owed, 0)""",
    ),
    BookCheck(
        "clearing_is_under_way",
        "money in clearing belongs to payouts and refunds that are under way",
        """SELECT l.subject_id FROM ledger_lines l
           LEFT JOIN payouts p ON p.id = l.subject_id LEFT JOIN refunds r ON r.id = l.subject_id
           WHERE l.account IN ('PAYOUT_CLEARING', 'REFUND_CLEARING')
           GROUP BY l.subject_id, p.status, r.status, p.amount_paise, r.amount_paise, r.fee_withheld_paise
           HAVING -sum(l.amount_paise) <> CASE WHEN coalesce(p.status, r.status) = 'PROCESSING'
                  THEN coalesce(p.amount_paise, r.amount_paise - r.fee_withheld_paise) ELSE 0 END""",
    ),
    BookCheck(
        "refunds_within_payment",
        "no payment gives back more than it brought",
        """SELECT p.id FROM payments p JOIN refunds r ON r.payment_id = p.id
           GROUP BY p.id, p.amount_paise HAVING sum(r.amount_paise) > p.amount_paise""",
    ),
    BookCheck(
        "surplus_goes_back",
        "what was not kept of a payment is owed back to who paid it, all of it",
        """SELECT p.id FROM payments p
           LEFT JOIN refunds r ON r.payment_id = p.id AND r.cause IN ('SURPLUS', 'LATE', 'TAKEN_BACK')
           GROUP BY p.id, p.amount_paise, p.kept_paise
           HAVING coalesce(sum(r.amount_paise), 0) <> p.amount_paise - p.kept_paise""",
    ),
    BookCheck(
        "split_is_set_apart",
        "what a decision gives back of half-done work was set apart for that very contribution, to the paisa",
        """SELECT coalesce(r.contribution_id, s.subject_id) FROM
             (SELECT contribution_id, amount_paise FROM refunds WHERE cause = 'SPLIT') r
             FULL JOIN (SELECT l.subject_id, -sum(l.amount_paise) AS paise FROM ledger_transfers t
               JOIN ledger_lines l ON l.transfer_id = t.id AND l.account = 'SURPLUS'
               WHERE t.kind = 'SPLIT_OWED' GROUP BY l.subject_id) s ON s.subject_id = r.contribution_id
           WHERE r.amount_paise IS DISTINCT FROM s.paise""",
    ),
    BookCheck(
        "receipts_gapless",
        "receipt numbers have no gap and no twin",
        """SELECT s.series FROM receipt_counters s LEFT JOIN contributions b
             ON b.receipt_number LIKE s.series || '-%' WHERE s.series LIKE 'CL-%' GROUP BY s.series, s.last
           HAVING count(b.id) <> s.last""",
    ),
    *STATE_CHECKS,
    *PAPER_CHECKS,
)


@dataclass(frozen=True)
class BrokenBook:
    """A rule that does not hold, and the ids of what breaks it (20 at the most)."""

    name: str
    sentence: str
    subjects: tuple[str, ...]


def check_books(uow: UnitOfWork, *, watch: bool = False) -> list[BrokenBook]:
    """Every rule of the books that does not hold at this moment; empty when all is well.

    With `watch` also what must not stay as it is for long: clearing, unknown calls, unworked messages.
    """
    broken = []
    for check in (*CHECKS, *WATCHES) if watch else CHECKS:
        query = text(f"SELECT v.* FROM ({check.query}) v LIMIT 20")  # noqa: S608 (ours)
        rows = uow.run(query, {"now": uow.now} if ":now" in check.query else {}).scalars().all()
        if rows:
            broken.append(BrokenBook(check.name, check.sentence, tuple(str(r) for r in rows)))
    return broken
