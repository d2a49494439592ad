"""Contacts, fund accounts, account checks and payouts: the money leaves once and every turn is booked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.running import X_ACCOUNT, Sandbox, until

AMOUNT, FEES = 1_000_000, 590
OPENING = 10_00_000_00


def description(response: Any) -> str:
    return str(response.json()["error"]["description"])


def x_balance(sandbox: Sandbox) -> int:
    return int(sandbox.book()["balances"]["x_balance"])


def test_equal_contacts_and_fund_accounts_are_one(sandbox: Sandbox) -> None:
    assert sandbox.fund_account() == sandbox.fund_account()
    assert sandbox.fund_account("111122223333") != sandbox.fund_account()
    assert len(sandbox.book()["contacts"]) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", "The name field is required."),
        ("Ab", "The name must be at least 3 characters."),
        ("आशा वर्मा", "The name field is invalid."),
        ("Asha Verma-", "The name field is invalid."),
    ],
)
def test_contact_names_are_latin(sandbox: Sandbox, name: str, text: str) -> None:
    assert description(sandbox.api("POST", "contacts", {"name": name})) == text


@pytest.mark.parametrize(
    ("details", "text"),
    [
        ({"ifsc": "HDFC00"}, "The IFSC must be 11 characters."),
        ({"account_number": "12 34"}, "The account number format is invalid."),
        ({"name": ""}, "The name field is required."),
    ],
)
def test_bank_details_are_checked(sandbox: Sandbox, details: dict[str, str], text: str) -> None:
    contact = sandbox.api("POST", "contacts", {"name": "Asha Verma"}).json()["id"]
    bank = {"name": "Asha Verma", "ifsc": "HDFC0000053", "account_number": "765432123456789"} | details
    body = {"contact_id": contact, "account_type": "bank_account", "bank_account": bank}
    assert description(sandbox.api("POST", "fund_accounts", body)) == text


def test_a_payout_is_processed_and_debited_with_its_fees(sandbox: Sandbox) -> None:
    made = sandbox.payout("job-17-1", AMOUNT).json()
    assert (made["status"], made["fees"], made["tax"], made["utr"]) == ("processing", FEES, 90, None)
    done = until(lambda: (p := sandbox.api("GET", f"payouts/{made['id']}").json())["status"] == "processed" and p)
    assert done["utr"]
    assert done["status_details"]["reason"] == "payout_processed"
    statement = sandbox.api("GET", f"transactions?account_number={X_ACCOUNT}").json()["items"]
    assert [line["debit"] for line in statement] == [AMOUNT + FEES]
    assert statement[0]["source"]["id"] == made["id"]
    assert statement[0]["balance"] == x_balance(sandbox) == OPENING - AMOUNT - FEES
    assert sandbox.api("GET", "banking_balances").json()["items"][0]["amount"] == x_balance(sandbox)


def test_the_same_key_pays_once_and_shows_the_present_state(sandbox: Sandbox) -> None:
    made = sandbox.payout("job-17-1").json()
    until(lambda: sandbox.api("GET", f"payouts/{made['id']}").json()["status"] == "processed")
    again = sandbox.payout("job-17-1").json()
    assert (again["id"], again["status"]) == (made["id"], "processed")
    different = sandbox.payout("job-17-1", AMOUNT + 100)
    assert description(different) == "Different request body sent for the same Idempotency Header"
    assert len(sandbox.book()["payouts"]) == 1


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"account_number": "1"}, "The RazorpayX Account number is invalid."),
        ({"account_number": ""}, "The account number field is required"),
        ({"amount": 99}, "The amount must be at least INR 1.00"),
        ({"amount": 5_00_000_01, "mode": "IMPS"}, "The amount is outside the limits of IMPS."),
        ({"mode": "UPI"}, "The selected mode is invalid for the fund account."),
        ({"narration": "ein Lohn für Arbeit"}, "The narration format is invalid."),
        ({"reference_id": "x" * 41}, "The reference id may not be greater than 40 characters."),
        ({"tip": 1}, "tip is/are not required and should not be sent"),
        ({"fund_account_id": "fa_SbxFund0000001"}, "The id provided does not exist"),
    ],
)
def test_a_bad_payout_is_refused_and_nothing_is_debited(sandbox: Sandbox, change: dict[str, Any], text: str) -> None:
    amount = change.pop("amount", AMOUNT)
    answer = sandbox.payout("job-17-1", amount, **change)
    if text.startswith("The amount is"):
        assert x_balance(sandbox) == OPENING
    assert (answer.status_code, description(answer)) == (400, text)
    assert sandbox.book()["payouts"] == []


def test_a_payout_needs_a_key(sandbox: Sandbox) -> None:
    answer = sandbox.api("POST", "payouts", {"account_number": X_ACCOUNT})
    assert answer.json()["error"]["field"] == "X-Payout-Idempotency"
    assert answer.json()["error"]["reason"] == "null"


def test_without_money_it_queues_and_leaves_oldest_first(sandbox: Sandbox) -> None:
    sandbox.control("balances", x_balance=100)
    sandbox.control("delays", payout_delay=-1)
    refused = sandbox.payout("job-0", queue_if_low_balance=False)
    assert refused.json()["error"]["reason"] == "insufficient_funds"
    first, second = sandbox.payout("job-1").json(), sandbox.payout("job-2").json()
    assert (first["status"], first["fees"], first["status_details"]["reason"]) == ("queued", 0, "low_balance")
    sandbox.control("balances", x_balance=AMOUNT + FEES)
    assert sandbox.api("GET", f"payouts/{first['id']}").json()["status"] == "processing"
    cancelled = sandbox.api("POST", f"payouts/{second['id']}/cancel", {})
    assert cancelled.json()["status"] == "cancelled"
    assert sandbox.api("PATCH", f"payouts/{first['id']}/cancel", {}).status_code == 400


def test_a_processed_payout_may_come_back(sandbox: Sandbox) -> None:
    sandbox.control("delays", payout_delay=-1)
    made = sandbox.payout("job-1").json()
    sandbox.control(f"payouts/{made['id']}/process")
    back = sandbox.control(f"payouts/{made['id']}/reverse", reason="beneficiary_bank_offline")
    assert (back["status"], back["fees"]) == ("reversed", FEES)
    assert x_balance(sandbox) == OPENING
    source = sandbox.api("GET", f"transactions?account_number={X_ACCOUNT}").json()["items"][0]["source"]
    assert (source["entity"], source["payout_id"]) == ("reversal", made["id"])


def test_a_failed_payout_gives_back_now_or_by_a_later_reversal(sandbox: Sandbox) -> None:
    sandbox.control("delays", payout_delay=-1)
    now, later = sandbox.payout("job-1").json()["id"], sandbox.payout("job-2").json()["id"]
    failed = sandbox.control(f"payouts/{now}/fail", reason="bank_account_closed")
    assert (failed["status"], failed["status_details"]["reason"]) == ("failed", "bank_account_closed")
    sandbox.control(f"payouts/{later}/fail", credit=False)
    assert x_balance(sandbox) == OPENING - AMOUNT - FEES
    sandbox.control(f"payouts/{later}/reverse")
    sandbox.control(f"payouts/{now}/reverse")
    assert x_balance(sandbox) == OPENING


def test_only_legal_moves(sandbox: Sandbox) -> None:
    made = sandbox.payout("job-1").json()["id"]
    until(lambda: sandbox.api("GET", f"payouts/{made}").json()["status"] == "processed")
    answer = sandbox.session.post(f"{sandbox.url}/control/payouts/{made}/fail", json={}, timeout=5)
    assert answer.status_code == 409


def test_an_approver_decides_when_told_so(sandbox: Sandbox) -> None:
    sandbox.control("behaviour", payouts_need_approval=True)
    yes, no = sandbox.payout("job-1").json()["id"], sandbox.payout("job-2").json()["id"]
    assert sandbox.control(f"payouts/{yes}/approve")["status"] == "processing"
    assert sandbox.control(f"payouts/{no}/reject")["status"] == "rejected"


def test_inactive_accounts_are_not_paid(sandbox: Sandbox) -> None:
    account = sandbox.fund_account()
    sandbox.api("PATCH", f"fund_accounts/{account}", {"active": False})
    assert "inactive fund account" in description(sandbox.payout("job-1", fund_account_id=account))


def validation(sandbox: Sandbox, account: str) -> Any:
    body = {"account_number": X_ACCOUNT, "fund_account": {"id": account}, "amount": 100, "currency": "INR"}
    made = sandbox.api("POST", "fund_accounts/validations", body).json()
    assert made["results"] == {"account_status": None, "registered_name": None}
    path = f"fund_accounts/validations/{made['id']}"
    return until(lambda: (v := sandbox.api("GET", path).json())["status"] != "created" and v)


def test_a_check_tells_the_registered_name(sandbox: Sandbox) -> None:
    assert validation(sandbox, sandbox.fund_account())["results"]["registered_name"] == "Asha Verma"
    sandbox.control("bank-accounts", account="999988887777", registered_name="Ravi Kumar")
    other = validation(sandbox, sandbox.fund_account("999988887777"))
    assert (other["results"]["registered_name"], other["results"]["account_status"]) == (
        "Ravi Kumar",
        "active",
    )
    sandbox.control("bank-accounts", account="555566667777", account_status="invalid")
    bad = validation(sandbox, sandbox.fund_account("555566667777"))
    assert (bad["status"], bad["results"]["account_status"]) == ("completed", "invalid")


def test_a_composite_payout_makes_contact_and_fund_account(sandbox: Sandbox) -> None:
    nested = {
        "account_type": "vpa",
        "vpa": {"address": "asha@exampleupi"},
        "contact": {"name": "Asha Verma", "reference_id": "w-1"},
    }
    body = {
        "account_number": X_ACCOUNT, "fund_account": nested, "amount": 10_000, "currency": "INR",
        "mode": "UPI", "purpose": "payout",
    }  # fmt: skip
    made = sandbox.api("POST", "payouts", body, headers={"X-Payout-Idempotency": "key-1"}).json()
    account = sandbox.api("GET", f"fund_accounts/{made['fund_account_id']}").json()
    assert account["vpa"] == {"username": "asha", "handle": "exampleupi", "address": "asha@exampleupi"}
