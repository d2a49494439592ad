"""Whatever an admin does with money asks for the second factor, and no such service can be forgotten (SEC-03)."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from cleanit_app.domain.actors import NEEDS_PROOF, Actor, AdminDuty, Permission, Role, permissions_of
from cleanit_app.domain.errors import SecondFactorNeeded
from cleanit_app.models import new_id
from cleanit_app.services.review.pending_decisions import Rejection
from cleanit_app.services.review.verification import RejectionReason
from tests.house.source import arguments_of, below, functions_of

# Every service by which an admin moves money or lets it move, and what only then makes it a matter of money.
MONEY_SERVICES: dict[str, dict[str, Any]] = {
    "reconciliation.adjustments.book_adjustment": {},
    "review.disputes.decide_dispute": {},
    "bulk.runs.continue_bulk_run": {},
    "bulk.runs.order_bulk_refunds": {},
    "bulk.runs.stop_bulk_run": {},
    "campaigns.closing.cancel_by_admin": {},
    "people.kyc.confirm_payout_details": {},
    "payouts.payouts.order_payout_now": {},
    "payouts.manual.decide_payout": {},
    "payouts.manual.hold_payout": {},
    "payouts.manual.record_manual_payout": {},
    "payouts.manual.release_payout": {},
    "payouts.manual.undo_manual_payout": {},
    "reconciliation.reconcile.accept_difference": {},
    "reconciliation.reconcile.look_again": {},
    "refunds.manual.decide_refund": {},
    "refunds.manual.order_refund_now": {},
    "refunds.manual.order_refunds": {},
    "refunds.manual.record_manual_refund": {},
    "transfers.kill_switch.resume_money": {},
    "transfers.kill_switch.stop_money": {},
    "review.approval_reversal.take_back_approval": {},
    "review.pending_decisions.decide": {"rejection": Rejection(RejectionReason.PHOTO_ISSUES, False, True)},
    "review.verification.reject_completion": {"cancel_campaign": True},
}
MOVERS = ("cancel_with_refunds(", "owe_back(", "take_back_pay(", "_raise_pay(")
# What lets money go without moving it: an account that may be paid to, pay that becomes due.
LETS_GO = ("payout_verified_at = uow.now", "owe_pay(")
WITHOUT_PROOF = {
    "review.verification.approve_completion": (
        "pay leaves a day later, to an account that others confirmed: decision 0015"
    ),
}


def unproved() -> Actor:
    """A senior who has not shown the second factor."""
    return Actor(new_id(), Role.ADMIN, permissions_of(Role.ADMIN, frozenset({AdminDuty.SENIOR})), confirmed=True)


def service(name: str) -> Callable[..., Any]:
    """A service by `module.name`."""
    module, _, function = name.rpartition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(f"cleanit_app.services.{module}"), function)
    return found


@pytest.mark.row("SEC-03", "SEC-10")
@pytest.mark.parametrize("name", sorted(MONEY_SERVICES))
def test_money_is_refused_before_anything_is_read(name: str) -> None:
    act = service(name)
    wish = dict.fromkeys(list(inspect.signature(act).parameters), None) | MONEY_SERVICES[name]
    with pytest.raises(SecondFactorNeeded):
        act(**{**wish, "actor": unproved()})


@pytest.mark.row("SEC-03")
def test_every_service_that_moves_money_for_an_admin_is_listed() -> None:
    asks = tuple(f"actor.must(Permission.{p.name})" for p in NEEDS_PROOF)
    found = set()
    for module, tree in below("cleanit_app.services").items():
        for function in functions_of(tree):
            source = ast.unparse(function)
            takes_actor = "actor" in arguments_of(function) and not function.name.startswith("_")
            if takes_actor and (any(a in source for a in asks) or any(m in source for m in (*MOVERS, *LETS_GO))):
                found.add(f"{module.removeprefix('cleanit_app.services.')}.{function.name}")
    own = {"campaigns.campaigns.cancel_campaign"}  # the creator's own, before any money came
    by_name = {"jobs.stuck_jobs.relist_job"}  # asks once it is about a higher pay: see test_second_factor
    assert found - own - by_name - set(WITHOUT_PROOF) == set(MONEY_SERVICES)
    assert set(WITHOUT_PROOF) <= found


def test_the_permissions_that_need_proof_belong_to_admins_alone() -> None:
    for role in (Role.CITIZEN, Role.CLEANER):
        assert not permissions_of(role) & NEEDS_PROOF
    assert Permission.RUN_PAYOUTS in NEEDS_PROOF
