"""Pages anybody can open."""

from types import ModuleType

from cleanit_app.pages.public import (
    cleaned,
    cleaner,
    discover,
    guides,
    help_article,
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
from cleanit_app.pages.public.disputes import mine as my_disputes
from cleanit_app.pages.public.disputes import new as new_dispute
from cleanit_app.pages.public.disputes import one as dispute
from cleanit_app.pages.public.support import answer as support_answer
from cleanit_app.pages.public.support import ask as support_ask
from cleanit_app.pages.public.support import own_thread as support_thread

PAGES: tuple[ModuleType, ...] = (
    home,
    discover,
    campaign,
    cleaned,
    cleaner,
    ledger,
    how,
    helping,
    guides,
    help_article,
    new_dispute,
    my_disputes,
    dispute,
    support_ask,
    support_answer,
    support_thread,
    login,
    join,
    reset,
    reset_code,
    terms,
    privacy,
    not_found,
)
