"""Why money that came goes back at once: each cause has its own sentence (PAY-08)."""

from __future__ import annotations

from enum import StrEnum

from cleanit_app.domain.statuses import CampaignStatus


class ReturnCause(StrEnum):
    """Why a payment, or a part of it, was not kept."""

    FULL = "FULL"  # all the money was there
    PART = "PART"  # less was missing than was given
    ENDED = "ENDED"  # collecting had ended without the whole target
    TAKEN_BACK = "TAKEN_BACK"  # its giver asked for it while the campaign collected
    DOUBLE = "DOUBLE"  # the same gift was paid a second time
    SPLIT = "SPLIT"  # a part of the work was not done, as a dispute found


def return_cause(*, first: bool, status: CampaignStatus, missing_paise: int, kept_paise: int) -> ReturnCause:
    """The cause, as the campaign stood when the money came; `first` unless the same gift had been paid before."""
    if not first:
        return ReturnCause.DOUBLE
    if kept_paise:
        return ReturnCause.PART
    over = status in (CampaignStatus.EXPIRED, CampaignStatus.CANCELLED)
    return ReturnCause.ENDED if over or missing_paise > 0 else ReturnCause.FULL
