"""IDs that cleaners hand in, sealed, and whose ID waits for a person (LAW-08)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLE = "identity_documents"
STATES = ("WAITING", "MATCHES", "DIFFERS", "UNKNOWN", "UNAVAILABLE", "ACCEPTED", "REFUSED", "REPLACED")
WAITS = "payout_details IS NOT NULL AND payout_verified_at IS NULL"


def upgrade() -> None:
    """Go forward."""
    op.add_column("cleaners", sa.Column("identity_waits_since", MOMENT, nullable=True))
    _waiting(f"identity_waits_since IS NOT NULL OR ({WAITS})")
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cleaner_id", sa.Uuid(), nullable=False),
        sa.Column("document_kind", sa.String(), nullable=False),
        sa.Column("status", sa.Enum(*STATES, name="documentstatus", native_enum=False, length=16), nullable=False),
        sa.Column("number_locked", sa.LargeBinary(), nullable=True),
        sa.Column("number_mask", sa.String(), nullable=False),
        sa.Column("file_key", sa.String(), nullable=True),
        sa.Column("file_key_id", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.LargeBinary(), nullable=False),
        sa.Column("file_dropped_at", MOMENT, nullable=True),
        sa.Column("registered_name", sa.String(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("provider_reference", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("ground", sa.String(), nullable=True),
        *_promises(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_documents")),
    )
    op.create_index("ix_identity_documents_cleaner", TABLE, ["cleaner_id", sa.text("id DESC")])
    op.create_index(op.f("ix_identity_documents_file_hash"), TABLE, ["file_hash"])
    op.create_index("ix_identity_documents_due", TABLE, ["next_try_at"], postgresql_where=sa.text("status = 'WAITING'"))
    dropped = sa.text("status IN ('REFUSED','REPLACED') AND file_key IS NOT NULL")
    op.create_index("ix_identity_documents_drop", TABLE, ["id"], postgresql_where=dropped)


def _promises() -> list[sa.SchemaItem]:
    known = ", ".join(f"'{state}'" for state in STATES)
    return [
        sa.CheckConstraint(f"status IN ({known})", name=op.f("ck_identity_documents_status_known")),
        sa.CheckConstraint(
            "(file_key IS NULL) = (file_dropped_at IS NOT NULL)", name=op.f("ck_identity_documents_file_fact")
        ),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name=op.f("ck_identity_documents_score_range")),
        sa.CheckConstraint(
            "(status IN ('ACCEPTED','REFUSED')) <= (decided_at IS NOT NULL)",
            name=op.f("ck_identity_documents_decided_fact"),
        ),
        sa.ForeignKeyConstraint(
            ["cleaner_id"], ["users.id"], name=op.f("fk_identity_documents_cleaner_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_identity_documents_decided_by")),
    ]


def _waiting(which: str) -> None:
    op.drop_index("ix_cleaners_waiting", table_name="cleaners")
    op.create_index("ix_cleaners_waiting", "cleaners", ["user_id"], postgresql_where=sa.text(which))


def downgrade() -> None:
    """Go back."""
    op.drop_table(TABLE)
    _waiting(f"status IN ('PENDING','VERIFIED') OR ({WAITS})")
    op.drop_column("cleaners", "identity_waits_since")
