"""The provider's language is known in adapters/ alone, and by the sandbox that speaks it (docs/decisions/0018)."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from cleanit_app.adapters import razorpay_words as words
from tests.house.source import imports_of, modules

SPEAKERS = ("cleanit_app.adapters", "cleanit_app.sandbox")
READERS = ("razorpay_entities", "razorpay_requests", "razorpay_messages", "razorpay_client")
MORE_KEYS = {"error_code", "error_source", "error_step", "merchant_id", "debit_account_number"}
# Keys of its JSON that are words of ours as well, each with what it is here.
OURS_TOO = {
    "account_number": "a field of bank details",
    "created_at": "a column of many tables",
    "order_id": "a field of ProviderPayment",
    "payment_id": "a field of ProviderRefund",
    "reference_id": "a field of ProviderPayout",
    "registered_name": "a field of ProviderValidation",
    "settlement_id": "a field of SettledRow",
}
STANDINGS = {*words.ORDERS, *words.PAYMENTS, *words.TRANSFERS, *words.CHECKS}
PHRASES = {
    *words.PAYMENT_FAILURES,
    *words.TRANSFER_REASONS,
    *words.NO_ACCESS,
    *words.BALANCE_SHORT,
    *words.TOO_OLD,
    *words.ALREADY_CAPTURED,
    *words.OTHER_BODY,
    words.STILL_RUNNING,
    "payment.captured",
    "payment.authorized",
    "payment.failed",
    "order.paid",
    "payment.dispute",
    "refund.processed",
    "payout.processed",
    "payout.reversed",
    "fund_account.validation",
}


def others() -> Iterator[tuple[str, ast.Module]]:
    """Every module that is neither an adapter nor the sandbox."""
    return ((name, module) for name, module in modules().items() if not name.startswith(SPEAKERS))


def texts(module: ast.Module) -> Iterator[ast.Constant]:
    """The texts of a module, without what only explains."""
    explains = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explains:
            yield node


def keys() -> set[str]:
    """The compound keys that the readers and writers of its JSON use: nobody else can have them by chance."""
    used = {
        node.value
        for reader in READERS
        for node in texts(modules()[f"cleanit_app.adapters.{reader}"])
        if ("_" in node.value or node.value == "entity") and node.value.replace("_", "").replace(".", "").isalpha()
    }
    return used | MORE_KEYS


def test_nobody_else_knows_the_keys_of_its_json() -> None:
    known = keys() - set(OURS_TOO)
    assert {"acquirer_data", "status_details", "entity", "error_description", "amount_refunded"} <= known
    wrong = [
        f"{name}:{one.lineno} {one.value!r}" for name, module in others() for one in texts(module) if one.value in known
    ]
    assert wrong == [], (
        "read and build the provider's JSON in cleanit_app/adapters/razorpay_entities.py and _requests.py"
    )


def test_nobody_else_knows_its_phrases() -> None:
    wrong = [
        f"{name}:{one.lineno} {one.value[:60]!r}"
        for name, module in others()
        for one in texts(module)
        if any(phrase in one.value.lower() for phrase in PHRASES)
    ]
    assert wrong == [], "give it a word in cleanit_app/domain and its meaning in cleanit_app/adapters/razorpay_words.py"


def test_how_things_stand_there_is_compared_with_our_words() -> None:
    wrong = [
        f"{name}:{compare.lineno} {ast.unparse(compare)}"
        for name, module in others()
        for compare in ast.walk(module)
        if isinstance(compare, ast.Compare) and "status" in ast.unparse(compare)
        for one in ast.walk(compare)
        if isinstance(one, ast.Constant) and one.value in STANDINGS
    ]
    assert wrong == [], "compare with a member of cleanit_app/domain/provider.py"


def test_words_of_both_are_needed_as_such() -> None:
    said = {one.value for _, module in others() for one in texts(module)}
    assert set(OURS_TOO) - (keys() & said) == set()


def test_only_adapters_import_the_translator() -> None:
    wrong = [
        name
        for name, module in others()
        if name != "cleanit_app.wiring"
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cleanit_app.adapters.razorpay")
    ]
    assert wrong == []


def test_the_pure_port_calls_nobody() -> None:
    """`ProviderFormat` stands beside a unit of work: what answers it knows no wire (the rule of two hands)."""
    pure = [f"cleanit_app.adapters.razorpay_{one}" for one in ("messages", "entities", "requests", "words")]
    may = ("cleanit_app.domain", "cleanit_app.ports", *pure)
    wrong = [
        f"{one} imports {target}"
        for one in pure
        for target, _ in imports_of(modules()[one])
        if target != "cleanit_app.adapters" and not any(f"{target}.".startswith(f"{known}.") for known in may)
        if target.split(".")[0] not in sys.stdlib_module_names - {"socket", "http", "urllib", "ssl", "subprocess"}
    ]
    assert wrong == []
