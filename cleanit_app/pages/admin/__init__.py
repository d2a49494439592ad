"""Pages of admins."""

from types import ModuleType

from cleanit_app.pages.admin import (
    campaigns,
    money,
    overview,
    payouts,
    people,
    refunds,
    verification,
    verification_job,
)

PAGES: tuple[ModuleType, ...] = (
    overview,
    verification,
    verification_job,
    campaigns,
    people,
    money,
    payouts,
    refunds,
)
