"""Pages of admins."""

from types import ModuleType

from cleanit_app.pages.admin import (
    campaigns,
    held,
    money,
    overview,
    payouts,
    people,
    reconciliation,
    refunds,
    verification,
    verification_job,
)

PAGES: tuple[ModuleType, ...] = (
    overview,
    verification,
    verification_job,
    campaigns,
    held,
    people,
    money,
    payouts,
    refunds,
    reconciliation,
)
