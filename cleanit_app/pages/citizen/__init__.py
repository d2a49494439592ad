"""Pages of citizens."""

from types import ModuleType

from cleanit_app.pages.citizen import (
    accept_terms,
    correct_campaign,
    delete_account,
    me,
    my_campaigns,
    my_data,
    notifications,
    start,
    transaction,
    transactions,
)
from cleanit_app.pages.citizen.account import page as account
from cleanit_app.pages.citizen.fund import page as fund
from cleanit_app.pages.citizen.wait import page as wait

PAGES: tuple[ModuleType, ...] = (
    fund,
    wait,
    start,
    me,
    account,
    my_data,
    delete_account,
    accept_terms,
    my_campaigns,
    correct_campaign,
    transactions,
    transaction,
    notifications,
)
