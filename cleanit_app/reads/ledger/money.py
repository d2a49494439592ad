"""Money: everything a page or a caller may ask about it; a person's, a cleaner's, the whole house's."""

from __future__ import annotations

from cleanit_app.reads.ledger.finances import AccountBalance, FinancialOverview, MoneyCount, financial_overview
from cleanit_app.reads.ledger.money_lists import MovementItem, PayoutToDo, RefundToDo
from cleanit_app.reads.ledger.public_money import PublicMoney, public_money
from cleanit_app.reads.payments.contributions import (
    MoneyState,
    MyTotals,
    MyTransactions,
    RefundItem,
    TransactionDetail,
    TransactionItem,
    my_transactions,
    transaction_detail,
)
from cleanit_app.reads.payments.payments import (
    ContributionState,
    PayState,
    Receipt,
    UnfinishedPayment,
    contribution_state,
    receipt,
    unfinished_payment,
)
from cleanit_app.reads.payouts.earnings import (
    Earnings,
    PayoutDetail,
    PayoutItem,
    earnings,
    payout_detail,
    pending_payouts,
)

__all__ = [
    "AccountBalance",
    "ContributionState",
    "Earnings",
    "FinancialOverview",
    "MoneyCount",
    "MoneyState",
    "MovementItem",
    "MyTotals",
    "MyTransactions",
    "PayState",
    "PayoutDetail",
    "PayoutItem",
    "PayoutToDo",
    "PublicMoney",
    "Receipt",
    "RefundItem",
    "RefundToDo",
    "TransactionDetail",
    "TransactionItem",
    "UnfinishedPayment",
    "contribution_state",
    "earnings",
    "financial_overview",
    "my_transactions",
    "payout_detail",
    "pending_payouts",
    "public_money",
    "receipt",
    "transaction_detail",
    "unfinished_payment",
]
