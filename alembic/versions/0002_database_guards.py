"""The database guards itself: balanced movements only, what is booked never changes, ids made in SQL."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BALANCED = """
CREATE FUNCTION ledger_transfer_is_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  total numeric;
  lines int;
  subject uuid;
BEGIN
  IF TG_TABLE_NAME = 'ledger_transfers' THEN subject := NEW.id; ELSE subject := NEW.transfer_id; END IF;
  SELECT coalesce(sum(amount_paise), 0), count(*) INTO total, lines
    FROM ledger_lines WHERE transfer_id = subject;
  IF total <> 0 OR lines < 2 THEN
    RAISE EXCEPTION 'ledger transfer % is not balanced', subject USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$
"""
FROZEN = """
CREATE FUNCTION rows_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23514';
END $$
"""
# Notices to many people are made in one statement, so their ids are made there too (UUID version 7).
UUID_V7 = """
CREATE FUNCTION new_uuid_v7(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch FROM at) * 1000)::bigint) FROM 3)
    FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$
"""
APPEND_ONLY = ("ledger_transfers", "ledger_lines", "status_history")


def upgrade() -> None:
    """Go forward."""
    op.execute(BALANCED)
    op.execute(FROZEN)
    op.execute(UUID_V7)
    for table in ("ledger_transfers", "ledger_lines"):
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_balanced AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION ledger_transfer_is_balanced()"
        )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION rows_are_frozen()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION rows_are_frozen()"
        )


def downgrade() -> None:
    """Go back."""
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}")
        op.execute(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}")
    for table in ("ledger_transfers", "ledger_lines"):
        op.execute(f"DROP TRIGGER IF EXISTS {table}_balanced ON {table}")
    op.execute("DROP FUNCTION new_uuid_v7(timestamptz)")
    op.execute("DROP FUNCTION rows_are_frozen()")
    op.execute("DROP FUNCTION ledger_transfer_is_balanced()")
