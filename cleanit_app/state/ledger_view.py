"""Money that moved, as the public ledger tells it: an amount, a place, a moment, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cleanit_app import routes
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, rupees
from cleanit_app.reads.ledger.money_lists import MovementItem


@dataclass(frozen=True)
class MovementView:
    """One line of the public ledger; `kind` is CONTRIBUTION, PAYOUT or REFUND."""

    id: str
    kind: str
    text: str
    title: str
    href: str
    amount: str
    when: str


def movement_view(item: MovementItem, now: datetime) -> MovementView:
    """One movement at this moment."""
    return MovementView(
        id=str(item.id),
        kind=item.type,
        text=say(f"ledger.{item.type}.{item.status}"),
        title=item.campaign_title,
        href=routes.campaign(item.campaign_id),
        amount=rupees(item.amount_paise),
        when=ago(item.created_at, now),
    )
