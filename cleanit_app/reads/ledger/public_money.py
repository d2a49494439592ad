"""The money of the house in a few sums that anybody may know."""

from __future__ import annotations

from dataclasses import dataclass

from cleanit_app.domain.actors import Actor
from cleanit_app.reads.ledger.money_lists import MovementItem, newest_movements
from cleanit_app.reads.paging import ask
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PublicMoney:
    """What anybody may know of the house's money, from the ledger in paise; may be kept for a minute."""

    held_paise: int
    paid_to_cleaners_paise: int
    refunded_paise: int
    campaigns_collecting: int
    places_cleaned: int
    movements: tuple[MovementItem, ...]


def public_money(uow: UnitOfWork, *, actor: Actor) -> PublicMoney:
    """Held, paid to cleaners and refunded, with the newest movements, for anybody; names nobody.

    What is approved but not yet in the cleaner's bank still counts as held.
    """
    row = ask(
        uow,
        """SELECT
             (SELECT coalesce(-sum(amount_paise), 0)::bigint FROM ledger_lines
              WHERE account IN ('HELD', 'CLEANER_PAYABLE', 'PAYOUT_CLEARING')) AS held,
             (SELECT coalesce(sum(l.amount_paise), 0)::bigint FROM ledger_lines l
              JOIN ledger_transfers t ON t.id = l.transfer_id WHERE l.account = 'PAYOUT_CLEARING'
              AND t.kind IN ('PAYOUT_PROCESSED', 'PAYOUT_REVERSED')) AS paid,
             (SELECT coalesce(sum(l.amount_paise), 0)::bigint FROM ledger_lines l
              JOIN ledger_transfers t ON t.id = l.transfer_id WHERE l.account = 'REFUND_CLEARING'
              AND t.kind = 'REFUND_PROCESSED') AS refunded,
             (SELECT count(*) FROM campaigns WHERE status = 'ACTIVE') AS collecting,
             (SELECT count(*) FROM campaigns WHERE status = 'CLOSED') AS cleaned""",
    )[0]
    # A payment's own reference stays between us and who paid.
    shown = tuple(
        MovementItem(m.id, m.type, m.status, m.amount_paise, None, m.campaign_id, m.campaign_title, m.created_at)
        for m in newest_movements(uow)
    )
    return PublicMoney(row.held, row.paid, row.refunded, row.collecting, row.cleaned, shown)
