"""What would have changed in the last 30 days, had a setting had another value (OPS-01).

Each question counts by the rule that the setting belongs to. What depends on what people would have done otherwise,
or on what nobody wrote down, has no question: that is said plainly instead of guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.house_settings import SETTINGS, House, HouseSetting
from cleanit_app.domain.places import EARTH_KM
from cleanit_app.services.unit_of_work import UnitOfWork

SPAN = timedelta(days=30)

_DAY_OF = "(({0} AT TIME ZONE 'Asia/Kolkata')::date)"
_WINDOW = """SELECT count(*) FROM campaigns WHERE activated_at > :since - interval '120 days' AND funded_at > :since
          AND target_paise > {0} AND target_paise <= {1}
          AND funded_at > activated_at + make_interval(days => :value)"""
_AWAY_M = f"""1000 * {2 * EARTH_KM} * asin(least(1, sqrt(sin(radians(p.latitude - j.latitude) / 2) ^ 2
          + cos(radians(j.latitude)) * cos(radians(p.latitude)) * sin(radians(p.longitude - j.longitude) / 2) ^ 2)))"""
_SIZES = [0, *(window.most_paise for window in House().limits.campaign_windows)]
QUESTIONS: dict[str, str] = {
    "fee_bps": """SELECT coalesce(sum(round(raised_paise * CAST(:value AS numeric) / 10000)), 0) FROM campaigns
        WHERE funded_at > :since""",
    "window_small_days": _WINDOW.format(_SIZES[0], _SIZES[1]),
    "window_middle_days": _WINDOW.format(_SIZES[1], _SIZES[2]),
    "window_large_days": _WINDOW.format(_SIZES[2], _SIZES[3]),
    "claim_time": """SELECT count(*) FROM jobs WHERE completed_at > :since
        AND completed_at > claimed_at + make_interval(days => :value)""",
    "claim_limit": """SELECT count(*) FROM (SELECT FROM jobs WHERE status = 'CLAIMED'
          GROUP BY claimed_by HAVING count(*) >= :value) c""",
    "proof_radius_km": f"""SELECT count(*) FROM photos p JOIN jobs j ON j.id = p.job_id
        WHERE p.received_at > :since AND p.latitude IS NOT NULL AND p.longitude IS NOT NULL
          AND {_AWAY_M} > :value + least({LIMITS.most_accuracy_m}, coalesce(p.accuracy_m, 0))""",
    "contributions_an_hour": """SELECT count(*) FROM (
          SELECT paid_at, count(*) OVER (PARTITION BY contributor_id ORDER BY paid_at
            RANGE BETWEEN interval '1 hour' PRECEDING AND CURRENT ROW) AS within
          FROM contributions WHERE status = 'SUCCESS' AND paid_at > :since) g WHERE within >= :value""",
    "failed_tries_an_hour": """SELECT count(*) FROM (
          SELECT count(*) OVER (PARTITION BY contributor_id ORDER BY at
            RANGE BETWEEN interval '1 hour' PRECEDING AND CURRENT ROW) AS within
          FROM failed_tries WHERE at > :since) f WHERE within >= :value""",
    "big_first_contribution_paise": """SELECT count(*) FROM contributions g
        WHERE g.status = 'SUCCESS' AND g.paid_at > :since AND g.amount_paise >= :value
          AND NOT EXISTS (SELECT FROM contributions b WHERE b.contributor_id = g.contributor_id
            AND b.status = 'SUCCESS' AND b.paid_at < g.paid_at)""",
    "added_most_paise": """SELECT count(*) FROM jobs
        WHERE platform_added_paise > :value AND coalesce(claimed_at, created_at) > :since""",
    "rejections_before_review": """SELECT count(*) FROM cleaners c WHERE c.rejected_count > :value
          AND EXISTS (SELECT FROM photos p JOIN jobs j ON j.id = p.job_id
            WHERE p.owner_id = c.user_id AND j.rejected_at > :since)""",
    "accounts_on_device": """SELECT count(*) FROM (SELECT FROM known_devices
          GROUP BY device_hash HAVING count(*) >= :value AND max(last_seen_at) > :since) d""",
    "accounts_on_payout": """SELECT count(*) FROM (SELECT FROM account_fingerprints
          GROUP BY what, fingerprint HAVING count(*) >= :value AND max(made_at) > :since) f""",
    "quick_cancels": """SELECT count(*) FROM (SELECT FROM campaigns
          WHERE cancelled_at > :since AND raised_paise = 0 AND cancelled_at - created_at <= interval '1 day'
          GROUP BY creator_id HAVING count(*) >= :value) q""",
    "disputes_a_day": f"""SELECT count(*) FROM (SELECT FROM disputes WHERE raised_at > :since
          GROUP BY raised_by, {_DAY_OF.format("raised_at")} HAVING count(*) >= :value) d""",
    "questions_a_day": f"""SELECT count(*) FROM (SELECT FROM support_tickets
          WHERE opened_at > :since AND person_id IS NOT NULL
          GROUP BY person_id, {_DAY_OF.format("opened_at")} HAVING count(*) >= :value) t""",
    "messages_an_hour": """SELECT count(*) FROM (
          SELECT count(*) OVER (PARTITION BY author_id ORDER BY at
            RANGE BETWEEN interval '1 hour' PRECEDING AND CURRENT ROW) AS within
          FROM support_messages WHERE at > :since AND NOT by_desk AND author_id IS NOT NULL) m
        WHERE within >= :value""",
}
"""By setting: how often its rule would have spoken since a moment with a value."""


@dataclass(frozen=True)
class SettingTrial:
    """How often (or for how much) a rule spoke in the last 30 days by the value of now, and by another."""

    name: str
    value: int
    before: int
    after: int


def try_setting(uow: UnitOfWork, *, actor: Actor, setting: HouseSetting, value: int) -> SettingTrial | None:
    """What would have changed in the last 30 days; None where that cannot be counted back."""
    actor.must(Permission.MANAGE_ADMINS)
    question = QUESTIONS.get(setting.name)
    if question is None:
        return None

    def counted(by: int) -> int:
        return int(uow.run(text(question), {"since": uow.now - SPAN, "value": by}).scalar_one())

    now = setting.get(uow.house)
    return SettingTrial(setting.name, value, counted(now), counted(value))


assert QUESTIONS.keys() <= SETTINGS.keys()
