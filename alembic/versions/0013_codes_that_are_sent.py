"""One-time codes as they are sent: made when sent, known by their row; confirmed mailboxes; old traces found quickly."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLE = "one_time_codes"


def upgrade() -> None:
    """Go forward; codes that were under way are forgotten, for they hold for minutes."""
    op.execute("DELETE FROM one_time_codes")
    op.drop_index("ix_one_time_codes_subject", TABLE)
    op.drop_column(TABLE, "subject_hash")
    op.alter_column(TABLE, "code_hash", existing_type=sa.LargeBinary(), nullable=True)
    op.add_column(TABLE, sa.Column("language", sa.String(), nullable=False, server_default="en"))
    op.add_column(TABLE, sa.Column("sendings", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(TABLE, sa.Column("next_send_at", MOMENT, nullable=True))
    op.create_check_constraint(op.f("ck_one_time_codes_counts_natural"), TABLE, "tries >= 0 AND sendings >= 0")
    op.create_check_constraint(
        op.f("ck_one_time_codes_sent_somewhere"),
        TABLE,
        "next_send_at IS NULL OR (user_id IS NOT NULL AND destination <> '')",
    )
    op.create_index(
        "ix_one_time_codes_person", TABLE, ["user_id", "purpose"], postgresql_where=sa.text("used_at IS NULL")
    )
    op.create_index(
        "ix_one_time_codes_to_send", TABLE, ["next_send_at"], postgresql_where=sa.text("next_send_at IS NOT NULL")
    )
    op.add_column("users", sa.Column("email_verified_at", MOMENT, nullable=True))
    op.create_index(op.f("ix_known_devices_last_seen_at"), "known_devices", ["last_seen_at"])
    op.create_index(op.f("ix_refresh_tokens_expires_at"), "refresh_tokens", ["expires_at"])


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_refresh_tokens_expires_at"), "refresh_tokens")
    op.drop_index(op.f("ix_known_devices_last_seen_at"), "known_devices")
    op.drop_column("users", "email_verified_at")
    op.execute("DELETE FROM one_time_codes")
    op.drop_index("ix_one_time_codes_to_send", TABLE)
    op.drop_index("ix_one_time_codes_person", TABLE)
    op.drop_constraint(op.f("ck_one_time_codes_sent_somewhere"), TABLE)
    op.drop_constraint(op.f("ck_one_time_codes_counts_natural"), TABLE)
    for name in ("next_send_at", "sendings", "language"):
        op.drop_column(TABLE, name)
    op.alter_column(TABLE, "code_hash", existing_type=sa.LargeBinary(), nullable=False)
    op.add_column(TABLE, sa.Column("subject_hash", sa.LargeBinary(), nullable=False))
    op.create_index("ix_one_time_codes_subject", TABLE, ["subject_hash", "purpose", sa.text("id DESC")])
