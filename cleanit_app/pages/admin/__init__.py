"""Pages of admins."""

from types import ModuleType

from cleanit_app.pages.admin import (
    admins,
    audit,
    campaigns,
    coming,
    disputes,
    failures,
    held,
    invoices,
    money,
    overview,
    payouts,
    people,
    reconciliation,
    refunds,
    second_factor,
    verification,
    verification_job,
)

PAGES: tuple[ModuleType, ...] = (
    overview,
    verification,
    verification_job,
    campaigns,
    held,
    disputes,
    people,
    money,
    coming,
    payouts,
    refunds,
    invoices,
    reconciliation,
    second_factor,
    admins,
    audit,
    failures,
)
