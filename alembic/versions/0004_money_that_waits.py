"""Money that waits for a person: counted failures, holds, switches, account checks, odd payments."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ATTEMPTS = ("READY", "SENDING", "UNKNOWN", "ACCEPTED", "SUCCEEDED", "FAILED", "REVERSED")
OPEN = "status IN ('READY','SENDING','UNKNOWN','ACCEPTED'{more})"
CHECKS = ("WAITING", "ASKED", "MATCHES", "DIFFERS", "INVALID", "UNAVAILABLE", "REPLACED")


def _one_of(values: tuple[str, ...]) -> str:
    return f"status IN ({', '.join(repr(v) for v in values)})"


def _let_attempts_be(statuses: tuple[str, ...], more: str) -> None:
    op.execute("ALTER TABLE transfer_attempts DROP CONSTRAINT ck_transfer_attempts_status_known")
    op.execute(
        f"ALTER TABLE transfer_attempts ADD CONSTRAINT ck_transfer_attempts_status_known CHECK ({_one_of(statuses)})"
    )
    op.drop_index("ix_transfer_attempts_open", table_name="transfer_attempts")
    op.create_index(
        "ix_transfer_attempts_open",
        "transfer_attempts",
        ["next_try_at"],
        postgresql_where=sa.text(OPEN.format(more=more)),
    )


def upgrade() -> None:
    """Go forward."""
    zero = sa.text("0")
    op.add_column("refunds", sa.Column("fee_withheld_paise", sa.BigInteger(), server_default=zero, nullable=False))
    op.add_column("refunds", sa.Column("failures", sa.Integer(), server_default=zero, nullable=False))
    op.add_column("refunds", sa.Column("by_hand_reference", sa.String(), nullable=True))
    op.create_check_constraint("fee_range", "refunds", "fee_withheld_paise >= 0 AND fee_withheld_paise < amount_paise")
    op.add_column("payouts", sa.Column("failures", sa.Integer(), server_default=zero, nullable=False))
    op.add_column("payouts", sa.Column("held_by", sa.Uuid(), nullable=True))
    op.add_column("transfer_attempts", sa.Column("provider_status", sa.String(), nullable=True))
    op.add_column("transfer_attempts", sa.Column("first_sent_at", MOMENT, nullable=True))
    op.add_column("transfer_attempts", sa.Column("alerted_at", MOMENT, nullable=True))
    op.add_column("cleaners", sa.Column("payout_usable_at", MOMENT, nullable=True))
    op.add_column("error_logs", sa.Column("stack", sa.String(), nullable=True))
    op.create_index(
        "ix_escrow_transactions_held",
        "escrow_transactions",
        ["held_at", "id"],
        postgresql_where=sa.text("status = 'HELD'"),
    )
    _let_attempts_be((*ATTEMPTS, "MANUAL"), ",'MANUAL'")
    _make_switches()
    _make_account_checks()
    _make_odd_payments()


def _make_switches() -> None:
    op.create_table(
        "money_switches",
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.Column("stopped_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("flow IN ('PAYOUTS','REFUNDS')", name=op.f("ck_money_switches_flow_known")),
        sa.CheckConstraint("(stopped_at IS NULL) = (reason IS NULL)", name=op.f("ck_money_switches_stopped_fact")),
        sa.PrimaryKeyConstraint("flow", name=op.f("pk_money_switches")),
    )
    op.execute("INSERT INTO money_switches (flow) VALUES ('PAYOUTS'), ('REFUNDS')")


def _make_account_checks() -> None:
    op.create_table(
        "account_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cleaner_id", sa.Uuid(), nullable=False),
        sa.Column("details_at", MOMENT, nullable=False),
        sa.Column("status", sa.Enum(*CHECKS, name="accountcheckstatus", native_enum=False, length=16), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=True),
        sa.Column("registered_name", sa.String(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint(_one_of(CHECKS), name=op.f("ck_account_checks_status_known")),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name=op.f("ck_account_checks_score_range")),
        sa.ForeignKeyConstraint(
            ["cleaner_id"], ["users.id"], name=op.f("fk_account_checks_cleaner_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_checks")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_account_checks_provider_id")),
    )
    op.create_index("ix_account_checks_cleaner", "account_checks", ["cleaner_id", sa.text("id DESC")])
    op.create_index(
        "ix_account_checks_open",
        "account_checks",
        ["next_try_at"],
        postgresql_where=sa.text("status IN ('WAITING','ASKED')"),
    )


def _make_odd_payments() -> None:
    op.create_table(
        "failed_tries",
        sa.Column("razorpay_payment_id", sa.String(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("contributor_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contributions.id"], name=op.f("fk_failed_tries_contribution_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contributor_id"], ["users.id"], name=op.f("fk_failed_tries_contributor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("razorpay_payment_id", name=op.f("pk_failed_tries")),
    )
    op.create_index("ix_failed_tries_person", "failed_tries", ["contributor_id", "at"])
    op.create_table(
        "payment_flags",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("once_key", sa.String(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("seen_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(seen_at IS NULL) = (seen_by IS NULL)", name=op.f("ck_payment_flags_seen_fact")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_payment_flags_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_payment_flags_contribution_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_payment_flags_campaign_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_flags")),
        sa.UniqueConstraint("once_key", name=op.f("uq_payment_flags_once_key")),
    )
    op.create_index("ix_payment_flags_open", "payment_flags", ["id"], postgresql_where=sa.text("seen_at IS NULL"))


def downgrade() -> None:
    """Go back; calls that wait for a person become unknown again."""
    for table in ("payment_flags", "failed_tries", "account_checks", "money_switches"):
        op.drop_table(table)
    op.execute("UPDATE transfer_attempts SET status = 'UNKNOWN' WHERE status = 'MANUAL'")
    _let_attempts_be(ATTEMPTS, "")
    op.drop_index("ix_escrow_transactions_held", table_name="escrow_transactions")
    op.drop_column("error_logs", "stack")
    op.drop_column("cleaners", "payout_usable_at")
    for column in ("alerted_at", "first_sent_at", "provider_status"):
        op.drop_column("transfer_attempts", column)
    for column in ("held_by", "failures"):
        op.drop_column("payouts", column)
    op.drop_constraint("fee_range", "refunds", type_="check")
    for column in ("by_hand_reference", "failures", "fee_withheld_paise"):
        op.drop_column("refunds", column)
