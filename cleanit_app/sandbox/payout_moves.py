"""What can become of a payout, and the money each step moves."""

from __future__ import annotations

from collections.abc import Callable

from cleanit_app.sandbox.events import emit
from cleanit_app.sandbox.ids import bank_reference
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.transactions import credit_reversal, debit_payout
from cleanit_app.sandbox.world import World

_MONTHS_3 = 90 * 86400
BANK_REASONS: dict[str, tuple[str, str]] = {
    "bank_account_closed": ("beneficiary_bank", "The beneficiary's bank account is closed."),
    "bank_account_frozen": ("beneficiary_bank", "The beneficiary's bank account is frozen."),
    "bank_account_invalid": ("beneficiary_bank", "The beneficiary's bank account is invalid."),
    "beneficiary_account_dormant": ("beneficiary_bank", "The beneficiary's account is dormant."),
    "beneficiary_bank_failure": ("beneficiary_bank", "The beneficiary's bank failed to process the payout."),
    "beneficiary_bank_offline": ("beneficiary_bank", "The beneficiary's bank is offline."),
    "beneficiary_bank_rejected": ("beneficiary_bank", "The beneficiary's bank rejected the payout."),
    "beneficiary_bank_technical_error": ("beneficiary_bank", "Technical error at the beneficiary's bank."),
    "imps_not_allowed": ("beneficiary_bank", "IMPS is not enabled on the beneficiary's account."),
    "invalid_ifsc_code": ("beneficiary_bank", "The IFSC code is invalid."),
    "npci_beneficiary_timeout": ("beneficiary_bank", "NPCI timed out waiting for the beneficiary's bank."),
    "transaction_limit_exceeded": ("beneficiary_bank", "The beneficiary's transaction limit is exceeded."),
    "beneficiary_account_invalid": ("business", "The beneficiary's account is invalid."),
    "beneficiary_vpa_invalid": ("business", "The beneficiary's VPA is invalid."),
    "gateway_down": ("gateway", "The partner bank's gateway is down."),
    "gateway_technical_error": ("gateway", "Technical error at the gateway."),
    "gateway_timeout": ("gateway", "The gateway did not answer in time."),
    "server_error": ("internal", "A server error occurred while processing the payout."),
}
"""Why a payout fails or comes back: reason → (source, sentence)."""


def fees_and_tax(amount: int) -> tuple[int, int]:
    """₹2, ₹5 or ₹10 by size plus 18 % tax; the fee returned includes the tax. Paise."""
    base = 200 if amount <= 1_000_00 else 500 if amount <= 25_000_00 else 1000
    tax = base * 18 // 100
    return base + tax, tax


def start(world: World, payout: Json) -> None:
    """A fresh payout waits for approval, waits for money, or is sent to the bank."""
    if world.behaviour("payouts_need_approval"):
        _become(payout, "pending", "pending_approval", "business", "Payout is pending for approval.")
        world.store.save(payout)
        _tell(world, "payout.pending", payout)
        return
    send_or_queue(world, payout)


def send_or_queue(world: World, payout: Json) -> None:
    """To the bank when the balance suffices, else into the queue."""
    if world.balance("x_balance") < payout["amount"] + fees_and_tax(payout["amount"])[0]:
        _become(payout, "queued", "low_balance", "business", "Payout is queued as there is insufficient balance.")
        world.store.save(payout)
        _tell(world, "payout.queued", payout)
        world.schedule("payout_expire", payout["id"], _MONTHS_3)
        return
    _send(world, payout)


def _send(world: World, payout: Json) -> None:
    fees, tax = fees_and_tax(payout["amount"])
    payout.update(fees=fees, tax=tax, _taken=payout["amount"] + fees)
    _become(payout, "processing")
    world.store.save(payout)
    _tell(world, "payout.initiated", payout)
    debit_payout(world, payout)
    world.schedule("payout_process", payout["id"], world.delay("payout_delay"))


def drain_queue(world: World) -> None:
    """Money came in: send what fits, oldest first; a smaller later payout may overtake."""
    for payout in world.store.find("payout", status="queued"):
        if payout["amount"] + fees_and_tax(payout["amount"])[0] <= world.balance("x_balance"):
            _send(world, payout)


def process(world: World, payout: Json, utr: str | None = None) -> None:
    """The beneficiary's bank credited the money."""
    _become(payout, "processed", "payout_processed", "beneficiary_bank",
            "Payout is processed and the money has been credited into the beneficiary "
            "account.")  # fmt: skip
    payout["utr"] = utr or bank_reference()
    world.store.save(payout)
    _tell(world, "payout.processed", payout)
    _tell(world, "payout.updated", payout)


def fail(world: World, payout: Json, reason: str, credit: bool = True) -> None:
    """The payout failed; what it had taken comes back now, or with `credit` false by a later reversal."""
    source, sentence = BANK_REASONS[reason]
    _become(payout, "failed", reason, source, sentence)
    payout.update(failure_reason=sentence, fees=0, tax=0)
    world.store.save(payout)
    _tell(world, "payout.failed", payout)
    if credit:
        _give_back(world, payout)


def reverse(world: World, payout: Json, reason: str) -> None:
    """The money came back after it was sent, or even after it was reported as credited."""
    source, sentence = BANK_REASONS[reason]
    _become(payout, "reversed", reason, source, sentence)
    payout["failure_reason"] = sentence
    world.store.save(payout)
    _tell(world, "payout.reversed", payout)
    _give_back(world, payout)


def _give_back(world: World, payout: Json) -> None:
    taken = payout["_taken"]
    if taken:
        payout["_taken"] = 0
        world.store.save(payout)
        credit_reversal(world, payout, taken)
        drain_queue(world)


def cancel(world: World, payout: Json) -> None:
    """Taken back by the merchant before it was sent; there is no event for it."""
    _become(payout, "cancelled")
    world.store.save(payout)


def reject(world: World, payout: Json) -> None:
    """Refused by an approver."""
    _become(payout, "rejected", "beneficiary_bank_rejected", "business", "Payout was rejected by the approver.")
    world.store.save(payout)
    _tell(world, "payout.rejected", payout)


def process_if_due(world: World, payout_id: str) -> None:
    """Timer: the bank answered well."""
    payout = world.store.get("payout", payout_id)
    if payout is not None and payout["status"] == "processing":
        process(world, payout)


def expire(world: World, payout_id: str) -> None:
    """Timer: three months in the queue."""
    payout = world.store.get("payout", payout_id)
    if payout is not None and payout["status"] == "queued":
        fail(world, payout, "server_error")


MOVES: dict[str, tuple[tuple[str, ...], Callable[[World, Json, Json], None]]] = {
    "approve": (("pending",), lambda world, payout, options: send_or_queue(world, payout)),
    "reject": (("pending",), lambda world, payout, options: reject(world, payout)),
    "process": (("processing",), lambda world, payout, options: process(world, payout, options.get("utr"))),
    "fail": (("processing", "queued"), lambda world, payout, options: fail(
        world, payout, options.get("reason", "bank_account_closed"), bool(options.get("credit", True)))),
    "reverse": (("processing", "processed", "failed"), lambda world, payout, options: reverse(
        world, payout, options.get("reason", "beneficiary_bank_offline"))),
    "cancel": (("queued",), lambda world, payout, options: cancel(world, payout)),
}  # fmt: skip
"""Each move by hand: the states it may start from and what it does."""


def _become(payout: Json, status: str, reason: str | None = None, source: str | None = None,
            description: str | None = None) -> None:  # fmt: skip
    payout["status"] = status
    payout["status_details"] = {"reason": reason, "description": description, "source": source}


def _tell(world: World, event: str, payout: Json) -> None:
    account = world.store.get("fund_account", payout["fund_account_id"]) or {}
    emit(world, event, {"payout": {**payout, "fund_account": account}})
