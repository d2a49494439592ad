"""What reaches a handler has the shape that the handler asks for; anything else is passed over (SEC-04).

Reflex hands a payload on as it came when it does not fit, and lets browsers call its own `setvar`; only what no page
of ours sends is refused here.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import structlog
from reflex.app import App
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import transform_form_data

log = structlog.get_logger("cleanit.page")
_NEVER = ".setvar"
_STORED = (".update_vars_internal", ".hydrate_and_load")
"""These bring what a browser has stored by the names of vars; nothing of ours is stored there."""


class OnlyWhatFits(Middleware):
    """Ends an event that its handler could not take, before anything is done."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """An empty answer for a payload that does not fit; None lets the event go on."""
        if fits(event.name, event.payload) and _can_be_said(event.router_data):
            return None
        log.info("an event of another shape was passed over", handler=event.name[-80:] if hears(event.name) else "")
        return StateUpdate()


def hears(name: str) -> bool:
    """Whether there is a handler of this name that browsers may call."""
    return name in RegistrationContext.get().event_handlers and not name.endswith(_NEVER)


def fits(name: str, payload: object) -> bool:
    """Whether this handler may be called from outside and takes these arguments."""
    registered = RegistrationContext.get().event_handlers.get(name)
    if registered is None or name.endswith(_NEVER) or not isinstance(payload, Mapping) or not _can_be_said(payload):
        return False
    if name.endswith(_STORED) and payload.get("vars"):
        return False
    function = getattr(registered.handler.fn, "func", registered.handler.fn)
    wanted = list(inspect.signature(function).parameters.values())[1:]
    if any(one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD) for one in wanted):
        return True
    needed = {one.name for one in wanted if one.default is one.empty}
    if not needed <= payload.keys() <= {one.name for one in wanted}:
        return False
    hints = registered.handler._type_hints or get_type_hints(function)
    return all(_is(payload[name], hints.get(name, Any)) for name in payload)


def _can_be_said(value: object) -> bool:
    """Whether all of its text is text: half a character, said back by a handler, would end the line to the browser."""
    if isinstance(value, str):
        return not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, Mapping):
        return all(_can_be_said(part) for pair in value.items() for part in pair)
    return not isinstance(value, list) or all(map(_can_be_said, value))


def _is(value: Any, hint: Any) -> bool:
    kind = get_origin(hint) or hint
    if kind in (Union, UnionType):
        return any(_is(value, one) for one in get_args(hint))
    if kind in (int, float):
        return _is_number(value)
    if kind is dict:
        return isinstance(value, Mapping) and _is_form(value, hint)
    return isinstance(value, kind) if kind in (str, bool, list, NoneType) else True


def _is_number(value: Any) -> bool:
    """A number a page could have: no endless one, and none that no column could hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) < 1 << 53


def _is_form(value: Any, hint: Any) -> bool:
    try:
        return isinstance(transform_form_data(dict(value), hint), Mapping)
    except Exception:  # entries of a form that are none
        return False
