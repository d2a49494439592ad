"""Toasts: one line of what just happened, above the dock, gone when it is seen or over (NOT-02)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import uuid4

from cleanit_app.i18n import say

AT_ONCE = 3
"""One is shown; no more problems than this wait behind it: all of them stand in the bell."""
_FIRST_SENTENCE = re.compile(r"(.*?(?:[^\s.\d]{3,}[.!?]|।))\s+(.+)", re.DOTALL)
"""Up to a full stop that ends a word: neither `No. 4` nor `Dr. Ambedkar` is the end of a sentence."""


@dataclass(frozen=True)
class ToastView:
    """A toast: a bold line, the rest of what there is to say, and the one way to what it is about."""

    id: str
    tone: str  # info, good or problem
    text: str
    more: str = ""
    href: str = ""
    action: str = ""
    stays: bool = False  # until its target is seen or its cause has ended; all others leave by themselves
    of_notification: bool = False


def toast(tone: str, text: str, href: str = "", notification_id: str = "", *, seen_here: bool = False) -> ToastView:
    """A toast in this tab's language; a problem stays, unless the page that it leads to is open (`seen_here`)."""
    parts = _FIRST_SENTENCE.fullmatch(text)
    line, more = parts.groups() if parts else (text, "")
    target = "" if seen_here else href
    return ToastView(
        id=notification_id or str(uuid4()), tone=tone, text=line, more=more, href=target,
        action=say("notification.see") if target else "",
        stays=tone == "problem" and not seen_here, of_notification=bool(notification_id),
    )  # fmt: skip


def popped_up(new: ToastView, shown: Sequence[ToastView]) -> list[ToastView]:
    """The newest first; behind it only problems of which it does not say how they went on."""
    other = [t for t in shown if t.id != new.id and (not t.href or t.href != new.href)]
    waiting = [t for t in other if t.stays and t.of_notification]
    return [new, *waiting][:AT_ONCE]


def still_to_be_seen(shown: Sequence[ToastView], unread: Collection[str]) -> list[ToastView]:
    """Without those whose notification has been read, in whichever tab, or is gone."""
    return [t for t in shown if not t.of_notification or t.id in unread]
