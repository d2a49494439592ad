"""Campaigns whose time is over, with ten gifts each, made by SQL."""

from __future__ import annotations

from sqlalchemy import Engine, text

from tests.bench import town

GIFTS = 10
TIME_OVER = """
UPDATE campaigns c SET expires_at = now() - interval '1 hour' + p.phash * interval '1 millisecond',
       activated_at = now() - interval '40 days', target_paise = 100000,
       raised_paise = CASE WHEN p.phash % 10 = 0 THEN 90000 ELSE 50000 END
FROM photos p WHERE p.id = c.photo_id AND p.base_key LIKE 'bench/' || :tag || '%'
"""
GIVE = """
INSERT INTO contributions (id, campaign_id, contributor_id, amount_paise, kept_paise, anonymous, status,
                           idempotency_key, razorpay_order_id, razorpay_payment_id, created_at, next_check_at, checks,
                           paid_at)
SELECT gen_random_uuid(), c.id, g.user_id, c.raised_paise / 10, c.raised_paise / 10, false, 'SUCCESS',
       c.id || '-' || g.n, 'order_' || c.id || g.n, 'pay_' || c.id || g.n, now(), now(), 0, now()
FROM campaigns c JOIN photos p ON p.id = c.photo_id JOIN bench_cleaners g ON g.n <= :gifts
WHERE p.base_key LIKE 'bench/' || :tag || '%'
"""
PAY = """
INSERT INTO payments (id, razorpay_payment_id, contribution_id, amount_paise, kept_paise, fee_paise, tax_paise,
                      captured_at)
SELECT gen_random_uuid(), b.razorpay_payment_id, b.id, b.amount_paise, b.kept_paise, 0, 0, now()
FROM contributions b JOIN campaigns c ON c.id = b.campaign_id JOIN photos p ON p.id = c.photo_id
WHERE p.base_key LIKE 'bench/' || :tag || '%'
"""


def time_is_over(engine: Engine, count: int, tag: str) -> None:
    """So many campaigns to decide, one in ten of them over 80 %, each with ten gifts."""
    town.open_campaigns(engine, count, tag)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # two million rows that are right
        for step in (TIME_OVER, GIVE, PAY):
            connection.execute(text(step), {"tag": tag, **({"gifts": GIFTS} if step is GIVE else {})})
    town.tidy(engine)
