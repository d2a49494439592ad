"""Every handler a browser can call is on this list, with what protects it."""

from __future__ import annotations

import ast
import inspect

import reflex as rx
from reflex_base.registry import RegistrationContext

import cleanit_app.pages as every_page  # registers every State
from tests.house.approved import APPROVED, Needs


def handlers() -> dict[str, object]:
    """Our handlers by `State.name`."""
    found = {}
    for registered in RegistrationContext.get().event_handlers.values():
        function = registered.handler.fn
        function = getattr(function, "func", function)
        if function.__module__.startswith("cleanit_app."):
            found[function.__qualname__] = function
    return found


def test_the_list_and_the_code_agree() -> None:
    assert every_page.PAGES
    ours = set(handlers())
    assert sorted(ours - set(APPROVED)) == [], "new handlers: say in tests/house/approved.py what protects them"
    assert sorted(set(APPROVED) - ours) == [], "listed, but gone"


def test_handlers_are_async_and_typed() -> None:
    for name, function in handlers().items():
        assert inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function), name
        for parameter in list(inspect.signature(function).parameters.values())[1:]:
            assert parameter.annotation is not inspect.Parameter.empty, f"{name}({parameter.name})"


def test_a_handler_that_changes_something_goes_through_a_service() -> None:
    """What is listed as ANYBODY must not do or tell anything; what does must name a service that asks."""
    for name, function in handlers().items():
        source = ast.unparse(ast.parse(inspect.cleandoc(inspect.getsource(function)).replace("\n    @", "\n@")))
        acts = "self._do(" in source or "self._tell(" in source
        if acts:
            assert APPROVED[name] is not Needs.NOBODY, f"{name} acts, so it needs somebody"


def test_nothing_in_a_state_can_be_called_by_accident() -> None:
    """A public method without @rx.event would still be callable by any browser."""
    for state in _ours(rx.State):
        for name, member in vars(state).items():
            if name.startswith("_") or not callable(member) or not inspect.isfunction(member):
                continue
            raise AssertionError(f"{state.__name__}.{name} is public and no event")


def _ours(kind: type[rx.State]) -> list[type[rx.State]]:
    below = [s for s in kind.get_substates() if s.__module__.startswith("cleanit_app.")]
    return [*below, *(deeper for s in below for deeper in _ours(s))]
