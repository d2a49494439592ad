"""All rules of the books over a hundred thousand gifts, their ledger and their history: under a minute."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from cleanit_app.services.ledger import invariants
from cleanit_app.services.ledger.invariants import check_books
from tests.bench import town as big
from tests.bench.report import Report
from tests.factories import Town

CAMPAIGNS, GIFTS_EACH = 10_000, 10
MOST_SECONDS = 60
WHOSE = "FROM contributions b JOIN payments p ON p.contribution_id = b.id"
STEPS = (
    "UPDATE campaigns SET raised_paise = 50000, target_paise = 100000",
    """INSERT INTO contributions (id, campaign_id, contributor_id, amount_paise, kept_paise, anonymous, status,
         idempotency_key, razorpay_order_id, razorpay_payment_id, created_at, next_check_at, checks, paid_at)
       SELECT gen_random_uuid(), c.id, g.user_id, 5000, 5000, false, 'SUCCESS', c.id || '-' || g.n,
         'order_' || c.id || g.n, 'pay_' || c.id || g.n, now(), now(), 0, now()
       FROM campaigns c JOIN bench_cleaners g ON g.n <= :gifts""",
    """INSERT INTO payments (id, razorpay_payment_id, contribution_id, amount_paise, kept_paise, fee_paise, tax_paise,
         captured_at) SELECT gen_random_uuid(), razorpay_payment_id, id, 5000, 5000, 0, 0, now() FROM contributions""",
    f"""INSERT INTO escrow_transactions (id, contribution_id, campaign_id, amount_paise, status, held_at)
       SELECT gen_random_uuid(), b.id, b.campaign_id, 5000, 'HELD', now() {WHOSE}""",
    f"""INSERT INTO ledger_transfers (id, kind, business_key, campaign_id, created_at)
       SELECT gen_random_uuid(), 'PAYMENT_CAPTURED', 'captured:' || p.razorpay_payment_id, b.campaign_id, now()
       {WHOSE}""",
    """INSERT INTO ledger_lines (transfer_id, account, subject_id, amount_paise)
       SELECT id, 'GATEWAY', NULL, 5000 FROM ledger_transfers
       UNION ALL SELECT id, 'HELD', campaign_id, -5000 FROM ledger_transfers""",
    """INSERT INTO status_history (kind, subject_id, from_status, to_status, at, why)
       SELECT 'contribution', b.id, s.was, s.became, now(), '' FROM contributions b, (VALUES
         (1, NULL, 'CREATED'), (2, 'CREATED', 'PENDING'), (3, 'PENDING', 'SUCCESS')) s (n, was, became) ORDER BY s.n""",
)


@pytest.mark.bench
@pytest.mark.row("PAY-03")
def test_the_books_of_a_hundred_thousand_gifts(town: Town, report: Report) -> None:
    big.open_campaigns(town.engine, CAMPAIGNS, "book")
    with town.engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # a million rows that are right
        for step in STEPS:
            connection.execute(text(step), {"gifts": GIFTS_EACH} if ":gifts" in step else {})
    big.tidy(town.engine)
    started = time.perf_counter()
    with town.uow() as uow:
        uow.take_time(MOST_SECONDS)
        assert check_books(uow, watch=True) == []
    seconds = time.perf_counter() - started
    many = CAMPAIGNS * GIFTS_EACH
    report.add(
        f"{len(invariants.CHECKS)} rules of the books over {many:,} gifts", f"{seconds:.1f} s", f"< {MOST_SECONDS} s"
    )
    assert seconds < MOST_SECONDS
