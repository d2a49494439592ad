"""Who hears of changes to an account: its owner, always (NOT-05, SEC-10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleanit_app.domain.events import ContactChanged, Event, PasswordChanged
from cleanit_app.services.audiences import ONE, Notice, one
from cleanit_app.services.unit_of_work import UnitOfWork

ACCOUNT = "/me/account"


def _password(_uow: UnitOfWork, e: PasswordChanged) -> list[Notice]:
    return [Notice("password_reset" if e.by_code else "password_changed", ACCOUNT, ONE, one(e.user_id))]


def _contact(_uow: UnitOfWork, e: ContactChanged) -> list[Notice]:
    return [Notice(f"contact_changed_{e.field}", ACCOUNT, ONE, one(e.user_id), {"contact": e.mask})]


ACCOUNT_NEWS: dict[type[Event], Callable[[UnitOfWork, Any], list[Notice]]] = {
    PasswordChanged: _password,
    ContactChanged: _contact,
}
