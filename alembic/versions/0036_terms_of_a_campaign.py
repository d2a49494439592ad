"""A campaign keeps the terms it was created under: the share of the fee and their version, never changed later.

Campaigns from before were created under the only terms there were: five hundredths, version 2026-12.
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

CAMPAIGNS, IN_RANGE, SHARE = "campaigns", op.f("ck_campaigns_in_range"), op.f("ck_campaigns_fee_range")
MOMENTS = (
    "created_at, activated_at, expires_at, funded_at, completed_at, closed_at, cancelled_at, archived_at, problem_at"
)
BOUNDS = f"""least({MOMENTS}) >= '2000-01-01T00:00Z' AND greatest({MOMENTS}) < '2200-01-01T00:00Z' AND
    least({{figures}}) >= 0 AND greatest({{figures}}) < 10000000000001 AND char_length(title) <= 20000 AND
    latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180 AND char_length(address) <= 20000"""


def upgrade() -> None:
    """Go forward; the constant defaults fill all rows without rewriting them, and go at once."""
    op.add_column(CAMPAIGNS, sa.Column("fee_bps", sa.Integer(), nullable=False, server_default="500"))
    op.add_column(CAMPAIGNS, sa.Column("terms_version", sa.String(512), nullable=False, server_default="2026-12"))
    for column in ("fee_bps", "terms_version"):
        op.alter_column(CAMPAIGNS, column, server_default=None)
    op.create_check_constraint(SHARE, CAMPAIGNS, "fee_bps BETWEEN 0 AND 5000")
    op.drop_constraint(IN_RANGE, CAMPAIGNS)
    op.create_check_constraint(IN_RANGE, CAMPAIGNS, BOUNDS.format(figures="target_paise, raised_paise, fee_bps"))
    op.execute(
        """CREATE TRIGGER campaigns_terms_frozen BEFORE UPDATE OF fee_bps, terms_version ON campaigns FOR EACH ROW
           WHEN ((OLD.fee_bps, OLD.terms_version) IS DISTINCT FROM (NEW.fee_bps, NEW.terms_version))
           EXECUTE FUNCTION rows_are_frozen()"""
    )


def downgrade() -> None:
    """Go back."""
    op.execute("DROP TRIGGER campaigns_terms_frozen ON campaigns")
    op.drop_constraint(IN_RANGE, CAMPAIGNS)
    op.create_check_constraint(IN_RANGE, CAMPAIGNS, BOUNDS.format(figures="target_paise, raised_paise"))
    op.drop_constraint(SHARE, CAMPAIGNS)
    op.drop_column(CAMPAIGNS, "terms_version")
    op.drop_column(CAMPAIGNS, "fee_bps")
