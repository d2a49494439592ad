"""A case in words: what a rule found with its numbers, and the likely innocent reason beside it (OPS-04)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cleanit_app.domain.fraud import FraudRule
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time


def found_words(rule: FraudRule, facts: Mapping[str, Any], now: datetime) -> str:
    """What was found, with its numbers."""
    values = {name: f"{value:g}" if isinstance(value, float) else value for name, value in facts.items()}
    if rule is FraudRule.LOOKALIKE:
        when = day_time(datetime.fromisoformat(str(facts["other_at"])), now)
        return say("fraud.found.LOOKALIKE.own" if facts["own"] else "fraud.found.LOOKALIKE", when=when)
    return say(f"fraud.found.{rule.value}", **values)


def innocent_words(rule: FraudRule) -> str:
    """Why it may well be innocent."""
    return say(f"fraud.innocent.{rule.value}")
