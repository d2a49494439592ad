"""Where a code is typed: which wish it belongs to, and asking for another one."""

from typing import Any

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop
from cleanit_app.domain.codes import SEND_AGAIN_AFTER

_WORDS = ("join.again", "form.failed", "form.no_network")


class CodeId(rx.Component):
    """See `code_id_field`."""

    library = script("codes.jsx")
    tag = "CodeId"
    named: rx.Var[str]


class AskedFor(rx.Component):
    """See `asked_for`."""

    library = script("codes.jsx")
    tag = "AskedFor"
    name: rx.Var[str]


class AnotherCode(rx.Component):
    """See `another_code`."""

    library = script("codes.jsx")
    tag = "AnotherCode"
    action: rx.Var[str]
    pause: rx.Var[int]
    named: rx.Var[str]
    typed: rx.Var[str]
    fallback: rx.Var[str]
    words: rx.Var[dict[str, str]]


class CodeAfterAPause(rx.Component):
    """See `code_after_a_pause`."""

    library = script("codes.jsx")
    tag = "CodeAfterAPause"
    pause: rx.Var[int]
    since: rx.Var[int]
    words: rx.Var[dict[str, str]]
    on_ask: rx.EventHandler[rx.event.no_args_event_spec]


def _pause() -> int:
    """Seconds between two codes."""
    return int(SEND_AGAIN_AFTER.total_seconds())


def code_id_field(named: str = "code") -> rx.Component:
    """A hidden field `id` with the id of the code that the address names as ``?<named>=``."""
    return CodeId.create(named=named)


def asked_for(field: str, form: rx.Component) -> rx.Component:
    """The form; what is typed in its ``field`` is kept in the tab, for `another_code` with ``typed``."""
    return AskedFor.create(form, name=field)


def another_code(action: str, *, named: str = "code", typed: str = "", fallback: str = "") -> rx.Component:
    """A button that has another code sent by posting to ``action``, once in the pause between two, and says what
    came of it.

    It posts the id in the address; with ``typed`` it asks anew for what was typed in the field of this name, and the
    address then names the new id. A tab that does not know it leads to ``fallback``.
    """
    words = word_prop(*_WORDS)
    return AnotherCode.create(action=action, pause=_pause(), named=named, typed=typed, fallback=fallback, words=words)


def code_after_a_pause(on_ask: Any, since: Any) -> rx.Component:
    """The same button for a page that sends the code itself, at ``on_ask``; ``since`` counts what was sent."""
    return CodeAfterAPause.create(pause=_pause(), since=since, on_ask=on_ask, words=word_prop(*_WORDS))
