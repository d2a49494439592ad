"""The rules marked must: one committer, two hands, statuses through one table, permission first, one clock."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

import pytest

from cleanit_app.domain.actors import AdminDuty, Role, permissions_of
from tests.house.source import PROJECT, arguments_of, below, functions_of, modules

NETWORK_PORTS = ("PaymentProvider", "PayoutProvider", "FileStore", "VirusScanner", "OtpSender", "IdentityChecker")
COMMITTERS = {"cleanit_app.services.unit_of_work"}
MAY_SET_STATUS = {"cleanit_app.models.base", "cleanit_app.ports"}  # ports: the HTTP status of a refusal
# The sandbox is a program of its own; a backup hands the environment on to pg_dump.
ENVIRONMENT_READERS = {"cleanit_app.settings", "cleanit_app.sandbox.config", "cleanit_app.ops.backup"}
CLOCKS = {"cleanit_app.adapters.clock"}
# Services that change something without asking for a permission, each with its reason.
NO_PERMISSION = {
    "register": "anybody may join",
    "make_admin": "asks for SYSTEM or MANAGE_ADMINS in two lines",
    "appoint_admin": "asks for SYSTEM or MANAGE_ADMINS in two lines",
    "open_session": "called with a checked password",
    "refresh": "the token is the permission",
    "end_session": "called with one's own session",
    "fund_campaign": "the money decides",
    "open_job": "the money decides",
    "release_job": "called by claim services and the clock with a locked job",
}


def _calls(module: ast.Module, method: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method
    ]


def test_only_the_unit_of_work_commits() -> None:
    wrong = [
        f"{name}:{line}"
        for name, module in modules().items()
        if name not in COMMITTERS and not name.startswith(("cleanit_app.sandbox", "cleanit_app.local"))
        for line in _calls(module, "commit")
    ]
    assert wrong == []


def test_nobody_holds_a_transaction_and_the_network_at_once() -> None:
    wrong = [
        f"{name}.{function.name}"
        for name, module in below("cleanit_app.services").items()
        for function in functions_of(module)
        if any("UnitOfWork" in a and "Callable" not in a and a != "OpenUow" for a in arguments_of(function).values())
        and any(port in a for a in arguments_of(function).values() for port in NETWORK_PORTS)
    ]
    assert wrong == []


def test_statuses_move_only_through_move_to() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, module in modules().items()
        if name not in MAY_SET_STATUS and not name.startswith("cleanit_app.sandbox")
        for node in ast.walk(module)
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "status"
    ]
    assert wrong == []


def test_the_first_line_of_a_service_asks_for_permission() -> None:
    wrong = []
    for name, module in below("cleanit_app.services").items():
        for function in functions_of(module):
            takes = arguments_of(function)
            if takes.get("uow") != "UnitOfWork" or "actor" not in takes or function.name in NO_PERMISSION:
                continue
            body = function.body[1:] if ast.get_docstring(function) else function.body
            if not ast.unparse(body[0]).startswith(("actor.must(", "if not actor.may(")) and function.name[0] != "_":
                wrong.append(f"{name}.{function.name}")
    assert [w for w in wrong if not w.endswith(".locked_own_job")] == []


OF_ADMINS = {p.name for duty in AdminDuty for p in permissions_of(Role.ADMIN, frozenset({duty}))} - {"MANAGE_SELF"}


def test_what_an_admin_does_is_written_down() -> None:
    """A service that asks for an admin's permission records an event or calls `uow.audit` (SEC-10)."""
    wrong = []
    for name, module in below("cleanit_app.services").items():
        known = {function.name: function for function in functions_of(module)}
        for function in known.values():
            asks = ast.unparse(function.body[1]) if len(function.body) > 1 else ""
            if not any(asks == f"actor.must(Permission.{p})" for p in OF_ADMINS):
                continue
            if arguments_of(function).get("uow") == "UnitOfWork" and not _writes_down(function, known):
                wrong.append(f"{name}.{function.name}")
    assert wrong == [], "say uow.audit(actor, 'WhatWasDone', subject_id=…) there"


def _writes_down(function: ast.AST, known: Mapping[str, ast.AST], deep: int = 3) -> bool:
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("record", "audit"):
            return True
        inner = known.get(call.func.id) if isinstance(call.func, ast.Name) else None
        if inner is not None and inner is not function and deep and _writes_down(inner, known, deep - 1):
            return True
    return False


def test_a_reason_is_given_only_for_services_that_exist() -> None:
    known = {f.name for m in below("cleanit_app.services").values() for f in functions_of(m)}
    assert set(NO_PERMISSION) <= known


@pytest.mark.parametrize(
    ("pattern", "allowed", "why"),
    [
        (r"\bos\.(environ|getenv)\b", ENVIRONMENT_READERS, "settings.py alone reads the environment"),
        (r"\bdatetime\.(now|utcnow|today)\(", CLOCKS, "the time is uow.now"),
        (r"\bfloat\([^)]*paise", set(), "money is whole paise"),
        (r"\brx\.foreach\b", {"cleanit_app.components.lists"}, "rows keep their own buttons; use `each`"),
    ],
)
def test_one_place_for(pattern: str, allowed: set[str], why: str) -> None:
    wrong = []
    for name in modules():
        if name in allowed or name.startswith(("cleanit_app.sandbox", "cleanit_app.local")):
            continue
        path = PROJECT / (name.replace(".", "/") + ".py")
        text = path.read_text() if path.exists() else ""
        wrong += [f"{name}:{n}" for n, line in enumerate(text.splitlines(), 1) if re.search(pattern, line)]
    assert wrong == [], why


# What goes on while new terms wait to be accepted: one's news, one's own safety, money that has left already.
OPEN_BEFORE_TERMS = {
    "accept_terms", "appeal", "ask_for_erasure", "ask_to_confirm", "begin_factor", "change_password",
    "choose_notifications", "choose_photo_consents", "confirm_again", "confirm_contact", "confirm_factor",
    "correct_profile", "end_my_other_sessions", "end_my_session", "look_now", "mark_delivered", "mark_read",
    "new_recovery_codes", "open_ticket", "prove", "raise_question", "remove_factor", "say_in_dispute",
    "settle_ticket", "take_contribution_back", "take_my_data", "thread_of_code", "write_again",
}  # fmt: skip


def test_only_these_are_open_before_new_terms_are_accepted() -> None:
    marked = {
        function.name
        for module in below("cleanit_app.services").values()
        for function in functions_of(module)
        if any(ast.unparse(d) == "open_before_terms" for d in function.decorator_list)
    }
    assert marked == OPEN_BEFORE_TERMS
