"""The flows of money that people can stop, and what follows when a call was refused."""

from __future__ import annotations

from enum import StrEnum


class MoneyFlow(StrEnum):
    """A way out for money."""

    PAYOUTS = "PAYOUTS"
    REFUNDS = "REFUNDS"


class AfterNo(StrEnum):
    """What follows a definite no of the provider or a bank."""

    RETRY = "RETRY"  # again under a new key, three times in all
    WAIT = "WAIT"  # it is about us, our balance or our access: again later, not counted
    DETAILS = "DETAILS"  # only the cleaner can mend it: again with new details, not counted
    PERSON = "PERSON"  # again only when somebody has looked
