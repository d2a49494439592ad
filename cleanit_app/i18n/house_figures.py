"""The figures of the house inside sentences: `{house.claim_days}` is filled once, from the one table of limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from types import MappingProxyType

from cleanit_app.domain.business_limits import LIMITS, BusinessLimits
from cleanit_app.domain.house_settings import House
from cleanit_app.domain.limits import LOCKED_FOR, QUARTER_HOUR
from cleanit_app.domain.tax import TAX_PAPERS_FROM_PAISE, TAX_WITHOUT_PAN_BPS
from cleanit_app.domain.terms import TERMS, Terms
from cleanit_app.i18n.amounts import lakhs, rupees, share

CHANGEABLE = frozenset(
    {"fee_share", "cleaner_share", "window_least", "window_most", "claim_days", "claim_limit", "proof_m"}
)
"""Figures that a senior may change while Cleanit runs: a built page takes them from what its tab was told."""
_FIGURE = re.compile(r"\{house\.(\w+)\}")


def house_figures(limits: BusinessLimits = LIMITS, terms: Terms = TERMS) -> dict[str, str]:
    """What sentences may say of the house, by name; digits are those of all languages.

    The shares are those of new campaigns; what a campaign keeps is said with its own share.
    """
    return {
        "fee_share": share(terms.fee_bps),
        "cleaner_share": share(terms.cleaner_bps),
        "least_target": rupees(limits.target_paise[0]),
        "most_target": rupees(limits.target_paise[1]),
        "window_least": str(limits.campaign_windows[0].days),
        "window_most": str(limits.campaign_windows[-1].days),
        "go_ahead": str(limits.go_ahead_percent),
        "least_contribution": rupees(limits.smallest_contribution_paise),
        "title_least": lakhs(limits.title_length[0]),
        "title_most": lakhs(limits.title_length[1]),
        "story_least": lakhs(limits.description_length[0]),
        "story_most": lakhs(limits.description_length[1]),
        "campaign_photo_mb": f"{limits.campaign_photo_bytes / 2**20:g}",
        "same_place_m": f"{1000 * limits.same_place_km:g}",
        "same_place_most": str(limits.spam_at_same_place),
        "same_place_days": str(limits.same_place_days),
        "claim_days": _days(limits.claim_time),
        "claim_limit": str(limits.claim_limit),
        "job_days": _days(limits.job_life),
        "unclaim_hours": _hours(limits.unclaim_until),
        "proof_m": f"{1000 * limits.proof_radius_km:g}",
        "urgent_hours": _hours(limits.urgent_after),
        "check_days": _days(limits.urgent_after),
        "average_hours": _hours(limits.average_alert_after),
        "lock_hours": _hours(LOCKED_FOR),
        "burst_minutes": str(QUARTER_HOUR // timedelta(minutes=1)),
        "queue_alert": str(limits.queue_alert_above),
        "high_value": rupees(limits.high_value_paise),
        "dispute_hours": _hours(limits.dispute_heard_within),
        "grievance_hours": _hours(limits.grievance_acknowledged_within),
        "grievance_days": _days(limits.grievance_redressed_within),
        "answer_hours": _hours(limits.answered_within),
        "cooling_hours": _hours(limits.payout_cooling),
        "payout_hour": str(limits.payout_hour),
        "attempts": str(limits.max_attempts),
        "refund_days_least": str(limits.refund_working_days[0]),
        "refund_days_most": str(limits.refund_working_days[1]),
        "notification_days": _days(limits.notification_life),
        "erasure_days": _days(limits.erasure_wait),
        "money_years": str(limits.money_records_life.days // 365),
        "messages_days": _days(limits.messages_life),
        "device_days": _days(limits.device_life),
        "failures_days": _days(limits.failures_kept),
        "tax_papers": rupees(TAX_PAPERS_FROM_PAISE),
        "tax_without_pan": share(TAX_WITHOUT_PAN_BPS),
    }


@lru_cache(maxsize=64)
def changed_figures(house: House) -> Mapping[str, str]:
    """The figures of a house that are not those it was built with."""
    usual, now = house_figures(), house_figures(house.limits, house.terms)
    return MappingProxyType({name: now[name] for name in sorted(CHANGEABLE) if now[name] != usual[name]})


def with_figures(sentence: str, figures: Mapping[str, str]) -> str:
    """A sentence with the figures of the house in it; KeyError names one that the house does not have."""
    return _FIGURE.sub(lambda found: figures[found[1]], sentence)


def _days(time: timedelta) -> str:
    return f"{time / timedelta(days=1):g}"


def _hours(time: timedelta) -> str:
    return f"{time / timedelta(hours=1):g}"
