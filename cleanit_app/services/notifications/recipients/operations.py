"""Finance hears of payments that look odd, books that disagree, and messages that nobody can read."""

from __future__ import annotations

from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.events import (
    BannerEnded,
    BannerSet,
    BooksWrong,
    CannedAnswerChanged,
    MessageParked,
    MessageUnknown,
    MismatchesFound,
    OddPaymentSeen,
    PaymentLooksOdd,
    ReconciliationLate,
    SettingChosen,
    TaxQuarterTaken,
    TransactionsExported,
)
from cleanit_app.models import Campaign
from cleanit_app.notification_kinds import operations as kinds
from cleanit_app.services.notifications.audiences import ADMINS, FINANCE, SENIOR, Draft, Tellers, named, nobody, place
from cleanit_app.services.unit_of_work import UnitOfWork


def _odd(uow: UnitOfWork, e: PaymentLooksOdd) -> list[Draft]:
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise, "odd": e.rule}
    return [Draft(kinds.PAYMENT_ODD, ADMINS, FINANCE, values)]


def _mismatches(_uow: UnitOfWork, e: MismatchesFound) -> list[Draft]:
    return [Draft(kinds.MISMATCHES_FOUND, ADMINS, FINANCE, {"n": e.count})]


def _books_wrong(_uow: UnitOfWork, e: BooksWrong) -> list[Draft]:
    return [Draft(kinds.BOOKS_WRONG, ADMINS, FINANCE, {"n": e.count})]


def _late(_uow: UnitOfWork, e: ReconciliationLate) -> list[Draft]:
    return [Draft(kinds.RECONCILIATION_LATE, ADMINS, FINANCE, {"n": e.hours})]


def _unknown_message(_uow: UnitOfWork, e: MessageUnknown) -> list[Draft]:
    return [Draft(kinds.MESSAGE_UNKNOWN, ADMINS, FINANCE, {"event": e.event})]


def _parked(_uow: UnitOfWork, e: MessageParked) -> list[Draft]:
    return [Draft(kinds.MESSAGE_PARKED, ADMINS, FINANCE, {"event": e.event})]


def _exported(uow: UnitOfWork, e: TransactionsExported) -> list[Draft]:
    once = f"transactions:{e.exporter_id}:{ist_date(uow.now)}"  # once a day is enough
    return [Draft(kinds.TRANSACTIONS_EXPORTED, ADMINS, SENIOR, named(uow, e.exporter_id), once=once)]


def _tax_quarter(uow: UnitOfWork, e: TaxQuarterTaken) -> list[Draft]:
    values = {**named(uow, e.admin_id), "quarter": e.quarter}
    return [Draft(kinds.TAX_QUARTER_TAKEN, ADMINS, SENIOR, values)]


def _setting(uow: UnitOfWork, e: SettingChosen) -> list[Draft]:
    figures = {"setting": e.setting, "was": e.was, "value": e.value, "effective_at": e.effective_at, "why": e.why}
    return [Draft(kinds.SETTING_CHOSEN, ADMINS, SENIOR, {**named(uow, e.chooser_id), **figures})]


TELLERS: Tellers = {
    SettingChosen: _setting,
    TaxQuarterTaken: _tax_quarter,
    BannerSet: nobody,
    BannerEnded: nobody,
    CannedAnswerChanged: nobody,
    TransactionsExported: _exported,
    PaymentLooksOdd: _odd,
    OddPaymentSeen: nobody,
    MismatchesFound: _mismatches,
    BooksWrong: _books_wrong,
    ReconciliationLate: _late,
    MessageUnknown: _unknown_message,
    MessageParked: _parked,
}
