"""Disputes about anything, with what the sides say, appeals, penalties that are lifted, and work that is split (OPS-03)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


CHECKS = {
    ("disputes", "status_known"): "status IN ('OPEN', 'UPHELD', 'DISMISSED', 'SPLIT')",
    (
        "disputes",
        "in_range",
    ): "least(raised_at, decided_at) >= '2000-01-01T00:00Z' AND greatest(raised_at, decided_at) < '2200-01-01T00:00Z' AND done_percent >= 0",
    (
        "cleaner_penalties",
        "in_range",
    ): "least(deadline_at, created_at, lifted_at) >= '2000-01-01T00:00Z' AND greatest(deadline_at, created_at, lifted_at) < '2200-01-01T00:00Z' AND claim_number >= 0",
    ("refunds", "cause_known"): "cause IN ('SURPLUS','LATE','CAMPAIGN_ENDED','SPLIT')",
    (
        "disputes",
        "about_known",
    ): "about IN ('RESULT', 'PAYMENT', 'REFUND', 'FEE', 'REJECTION', 'PENALTY', 'SUSPENSION')",
    ("disputes", "split_fact"): "(status = 'SPLIT') = (done_percent IS NOT NULL)",
    (
        "disputes",
        "about_fact",
    ): "CASE about WHEN 'RESULT' THEN num_nonnulls(job_id, campaign_id, payout_id) = 3 WHEN 'REJECTION' THEN job_id IS NOT NULL WHEN 'PENALTY' THEN penalty_id IS NOT NULL WHEN 'SUSPENSION' THEN num_nonnulls(job_id, campaign_id, payout_id, contribution_id, penalty_id) = 0 ELSE num_nonnulls(contribution_id, payout_id) = 1 END",
    ("attachments", "of_one_message"): "num_nonnulls(message_id, statement_id) = 1",
}
BEFORE = {
    ("disputes", "status_known"): "status IN ('OPEN', 'UPHELD', 'DISMISSED')",
    (
        "disputes",
        "in_range",
    ): "least(raised_at, decided_at) >= '2000-01-01T00:00Z' AND greatest(raised_at, decided_at) < '2200-01-01T00:00Z'",
    (
        "cleaner_penalties",
        "in_range",
    ): "least(deadline_at, created_at) >= '2000-01-01T00:00Z' AND greatest(deadline_at, created_at) < '2200-01-01T00:00Z' AND claim_number >= 0",
    ("refunds", "cause_known"): "cause IN ('SURPLUS','LATE','CAMPAIGN_ENDED')",
}
# Every dispute until now was about a result; the cleaner answers.
MEND = (
    """UPDATE disputes d SET subject_id = d.job_id, other_id = p.cleaner_id FROM payouts p WHERE p.id = d.payout_id"""
)
# What an earlier version knows nothing of goes, and money that goes back keeps a cause that it knows.
BACK = (
    "UPDATE disputes SET appeal_of = NULL",
    "DELETE FROM disputes WHERE about <> 'RESULT' OR num_nonnulls(job_id, campaign_id, payout_id) < 3",
    """DELETE FROM disputes d WHERE d.status = 'OPEN' AND EXISTS (SELECT FROM disputes e WHERE e.status = 'OPEN'
       AND e.job_id = d.job_id AND e.raised_by = d.raised_by AND e.id < d.id)""",
    "UPDATE disputes SET status = 'UPHELD', done_percent = NULL WHERE status = 'SPLIT'",
    "UPDATE refunds SET cause = 'LATE' WHERE cause = 'SPLIT'",
)


def _put(checks: dict[tuple[str, str], str]) -> None:
    for (table, name), condition in checks.items():
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


def _take(checks: dict[tuple[str, str], str]) -> None:
    for table, name in checks:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")


def upgrade() -> None:
    """Go forward."""
    _take(BEFORE)
    op.create_table(
        "dispute_statements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dispute_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=512), nullable=False),
        sa.Column("message", sa.String(length=20000), nullable=False),
        sa.Column("idempotency_key", sa.String(length=512), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z'", name=op.f("ck_dispute_statements_in_range")
        ),
        sa.CheckConstraint("side IN ('RAISER', 'OTHER', 'DESK')", name=op.f("ck_dispute_statements_side_known")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_dispute_statements_author_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["disputes.id"], name=op.f("fk_dispute_statements_dispute_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_statements")),
    )
    op.create_index("ix_dispute_statements_dispute", "dispute_statements", ["dispute_id", "id"], unique=False)
    op.create_index(
        "uq_dispute_statements_key",
        "dispute_statements",
        ["author_id", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.add_column("attachments", sa.Column("statement_id", sa.Uuid(), nullable=True))
    op.alter_column("attachments", "message_id", existing_type=sa.UUID(), nullable=True)
    op.create_index("ix_attachments_statement", "attachments", ["statement_id", "id"], unique=False)
    op.create_foreign_key(
        op.f("fk_attachments_statement_id"),
        "attachments",
        "dispute_statements",
        ["statement_id"],
        ["id"],
        ondelete="RESTRICT",
    )
    op.add_column("cleaner_penalties", sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "disputes",
        sa.Column("about", sa.String(length=512), server_default="RESULT", nullable=False),
    )
    op.add_column("disputes", sa.Column("subject_id", sa.Uuid(), nullable=True))
    op.add_column("disputes", sa.Column("contribution_id", sa.Uuid(), nullable=True))
    op.add_column("disputes", sa.Column("penalty_id", sa.Uuid(), nullable=True))
    op.add_column("disputes", sa.Column("other_id", sa.Uuid(), nullable=True))
    op.add_column("disputes", sa.Column("appeal_of", sa.Uuid(), nullable=True))
    op.add_column("disputes", sa.Column("done_percent", sa.Integer(), nullable=True))
    op.alter_column("disputes", "job_id", existing_type=sa.UUID(), nullable=True)
    op.alter_column("disputes", "campaign_id", existing_type=sa.UUID(), nullable=True)
    op.alter_column("disputes", "payout_id", existing_type=sa.UUID(), nullable=True)
    op.drop_index(
        op.f("uq_disputes_open_of_person"), table_name="disputes", postgresql_where="((status)::text = 'OPEN'::text)"
    )
    op.create_index("ix_disputes_other", "disputes", ["other_id", sa.literal_column("id DESC")], unique=False)
    op.create_unique_constraint(op.f("uq_disputes_appeal_of"), "disputes", ["appeal_of"])
    op.create_index(
        "uq_disputes_open_question",
        "disputes",
        ["raised_by", "about", "subject_id"],
        unique=True,
        postgresql_where=sa.text("status = 'OPEN'"),
    )
    op.create_foreign_key(
        op.f("fk_disputes_appeal_of"), "disputes", "disputes", ["appeal_of"], ["id"], ondelete="RESTRICT"
    )
    op.create_foreign_key(
        op.f("fk_disputes_contribution_id"),
        "disputes",
        "contributions",
        ["contribution_id"],
        ["id"],
        ondelete="RESTRICT",
    )
    op.create_foreign_key(
        op.f("fk_disputes_penalty_id"), "disputes", "cleaner_penalties", ["penalty_id"], ["id"], ondelete="RESTRICT"
    )
    op.create_foreign_key(op.f("fk_disputes_other_id"), "disputes", "users", ["other_id"], ["id"], ondelete="RESTRICT")
    op.execute(MEND)
    op.alter_column("disputes", "subject_id", existing_type=sa.Uuid(), nullable=False)
    _put(CHECKS)


def downgrade() -> None:
    """Go back."""
    _take(CHECKS)
    op.drop_index("uq_dispute_statements_key", table_name="dispute_statements")
    op.execute("DELETE FROM attachments WHERE statement_id IS NOT NULL")
    op.execute("DELETE FROM dispute_statements")
    for statement in BACK:
        op.execute(statement)
    op.drop_constraint(op.f("fk_disputes_other_id"), "disputes", type_="foreignkey")
    op.drop_constraint(op.f("fk_disputes_penalty_id"), "disputes", type_="foreignkey")
    op.drop_constraint(op.f("fk_disputes_contribution_id"), "disputes", type_="foreignkey")
    op.drop_constraint(op.f("fk_disputes_appeal_of"), "disputes", type_="foreignkey")
    op.drop_index("uq_disputes_open_question", table_name="disputes", postgresql_where=sa.text("status = 'OPEN'"))
    op.drop_constraint(op.f("uq_disputes_appeal_of"), "disputes", type_="unique")
    op.drop_index("ix_disputes_other", table_name="disputes")
    op.create_index(
        op.f("uq_disputes_open_of_person"),
        "disputes",
        ["job_id", "raised_by"],
        unique=True,
        postgresql_where="((status)::text = 'OPEN'::text)",
    )
    op.alter_column("disputes", "payout_id", existing_type=sa.UUID(), nullable=False)
    op.alter_column("disputes", "campaign_id", existing_type=sa.UUID(), nullable=False)
    op.alter_column("disputes", "job_id", existing_type=sa.UUID(), nullable=False)
    op.drop_column("disputes", "done_percent")
    op.drop_column("disputes", "appeal_of")
    op.drop_column("disputes", "other_id")
    op.drop_column("disputes", "penalty_id")
    op.drop_column("disputes", "contribution_id")
    op.drop_column("disputes", "subject_id")
    op.drop_column("disputes", "about")
    op.drop_column("cleaner_penalties", "lifted_at")
    op.drop_constraint(op.f("fk_attachments_statement_id"), "attachments", type_="foreignkey")
    op.drop_index("ix_attachments_statement", table_name="attachments")
    op.alter_column("attachments", "message_id", existing_type=sa.UUID(), nullable=False)
    op.drop_column("attachments", "statement_id")
    op.drop_index("ix_dispute_statements_dispute", table_name="dispute_statements")
    op.drop_table("dispute_statements")
    _put(BEFORE)
