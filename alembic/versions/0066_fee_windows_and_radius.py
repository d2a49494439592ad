"""Fee, days of campaigns and claims, and the radius can be chosen too (OPS-01)."""

from __future__ import annotations

from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

NAME = "ck_setting_choices_value_in_bounds"
MORE = {
    "fee_bps": (0, 2000),
    "window_small_days": (10, 40),
    "window_middle_days": (41, 55),
    "window_large_days": (56, 120),
    "claim_time": (3, 21),
    "claim_limit": (1, 20),
    "proof_radius_km": (100, 2000),
}
BEFORE = {
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


def _bounds(settings: dict[str, tuple[int, int]]) -> str:
    return " OR ".join(f"(name = '{n}' AND value BETWEEN {a} AND {b})" for n, (a, b) in settings.items())


def upgrade() -> None:
    """Go forward."""
    op.drop_constraint(op.f(NAME), "setting_choices")
    op.create_check_constraint(op.f(NAME), "setting_choices", _bounds(MORE | BEFORE))


def downgrade() -> None:
    """Go back; refused by the database while somebody has chosen one of them."""
    op.drop_constraint(op.f(NAME), "setting_choices")
    op.create_check_constraint(op.f(NAME), "setting_choices", _bounds(BEFORE))
