"""Who may show whose photos is asked for, logged, and taken back at once.

Accounts from before said yes to the gallery with the terms they accepted, so their answer is logged under that version.
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    for name in ("gallery_consent", "marketing_consent"):
        op.add_column("users", sa.Column(name, sa.Boolean(), nullable=True))
    op.add_column("users", sa.Column("credited", sa.Boolean(), nullable=False, server_default=sa.text("true")))
    op.create_table(
        "photo_consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(512), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("version", sa.String(512), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('GALLERY','MARKETING','CREDIT')", name=op.f("ck_photo_consents_purpose_known")),
        sa.CheckConstraint(
            "at >= '2000-01-01T00:00Z' AND at < '2200-01-01T00:00Z'", name=op.f("ck_photo_consents_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_photo_consents_user_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_consents")),
    )
    op.create_index("ix_photo_consents_person", "photo_consents", ["user_id", sa.text("id DESC")])
    op.execute("UPDATE users SET gallery_consent = (status <> 'DELETED') WHERE terms_version <> ''")
    op.execute(
        """INSERT INTO photo_consents (id, user_id, purpose, given, version, at)
           SELECT gen_random_uuid(), id, 'GALLERY', true, terms_version, created_at FROM users WHERE gallery_consent"""
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("photo_consents")
    for name in ("credited", "marketing_consent", "gallery_consent"):
        op.drop_column("users", name)
