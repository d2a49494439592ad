"""Choosing campaigns whose money goes back: what was chosen, its dry run, and the number typed to confirm (OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import select_field, text_area, text_field
from cleanit_app.components.lists import each
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.bulk import chosen_campaigns
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.i18n.formats import rupees
from cleanit_app.pages.admin.bulk.views import RefusedView, refused_view
from cleanit_app.reads.bulk.refund_plan import BulkRefundPlan, bulk_refund_plan
from cleanit_app.services.bulk.runs import order_bulk_refunds
from cleanit_app.state.admin_desk import AdminDeskState

FIELDS = {"ids": "ids", "status": "status", "q": "q", "starter": "starterId"}
REASON_LENGTH, SHOWN_REFUSED = 500, 100
STATUSES = tuple(s.value for s in (CampaignStatus.ACTIVE, CampaignStatus.FUNDED, CampaignStatus.DRAFT))


class BulkRefundsState(AdminDeskState, rx.State):
    """A choice, its dry run, and the order."""

    planned: bool = False
    count: int = 0
    payments: int = 0
    amount: str = ""
    refused_count: int = 0
    passed_over: list[RefusedView] = []
    there_are_more: bool = False
    busy: str = ""
    _ids: list[str] = []
    _key: str = ""

    @rx.event
    async def plan(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """The dry run of what the form chooses: nothing moves."""
        if self.busy:
            return
        self.busy = "plan"
        yield
        self.planned = False
        self._clear_problems()
        try:
            chosen = chosen_campaigns(**{name: form.get(field) for name, field in FIELDS.items()})
            found: BulkRefundPlan | None = await self._ask_here(bulk_refund_plan, chosen=chosen)
        except DomainError as refusal:
            self._show(refusal)
            found = None
        self.busy = ""
        if found is not None:
            self._planned(found)

    def _planned(self, found: BulkRefundPlan) -> None:
        self._ids, self._key = [str(one) for one in found.campaign_ids], str(uuid4())
        self.count, self.payments, self.amount = found.count, found.payments, rupees(found.paise)
        self.refused_count = len(found.refused)
        self.passed_over = [refused_view(one) for one in found.refused[:SHOWN_REFUSED]]
        self.there_are_more, self.planned = found.more, True

    @rx.event
    async def order(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Order exactly what the dry run showed; a second press is the same run."""
        if self.busy or not self._ids:
            return
        self.busy = "order"
        yield
        run = await self._do(
            order_bulk_refunds,
            campaign_ids=[UUID(one) for one in self._ids],
            typed_count=str(form.get("count") or ""),
            reason=str(form.get("reason") or ""),
            idempotency_key=self._key,
        )
        self.busy = ""
        if run is not None:
            self.planned = False
            yield rx.redirect(routes.bulk_run(run.id))


def _problem() -> rx.Component:
    general = (BulkRefundsState.problem != "") & (BulkRefundsState.field_problems.length() == 0)
    return rx.cond(general, note(words(BulkRefundsState.problem), "err", role="alert"), rx.fragment())


def _choice() -> rx.Component:
    problems = BulkRefundsState.field_problems
    states = [("", attr("bulk.any_status")), *[(s, attr(f"campaign.{s}")) for s in STATUSES]]
    return rx.el.form(
        rx.el.div(
            text_field("q", t("bulk.q"), hint=t("bulk.q_hint"), max_length=200),
            select_field("status", t("bulk.status"), states, error=problems["status"]),
            text_field("starterId", t("bulk.starter"), hint=t("bulk.starter_hint"), error=problems["starterId"]),
            class_name="grid gap-4 md:grid-cols-3 items-start",
        ),
        text_area("ids", t("bulk.ids"), hint=t("bulk.ids_hint"), error=problems["ids"]),
        button(t("bulk.look"), kind="line", icon_name="eye", type="submit", class_name="self-start",
               busy=BulkRefundsState.busy == "plan", busy_label=t("bulk.looking")),
        on_submit=BulkRefundsState.plan,
        no_validate=True,
        class_name="flex flex-col gap-4",
    )  # fmt: skip


def _passed_over() -> rx.Component:
    def line(one: Any) -> rx.Component:
        name = rx.el.a(one.title, href=one.href, class_name="link break-words")
        return rx.el.li(name, ": ", words(one.why), class_name="t-sm")

    listed = rx.el.details(
        rx.el.summary(t("bulk.passed_over", n=BulkRefundsState.refused_count), class_name="b cursor-pointer py-2.5"),
        rx.el.ul(each(BulkRefundsState.passed_over, line), class_name="list-disc pl-5 max-h-60 overflow-y-auto"),
        open=True,
    )
    return rx.cond(BulkRefundsState.refused_count > 0, listed, rx.fragment())


def _confirm() -> rx.Component:
    problems = BulkRefundsState.field_problems
    return rx.el.form(
        text_field("count", t("bulk.count", number=BulkRefundsState.count), hint=t("bulk.count_hint"),
                   input_mode="numeric", auto_complete="off", error=problems["count"]),
        text_area("reason", t("ending.reason"), hint=t("ending.reason_hint"), max_length=REASON_LENGTH,
                  error=problems["reason"]),
        button(t("bulk.order", n=BulkRefundsState.count), kind="danger", size="l", block=True, icon_name="undo-2",
               type="submit", busy=BulkRefundsState.busy == "order", busy_label=t("bulk.ordering")),
        on_submit=BulkRefundsState.order,
        no_validate=True,
        class_name="flex flex-col gap-4 mt-2",
    )  # fmt: skip


def _plan() -> rx.Component:
    figures = t("bulk.plan", n=BulkRefundsState.count, payments=BulkRefundsState.payments,
                amount=BulkRefundsState.amount)  # fmt: skip
    some = rx.fragment(
        rx.el.p(figures, class_name="bb num"),
        rx.el.p(t("bulk.plan_means"), class_name="soft t-sm"),
    )
    shown = rx.el.div(
        rx.el.h3(t("bulk.dry_run"), class_name="t-h3"),
        rx.cond(BulkRefundsState.count > 0, some, note(t("bulk.plan_none"), "info")),
        rx.cond(BulkRefundsState.there_are_more, note(t("bulk.plan_more", n=BulkRefundsState.count), "warn"),
                rx.fragment()),
        _passed_over(),
        rx.cond(BulkRefundsState.count > 0, _confirm(), rx.fragment()),
        class_name="flex flex-col gap-3 border-t border-chuna-200 pt-4 mt-4",
        role="status",
    )  # fmt: skip
    return rx.cond(BulkRefundsState.planned, shown, rx.fragment())


def refunds_of_many() -> rx.Component:
    """The part of the page that gives back the money of many campaigns."""
    return rx.el.section(
        rx.el.h2(t("bulk.refunds"), class_name="t-h2"),
        rx.el.p(t("bulk.refunds_means"), class_name="soft mt-1 mb-4"),
        _problem(),
        _choice(),
        _plan(),
        class_name="card pad mt-5",
    )
