"""A street on the running Cleanit: people with their tabs, campaigns, and the sandbox's book beside ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import requests
from playwright.sync_api import Browser, FrameLocator, Page
from sqlalchemy import text

from cleanit_app.domain.actors import Actor
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.wiring import Wiring
from tests.factories import Town, prove
from tests.support.live import Live

PHONE = {"width": 360, "height": 780}


class Street(Town):
    """People and campaigns made through the services of the running Cleanit, so that open tabs hear of them."""

    def __init__(self, live: Live, browser: Browser) -> None:
        self.live, self.browser = live, browser
        self.parts = Wiring(live.settings)
        super().__init__(self.parts.engine, self.parts.clock, self.parts.files)
        self.complaints: list[str] = []

    @contextmanager
    def uow(self) -> Iterator[UnitOfWork]:
        """A unit of work that rings the bells after its commit."""
        with self.parts.open_uow() as uow:
            yield uow

    def tab(self, actor: Actor | None = None, **options: Any) -> Page:
        """A tab on a phone, signed in as this person; what its console complains of is kept."""
        context = self.browser.new_context(
            base_url=self.live.base_url, viewport=PHONE, locale="en-IN", timezone_id="Asia/Kolkata", **options
        )
        if actor is not None:
            with self.uow() as uow:
                opened = open_session(uow, user_id=actor.user_id, user_agent="test", with_cookie=True)
                secret = opened.secret
                if actor.proved:
                    prove(uow, opened.session_id)
            cookie = {"name": "sid", "value": secret, "url": self.live.base_url, "httpOnly": True}
            context.add_cookies([cookie])
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self._hear(line.type, line.text))
        return page

    def _hear(self, kind: str, words: str) -> None:
        if kind == "error":
            self.complaints.append(words)

    def control(self, path: str, **body: Any) -> Any:
        """Pull a string of the sandbox."""
        answer = requests.post(f"{self.live.sandbox_url}/control/{path}", json=body, timeout=15)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """Look into the database."""
        with self.live.engine.connect() as connection:
            return list(connection.execute(text(sql), values))

    def assert_both_books_agree(self, campaign_id: UUID) -> None:
        """Every paisa the sandbox took or gave back for this campaign is in our ledger, and nothing else is."""
        book = requests.get(f"{self.live.sandbox_url}/book", timeout=15).json()
        assert book["agrees"]
        orders = {r.order_id for r in self.rows(ORDERS, id=campaign_id)}
        taken = {p["id"]: p["amount"] for p in book["payments"] if p["order_id"] in orders and p["captured"]}
        given_back = {
            r["id"]: r["amount"] for r in book["refunds"] if r["payment_id"] in taken and r["status"] == "processed"
        }
        ours = {r.payment: r.paise for r in self.rows(TAKEN, id=campaign_id)}
        returned = {r.refund: r.paise for r in self.rows(RETURNED, id=campaign_id)}
        assert (ours, returned) == (taken, given_back)


ORDERS = "SELECT razorpay_order_id AS order_id FROM contributions WHERE campaign_id = :id"
TAKEN = """SELECT p.razorpay_payment_id AS payment, CAST(-sum(l.amount_paise) AS bigint) AS paise
  FROM payments p JOIN contributions g ON g.id = p.contribution_id
  JOIN ledger_transfers t ON t.business_key = 'captured:' || p.razorpay_payment_id
  JOIN ledger_lines l ON l.transfer_id = t.id AND l.account IN ('HELD', 'SURPLUS')
  WHERE g.campaign_id = :id GROUP BY 1"""
RETURNED = """SELECT r.razorpay_refund_id AS refund, CAST(sum(l.amount_paise) AS bigint) AS paise
  FROM refunds r JOIN ledger_lines l ON l.account = 'REFUND_CLEARING' AND l.subject_id = r.id
  JOIN ledger_transfers t ON t.id = l.transfer_id AND t.kind = 'REFUND_PROCESSED'
  WHERE r.campaign_id = :id GROUP BY 1"""


def payment_window(page: Page) -> FrameLocator:
    """The sandbox's payment page over ours."""
    return page.frame_locator("iframe.razorpay-checkout-frame")
