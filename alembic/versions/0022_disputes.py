"""Disputes that hold a payout, and an order in which finance pages through all that waits."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("status = 'OPEN'")
STATUS = sa.Enum("OPEN", "UPHELD", "DISMISSED", name="disputestatus", native_enum=False, length=16)
WAITING = sa.text("status IN ('PENDING','PROCESSING','MANUAL')")
MANUAL_FIRST = sa.text("(status <> 'MANUAL')")


def _points_at(table: str, column: str, ondelete: str | None = "RESTRICT") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_disputes_{column}"), ondelete=ondelete)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "disputes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("status", STATUS, nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("status IN ('OPEN', 'UPHELD', 'DISMISSED')", name=op.f("ck_disputes_status_known")),
        sa.CheckConstraint("(status = 'OPEN') = (decided_at IS NULL)", name=op.f("ck_disputes_decided_fact")),
        sa.CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("ck_disputes_decided_by_fact")),
        _points_at("jobs", "job_id"),
        _points_at("campaigns", "campaign_id"),
        _points_at("payouts", "payout_id"),
        _points_at("users", "raised_by"),
        _points_at("users", "decided_by", None),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
    )
    op.create_index(
        "uq_disputes_open_of_person", "disputes", ["job_id", "raised_by"], unique=True, postgresql_where=OPEN
    )
    op.create_index("ix_disputes_open", "disputes", ["raised_at", "id"], postgresql_where=OPEN)
    op.create_index("ix_disputes_open_payout", "disputes", ["payout_id"], postgresql_where=OPEN)
    op.create_index(op.f("ix_disputes_campaign_id"), "disputes", ["campaign_id"])
    op.create_index(op.f("ix_disputes_raised_by"), "disputes", ["raised_by"])
    op.create_index("ix_payouts_desk", "payouts", [MANUAL_FIRST, "scheduled_for", "id"], postgresql_where=WAITING)
    op.create_index("ix_refunds_desk", "refunds", [MANUAL_FIRST, "due_on", "id"], postgresql_where=WAITING)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_refunds_desk", table_name="refunds")
    op.drop_index("ix_payouts_desk", table_name="payouts")
    op.drop_table("disputes")
