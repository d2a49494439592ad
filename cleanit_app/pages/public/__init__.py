"""Pages anybody can open."""

from types import ModuleType

from cleanit_app.pages.public import (
    cleaned,
    discover,
    helping,
    home,
    how,
    join,
    ledger,
    login,
    not_found,
    privacy,
    reset,
    reset_code,
    terms,
)
from cleanit_app.pages.public.campaign import page as campaign

PAGES: tuple[ModuleType, ...] = (
    home,
    discover,
    campaign,
    cleaned,
    ledger,
    how,
    helping,
    login,
    join,
    reset,
    reset_code,
    terms,
    privacy,
    not_found,
)
