"""Money out through RazorpayX: contacts, fund accounts, payouts, account checks (the PayoutGateway port)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from cleanit_app.adapters.razorpay_client import Json, RazorpayClient, known_id
from cleanit_app.domain.bounds import paise_or_nothing
from cleanit_app.ports import PAGE, BankDetails, ProviderPayout, ProviderValidation, UpiDetails

_NAME_LENGTH = 50
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9 ’\-_/().]+")


class RazorpayPayouts:
    """Pays cleaners from one RazorpayX account; amounts in paise. The SDK knows none of these paths."""

    def __init__(self, client: RazorpayClient, *, account_number: str) -> None:
        self._client = client
        self._account_number = account_number

    def create_contact(self, *, name: str, reference_id: str) -> str:
        """The contact's id; asking again with the same name and reference gives the same contact."""
        body = {"name": contact_name(name, reference_id), "type": "vendor", "reference_id": reference_id}
        return self._client.call(lambda sdk: sdk.post("/v1/contacts", body), _id)

    def create_fund_account(self, *, contact_id: str, details: BankDetails | UpiDetails) -> str:
        """The fund account's id; the same details of the same contact give the same fund account."""
        if isinstance(details, BankDetails):
            bank = {
                "name": details.holder_name,
                "ifsc": details.ifsc,
                "account_number": details.account_number,
            }
            body = {"contact_id": contact_id, "account_type": "bank_account", "bank_account": bank}
        else:
            body = {"contact_id": contact_id, "account_type": "vpa", "vpa": {"address": details.vpa}}
        return self._client.call(lambda sdk: sdk.post("/v1/fund_accounts", body), _id)

    def create_payout(self, *, request: Mapping[str, object], idempotency_key: str) -> ProviderPayout:
        """Send money, once per key and body; a request without `account_number` gets ours."""
        body = {"account_number": self._account_number, **request}
        headers = {"X-Payout-Idempotency": idempotency_key}
        return self._client.call(lambda sdk: sdk.post("/v1/payouts", body, headers=headers), _payout)

    def payout(self, payout_id: str) -> ProviderPayout:
        """The payout as it stands."""
        return self._client.call(lambda sdk: sdk.get(f"/v1/payouts/{known_id('pout', payout_id)}", {}), _payout)

    def payout_by_reference(self, reference_id: str) -> ProviderPayout | None:
        """The newest payout under our reference; None when there is none."""
        query = {"account_number": self._account_number, "reference_id": reference_id, "count": 10}
        found = self._client.call(
            lambda sdk: sdk.get("/v1/payouts", query), lambda page: [_payout(item) for item in page["items"]]
        )
        return next((payout for payout in found if payout.reference_id == reference_id), None)

    def payouts_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderPayout]:
        """Up to 100 payouts made in a span, newest first."""
        query = {"account_number": self._account_number, "count": PAGE, "skip": skip}
        query |= {"from": int(since.timestamp()), "to": int(until.timestamp())}
        return self._client.call(
            lambda sdk: sdk.get("/v1/payouts", query), lambda page: [_payout(item) for item in page["items"]]
        )

    def validate_fund_account(self, *, fund_account_id: str) -> str:
        """Begin a check (penny drop) of a fund account and return the check's id (LAW-08)."""
        path = f"/v1/fund_accounts/{known_id('fa', fund_account_id)}"
        kind = self._client.call(lambda sdk: sdk.get(path, {}), lambda item: str(item["account_type"]))
        body: Json = {"account_number": self._account_number, "fund_account": {"id": fund_account_id}}
        if kind == "bank_account":
            body |= {"amount": 100, "currency": "INR"}
        return self._client.call(lambda sdk: sdk.post("/v1/fund_accounts/validations", body), _id)

    def validation(self, validation_id: str) -> ProviderValidation:
        """The check as it stands; `completed` alone says nothing, read `account_status`."""
        path = f"/v1/fund_accounts/validations/{known_id('fav', validation_id)}"
        return self._client.call(lambda sdk: sdk.get(path, {}), _validation)

    def validation_of(self, fund_account_id: str) -> ProviderValidation | None:
        """The newest check of a fund account among the newest hundred; None when there is none."""
        query = {"account_number": self._account_number, "count": 100}

        def newest(page: Json) -> ProviderValidation | None:
            ours = (item for item in page["items"] if item["fund_account"]["id"] == fund_account_id)
            return next((_validation(item) for item in ours), None)

        return self._client.call(lambda sdk: sdk.get("/v1/fund_accounts/validations", query), newest)


def contact_name(name: str, reference_id: str) -> str:
    """A name RazorpayX accepts (3 to 50 Latin letters, digits, few signs); else one made of the reference."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"\s+", " ", _NOT_IN_NAMES.sub(" ", plain)).strip()
    plain = re.sub(r"[^a-zA-Z0-9.]+\Z", "", plain[:_NAME_LENGTH])
    return plain if len(plain) >= 3 else f"Cleaner {re.sub(r'[^a-zA-Z0-9]', '', reference_id)[-8:]}"


def _id(item: Json) -> str:
    return str(item["id"])


def _payout(item: Json) -> ProviderPayout:
    details = item.get("status_details") or {}
    return ProviderPayout(
        id=item["id"],
        amount_paise=item["amount"],
        status=item["status"],
        reference_id=item.get("reference_id"),
        utr=item.get("utr"),
        fees_paise=paise_or_nothing(item.get("fees")),
        tax_paise=paise_or_nothing(item.get("tax")),
        reason=details.get("reason"),
        description=details.get("description") or item.get("failure_reason"),
    )


def _validation(item: Json) -> ProviderValidation:
    results = item.get("results") or item.get("validation_results") or {}
    return ProviderValidation(
        id=item["id"],
        status=item["status"],
        account_status=results.get("account_status") or None,
        registered_name=results.get("registered_name") or None,
    )
