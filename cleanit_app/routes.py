"""Every address of the site, as functions, so that a link cannot be misspelt."""

from __future__ import annotations

from uuid import UUID

HOME = "/"
DISCOVER = "/campaigns"
START = "/start"
LOGIN = "/login"
JOIN = "/join"
ME = "/me"
MY_MONEY = "/me/transactions"
JOBS = "/jobs"
WORK = "/work"
EARNINGS = "/earnings"
ADMIN = "/admin"


def campaign(campaign_id: UUID | str) -> str:
    """One campaign."""
    return f"/campaigns/{campaign_id}"


def photo(base_key: str) -> str:
    """The public sizes of a photo; `/480.webp` and the like follow."""
    return f"/files/{base_key}"
