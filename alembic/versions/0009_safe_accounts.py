"""Safe accounts: devices, failed sign-ins, one-time codes, second factors, terms by version, what admins did."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go forward."""
    op.add_column("users", sa.Column("phone_verified_at", MOMENT, nullable=True))
    op.add_column("users", sa.Column("terms_version", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE users u SET terms_version = coalesce((SELECT max(version) FROM terms_acceptances a"
        " WHERE a.user_id = u.id), '')"
    )
    op.add_column("terms_acceptances", sa.Column("address", sa.String(), nullable=False, server_default=""))
    op.add_column("sessions", sa.Column("address", sa.String(), nullable=False, server_default=""))
    for name in ("last_seen_at", "confirmed_at", "proved_at"):
        op.add_column("sessions", sa.Column(name, MOMENT, nullable=True))
    op.create_index(
        "ix_sessions_open", "sessions", ["user_id", sa.text("id DESC")], postgresql_where=sa.text("ended_at IS NULL")
    )
    op.add_column("refresh_tokens", sa.Column("salt", sa.LargeBinary(), nullable=True))
    _devices_and_failures()
    _codes()
    _admin_actions()


def _person(nullable: bool = False) -> sa.Column[sa.Uuid[object]]:
    return sa.Column("user_id", sa.Uuid(), nullable=nullable)


def _of_users(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id"))


def _devices_and_failures() -> None:
    op.create_table(
        "known_devices",
        _person(),
        sa.Column("device_hash", sa.LargeBinary(), nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        _of_users("known_devices"),
        sa.PrimaryKeyConstraint("user_id", "device_hash", name=op.f("pk_known_devices")),
    )
    op.create_index("ix_known_devices_device", "known_devices", ["device_hash"])
    op.create_table(
        "failed_sign_ins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_hash", sa.LargeBinary(), nullable=False),
        _person(nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of_users("failed_sign_ins"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_ins")),
    )
    op.create_index("ix_failed_sign_ins_account", "failed_sign_ins", ["account_hash", "at"])
    op.create_index(op.f("ix_failed_sign_ins_at"), "failed_sign_ins", ["at"])


def _codes() -> None:
    op.create_table(
        "one_time_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("subject_hash", sa.LargeBinary(), nullable=False),
        _person(nullable=True),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        _of_users("one_time_codes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_codes")),
    )
    op.create_index("ix_one_time_codes_subject", "one_time_codes", ["subject_hash", "purpose", sa.text("id DESC")])
    op.create_index(op.f("ix_one_time_codes_created_at"), "one_time_codes", ["created_at"])
    op.create_table(
        "second_factors",
        _person(),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        _of_users("second_factors"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        _person(),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        _of_users("recovery_codes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_user_id"), "recovery_codes", ["user_id"])


def _admin_actions() -> None:
    """Append-only: the database itself refuses changes."""
    op.create_table(
        "admin_actions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("admin_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["admin_id"], ["users.id"], name=op.f("fk_admin_actions_admin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admin_actions")),
    )
    for name in ("admin", "subject"):
        op.create_index(f"ix_admin_actions_{name}", "admin_actions", [f"{name}_id", sa.text("id DESC")])
    op.create_index("ix_admin_actions_action", "admin_actions", ["action", sa.text("id DESC")])
    op.execute(
        "CREATE TRIGGER admin_actions_frozen BEFORE UPDATE OR DELETE ON admin_actions "
        "FOR EACH ROW EXECUTE FUNCTION rows_are_frozen()"
    )
    op.execute(
        "CREATE TRIGGER admin_actions_kept BEFORE TRUNCATE ON admin_actions "
        "FOR EACH STATEMENT EXECUTE FUNCTION rows_are_frozen()"
    )


def downgrade() -> None:
    """Go back."""
    for table in (
        "admin_actions",
        "recovery_codes",
        "second_factors",
        "one_time_codes",
        "failed_sign_ins",
        "known_devices",
    ):
        op.drop_table(table)
    op.drop_column("refresh_tokens", "salt")
    op.drop_index("ix_sessions_open", "sessions")
    for name in ("proved_at", "confirmed_at", "last_seen_at", "address"):
        op.drop_column("sessions", name)
    op.drop_column("terms_acceptances", "address")
    op.drop_column("users", "terms_version")
    op.drop_column("users", "phone_verified_at")
