"""The terms: accepted in one version, asked for again in the next, and what one may do meanwhile (LAW-06)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import text

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.errors import TermsChanged
from cleanit_app.domain.events import TermsRenewed
from cleanit_app.domain.notifications import terms_dedupe_key
from cleanit_app.models import User
from cleanit_app.services.accounts.accounts import Signature, log_acceptance
from cleanit_app.services.unit_of_work import UnitOfWork

Service = TypeVar("Service", bound=Callable[..., Any])
_MARK = "open_before_terms"


def open_before_terms(service: Service) -> Service:
    """Mark what may be done before new terms are accepted: reading one's news, keeping the own account safe."""
    setattr(service, _MARK, True)
    return service


def may_do(service: Callable[..., Any], actor: Actor) -> None:
    """TermsNotAccepted for who must accept new terms first, unless the service is open all the same."""
    if not getattr(service, _MARK, False):
        actor.must_have_accepted()


NOT_TOLD = """SELECT EXISTS (SELECT FROM users u WHERE u.status = 'ACTIVE' AND u.terms_version <> :version
    AND NOT EXISTS (SELECT FROM notifications n WHERE n.dedupe_key = :once || ':' || u.id))"""


def tell_of_new_terms(uow: UnitOfWork) -> bool:
    """Tell everybody who has yet to accept the terms that hold now, once for each version (LAW-06).

    Whoever was told already is passed over, so running it again tells only who was missed; False for nobody. Who
    has not accepted when the notification is cleared after its 90 days is told once more.
    """
    version = uow.policy.terms.version
    if not uow.run(text(NOT_TOLD), {"version": version, "once": terms_dedupe_key(version)}).scalar_one():
        return False
    uow.record(TermsRenewed(version), by=SYSTEM)
    return True


@open_before_terms
def accept_terms(uow: UnitOfWork, *, actor: Actor, version: object, signature: Signature) -> User:
    """Accept the terms that hold now; TermsChanged when another version was read. Twice is once."""
    actor.must(Permission.MANAGE_SELF)
    if version != uow.policy.terms.version:
        raise TermsChanged
    user = uow.lock(User, actor.user_id)
    if user.terms_version != uow.policy.terms.version:
        log_acceptance(uow, user, signature)
    return user
