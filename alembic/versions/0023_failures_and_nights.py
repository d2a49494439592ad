"""Failures say who, which request and where; nights find their days; differences can be booked."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

RESOLUTIONS = "ck_reconciliation_differences_resolution_known"


def upgrade() -> None:
    """Go forward."""
    op.add_column("error_logs", sa.Column("user_id", sa.Uuid(), nullable=True))
    op.add_column("error_logs", sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column(
        "error_logs",
        sa.Column("environment", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
    )
    op.create_index("ix_error_logs_source", "error_logs", ["source", sa.literal_column("id DESC")])
    op.create_index(op.f("ix_payments_captured_at"), "payments", ["captured_at"])
    op.create_index(op.f("ix_transfer_attempts_created_at"), "transfer_attempts", ["created_at"])
    op.drop_constraint(op.f(RESOLUTIONS), "reconciliation_differences", type_="check")
    op.create_check_constraint(
        op.f(RESOLUTIONS),
        "reconciliation_differences",
        "resolution IS NULL OR resolution IN ('AGREES','ACCEPTED','BOOKED')",
    )


def downgrade() -> None:
    """Go back."""
    op.execute("UPDATE reconciliation_differences SET resolution = 'ACCEPTED' WHERE resolution = 'BOOKED'")
    op.drop_constraint(op.f(RESOLUTIONS), "reconciliation_differences", type_="check")
    op.create_check_constraint(
        op.f(RESOLUTIONS), "reconciliation_differences", "resolution IS NULL OR resolution IN ('AGREES','ACCEPTED')"
    )
    op.drop_index(op.f("ix_transfer_attempts_created_at"), table_name="transfer_attempts")
    op.drop_index(op.f("ix_payments_captured_at"), table_name="payments")
    op.drop_index("ix_error_logs_source", table_name="error_logs")
    op.drop_column("error_logs", "environment")
    op.drop_column("error_logs", "request_id")
    op.drop_column("error_logs", "user_id")
