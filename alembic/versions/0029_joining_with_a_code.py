"""Who joins types a code first: wishes to join that wait, and codes that go out for them."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CODES, PENDING = "one_time_codes", "pending_accounts"
SENT_SOMEWHERE = op.f("ck_one_time_codes_sent_somewhere")


def upgrade() -> None:
    """Go forward."""
    op.drop_constraint(SENT_SOMEWHERE, CODES)
    op.create_check_constraint(
        SENT_SOMEWHERE,
        CODES,
        "next_send_at IS NULL OR ((user_id IS NOT NULL OR purpose = 'JOIN') AND destination <> '')",
    )
    op.create_table(
        PENDING,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(512), nullable=False),
        sa.Column("role", sa.String(512), nullable=False),
        sa.Column("password_hash", sa.String(512), nullable=False),
        sa.Column("terms_version", sa.String(512), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(), nullable=True),
        sa.Column("text_hash", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.CheckConstraint("role IN ('CITIZEN','CLEANER')", name=op.f("ck_pending_accounts_role_joins")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_pending_accounts_name_there")),
        sa.CheckConstraint(
            "least(created_at, expires_at) >= '2000-01-01T00:00Z'"
            " AND greatest(created_at, expires_at) < '2200-01-01T00:00Z'",
            name=op.f("ck_pending_accounts_in_range"),
        ),
        sa.CheckConstraint(
            "expires_at <= created_at + interval '1 day'", name=op.f("ck_pending_accounts_life_bounded")
        ),
        sa.ForeignKeyConstraint(
            ["code_id"], [f"{CODES}.id"], name=op.f("fk_pending_accounts_code_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_accounts")),
        sa.UniqueConstraint("code_id", name=op.f("uq_pending_accounts_code_id")),
    )
    op.create_index(op.f("ix_pending_accounts_expires_at"), PENDING, ["expires_at"])


def downgrade() -> None:
    """Go back; who has not typed the code yet joins once more."""
    op.drop_table(PENDING)
    op.execute("DELETE FROM one_time_codes WHERE purpose = 'JOIN'")
    op.drop_constraint(SENT_SOMEWHERE, CODES)
    op.create_check_constraint(
        SENT_SOMEWHERE, CODES, "next_send_at IS NULL OR (user_id IS NOT NULL AND destination <> '')"
    )
