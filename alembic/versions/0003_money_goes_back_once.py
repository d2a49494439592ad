"""Money of an ended campaign goes back once, and never to giver and cleaner both."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Both sides look at each other; the campaign's row is locked by who writes, so they cannot miss one another.
NOT_BOTH = """
CREATE FUNCTION money_goes_one_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  subject uuid;
BEGIN
  IF TG_TABLE_NAME = 'refunds' THEN
    SELECT n.campaign_id INTO subject FROM added n JOIN payouts p ON p.campaign_id = n.campaign_id
      WHERE n.cause = 'CAMPAIGN_ENDED' LIMIT 1;
  ELSE
    SELECT n.campaign_id INTO subject FROM added n JOIN refunds r ON r.campaign_id = n.campaign_id
      WHERE r.cause = 'CAMPAIGN_ENDED' LIMIT 1;
  END IF;
  IF subject IS NOT NULL THEN
    RAISE EXCEPTION 'the money of campaign % goes back or to the cleaner, not both', subject USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Go forward."""
    op.create_index(
        "uq_refunds_ended",
        "refunds",
        ["contribution_id"],
        unique=True,
        postgresql_where=sa.text("cause = 'CAMPAIGN_ENDED'"),
    )
    op.create_index(
        "ix_refunds_unfinished", "refunds", ["campaign_id"], postgresql_where=sa.text("status <> 'COMPLETED'")
    )
    op.create_index("ix_payouts_campaign", "payouts", ["campaign_id"])
    op.execute(NOT_BOTH)
    for table in ("refunds", "payouts"):
        op.execute(
            f"CREATE TRIGGER {table}_one_way AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
            "FOR EACH STATEMENT EXECUTE FUNCTION money_goes_one_way()"
        )


def downgrade() -> None:
    """Go back."""
    for table in ("refunds", "payouts"):
        op.execute(f"DROP TRIGGER {table}_one_way ON {table}")
    op.execute("DROP FUNCTION money_goes_one_way()")
    op.drop_index("ix_payouts_campaign", table_name="payouts")
    op.drop_index("ix_refunds_unfinished", table_name="refunds")
    op.drop_index("uq_refunds_ended", table_name="refunds")
