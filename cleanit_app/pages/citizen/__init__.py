"""Pages of citizens."""

from types import ModuleType

from cleanit_app.pages.citizen import (
    accept_terms,
    account,
    fund,
    me,
    my_campaigns,
    notifications,
    start,
    transaction,
    transactions,
    wait,
)

PAGES: tuple[ModuleType, ...] = (
    fund,
    wait,
    start,
    me,
    account,
    accept_terms,
    my_campaigns,
    transactions,
    transaction,
    notifications,
)
