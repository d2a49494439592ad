"""What somebody finds in their inbox."""

from __future__ import annotations

from cleanit_app.domain.actors import Actor
from cleanit_app.models import Notification
from cleanit_app.services.notifications.relay import relay_outbox
from tests.factories import Town


def told(town: Town, person: Actor) -> list[Notification]:
    """All news of somebody, the oldest first."""
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        return sorted(uow.all(Notification, Notification.user_id == person.id), key=lambda one: one.id)
