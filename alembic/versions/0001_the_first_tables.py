"""the first tables."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

from alembic import op
from cleanit_app.models.campaigns import Cube
from cleanit_app.ops.schema_history import MARK

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.execute(f"COMMENT ON TABLE alembic_version IS '{MARK}'")
    # Points on the unit sphere, searched nearest first.
    op.execute("CREATE EXTENSION IF NOT EXISTS cube")
    op.create_table(
        "error_logs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("message", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_error_logs")),
    )
    op.create_index(op.f("ix_error_logs_at"), "error_logs", ["at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("relayed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_actor", "outbox", ["actor_id", "occurred_at"], unique=False)
    op.create_index("ix_outbox_waiting", "outbox", ["id"], unique=False, postgresql_where=sa.text("relayed_at IS NULL"))
    op.create_table(
        "receipt_counters",
        sa.Column("series", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_receipt_counters")),
    )
    op.create_table(
        "status_history",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("from_status", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("to_status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_history")),
    )
    op.create_index(
        "ix_status_history_decided",
        "status_history",
        ["at"],
        unique=False,
        postgresql_where=sa.text("kind = 'job' AND from_status = 'COMPLETED'"),
    )
    op.create_index(op.f("ix_status_history_subject_id"), "status_history", ["subject_id"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("duties", sa.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column(
            "status",
            sa.Enum("ACTIVE", "SUSPENDED", "DELETED", name="userstatus", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspension_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("(status = 'SUSPENDED') = (suspended_at IS NOT NULL)", name=op.f("ck_users_suspended_fact")),
        sa.CheckConstraint("role IN ('CITIZEN','CLEANER','ADMIN')", name=op.f("ck_users_role_known")),
        sa.CheckConstraint("status IN ('ACTIVE', 'SUSPENDED', 'DELETED')", name=op.f("ck_users_status_known")),
        sa.CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name=op.f("ck_users_reachable")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("phone", name=op.f("uq_users_phone")),
    )
    op.create_index("ix_users_name", "users", [sa.literal_column("lower(name) text_pattern_ops")], unique=False)
    op.create_table(
        "webhook_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("event", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_events")),
        sa.UniqueConstraint("body_sha256", name=op.f("uq_webhook_events_body_sha256")),
        sa.UniqueConstraint("event_id", name=op.f("uq_webhook_events_event_id")),
    )
    op.create_index(
        "ix_webhook_events_waiting",
        "webhook_events",
        ["next_try_at"],
        unique=False,
        postgresql_where=sa.text("processed_at IS NULL"),
    )
    op.create_table(
        "cleaners",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("PENDING", "VERIFIED", "ACTIVE", "REJECTED", name="kycstatus", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("verified_count", sa.Integer(), nullable=False),
        sa.Column("rejected_count", sa.Integer(), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("released_count", sa.Integer(), nullable=False),
        sa.Column("flagged_for_review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payout_kind", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("payout_details", sa.LargeBinary(), nullable=True),
        sa.Column("payout_mask", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("payout_holder", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("payout_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payout_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("razorpay_contact_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("razorpay_fund_account_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint(
            "status IN ('PENDING', 'VERIFIED', 'ACTIVE', 'REJECTED')", name=op.f("ck_cleaners_status_known")
        ),
        sa.CheckConstraint(
            "verified_count >= 0 AND rejected_count >= 0 AND failed_count >= 0 AND released_count >= 0",
            name=op.f("ck_cleaners_counts_natural"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_cleaners_user_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_cleaners")),
    )
    op.create_index(
        "ix_cleaners_waiting",
        "cleaners",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text(
            "status IN ('PENDING','VERIFIED') OR (payout_details IS NOT NULL AND payout_verified_at IS NULL)"
        ),
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("values", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("link", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("dedupe_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notifications_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_notifications_dedupe_key")),
    )
    op.create_index("ix_notifications_person", "notifications", ["user_id", sa.literal_column("id DESC")], unique=False)
    op.create_index(
        "ix_notifications_undelivered",
        "notifications",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.create_index(
        "ix_notifications_unread",
        "notifications",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "photos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("phash", sa.BigInteger(), nullable=False),
        sa.Column("original_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("base_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("widths", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes_received", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("brightness", sa.Float(), nullable=False),
        sa.Column("sharpness", sa.Float(), nullable=False),
        sa.Column("location_source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exif", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_photos_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("sha256", name=op.f("uq_photos_sha256")),
    )
    op.create_index(op.f("ix_photos_owner_id"), "photos", ["owner_id"], unique=False)
    op.create_index(op.f("ix_photos_phash"), "photos", ["phash"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("cookie_hash", sa.LargeBinary(), nullable=True),
        sa.Column("user_agent", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("cookie_hash", name=op.f("uq_sessions_cookie_hash")),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False)
    op.create_table(
        "terms_acceptances",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_terms_acceptances_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms_acceptances")),
    )
    op.create_index(op.f("ix_terms_acceptances_user_id"), "terms_acceptances", ["user_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "AVAILABLE",
                "CLAIMED",
                "COMPLETED",
                "VERIFIED",
                "PAID",
                "RELEASED",
                "REJECTED",
                "FAILED",
                "CANCELLED",
                name="jobstatus",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("amount_paise", sa.BigInteger(), nullable=False),
        sa.Column("platform_fee_paise", sa.BigInteger(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column(
            "position",
            Cube(),
            sa.Computed(
                "cube(ARRAY[cos(radians(latitude)) * cos(radians(longitude)), cos(radians(latitude)) * sin(radians(longitude)), sin(radians(latitude))])",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completion_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_count", sa.Integer(), nullable=False),
        sa.Column("last_claimed_by", sa.Uuid(), nullable=True),
        sa.Column("unclaim_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("unclaimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completion_photo_id", sa.Uuid(), nullable=True),
        sa.Column("flags", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checklist", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("verification_notes", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("rejected_by", sa.Uuid(), nullable=True),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejection_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("rejection_notes", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("retry_allowed", sa.Boolean(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'CLAIMED') = (completion_deadline IS NOT NULL)", name=op.f("ck_jobs_deadline_fact")
        ),
        sa.CheckConstraint("(status = 'PAID') = (paid_at IS NOT NULL)", name=op.f("ck_jobs_paid_fact")),
        sa.CheckConstraint(
            "status IN ('AVAILABLE', 'CLAIMED', 'COMPLETED', 'VERIFIED', 'PAID', 'RELEASED', 'REJECTED', 'FAILED', 'CANCELLED')",
            name=op.f("ck_jobs_status_known"),
        ),
        sa.CheckConstraint(
            "status IN ('RELEASED','REJECTED') OR (status IN ('AVAILABLE','CANCELLED')) = (claimed_by IS NULL)",
            name=op.f("ck_jobs_has_cleaner"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('COMPLETED','VERIFIED','PAID') OR completion_photo_id IS NOT NULL",
            name=op.f("ck_jobs_photo_fact"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('VERIFIED','PAID') OR verified_at IS NOT NULL", name=op.f("ck_jobs_verified_fact")
        ),
        sa.CheckConstraint("(claimed_by IS NULL) = (claimed_at IS NULL)", name=op.f("ck_jobs_claim_moment")),
        sa.CheckConstraint("amount_paise > 0 AND platform_fee_paise >= 0", name=op.f("ck_jobs_amounts_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_jobs_campaign_id"), ondelete="RESTRICT", use_alter=True
        ),
        sa.ForeignKeyConstraint(["claimed_by"], ["users.id"], name=op.f("fk_jobs_claimed_by")),
        sa.ForeignKeyConstraint(["completion_photo_id"], ["photos.id"], name=op.f("fk_jobs_completion_photo_id")),
        sa.ForeignKeyConstraint(["last_claimed_by"], ["users.id"], name=op.f("fk_jobs_last_claimed_by")),
        sa.ForeignKeyConstraint(["rejected_by"], ["users.id"], name=op.f("fk_jobs_rejected_by")),
        sa.ForeignKeyConstraint(["verified_by"], ["users.id"], name=op.f("fk_jobs_verified_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_campaign_id"), "jobs", ["campaign_id"], unique=False)
    op.create_index("ix_jobs_claimed_by", "jobs", ["claimed_by", sa.literal_column("claimed_at DESC")], unique=False)
    op.create_index(op.f("ix_jobs_expires_at"), "jobs", ["expires_at"], unique=False)
    op.create_index(
        "ix_jobs_in_hand",
        "jobs",
        ["claimed_by", "completion_deadline"],
        unique=False,
        postgresql_where=sa.text("status = 'CLAIMED'"),
    )
    op.create_index(
        "ix_jobs_open_pay",
        "jobs",
        [sa.literal_column("amount_paise DESC"), "id"],
        unique=False,
        postgresql_where=sa.text("status = 'AVAILABLE'"),
    )
    op.create_index(
        "ix_jobs_open_position",
        "jobs",
        ["position"],
        unique=False,
        postgresql_using="gist",
        postgresql_where=sa.text("status = 'AVAILABLE'"),
    )
    op.create_index(
        "ix_jobs_to_verify",
        "jobs",
        ["completed_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'COMPLETED'"),
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_refresh_tokens_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_refresh_tokens_token_hash")),
    )
    op.create_index(op.f("ix_refresh_tokens_session_id"), "refresh_tokens", ["session_id"], unique=False)
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("target_paise", sa.BigInteger(), nullable=False),
        sa.Column("raised_paise", sa.BigInteger(), nullable=False),
        sa.Column(
            "raised_bps",
            sa.Integer(),
            sa.Computed("(raised_paise * 10000 / target_paise)::int", persisted=True),
            nullable=True,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "DRAFT",
                "ACTIVE",
                "FUNDED",
                "COMPLETED",
                "CLOSED",
                "EXPIRED",
                "CANCELLED",
                name="campaignstatus",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column(
            "position",
            Cube(),
            sa.Computed(
                "cube(ARRAY[cos(radians(latitude)) * cos(radians(longitude)), cos(radians(latitude)) * sin(radians(longitude)), sin(radians(latitude))])",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "words",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple'::regconfig, title || ' ' || address)", persisted=True),
            nullable=True,
        ),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("possible_spam", sa.Boolean(), nullable=False),
        sa.Column(
            "refund_status",
            sa.Enum("NONE", "PROCESSING", "COMPLETED", name="campaignrefundstatus", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("funded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("cancel_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint(
            "(status = 'CANCELLED') = (cancelled_at IS NOT NULL)", name=op.f("ck_campaigns_cancelled_fact")
        ),
        sa.CheckConstraint("(status = 'CLOSED') = (closed_at IS NOT NULL)", name=op.f("ck_campaigns_closed_fact")),
        sa.CheckConstraint(
            "status IN ('DRAFT', 'ACTIVE', 'FUNDED', 'COMPLETED', 'CLOSED', 'EXPIRED', 'CANCELLED')",
            name=op.f("ck_campaigns_status_known"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('FUNDED','COMPLETED','CLOSED') OR funded_at IS NOT NULL",
            name=op.f("ck_campaigns_funded_fact"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('FUNDED','COMPLETED','CLOSED') OR job_id IS NOT NULL", name=op.f("ck_campaigns_funded_job")
        ),
        sa.CheckConstraint(
            "(activated_at IS NULL) = (expires_at IS NULL)", name=op.f("ck_campaigns_expiry_from_activation")
        ),
        sa.CheckConstraint(
            "latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name=op.f("ck_campaigns_on_earth")
        ),
        sa.CheckConstraint(
            "raised_paise >= 0 AND raised_paise <= target_paise", name=op.f("ck_campaigns_raised_range")
        ),
        sa.CheckConstraint("target_paise BETWEEN 50000 AND 5000000", name=op.f("ck_campaigns_target_range")),
        sa.ForeignKeyConstraint(["approved_by"], ["users.id"], name=op.f("fk_campaigns_approved_by")),
        sa.ForeignKeyConstraint(["creator_id"], ["users.id"], name=op.f("fk_campaigns_creator_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_campaigns_job_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name=op.f("fk_campaigns_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("photo_id", name=op.f("uq_campaigns_photo_id")),
    )
    op.create_index("ix_campaigns_creator", "campaigns", ["creator_id", sa.literal_column("id DESC")], unique=False)
    op.create_index("ix_campaigns_position", "campaigns", ["position"], unique=False, postgresql_using="gist")
    op.create_index(
        "ix_campaigns_public_new",
        "campaigns",
        [sa.literal_column("activated_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("activated_at IS NOT NULL"),
    )
    op.create_index("ix_campaigns_status_ending", "campaigns", ["status", "expires_at", "id"], unique=False)
    op.create_index(
        "ix_campaigns_status_new",
        "campaigns",
        ["status", sa.literal_column("activated_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_campaigns_status_progress",
        "campaigns",
        ["status", sa.literal_column("raised_bps DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_campaigns_waiting",
        "campaigns",
        ["created_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'DRAFT'"),
    )
    op.create_index("ix_campaigns_words", "campaigns", ["words"], unique=False, postgresql_using="gin")
    op.create_table(
        "capture_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("cleaner_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["cleaner_id"], ["users.id"], name=op.f("fk_capture_tokens_cleaner_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_capture_tokens_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_capture_tokens_token_hash")),
    )
    op.create_index(op.f("ix_capture_tokens_job_id"), "capture_tokens", ["job_id"], unique=False)
    op.create_table(
        "fraud_cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind_of_case", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cleaner_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("notes", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["cleaner_id"], ["users.id"], name=op.f("fk_fraud_cases_cleaner_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_fraud_cases_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fraud_cases")),
    )
    op.create_index(
        "ix_fraud_cases_open", "fraud_cases", ["opened_at"], unique=False, postgresql_where=sa.text("closed_at IS NULL")
    )
    op.create_table(
        "contributions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("contributor_id", sa.Uuid(), nullable=False),
        sa.Column("amount_paise", sa.BigInteger(), nullable=False),
        sa.Column("kept_paise", sa.BigInteger(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("CREATED", "PENDING", "SUCCESS", "LAPSED", name="contributionstatus", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("idempotency_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("razorpay_order_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("razorpay_payment_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("receipt_number", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_check_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("(status = 'SUCCESS') = (paid_at IS NOT NULL)", name=op.f("ck_contributions_paid_fact")),
        sa.CheckConstraint(
            "status <> 'PENDING' OR razorpay_order_id IS NOT NULL", name=op.f("ck_contributions_order_fact")
        ),
        sa.CheckConstraint(
            "status IN ('CREATED', 'PENDING', 'SUCCESS', 'LAPSED')", name=op.f("ck_contributions_status_known")
        ),
        sa.CheckConstraint("amount_paise >= 100", name=op.f("ck_contributions_amount_smallest")),
        sa.CheckConstraint("kept_paise >= 0 AND kept_paise <= amount_paise", name=op.f("ck_contributions_kept_range")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_contributions_campaign_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contributor_id"], ["users.id"], name=op.f("fk_contributions_contributor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
        sa.UniqueConstraint(
            "contributor_id", "idempotency_key", name=op.f("uq_contributions_contributor_id_idempotency_key")
        ),
        sa.UniqueConstraint("razorpay_order_id", name=op.f("uq_contributions_razorpay_order_id")),
        sa.UniqueConstraint("razorpay_payment_id", name=op.f("uq_contributions_razorpay_payment_id")),
        sa.UniqueConstraint("receipt_number", name=op.f("uq_contributions_receipt_number")),
    )
    op.create_index(
        "ix_contributions_campaign",
        "contributions",
        ["campaign_id", sa.literal_column("paid_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_contributions_open",
        "contributions",
        ["next_check_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('CREATED','PENDING')"),
    )
    op.create_index(
        "ix_contributions_person", "contributions", ["contributor_id", sa.literal_column("id DESC")], unique=False
    )
    op.create_table(
        "ledger_transfers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("business_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reverses", sa.Uuid(), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_ledger_transfers_campaign_id")),
        sa.ForeignKeyConstraint(["reverses"], ["ledger_transfers.id"], name=op.f("fk_ledger_transfers_reverses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transfers")),
        sa.UniqueConstraint("business_key", name=op.f("uq_ledger_transfers_business_key")),
        sa.UniqueConstraint("reverses", name=op.f("uq_ledger_transfers_reverses")),
    )
    op.create_index(op.f("ix_ledger_transfers_campaign_id"), "ledger_transfers", ["campaign_id"], unique=False)
    op.create_table(
        "payouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("cleaner_id", sa.Uuid(), nullable=False),
        sa.Column("amount_paise", sa.BigInteger(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PENDING", "PROCESSING", "PAID", "FAILED", "MANUAL", name="payoutstatus", native_enum=False, length=16
            ),
            nullable=False,
        ),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("initiated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("razorpay_payout_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("utr", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("failure_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hold_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("(status = 'PAID') = (paid_at IS NOT NULL)", name=op.f("ck_payouts_paid_fact")),
        sa.CheckConstraint(
            "status IN ('PENDING', 'PROCESSING', 'PAID', 'FAILED', 'MANUAL')", name=op.f("ck_payouts_status_known")
        ),
        sa.CheckConstraint("amount_paise > 0", name=op.f("ck_payouts_amount_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_payouts_campaign_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["cleaner_id"], ["users.id"], name=op.f("fk_payouts_cleaner_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_payouts_job_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sa.UniqueConstraint("job_id", name=op.f("uq_payouts_job_id")),
    )
    op.create_index("ix_payouts_cleaner", "payouts", ["cleaner_id", sa.literal_column("id DESC")], unique=False)
    op.create_index(
        "ix_payouts_due",
        "payouts",
        ["scheduled_for", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'PENDING'"),
    )
    op.create_index(
        "ix_payouts_open",
        "payouts",
        ["scheduled_for", "id"],
        unique=False,
        postgresql_where=sa.text("status IN ('PENDING','PROCESSING','MANUAL')"),
    )
    op.create_table(
        "transactions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("from_account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("to_account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("amount_paise", sa.BigInteger(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('PROCESSING','COMPLETED','FAILED')", name=op.f("ck_transactions_status_known")),
        sa.CheckConstraint("type IN ('CONTRIBUTION','PAYOUT','REFUND')", name=op.f("ck_transactions_type_known")),
        sa.CheckConstraint("amount_paise > 0", name=op.f("ck_transactions_amount_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_transactions_campaign_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transactions")),
    )
    op.create_index(op.f("ix_transactions_campaign_id"), "transactions", ["campaign_id"], unique=False)
    op.create_index(
        "ix_transactions_newest",
        "transactions",
        [sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(op.f("ix_transactions_source_id"), "transactions", ["source_id"], unique=False)
    op.create_table(
        "escrow_transactions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("amount_paise", sa.BigInteger(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("HELD", "RELEASED", "REFUNDED", name="escrowstatus", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_for", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint(
            "(status = 'HELD') = (released_at IS NULL)", name=op.f("ck_escrow_transactions_released_fact")
        ),
        sa.CheckConstraint(
            "released_for IS NULL OR released_for IN ('PAYOUT','REFUND')",
            name=op.f("ck_escrow_transactions_purpose_known"),
        ),
        sa.CheckConstraint(
            "status IN ('HELD', 'RELEASED', 'REFUNDED')", name=op.f("ck_escrow_transactions_status_known")
        ),
        sa.CheckConstraint(
            "(released_at IS NULL) = (released_for IS NULL)", name=op.f("ck_escrow_transactions_released_purpose")
        ),
        sa.CheckConstraint("amount_paise > 0", name=op.f("ck_escrow_transactions_amount_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_escrow_transactions_campaign_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_escrow_transactions_contribution_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escrow_transactions")),
        sa.UniqueConstraint("contribution_id", name=op.f("uq_escrow_transactions_contribution_id")),
    )
    op.create_index(op.f("ix_escrow_transactions_campaign_id"), "escrow_transactions", ["campaign_id"], unique=False)
    op.create_table(
        "ledger_lines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("amount_paise", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "account IN ('GATEWAY', 'BANK', 'HELD', 'SURPLUS', 'CLEANER_PAYABLE', 'FEE_INCOME', 'GST_OUTPUT', 'GATEWAY_FEES', 'PAYOUT_FEES', 'PAYOUT_CLEARING', 'REFUND_CLEARING')",
            name=op.f("ck_ledger_lines_account_known"),
        ),
        sa.CheckConstraint("amount_paise <> 0", name=op.f("ck_ledger_lines_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["ledger_transfers.id"], name=op.f("fk_ledger_lines_transfer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_lines")),
    )
    op.create_index(
        "ix_ledger_lines_balance",
        "ledger_lines",
        ["account", "subject_id"],
        unique=False,
        postgresql_include=["amount_paise"],
    )
    op.create_index("ix_ledger_lines_transfer", "ledger_lines", [sa.literal_column("transfer_id")], unique=False)
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("razorpay_payment_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("amount_paise", sa.BigInteger(), nullable=False),
        sa.Column("kept_paise", sa.BigInteger(), nullable=False),
        sa.Column("fee_paise", sa.BigInteger(), nullable=False),
        sa.Column("tax_paise", sa.BigInteger(), nullable=False),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount_paise > 0 AND kept_paise >= 0 AND kept_paise <= amount_paise", name=op.f("ck_payments_kept_range")
        ),
        sa.CheckConstraint(
            "fee_paise >= 0 AND tax_paise >= 0 AND tax_paise <= fee_paise", name=op.f("ck_payments_fee_range")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contributions.id"], name=op.f("fk_payments_contribution_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("razorpay_payment_id", name=op.f("uq_payments_razorpay_payment_id")),
    )
    op.create_index(op.f("ix_payments_contribution_id"), "payments", ["contribution_id"], unique=False)
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("contributor_id", sa.Uuid(), nullable=False),
        sa.Column("amount_paise", sa.BigInteger(), nullable=False),
        sa.Column("cause", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PENDING",
                "PROCESSING",
                "COMPLETED",
                "FAILED",
                "MANUAL",
                name="refundstatus",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("razorpay_refund_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("initiated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint(
            "(status = 'COMPLETED') = (completed_at IS NOT NULL)", name=op.f("ck_refunds_completed_fact")
        ),
        sa.CheckConstraint("cause IN ('SURPLUS','LATE','CAMPAIGN_ENDED')", name=op.f("ck_refunds_cause_known")),
        sa.CheckConstraint(
            "status IN ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'MANUAL')", name=op.f("ck_refunds_status_known")
        ),
        sa.CheckConstraint("amount_paise > 0", name=op.f("ck_refunds_amount_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_refunds_campaign_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contributions.id"], name=op.f("fk_refunds_contribution_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contributor_id"], ["users.id"], name=op.f("fk_refunds_contributor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_refunds_payment_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("payment_id", "cause", name=op.f("uq_refunds_payment_id_cause")),
        sa.UniqueConstraint("razorpay_refund_id", name=op.f("uq_refunds_razorpay_refund_id")),
    )
    op.create_index(op.f("ix_refunds_campaign_id"), "refunds", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_refunds_contribution_id"), "refunds", ["contribution_id"], unique=False)
    op.create_index(
        "ix_refunds_due",
        "refunds",
        ["next_try_at", "id"],
        unique=False,
        postgresql_where=sa.text("status IN ('PENDING','FAILED')"),
    )
    op.create_index(
        "ix_refunds_open",
        "refunds",
        ["due_on", "id"],
        unique=False,
        postgresql_where=sa.text("status IN ('PENDING','PROCESSING','MANUAL')"),
    )
    op.create_index("ix_refunds_person", "refunds", ["contributor_id", sa.literal_column("id DESC")], unique=False)
    op.create_table(
        "transfer_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=True),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("idempotency_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("request", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "READY",
                "SENDING",
                "UNKNOWN",
                "ACCEPTED",
                "SUCCEEDED",
                "FAILED",
                "REVERSED",
                name="attemptstatus",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provider_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("failure_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'SENDING') = (lease_until IS NOT NULL)", name=op.f("ck_transfer_attempts_lease_fact")
        ),
        sa.CheckConstraint("idempotency_key ~ '^[A-Za-z0-9_-]{10,36}$'", name=op.f("ck_transfer_attempts_key_form")),
        sa.CheckConstraint(
            "status IN ('READY', 'SENDING', 'UNKNOWN', 'ACCEPTED', 'SUCCEEDED', 'FAILED', 'REVERSED')",
            name=op.f("ck_transfer_attempts_status_known"),
        ),
        sa.CheckConstraint("(payout_id IS NULL) <> (refund_id IS NULL)", name=op.f("ck_transfer_attempts_one_purpose")),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name=op.f("fk_transfer_attempts_payout_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refunds.id"], name=op.f("fk_transfer_attempts_refund_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_attempts")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_transfer_attempts_idempotency_key")),
        sa.UniqueConstraint("payout_id", "number", name=op.f("uq_transfer_attempts_payout_id_number")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_transfer_attempts_provider_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_transfer_attempts_reference")),
        sa.UniqueConstraint("refund_id", "number", name=op.f("uq_transfer_attempts_refund_id_number")),
    )
    op.create_index(
        "ix_transfer_attempts_open",
        "transfer_attempts",
        ["next_try_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('READY','SENDING','UNKNOWN','ACCEPTED')"),
    )
    op.create_index(
        "uq_transfer_attempts_open_payout",
        "transfer_attempts",
        ["payout_id"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('FAILED','REVERSED')"),
    )
    op.create_index(
        "uq_transfer_attempts_open_refund",
        "transfer_attempts",
        ["refund_id"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('FAILED','REVERSED')"),
    )
    # Campaign and job name each other, so one of the two keys comes last.
    op.create_foreign_key("fk_jobs_campaign_id", "jobs", "campaigns", ["campaign_id"], ["id"], ondelete="RESTRICT")


def downgrade() -> None:
    """Go back."""
    op.drop_constraint("fk_jobs_campaign_id", "jobs", type_="foreignkey")
    op.drop_index(
        "uq_transfer_attempts_open_refund",
        table_name="transfer_attempts",
        postgresql_where=sa.text("status NOT IN ('FAILED','REVERSED')"),
    )
    op.drop_index(
        "uq_transfer_attempts_open_payout",
        table_name="transfer_attempts",
        postgresql_where=sa.text("status NOT IN ('FAILED','REVERSED')"),
    )
    op.drop_index(
        "ix_transfer_attempts_open",
        table_name="transfer_attempts",
        postgresql_where=sa.text("status IN ('READY','SENDING','UNKNOWN','ACCEPTED')"),
    )
    op.drop_table("transfer_attempts")
    op.drop_index("ix_refunds_person", table_name="refunds")
    op.drop_index(
        "ix_refunds_open", table_name="refunds", postgresql_where=sa.text("status IN ('PENDING','PROCESSING','MANUAL')")
    )
    op.drop_index("ix_refunds_due", table_name="refunds", postgresql_where=sa.text("status IN ('PENDING','FAILED')"))
    op.drop_index(op.f("ix_refunds_contribution_id"), table_name="refunds")
    op.drop_index(op.f("ix_refunds_campaign_id"), table_name="refunds")
    op.drop_table("refunds")
    op.drop_index(op.f("ix_payments_contribution_id"), table_name="payments")
    op.drop_table("payments")
    op.drop_index("ix_ledger_lines_transfer", table_name="ledger_lines")
    op.drop_index("ix_ledger_lines_balance", table_name="ledger_lines", postgresql_include=["amount_paise"])
    op.drop_table("ledger_lines")
    op.drop_index(op.f("ix_escrow_transactions_campaign_id"), table_name="escrow_transactions")
    op.drop_table("escrow_transactions")
    op.drop_index(op.f("ix_transactions_source_id"), table_name="transactions")
    op.drop_index("ix_transactions_newest", table_name="transactions")
    op.drop_index(op.f("ix_transactions_campaign_id"), table_name="transactions")
    op.drop_table("transactions")
    op.drop_index(
        "ix_payouts_open", table_name="payouts", postgresql_where=sa.text("status IN ('PENDING','PROCESSING','MANUAL')")
    )
    op.drop_index("ix_payouts_due", table_name="payouts", postgresql_where=sa.text("status = 'PENDING'"))
    op.drop_index("ix_payouts_cleaner", table_name="payouts")
    op.drop_table("payouts")
    op.drop_index(op.f("ix_ledger_transfers_campaign_id"), table_name="ledger_transfers")
    op.drop_table("ledger_transfers")
    op.drop_index("ix_contributions_person", table_name="contributions")
    op.drop_index(
        "ix_contributions_open", table_name="contributions", postgresql_where=sa.text("status IN ('CREATED','PENDING')")
    )
    op.drop_index("ix_contributions_campaign", table_name="contributions")
    op.drop_table("contributions")
    op.drop_index("ix_fraud_cases_open", table_name="fraud_cases", postgresql_where=sa.text("closed_at IS NULL"))
    op.drop_table("fraud_cases")
    op.drop_index(op.f("ix_capture_tokens_job_id"), table_name="capture_tokens")
    op.drop_table("capture_tokens")
    op.drop_index("ix_campaigns_words", table_name="campaigns", postgresql_using="gin")
    op.drop_index("ix_campaigns_waiting", table_name="campaigns", postgresql_where=sa.text("status = 'DRAFT'"))
    op.drop_index("ix_campaigns_status_progress", table_name="campaigns")
    op.drop_index("ix_campaigns_status_new", table_name="campaigns")
    op.drop_index("ix_campaigns_status_ending", table_name="campaigns")
    op.drop_index(
        "ix_campaigns_public_new", table_name="campaigns", postgresql_where=sa.text("activated_at IS NOT NULL")
    )
    op.drop_index("ix_campaigns_position", table_name="campaigns", postgresql_using="gist")
    op.drop_index("ix_campaigns_creator", table_name="campaigns")
    op.drop_table("campaigns")
    op.drop_index(op.f("ix_refresh_tokens_session_id"), table_name="refresh_tokens")
    op.drop_table("refresh_tokens")
    op.drop_index("ix_jobs_to_verify", table_name="jobs", postgresql_where=sa.text("status = 'COMPLETED'"))
    op.drop_index(
        "ix_jobs_open_position",
        table_name="jobs",
        postgresql_using="gist",
        postgresql_where=sa.text("status = 'AVAILABLE'"),
    )
    op.drop_index("ix_jobs_open_pay", table_name="jobs", postgresql_where=sa.text("status = 'AVAILABLE'"))
    op.drop_index("ix_jobs_in_hand", table_name="jobs", postgresql_where=sa.text("status = 'CLAIMED'"))
    op.drop_index(op.f("ix_jobs_expires_at"), table_name="jobs")
    op.drop_index("ix_jobs_claimed_by", table_name="jobs")
    op.drop_index(op.f("ix_jobs_campaign_id"), table_name="jobs")
    op.drop_table("jobs")
    op.drop_index(op.f("ix_terms_acceptances_user_id"), table_name="terms_acceptances")
    op.drop_table("terms_acceptances")
    op.drop_index(op.f("ix_sessions_user_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_photos_phash"), table_name="photos")
    op.drop_index(op.f("ix_photos_owner_id"), table_name="photos")
    op.drop_table("photos")
    op.drop_index("ix_notifications_unread", table_name="notifications", postgresql_where=sa.text("read_at IS NULL"))
    op.drop_index(
        "ix_notifications_undelivered", table_name="notifications", postgresql_where=sa.text("delivered_at IS NULL")
    )
    op.drop_index("ix_notifications_person", table_name="notifications")
    op.drop_table("notifications")
    op.drop_index(
        "ix_cleaners_waiting",
        table_name="cleaners",
        postgresql_where=sa.text(
            "status IN ('PENDING','VERIFIED') OR (payout_details IS NOT NULL AND payout_verified_at IS NULL)"
        ),
    )
    op.drop_table("cleaners")
    op.drop_index(
        "ix_webhook_events_waiting", table_name="webhook_events", postgresql_where=sa.text("processed_at IS NULL")
    )
    op.drop_table("webhook_events")
    op.drop_index("ix_users_name", table_name="users")
    op.drop_table("users")
    op.drop_index(op.f("ix_status_history_subject_id"), table_name="status_history")
    op.drop_index(
        "ix_status_history_decided",
        table_name="status_history",
        postgresql_where=sa.text("kind = 'job' AND from_status = 'COMPLETED'"),
    )
    op.drop_table("status_history")
    op.drop_table("receipt_counters")
    op.drop_index("ix_outbox_waiting", table_name="outbox", postgresql_where=sa.text("relayed_at IS NULL"))
    op.drop_index("ix_outbox_actor", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_error_logs_at"), table_name="error_logs")
    op.drop_table("error_logs")
