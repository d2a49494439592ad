"""Every act of an admin that the log can hold is said in both languages (SEC-10)."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from typing import Any
from uuid import UUID

import pytest

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.events import Event
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.fraud import FraudKind
from cleanit_app.domain.identity import RefusalGround
from cleanit_app.domain.statuses import AccountCheckStatus, DocumentStatus, KycStatus
from cleanit_app.i18n.acts import act_details, act_line
from cleanit_app.services.reconciliation.nightly import RULES
from cleanit_app.services.review.verification import RejectionReason
from tests.house.source import below
from tests.support.words import WORDS, in_both

# What the clock, a provider, a citizen or a cleaner does, and no admin by the own hand.
NEVER_AN_ADMINS = {
    "AccountFlagged", "BooksWrong", "BurstSeen", "CampaignCorrected", "CampaignCreated", "CampaignExpired",
    "CampaignFunded", "CampaignRefunded", "CodeAskedElsewhere", "ContributionReceived", "DeadlineNear",
    "DecisionFellThrough", "DisputeAppealed", "DisputeLate", "DisputeOpened", "IdentityHandedIn", "JobAutoReleased",
    "JobClaimed", "JobCompleted", "JobExpired", "JobUnclaimed", "MessageParked", "MessageUnknown", "MismatchesFound",
    "MoneyComesBack", "MoneyWaits", "NameAsked", "PaymentLooksOdd", "PayoutAccountChanged", "PayoutDetailsWrong",
    "PhotoWasInfected", "QuestionRaised", "ReconciliationLate", "RefundStuck", "SignInsFailed", "SignInsLocked",
    "SupportAsked", "SupportLate", "SupportWrittenTo", "TermsRenewed", "TransferUnsure", "VerificationSlow",
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


CODE = re.compile(r"[a-z]+_[a-z]|[A-Z]{2,}_[A-Z]|[0-9a-f]{8}-[0-9a-f]{4}|\b(?:True|False|None)\b|[A-Za-z_]+\('")
NAMES = {"person": "राजू", "campaign": "Picnic litter"}
ONE = UUID("00000000-0000-4000-8000-0000000000aa")
SAMPLES: dict[str, tuple[Any, ...]] = {
    "status": (*AccountCheckStatus, *DocumentStatus, *KycStatus, "SOMETHING_NEW"),
    "reason": (*RejectionReason, "bank_refused", "payment_timed_out", "LEFT_AFTER_ALL", "Two people asked for it"),
    "flow": tuple(MoneyFlow),
    "field": ("phone", "email"),
    "ground": (None, *RefusalGround),
    "duties": (", ".join(AdminDuty), "VERIFIER", ""),
}


def kept(act: str) -> list[dict[str, Any]]:
    """Details as the log may hold them: each value that a field of this event can have, one after another."""
    kinds = {one.name: str(one.type) for one in fields(Event.registry[act])}
    plain = {"UUID": (str(ONE),), "UUID | None": (None,), "bool": (True, False), "int": (1, 7), "int | None": (0, None)}
    values = {name: SAMPLES.get(name) or plain.get(kind, ("Behind the school",)) for name, kind in kinds.items()}
    longest = max(map(len, values.values()))
    return [{name: str(v) if isinstance(v := some[i % len(some)], str) else v for name, some in values.items()}
            for i in range(longest)]  # fmt: skip


@pytest.mark.row("SEC-10", "LNG-01")
@pytest.mark.parametrize("act", sorted(set(Event.registry) - NEVER_AN_ADMINS))
def test_the_log_tells_an_act_as_people_would(act: str) -> None:
    for details in kept(act):
        for names in (NAMES, {"campaign": "Picnic litter"}, {}):
            english, hindi = in_both(lambda d=details, n=names: f"{act_line(act, n)}, {act_details(d)}")
            assert not CODE.search(english), english
            assert not CODE.search(hindi), hindi
            free = hindi
            for own in ("Picnic litter", "Behind the school", "Two people asked for it", "ID", "UPI", "IFSC", "IMPS"):
                free = free.replace(own, "")
            assert not re.search("[A-Za-z]{2}", free), hindi


@pytest.mark.row("SEC-10")
def test_a_photo_that_was_not_accepted_is_told_in_one_breath() -> None:
    told = (
        act_line("JobRejected", NAMES),
        act_details({"reason": "POOR_QUALITY", "may_retry": True, "job_id": str(ONE)}),
    )
    assert ", ".join(told) == (
        "did not accept राजू's photo of Picnic litter, it is not clean enough yet, another try allowed"
    )


@pytest.mark.row("SEC-10")
def test_an_act_of_a_later_edition_has_no_code_either() -> None:
    assert not CODE.search(f"{act_line('Some_New_Act', NAMES)} {act_details({'some_new_flag': True})}")


@pytest.mark.row("PAY-13", "LNG-01")
@pytest.mark.parametrize("rule", sorted(rule.name for rule in RULES))
def test_every_rule_of_the_books_is_said_in_both_languages(rule: str) -> None:
    english, hindi = WORDS[f"rule.{rule}"]
    assert english.endswith(".")
    assert hindi.endswith("।")


@pytest.mark.row("SEC-10")
def test_a_sentence_somebody_wrote_ends_once() -> None:
    told = act_details({"note": "We looked again, it is clean.", "amount_paise": 237_500})
    assert told == "We looked again, it is clean, ₹2,375"


@pytest.mark.row("SEC-10", "OPS-04")
@pytest.mark.parametrize("kind", FraudKind)
def test_a_case_says_what_was_seen(kind: FraudKind) -> None:
    assert WORDS["act.other_code"][0] not in act_details({"kind": kind.value})
