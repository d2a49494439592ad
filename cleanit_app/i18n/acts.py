"""What an admin did, as one would tell it: who it was about and what came of it, and never a code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from cleanit_app.i18n.amounts import rupees
from cleanit_app.i18n.catalogue import KEYS, say
from cleanit_app.i18n.house_settings import setting_name

CODE_AREAS = ("rejection", "bank", "hold", "ground")
_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[a-z0-9]+(?:_[a-z0-9]+)+")


def act_words(action: str) -> str:
    """A kind of act in words, also one that this edition does not know."""
    return say(f"did.{action}") if f"did.{action}" in KEYS else say("did.unknown")


def act_line(action: str, names: Mapping[str, str]) -> str:
    """An act with whom and what it was about; `names` has `person`, `campaign`, both or neither."""
    missing = {"person": say("act.somebody"), "campaign": say("act.some_cleanup")}
    known = {name: names.get(name) or word for name, word in missing.items()}
    if f"did.{action}.of" in KEYS and any(names.get(name) for name in missing):
        return say(f"did.{action}.of", **known)
    about = ", ".join(filter(None, (names.get("person"), names.get("campaign"))))
    return f"{act_words(action)}: {about}" if about else act_words(action)


def act_details(details: Mapping[str, Any]) -> str:
    """The rest of what was kept of an act, in words; ids of things say nothing to people."""
    said = (_said(name, value) for name, value in details.items())
    parts = list(dict.fromkeys(filter(None, said)))
    return ", ".join([*(part.rstrip(" .।") for part in parts[:-1]), *parts[-1:]])


def _said(name: str, value: Any) -> str:
    if value in (None, "") or name.endswith("_id") or name == "raised_by":
        return ""
    if isinstance(value, bool):
        return say(f"act.{name}.{'yes' if value else 'no'}") if f"act.{name}.yes" in KEYS else ""
    if name.endswith("_paise") and isinstance(value, int):
        return rupees(value)
    return _VALUES.get(name, _plain)(value)


def _plain(value: Any) -> str:
    return code_words(value) if isinstance(value, str) else ""


def code_words(code: str) -> str:
    """Words of a code of the house or a bank; what somebody wrote stays as it is."""
    found = next((key for area in CODE_AREAS if (key := f"{area}.{code}") in KEYS), None)
    if found:
        return say(found)
    return say("act.other_code") if _CODE.fullmatch(code) else code


def _named(area: str) -> Callable[[Any], str]:
    """Words of one of a few values; of one that is not known, that it is another."""

    def words(value: Any) -> str:
        return say(f"{area}.{value}") if f"{area}.{value}" in KEYS else say("act.other_code")

    return words


def duty_words(value: Any) -> str:
    """The duties of an admin, kept as one text with commas."""
    return ", ".join(_named("act.duty")(duty.strip()) for duty in str(value).split(",") if duty.strip())


_VALUES: dict[str, Callable[[Any], str]] = {
    "status": _named("act.status"),
    "flow": _named("act.flow"),
    "field": _named("act.field"),
    "kind": _named("fraud.kind"),
    "ground": _named("ground"),
    "setting": setting_name,
    "effective_at": lambda value: "",
    "duties": duty_words,
    "score": lambda value: say("act.score", score=value),
    "count": lambda value: say("act.count", n=value),
    "left": lambda value: say("act.codes_left", n=value),
    "mask": str,
}
