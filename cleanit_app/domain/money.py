"""Money is whole paise: splitting loses none, mixing types is refused."""

from __future__ import annotations

GST_BPS = 1800  # inside the fee, not on top of it


def whole_paise(amount: object) -> int:
    """Give back `amount` if it is a whole, non-negative number of paise; TypeError or ValueError if not."""
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"paise must be int, not {type(amount).__name__}")
    if amount < 0:
        raise ValueError(f"paise must not be negative: {amount}")
    return amount


def split_raised(raised_paise: int, fee_bps: int) -> tuple[int, int]:
    """Split the money raised into (cleaner's pay, platform fee), in paise; the two always sum to it (JOB-02).

    `fee_bps` is the share of the campaign's own terms, in basis points. The fee is rounded to the nearest paisa, half
    a paisa up, and the cleaner gets the rest.
    """
    fee = (whole_paise(raised_paise) * fee_bps + 5000) // 10_000
    return raised_paise - fee, fee


LEAST_REFUND_PAISE = 100  # the provider gives back no less than a rupee


def part_that_goes_back(kept_paise: int, done_percent: int) -> int:
    """What of one contribution goes back when so much of the work was done, in paise (decision 41).

    Rounded to the paisa, for the cleaner; no less than a rupee, or nothing where so little was given.
    """
    back = whole_paise(kept_paise) - (kept_paise * done_percent + 99) // 100
    if 0 < back < LEAST_REFUND_PAISE:
        return LEAST_REFUND_PAISE if kept_paise >= LEAST_REFUND_PAISE else 0
    return back


def split_gst(fee_paise: int) -> tuple[int, int]:
    """Split a fee that includes GST into (taxable value, GST), in paise; CGST and SGST are equal halves."""
    half = (whole_paise(fee_paise) * GST_BPS + 10_000 + GST_BPS) // (2 * (10_000 + GST_BPS))
    return fee_paise - 2 * half, 2 * half


def percent_of(part_paise: int, whole: int) -> int:
    """Whole percent of `whole` that `part_paise` is, rounded down, 100 at the most."""
    return min(100, whole_paise(part_paise) * 100 // whole) if whole > 0 else 0
