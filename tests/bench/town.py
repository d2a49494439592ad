"""Large towns, made by SQL in seconds: people, places and jobs to measure on."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

from cleanit_app.domain.terms import TERMS

CLEANERS = 1_000

PEOPLE = """
INSERT INTO users (id, name, email, password_hash, role, duties, status, language, created_at, terms_version)
SELECT gen_random_uuid(), 'Person ' || n, 'bench' || n || '@example.in', 'x',
       CASE WHEN n = 0 THEN 'CITIZEN' ELSE 'CLEANER' END, '{}', 'ACTIVE', 'en', now(), '{terms}'
FROM generate_series(0, :cleaners) n ON CONFLICT DO NOTHING
""".replace("{terms}", TERMS.version)
MAKE_CLEANERS = """
INSERT INTO cleaners (user_id, status, verified_count, rejected_count, failed_count, released_count)
SELECT id, 'ACTIVE', 0, 0, 0, 0 FROM users WHERE email LIKE 'bench%' AND role = 'CLEANER' ON CONFLICT DO NOTHING
"""
NUMBER_CLEANERS = """
CREATE TABLE IF NOT EXISTS bench_cleaners AS
SELECT row_number() OVER (ORDER BY email) AS n, id AS user_id FROM users
WHERE email LIKE 'bench%' AND role = 'CLEANER'
"""
PHOTOS = """
INSERT INTO photos (id, owner_id, sha256, phash, original_key, base_key, widths, width, height, bytes_received,
                    received_at, brightness, sharpness, location_source, exif)
SELECT gen_random_uuid(), (SELECT id FROM users WHERE email = 'bench0@example.in'),
       sha256((:tag || n)::bytea), n, 'originals/bench', 'bench/' || :tag || n, '{160}', 160, 90, 1, now(), 100, 30,
       'E0', '{}'
FROM generate_series(1, :count) n
"""
CAMPAIGNS = """
INSERT INTO campaigns (id, creator_id, title, description, target_paise, raised_paise, status, latitude, longitude,
                       address, photo_id, possible_spam, refund_status, created_at, activated_at, expires_at,
                       fee_bps, terms_version, words)
SELECT gen_random_uuid(), owner_id, 'Heap of rubbish number ' || phash, repeat('It smells. ', 8),
       100000 * (1 + phash % 40), 1000 * (phash % 95), 'ACTIVE',
       8 + (phash * 7919 % 25000) / 1000.0, 70 + (phash * 104729 % 20000) / 1000.0,
       'Lane ' || phash % 500 || ', Ward ' || phash % 90, id, false, 'NONE', now() - phash * interval '1 second',
       now() - phash * interval '1 second', now() + (1 + phash % 45) * interval '1 day', 500, '{terms}',
       to_tsvector('simple', 'heap of rubbish number ' || phash || ' lane ' || phash % 500 || ' ward ' || phash % 90)
FROM photos WHERE base_key LIKE 'bench/' || :tag || '%'
""".replace("{terms}", TERMS.version)
JOBS = """
INSERT INTO jobs (id, campaign_id, status, amount_paise, platform_fee_paise, latitude, longitude, created_at,
                  expires_at, claim_count, flags, checklist)
SELECT gen_random_uuid(), c.id, 'AVAILABLE', 95000, 5000, c.latitude, c.longitude, now(), now() + interval '90 days',
       0, '[]', '{}'
FROM campaigns c JOIN photos p ON p.id = c.photo_id WHERE p.base_key LIKE 'bench/' || :tag || '%'
"""
FUND = """
UPDATE campaigns c SET job_id = j.id, status = 'FUNDED', funded_at = now() FROM jobs j WHERE j.campaign_id = c.id
"""
NUMBER_JOBS = """
CREATE TABLE bench_jobs AS SELECT row_number() OVER (ORDER BY id) AS n, id AS job_id FROM jobs
"""


def people(connection: Connection) -> None:
    """One citizen and a thousand cleaners who may take jobs."""
    connection.execute(text(PEOPLE), {"cleaners": CLEANERS})
    connection.execute(text(MAKE_CLEANERS))
    connection.execute(text(NUMBER_CLEANERS))


def open_campaigns(engine: Engine, count: int, tag: str) -> None:
    """So many campaigns that collect money, spread over India."""
    with engine.begin() as connection:
        people(connection)
        connection.execute(text(PHOTOS), {"count": count, "tag": tag})
        connection.execute(text(CAMPAIGNS), {"tag": tag})
    tidy(engine)


def open_jobs(engine: Engine, count: int) -> None:
    """So many open jobs, numbered in `bench_jobs`."""
    open_campaigns(engine, count, "job")
    with engine.begin() as connection:
        connection.execute(text(JOBS), {"tag": "job"})
        connection.execute(text(FUND))
        connection.execute(text(NUMBER_JOBS))
        for table in ("jobs", "cleaners"):
            connection.execute(text(f"CREATE UNIQUE INDEX IF NOT EXISTS bench_{table}_n ON bench_{table} (n)"))
    tidy(engine)


def tidy(engine: Engine) -> None:
    """Statistics and visibility as on a database that has been in use."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))
