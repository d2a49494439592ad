"""Money out through RazorpayX: contacts, fund accounts, payouts, account checks (the PayoutProvider port)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cleanit_app.adapters import razorpay_entities as entities
from cleanit_app.adapters import razorpay_requests as bodies
from cleanit_app.adapters.razorpay_client import Json, RazorpayClient, known_id
from cleanit_app.ports import PAGE, BankDetails, ProviderPayout, ProviderValidation, UnreadableRow, UpiDetails


class RazorpayPayouts:
    """Pays cleaners from one RazorpayX account; amounts in paise. The SDK knows none of these paths."""

    def __init__(self, client: RazorpayClient, *, account_number: str) -> None:
        self._client = client
        self._account_number = account_number

    def create_contact(self, *, name: str, reference_id: str) -> str:
        """The contact's id; asking again with the same name and reference gives the same contact."""
        body = bodies.contact(name=name, reference_id=reference_id)
        return self._client.call(lambda sdk: sdk.post("/v1/contacts", body), entities.thing_id)

    def create_fund_account(self, *, contact_id: str, details: BankDetails | UpiDetails) -> str:
        """The fund account's id; the same details of the same contact give the same fund account."""
        body = bodies.fund_account(contact_id=contact_id, details=details)
        return self._client.call(lambda sdk: sdk.post("/v1/fund_accounts", body), entities.thing_id)

    def create_payout(self, *, request: Mapping[str, object], idempotency_key: str) -> ProviderPayout:
        """Send money, once per key and body; a request without `account_number` gets ours."""
        body = {"account_number": self._account_number, **request}
        headers = {"X-Payout-Idempotency": idempotency_key}
        return self._client.call(lambda sdk: sdk.post("/v1/payouts", body, headers=headers), entities.payout)

    def payout(self, payout_id: str) -> ProviderPayout:
        """The payout as it stands."""
        return self._client.call(lambda sdk: sdk.get(f"/v1/payouts/{known_id('pout', payout_id)}", {}), entities.payout)

    def payout_by_reference(self, reference_id: str) -> ProviderPayout | None:
        """The newest payout under our reference; None when there is none."""
        query = {"account_number": self._account_number, "reference_id": reference_id, "count": 10}
        found = self._client.call(
            lambda sdk: sdk.get("/v1/payouts", query), lambda page: [entities.payout(item) for item in page["items"]]
        )
        return next((payout for payout in found if payout.reference_id == reference_id), None)

    def payouts_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderPayout | UnreadableRow]:
        """Up to 100 payouts made in a span, newest first."""
        query = {"account_number": self._account_number, "count": PAGE, "skip": skip}
        query |= {"from": int(since.timestamp()), "to": int(until.timestamp())}
        return self._client.call(
            lambda sdk: sdk.get("/v1/payouts", query), lambda page: entities.rows(page, entities.payout)
        )

    def validate_fund_account(self, *, fund_account_id: str) -> str:
        """Begin a check (penny drop) of a fund account and return the check's id (LAW-08)."""
        path = f"/v1/fund_accounts/{known_id('fa', fund_account_id)}"
        kind = self._client.call(lambda sdk: sdk.get(path, {}), lambda item: str(item["account_type"]))
        is_bank = kind == "bank_account"
        body = bodies.validation(self._account_number, fund_account_id=fund_account_id, is_bank=is_bank)
        return self._client.call(lambda sdk: sdk.post("/v1/fund_accounts/validations", body), entities.thing_id)

    def validation(self, validation_id: str) -> ProviderValidation:
        """The check as it stands; `completed` alone says nothing, read `account_status`."""
        path = f"/v1/fund_accounts/validations/{known_id('fav', validation_id)}"
        return self._client.call(lambda sdk: sdk.get(path, {}), entities.validation)

    def validation_of(self, fund_account_id: str) -> ProviderValidation | None:
        """The newest check of a fund account among the newest hundred; None when there is none."""
        query = {"account_number": self._account_number, "count": 100}

        def newest(page: Json) -> ProviderValidation | None:
            ours = (item for item in page["items"] if item["fund_account"]["id"] == fund_account_id)
            return next((entities.validation(item) for item in ours), None)

        return self._client.call(lambda sdk: sdk.get("/v1/fund_accounts/validations", query), newest)
