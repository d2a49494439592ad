"""A notification's words, made when it is read."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from cleanit_app.domain.identity import RefusalGround
from cleanit_app.i18n.acts import duty_words
from cleanit_app.i18n.catalogue import KEYS, say, spoken_language
from cleanit_app.i18n.formats import IST, day, day_time
from cleanit_app.i18n.house_settings import setting_name, setting_value

log = logging.getLogger(__name__)


def notification_words(kind: str, values: Mapping[str, Any], now: datetime) -> str:
    """The sentence of a notification; a plain one when what is kept of it fits no sentence.

    The bell stands on every page, so that one notification that nobody can read must never take a page away.
    """
    try:
        return say(f"notify.{kind}", **_ready(values, now))
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError):
        log.exception("a notification has no words", extra={"kind": kind[:60]})
        return say("news.unreadable")


def _ready(values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Values as sentences take them: moments as Indian time, codes as words."""
    ready: dict[str, Any] = dict(values)
    for name, value in values.items():
        if name.endswith("_at"):
            ready[name.removesuffix("_at")] = day_time(datetime.fromisoformat(value), now)
        elif name.endswith("_on"):
            ready[name.removesuffix("_on")] = day(datetime.combine(date.fromisoformat(value), time(12), IST), now)
    if ready.get("name", "") is None:
        ready["name"] = say("notify.somebody")
    if "rejection" in ready:
        ready["reason"] = _with_notes(coded("rejection", ready["rejection"]), ready.get("notes"))
    if "ground" in ready:
        ready["reason"] = _why_refused(ready["ground"], ready.get("notes"))
    if "said" in ready:
        ready["text"] = ready["said"][spoken_language()]
    if "setting" in ready:
        ready |= {name: setting_value(ready["setting"], ready[name]) for name in ("was", "value")}
        ready["setting"] = setting_name(ready["setting"])
    if "duties" in ready:
        ready["duties"] = duty_words(ready["duties"])
    if "topic" in ready:
        ready["topic"] = coded("support.topic", ready["topic"])
    if "about" in ready:
        ready["about"] = coded("dispute.about", ready["about"])
    if "odd" in ready:
        ready["reason"] = coded("odd", ready["odd"])
    if "sign" in ready:
        ready["reason"] = coded("fraud.kind", ready["sign"])
    if "left_to_finance" in ready:
        ready["reason"] = say(f"disputes.left.{ready['left_to_finance']}", **ready)
    if "hold" in ready:
        ready["reason"] = hold_words(ready["hold"])
    if "bank" in ready:
        ready["reason"] = coded("bank", ready["bank"])
    return ready


def _why_refused(ground: str | None, notes: str | None) -> str:
    """What is wrong with an ID, what somebody wrote about it, or both."""
    if notes and ground in (None, RefusalGround.OTHER):
        return notes
    return _with_notes(coded("ground", ground or RefusalGround.OTHER), notes)


def coded(area: str, code: str) -> str:
    """The words of a code; of one that a bank says for the first time, that it has none yet."""
    key = f"{area}.{code}"
    return say(key) if key in KEYS else say("act.other_code")


def hold_words(reason: str) -> str:
    """Why a payout is held: what somebody wrote, or the words of the house's own reason."""
    key = f"hold.{reason}"
    return say(key) if key in KEYS else reason


def _with_notes(reason: str, notes: str | None) -> str:
    return f"{reason}: {notes}" if notes else reason
