"""How long a campaign collects, and whether what it has is enough."""

from __future__ import annotations

from datetime import datetime, timedelta

from cleanit_app.domain.business_limits import LIMITS, BusinessLimits


def expiry_days(target_paise: int, limits: BusinessLimits = LIMITS) -> int:
    """Days a campaign may collect, from its target in paise (CAM-07)."""
    windows = limits.campaign_windows
    return next((w.days for w in windows if target_paise <= w.most_paise), windows[-1].days)


def goes_ahead(raised_paise: int, target_paise: int) -> bool:
    """Whether a campaign whose time is over is done for what there is: from 80 % of its target on (CAM-10)."""
    return raised_paise * 100 >= target_paise * LIMITS.go_ahead_percent


def expires_at(target_paise: int, activated_at: datetime, limits: BusinessLimits = LIMITS) -> datetime:
    """When an activated campaign stops collecting (CAM-07; counted from activation)."""
    return activated_at + timedelta(days=expiry_days(target_paise, limits))
