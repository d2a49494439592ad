"""What a claim does to the database, as plain SQL: for pgbench, for a bare handler, and to compare with ours."""

from __future__ import annotations

# The same locks, questions and rows as services/jobs/jobs.claim_job; {job} and {cleaner} are ids.
LOCK_JOB = "SELECT id, campaign_id, status, last_claimed_by, claim_count FROM jobs WHERE id = {job} FOR UPDATE"
LOCK_CLEANER = "SELECT user_id, status FROM cleaners WHERE user_id = {cleaner} FOR UPDATE"
STANDING = """SELECT u.status,
  (SELECT count(*) FROM jobs WHERE claimed_by = {cleaner} AND status = 'CLAIMED'),
  EXISTS (SELECT 1 FROM campaigns WHERE id = (SELECT campaign_id FROM jobs WHERE id = {job})
          AND creator_id = {cleaner})
  OR EXISTS (SELECT 1 FROM contributions WHERE campaign_id = (SELECT campaign_id FROM jobs WHERE id = {job})
             AND contributor_id = {cleaner} AND status = 'SUCCESS')
  FROM users u WHERE u.id = {cleaner}"""
UPDATE = """UPDATE jobs SET status = 'CLAIMED', claimed_by = {cleaner}, claimed_at = now(),
  completion_deadline = now() + interval '7 days', claim_count = claim_count + 1
  WHERE id = {job} AND status = 'AVAILABLE'"""
HISTORY = """INSERT INTO status_history (kind, subject_id, from_status, to_status, by_id, at, why)
  VALUES ('job', {job}, 'AVAILABLE', 'CLAIMED', {cleaner}, now(), '')"""
OUTBOX = """INSERT INTO outbox (id, name, payload, actor_id, occurred_at)
  VALUES (gen_random_uuid(), 'Measured', '{{"job_id": 1}}', {cleaner}, now())"""
STATEMENTS = (LOCK_JOB, LOCK_CLEANER, STANDING, UPDATE, HISTORY, OUTBOX)


def for_pgbench(jobs_a_client: int, cleaners: int) -> str:
    """A script in which every client walks through jobs of its own, one after another."""
    job, cleaner = "CAST(:job AS uuid)", "CAST(:cleaner AS uuid)"
    lines = [
        r"\set c :c + 1",
        rf"\set n :client_id * {jobs_a_client} + :c",
        rf"\set m 1 + mod(:n, {cleaners})",
        r"SELECT job_id AS job FROM bench_jobs WHERE n = :n \gset",
        r"SELECT user_id AS cleaner FROM bench_cleaners WHERE n = :m \gset",
        "BEGIN;",
        *(" ".join(s.format(job=job, cleaner=cleaner).split()) + ";" for s in STATEMENTS),
        "COMMIT;",
    ]
    return "\n".join(lines) + "\n"
