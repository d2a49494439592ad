"""Rules of the books about papers, tax and guards, and what must not stay as it is for long."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BookCheck:
    """One rule of the books, as a query whose rows are the violations."""

    name: str
    sentence: str
    query: str


PAPER_CHECKS = (
    BookCheck(
        "ledger_is_frozen",
        "the database itself refuses to change or drop what is booked",
        """SELECT t.name FROM (VALUES ('ledger_transfers_frozen'), ('ledger_lines_frozen'), ('status_history_frozen'),
             ('ledger_transfers_kept'), ('ledger_lines_kept'), ('ledger_transfers_balanced'),
             ('ledger_lines_balanced')) t(name)
           WHERE NOT EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgname = t.name AND g.tgenabled IN ('O', 'A'))""",
    ),
    BookCheck(
        "provider_ids_once",
        "no id of the provider stands at two calls or two payouts",
        """SELECT razorpay_payout_id FROM payouts WHERE razorpay_payout_id IS NOT NULL
           GROUP BY razorpay_payout_id HAVING count(*) > 1
           UNION ALL SELECT provider_id FROM transfer_attempts WHERE provider_id IS NOT NULL
           GROUP BY provider_id HAVING count(*) > 1""",
    ),
    BookCheck(
        "receipts_carry_their_day",
        "a receipt carries the moment of its payment, not that of its booking",
        """SELECT g.id FROM contributions g JOIN payments p ON p.razorpay_payment_id = g.razorpay_payment_id
           WHERE g.paid_at IS DISTINCT FROM p.captured_at""",
    ),
    BookCheck(
        "invoices_gapless",
        "numbers of invoices and credit notes have no gap and no twin",
        """SELECT s.series FROM receipt_counters s LEFT JOIN fee_invoices i ON i.number LIKE s.series || '/%'
           WHERE s.series LIKE 'C_/%' GROUP BY s.series, s.last HAVING count(i.id) <> s.last""",
    ),
    BookCheck(
        "fees_are_invoiced",
        "every fee that was earned has its invoice, to the paisa",
        """SELECT p.id FROM payouts p JOIN tds_deductions d ON d.payout_id = p.id JOIN jobs j ON j.id = p.job_id
           LEFT JOIN fee_invoices i ON i.job_id = p.job_id AND i.kind = 'INVOICE'
           LEFT JOIN ledger_transfers t ON t.business_key = 'owed:' || p.id
           LEFT JOIN ledger_lines l ON l.transfer_id = t.id AND l.account IN ('FEE_INCOME', 'GST_OUTPUT')
           GROUP BY p.id, i.fee_paise, j.platform_fee_paise
           HAVING i.fee_paise IS DISTINCT FROM j.platform_fee_paise
             OR -coalesce(sum(l.amount_paise), 0) <> i.fee_paise""",
    ),
    BookCheck(
        "credit_notes_undo_fees",
        "a fee that was taken back has its credit note and its mirror in the ledger, and no other has",
        """SELECT p.id FROM payouts p LEFT JOIN fee_invoices n ON n.job_id = p.job_id AND n.kind = 'CREDIT_NOTE'
           LEFT JOIN ledger_transfers t ON t.business_key = 'taken-back:' || p.id
           LEFT JOIN tds_returns d ON d.payout_id = p.id
           WHERE num_nonnulls(n.id, t.id, d.payout_id) <> CASE p.status WHEN 'CANCELLED' THEN 3 ELSE 0 END""",
    ),
    BookCheck(
        "tax_follows_its_rule",
        "each tax kept back is what its rule makes of the year before it, and the pay is the rest",
        """SELECT y.payout_id FROM (
             SELECT d.*, r.rate_bps, r.single_threshold_paise, r.year_threshold_paise, r.cross_mode,
               b.place, b.gross_sum, b.untaxed_sum, b.owed
             FROM tds_deductions d JOIN tds_rules r ON r.id = d.rule_id, LATERAL (
               SELECT count(*) + 1 AS place,
                 coalesce(sum(e.gross_paise) FILTER (WHERE s.counts), 0) AS gross_sum,
                 coalesce(sum(e.gross_paise - e.base_paise) FILTER (WHERE s.counts), 0) AS untaxed_sum,
                 coalesce(sum(e.due_paise - e.owed_before_paise - e.tds_paise) FILTER (WHERE s.counts), 0) AS owed
               FROM tds_deductions e LEFT JOIN tds_returns t ON t.payout_id = e.payout_id,
                 LATERAL (SELECT t.before IS NULL OR d.number < t.before AS counts) s
               WHERE e.payee_id = d.payee_id AND e.tax_year = d.tax_year AND e.number < d.number) b) y
             JOIN payouts p ON p.id = y.payout_id JOIN jobs j ON j.id = p.job_id
           WHERE y.place <> y.number OR y.gross_before_paise <> y.gross_sum OR y.untaxed_before_paise <> y.untaxed_sum
             OR y.owed_before_paise <> y.owed OR p.tds_paise <> y.tds_paise
             OR p.amount_paise + p.tds_paise <> y.gross_paise
             OR y.base_paise <> CASE WHEN y.year_threshold_paise = 0 THEN y.gross_paise
                WHEN y.gross_sum + y.gross_paise > y.year_threshold_paise AND y.cross_mode = 'WHOLE'
                  THEN greatest(0, y.untaxed_sum + y.gross_paise)
                WHEN y.gross_sum + y.gross_paise > y.year_threshold_paise
                  THEN least(y.gross_paise, y.gross_sum + y.gross_paise - y.year_threshold_paise)
                WHEN y.gross_paise > y.single_threshold_paise THEN y.gross_paise ELSE 0 END
             OR y.due_paise <> y.owed + CASE WHEN y.whole_rupees
                THEN round(y.base_paise * y.rate_bps / 1000000.0) * 100
                ELSE round(y.base_paise * y.rate_bps / 10000.0) END
             OR y.tds_paise <> greatest(0, least(y.due_paise, y.gross_paise - 100))""",
    ),
    BookCheck(
        "tax_is_payable",
        "what we owe the tax office for each cleaner is what was kept back",
        """SELECT coalesce(l.subject_id, d.payee_id) FROM
             (SELECT subject_id, -sum(amount_paise) AS booked FROM ledger_lines l
              JOIN ledger_transfers t ON t.id = l.transfer_id
              WHERE account = 'TDS_PAYABLE' AND t.kind IN ('PAYOUT_OWED', 'PAYOUT_TAKEN_BACK') GROUP BY subject_id) l
             FULL JOIN (SELECT e.payee_id, sum(e.tds_paise) AS kept FROM tds_deductions e
              WHERE NOT EXISTS (SELECT FROM tds_returns t WHERE t.payout_id = e.payout_id) GROUP BY e.payee_id) d
             ON d.payee_id = l.subject_id WHERE coalesce(l.booked, 0) <> coalesce(d.kept, 0)""",
    ),
)

WATCHES = (
    BookCheck(
        "clearing_is_young",
        "no money stays in clearing for more than three days",
        """SELECT l.subject_id FROM ledger_lines l JOIN ledger_transfers t ON t.id = l.transfer_id
           WHERE l.account IN ('PAYOUT_CLEARING', 'REFUND_CLEARING') GROUP BY l.subject_id
           HAVING sum(l.amount_paise) <> 0
             AND max(t.created_at) < CAST(:now AS timestamptz) - interval '3 days'""",
    ),
    BookCheck(
        "unknown_calls_are_told",
        "no call is without an answer for 15 minutes unnoticed, and none for a day",
        """SELECT a.id FROM transfer_attempts a WHERE a.status IN ('SENDING', 'UNKNOWN') AND (
             a.created_at < CAST(:now AS timestamptz) - interval '1 day' OR
             (a.created_at < CAST(:now AS timestamptz) - interval '15 minutes' AND NOT EXISTS
               (SELECT 1 FROM error_logs e WHERE e.subject_id IN (a.id, a.payout_id, a.refund_id))))""",
    ),
    BookCheck(
        "messages_are_worked",
        "every message of the provider is worked or parked with a reason within a day",
        """SELECT id FROM webhook_events WHERE (processed_at IS NULL
             AND received_at < CAST(:now AS timestamptz) - interval '1 day')
             OR (processed_at IS NOT NULL AND coalesce(outcome, '') = '')""",
    ),
)
