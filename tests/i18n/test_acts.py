"""Every act of an admin that the log can hold is said in both languages (SEC-10)."""

from __future__ import annotations

import ast

import pytest

from cleanit_app.domain.events import Event
from tests.house.source import below
from tests.support.words import WORDS

# What the clock, a provider, a citizen or a cleaner does, and no admin by the own hand.
NEVER_AN_ADMINS = {
    "BooksWrong", "CampaignCreated", "CampaignExpired", "CampaignFunded", "CampaignRefunded", "CodeAskedElsewhere",
    "ContributionReceived",
    "DeadlineNear", "DisputeOpened", "IdentityHandedIn", "JobAutoReleased", "JobClaimed", "JobCompleted", "JobExpired",
    "JobUnclaimed", "MismatchesFound", "MoneyComesBack", "MoneyWaits", "PaymentLooksOdd", "PayoutAccountChanged",
    "PayoutDetailsWrong", "PhotoWasInfected", "ReconciliationLate", "RefundStuck", "SignInsFailed", "TermsRenewed",
    "TransferUnsure", "VerificationSlow", "MessageParked", "MessageUnknown",
}  # fmt: skip


def audited() -> set[str]:
    """The names that services write down by `uow.audit(actor, 'Name', ...)`, but for those of events themselves."""
    return {
        str(call.args[1].value)
        for module in below("cleanit_app.services").values()
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call))
        if isinstance(call.func, ast.Attribute) and call.func.attr == "audit"
        if len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
    }


@pytest.mark.row("SEC-10")
@pytest.mark.parametrize("act", sorted((set(Event.registry) - NEVER_AN_ADMINS) | audited()))
def test_every_act_has_words_in_both_languages(act: str) -> None:
    english, hindi = WORDS[f"did.{act}"]
    assert english
    assert hindi
    assert english != hindi
