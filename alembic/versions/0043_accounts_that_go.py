"""Accounts are erased when their owners ask: what is left of them, the log of such wishes, photos that are gone."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ON_USERS = (("erase_at", MOMENT), ("erased_at", MOMENT), ("email_hash", sa.LargeBinary), ("phone_hash", sa.LargeBinary))
PARTLY = (
    ("ix_users_to_erase", "users", "erase_at", "erase_at IS NOT NULL"),
    ("ix_users_erased", "users", "erased_at", "erased_at IS NOT NULL"),
    ("ix_users_email_hash", "users", "email_hash", "email_hash IS NOT NULL"),
    ("ix_users_phone_hash", "users", "phone_hash", "phone_hash IS NOT NULL"),
    ("ix_photos_files_to_drop", "photos", "id", "erased_at IS NOT NULL AND files_gone_at IS NULL"),
)

SPAN = "least({0}) >= '2000-01-01T00:00Z' AND greatest({0}) < '2200-01-01T00:00Z'"
OF_USERS = "created_at, suspended_at, phone_verified_at, email_verified_at"
OF_PHOTOS = "received_at, quarantined_at, {}taken_at"
MORE_OF_PHOTOS = (
    " AND least(width, height, bytes_received) >= 0 AND brightness BETWEEN 0 AND 255"
    " AND sharpness BETWEEN 0 AND 100000 AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180"
    " AND accuracy_m BETWEEN 0 AND 100000 AND jsonb_typeof(exif) = 'object'"
)


def _bound(table: str, condition: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_in_range"), table)
    op.create_check_constraint(op.f(f"ck_{table}_in_range"), table, condition)


def upgrade() -> None:
    """Go forward; an account that was marked as deleted by hand loses its contacts now."""
    for name, kind in ON_USERS:
        op.add_column("users", sa.Column(name, kind, nullable=True))
    op.add_column(
        "users", sa.Column("erased_while_suspended", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.add_column("cleaners", sa.Column("tax_name_locked", sa.LargeBinary(), nullable=True))
    for name in ("erased_at", "files_gone_at"):
        op.add_column("photos", sa.Column(name, MOMENT, nullable=True))
    op.drop_constraint(op.f("ck_users_reachable"), "users")
    op.execute(
        """UPDATE users SET erased_at = created_at, email = NULL, phone = NULL, name = 'Deleted User', words = ''
           WHERE status = 'DELETED'"""
    )
    reachable = "email IS NOT NULL OR phone IS NOT NULL OR status = 'DELETED'"
    op.create_check_constraint(op.f("ck_users_reachable"), "users", reachable)
    erased = "(status = 'DELETED') = (erased_at IS NOT NULL)"
    op.create_check_constraint(op.f("ck_users_erased_fact"), "users", erased)
    contacts = "status <> 'DELETED' OR (email IS NULL AND phone IS NULL)"
    op.create_check_constraint(op.f("ck_users_erased_contacts"), "users", contacts)
    gone = "files_gone_at IS NULL OR erased_at IS NOT NULL"
    op.create_check_constraint(op.f("ck_photos_files_gone_fact"), "photos", gone)
    for name, table, column, where in PARTLY:
        op.create_index(name, table, [column], postgresql_where=sa.text(where))
    _bound("users", SPAN.format(f"{OF_USERS}, erase_at, erased_at"))
    _bound("photos", SPAN.format(OF_PHOTOS.format("erased_at, files_gone_at, ")) + MORE_OF_PHOTOS)
    _make_requests()


def _make_requests() -> None:
    op.create_table(
        "data_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(512), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(512), nullable=True),
        sa.CheckConstraint("kind IN ('EXPORT','ERASURE')", name=op.f("ck_data_requests_kind_known")),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('DONE','TAKEN_BACK')", name=op.f("ck_data_requests_outcome_known")
        ),
        sa.CheckConstraint(SPAN.format("asked_at, ended_at"), name=op.f("ck_data_requests_in_range")),
        sa.CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name=op.f("ck_data_requests_ended_fact")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_data_requests_user_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_requests")),
    )
    op.create_index("ix_data_requests_person", "data_requests", ["user_id", sa.text("id DESC")])
    op.create_index(
        "uq_data_requests_erasure",
        "data_requests",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'ERASURE' AND ended_at IS NULL"),
    )


def downgrade() -> None:
    """Go back; what was erased stays erased, under an address that nobody can have."""
    op.drop_table("data_requests")
    _bound("users", SPAN.format(OF_USERS))
    _bound("photos", SPAN.format(OF_PHOTOS.format("")) + MORE_OF_PHOTOS)
    for name, table, _column, _where in PARTLY:
        op.drop_index(name, table)
    op.drop_constraint(op.f("ck_photos_files_gone_fact"), "photos")
    for name in ("erased_contacts", "erased_fact", "reachable"):
        op.drop_constraint(op.f(f"ck_users_{name}"), "users")
    op.execute("UPDATE users SET email = 'deleted-' || id || '@invalid' WHERE email IS NULL AND phone IS NULL")
    op.create_check_constraint(op.f("ck_users_reachable"), "users", "email IS NOT NULL OR phone IS NOT NULL")
    for name in ("files_gone_at", "erased_at"):
        op.drop_column("photos", name)
    op.drop_column("cleaners", "tax_name_locked")
    for name in ("erased_while_suspended", *(name for name, _ in ON_USERS)):
        op.drop_column("users", name)
