"""Who hears of what befalls payouts and refunds alike: answers that are unsure, money that waits, a flow stopped."""

from __future__ import annotations

from cleanit_app.domain.events import MoneyFlowResumed, MoneyFlowStopped, MoneyWaits, TransferUnsure
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.models import Campaign
from cleanit_app.notification_kinds import payouts, refunds
from cleanit_app.services.notifications.audiences import ADMINS, FINANCE, Draft, Tellers, place
from cleanit_app.services.unit_of_work import UnitOfWork


def _unsure(uow: UnitOfWork, e: TransferUnsure) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "bank": e.why}
    kind = payouts.PAYOUT_UNSURE if e.payout_id else refunds.REFUND_UNSURE
    return [Draft(kind, ADMINS, FINANCE, values)]


def _waits(_uow: UnitOfWork, e: MoneyWaits) -> list[Draft]:
    kind = payouts.PAYOUTS_WAIT if e.flow == MoneyFlow.PAYOUTS else refunds.REFUNDS_WAIT
    once = f"{kind.name}:{e.why}"[:80].replace("{", "").replace("}", "") + ":{day}"
    return [Draft(kind, ADMINS, FINANCE, {"bank": e.why}, once)]


def _stopped(_uow: UnitOfWork, e: MoneyFlowStopped) -> list[Draft]:
    kind = payouts.PAYOUTS_STOPPED if e.flow == MoneyFlow.PAYOUTS else refunds.REFUNDS_STOPPED
    return [Draft(kind, ADMINS, FINANCE, {"reason": e.reason})]


def _resumed(_uow: UnitOfWork, e: MoneyFlowResumed) -> list[Draft]:
    kind = payouts.PAYOUTS_RESUMED if e.flow == MoneyFlow.PAYOUTS else refunds.REFUNDS_RESUMED
    return [Draft(kind, ADMINS, FINANCE)]


TELLERS: Tellers = {
    TransferUnsure: _unsure,
    MoneyWaits: _waits,
    MoneyFlowStopped: _stopped,
    MoneyFlowResumed: _resumed,
}
