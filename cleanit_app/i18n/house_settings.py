"""The numbers of the business in words: what a setting is called, and a value of it with its unit."""

from __future__ import annotations

from cleanit_app.domain.house_settings import SETTINGS, Counts
from cleanit_app.i18n.amounts import lakhs, rupees, share
from cleanit_app.i18n.catalogue import KEYS, say


def setting_name(name: str) -> str:
    """What a setting is called; of one that there is no more, that it is another."""
    return say(f"setting.{name}") if f"setting.{name}" in KEYS else say("act.other_code")


def setting_value(name: str, value: int) -> str:
    """A value of a setting with its unit: `7 days`, `₹5,000`, `4.5%`."""
    known = SETTINGS.get(name)
    counts = known.counts if known else Counts.TIMES
    if counts is Counts.PAISE:
        return rupees(value)
    if counts is Counts.BASIS_POINTS:
        return say("format.percent", value=share(value))
    if counts is Counts.PERCENT:
        return say("format.percent", value=value)
    return lakhs(value) if counts is Counts.TIMES else say(f"setting.counts.{counts}", n=value, value=lakhs(value))


def counted(name: str, number: int) -> str:
    """What a trial counted: how often, or for a setting of shares for how much money."""
    known = SETTINGS.get(name)
    return rupees(number) if known and known.counts is Counts.BASIS_POINTS else lakhs(number)
