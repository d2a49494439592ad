"""The numbers of the business can be changed while Cleanit runs, with a history that only grows (OPS-01)."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

TABLE = "setting_choices"
SETTINGS = {
    "contributions_an_hour": (2, 50),
    "failed_tries_an_hour": (2, 50),
    "big_first_contribution_paise": (50000, 5000000),
    "added_most_paise": (0, 2000000),
    "rejections_before_review": (1, 20),
    "area_days": (7, 90),
    "area_share": (30, 95),
    "area_least_jobs": (3, 50),
    "quick_cancels": (2, 20),
    "quick_cancel_days": (1, 30),
    "fastest_km_an_hour": (40, 200),
    "accounts_on_device": (2, 20),
    "accounts_on_payout": (2, 10),
    "disputes_a_day": (1, 50),
    "questions_a_day": (3, 100),
    "questions_from_address_a_day": (5, 500),
    "messages_an_hour": (5, 200),
}
BOUNDS = " OR ".join(f"(name = '{n}' AND value BETWEEN {a} AND {b})" for n, (a, b) in SETTINGS.items())
IN_RANGE = (
    "least(made_at, effective_from) >= '2000-01-01T00:00Z' AND greatest(made_at, effective_from) < '2200-01-01T00:00Z'"
    " AND least(was, value) >= 0"
)


def upgrade() -> None:
    """Go forward."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(512), nullable=False),
        sa.Column("was", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(20_000), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("effective_from", moment, nullable=False),
        sa.CheckConstraint(BOUNDS, name=op.f("ck_setting_choices_value_in_bounds")),
        sa.CheckConstraint("effective_from >= made_at", name=op.f("ck_setting_choices_not_backwards")),
        sa.CheckConstraint("btrim(why) <> ''", name=op.f("ck_setting_choices_why_given")),
        sa.CheckConstraint(IN_RANGE, name=op.f("ck_setting_choices_in_range")),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users.id"], name=op.f("fk_setting_choices_made_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_choices")),
    )
    op.execute(
        f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION rows_are_frozen()"
    )
    op.execute(
        f"CREATE TRIGGER {TABLE}_kept BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION rows_are_frozen()"
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table(TABLE)
