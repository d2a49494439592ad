"""Questions to support: threads with their messages, and photos that only the two sides see (OPS-02)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "support_tickets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("topic", sa.String(length=512), nullable=False),
        sa.Column("language", sa.String(length=512), nullable=False),
        sa.Column("page", sa.String(length=512), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("contribution_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum("OPEN", "ANSWERED", "CLOSED", name="ticketstatus", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'CLOSED') = (closed_at IS NOT NULL)", name=op.f("ck_support_tickets_closed_fact")
        ),
        sa.CheckConstraint("(status = 'OPEN') = (due_at IS NOT NULL)", name=op.f("ck_support_tickets_due_fact")),
        sa.CheckConstraint(
            "least(opened_at, last_at, due_at, closed_at) >= '2000-01-01T00:00Z' AND greatest(opened_at, last_at, due_at, closed_at) < '2200-01-01T00:00Z'",
            name=op.f("ck_support_tickets_in_range"),
        ),
        sa.CheckConstraint("status IN ('OPEN', 'ANSWERED', 'CLOSED')", name=op.f("ck_support_tickets_status_known")),
        sa.CheckConstraint(
            "topic IN ('PAYMENT', 'JOB', 'ACCOUNT', 'OTHER')", name=op.f("ck_support_tickets_topic_known")
        ),
        sa.CheckConstraint("(person_id IS NULL) = (code_hash IS NOT NULL)", name=op.f("ck_support_tickets_whose")),
        sa.ForeignKeyConstraint(
            ["assigned_to"], ["users.id"], name=op.f("fk_support_tickets_assigned_to"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_support_tickets_campaign_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_support_tickets_contribution_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_support_tickets_job_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["users.id"], name=op.f("fk_support_tickets_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_tickets")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_support_tickets_code_hash")),
    )
    op.create_index(
        "ix_support_tickets_assigned",
        "support_tickets",
        ["assigned_to", "due_at"],
        unique=False,
        postgresql_where=sa.text("status = 'OPEN'"),
    )
    op.create_index(
        "ix_support_tickets_due",
        "support_tickets",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'OPEN'"),
    )
    op.create_index(
        "ix_support_tickets_person", "support_tickets", ["person_id", sa.literal_column("id DESC")], unique=False
    )
    op.create_index(
        "ix_support_tickets_settled",
        "support_tickets",
        [sa.literal_column("last_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("due_at IS NULL"),
    )
    op.create_table(
        "support_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("by_desk", sa.Boolean(), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String(length=20000), nullable=False),
        sa.Column("idempotency_key", sa.String(length=512), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z'", name=op.f("ck_support_messages_in_range")
        ),
        sa.CheckConstraint("NOT by_desk OR author_id IS NOT NULL", name=op.f("ck_support_messages_desk_signs")),
        sa.CheckConstraint("by_desk OR NOT internal", name=op.f("ck_support_messages_internal_of_desk")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_support_messages_author_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["support_tickets.id"], name=op.f("fk_support_messages_ticket_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_messages")),
    )
    op.create_index("ix_support_messages_ticket", "support_messages", ["ticket_id", "id"], unique=False)
    op.create_index(
        "uq_support_messages_key",
        "support_messages",
        ["author_id", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("base_key", sa.String(length=512), nullable=False),
        sa.Column("widths", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "received_at >= '2000-01-01T00:00Z' AND received_at < '2200-01-01T00:00Z' AND least(width, height) >= 0",
            name=op.f("ck_attachments_in_range"),
        ),
        sa.CheckConstraint("1 <= ALL (widths) AND 10000 >= ALL (widths)", name=op.f("ck_attachments_widths_range")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["support_messages.id"], name=op.f("fk_attachments_message_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_attachments_owner_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index("ix_attachments_message", "attachments", ["message_id", "id"], unique=False)
    op.create_index(op.f("ix_attachments_owner_id"), "attachments", ["owner_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_attachments_owner_id"), table_name="attachments")
    op.drop_index("ix_attachments_message", table_name="attachments")
    op.drop_table("attachments")
    op.drop_index(
        "uq_support_messages_key",
        table_name="support_messages",
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.drop_index("ix_support_messages_ticket", table_name="support_messages")
    op.drop_table("support_messages")
    op.drop_index(
        "ix_support_tickets_settled", table_name="support_tickets", postgresql_where=sa.text("due_at IS NULL")
    )
    op.drop_index("ix_support_tickets_person", table_name="support_tickets")
    op.drop_index("ix_support_tickets_due", table_name="support_tickets", postgresql_where=sa.text("status = 'OPEN'"))
    op.drop_index(
        "ix_support_tickets_assigned", table_name="support_tickets", postgresql_where=sa.text("status = 'OPEN'")
    )
    op.drop_table("support_tickets")
