"""What a proof of work has to hold, and how a cleaner's past work is counted."""

from __future__ import annotations

from cleanit_app.domain.business_limits import LIMITS, BusinessLimits

LOW_RATING = 5 * LIMITS.low_completion_rate


def is_too_vague(accuracy_m: float | None) -> bool:
    """Whether a phone knew its place too roughly for it to prove anything."""
    return (accuracy_m or 0) > LIMITS.most_accuracy_m


def is_too_far(distance_m: int, accuracy_m: float | None, limits: BusinessLimits = LIMITS) -> bool:
    """Whether a photo was taken beyond the radius and what of the accuracy of its place counts (JOB-10)."""
    return distance_m > 1000 * limits.proof_radius_km + min(limits.most_accuracy_m, accuracy_m or 0)


def completion_rate(verified: int, failed: int, auto_released: int) -> float | None:
    """Share of a cleaner's ended jobs that were verified, 0 to 1; None before the first."""
    ended = verified + failed + auto_released
    return verified / ended if ended else None


def rating(verified: int, rejected: int, auto_released: int) -> float | None:
    """A cleaner's rating out of 5, one decimal, with three good jobs granted; None while nothing was decided."""
    if not verified + rejected + auto_released:
        return None
    return round(5 * (verified + 3) / (verified + rejected + auto_released + 3), 1)
