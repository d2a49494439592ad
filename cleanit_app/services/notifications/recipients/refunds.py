"""Who hears of money on its way back to whoever gave it."""

from __future__ import annotations

from cleanit_app.domain.events import MoneyComesBack, RefundProcessed, RefundsOrdered, RefundStuck
from cleanit_app.domain.money_returns import ReturnCause
from cleanit_app.models import Campaign, Refund
from cleanit_app.notification_kinds import refunds as kinds
from cleanit_app.services.notifications.audiences import ADMINS, FINANCE, ONE, Draft, Tellers, nobody, one, place
from cleanit_app.services.unit_of_work import UnitOfWork


def _comes_back(uow: UnitOfWork, e: MoneyComesBack) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    values["day_on"] = uow.get(Refund, e.refund_id).due_on.isoformat()
    return [Draft(kinds.COMES_BACK[ReturnCause(e.why)], ONE, one(e.contributor_id), values, subject=e.contribution_id)]


def _processed(uow: UnitOfWork, e: RefundProcessed) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    return [Draft(kinds.REFUND_PROCESSED, ONE, one(e.contributor_id), values)]


def _stuck(uow: UnitOfWork, e: RefundStuck) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "bank": e.reason}
    return [
        Draft(kinds.REFUND_STUCK, ONE, one(e.contributor_id), values),
        Draft(kinds.REFUND_STUCK_ADMIN, ADMINS, FINANCE, values),
    ]


TELLERS: Tellers = {
    MoneyComesBack: _comes_back,
    RefundProcessed: _processed,
    RefundStuck: _stuck,
    RefundsOrdered: nobody,
}
