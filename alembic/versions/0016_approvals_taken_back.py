"""Approvals taken back before their pay has left: payouts that are not owed, tax that counts no more, credit notes."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BEFORE = "status IN ('PENDING', 'PROCESSING', 'PAID', 'FAILED', 'MANUAL')"
NOW = "status IN ('PENDING', 'PROCESSING', 'PAID', 'FAILED', 'MANUAL', 'CANCELLED')"
# A payout that is not owed any more does not stand in the way of refunds.
ONE_WAY = """
CREATE OR REPLACE FUNCTION money_goes_one_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  subject uuid;
BEGIN
  IF TG_TABLE_NAME = 'refunds' THEN
    SELECT n.campaign_id INTO subject FROM added n JOIN payouts p ON p.campaign_id = n.campaign_id{owed}
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
    op.drop_constraint("status_known", "payouts", type_="check")
    op.create_check_constraint("status_known", "payouts", NOW)
    op.create_table(
        "tds_returns",
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["payout_id"],
            ["tds_deductions.payout_id"],
            name=op.f("fk_tds_returns_payout_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("payout_id", name=op.f("pk_tds_returns")),
    )
    op.execute(
        "CREATE TRIGGER tds_returns_frozen BEFORE UPDATE OR DELETE ON tds_returns "
        "FOR EACH ROW EXECUTE FUNCTION rows_are_frozen()"
    )
    op.create_index(
        "ix_fee_invoices_credit_notes",
        "fee_invoices",
        [sa.text("issued_at DESC"), sa.text("id DESC")],
        unique=False,
        postgresql_where=sa.text("kind = 'CREDIT_NOTE'"),
    )
    op.execute(ONE_WAY.format(owed=" AND p.status <> 'CANCELLED'"))


def downgrade() -> None:
    """Go back."""
    op.execute(ONE_WAY.format(owed=""))
    op.drop_index("ix_fee_invoices_credit_notes", table_name="fee_invoices")
    op.drop_table("tds_returns")
    op.drop_constraint("status_known", "payouts", type_="check")
    op.create_check_constraint("status_known", "payouts", BEFORE)
