"""Choosing a group and what it is told: the words in every language, the dry run, the typed number (OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import select_field, text_area, text_field
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.bulk import NoticeGroup, notice_group
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.statuses import CampaignStatus, UserStatus
from cleanit_app.i18n.locales import LANGUAGES, language_name
from cleanit_app.reads.bulk.notice_plan import NoticePlan, notice_plan, words_of
from cleanit_app.services.bulk.notices import check_notice, order_bulk_notice
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.state.admin_desk import AdminDeskState

GROUP = {"role": "role", "standing": "standing", "place": "place", "campaign": "campaignId", "state": "campaignStatus"}
ROLES = ("CITIZEN", "CLEANER", "ADMIN")
MARKETING = "marketing"


class BulkNoticeState(AdminDeskState, rx.State):
    """A group with what it is told, its dry run, and the order."""

    planned: bool = False
    count: int = 0
    muted: int = 0
    too_many: bool = False
    marketing: bool = False
    preview: dict[str, str] = {}
    busy: str = ""
    _group: NoticeGroup = NoticeGroup()
    _key: str = ""

    @rx.event
    async def plan(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """The dry run: who would be told, and what people would read; nobody is told anything."""
        if self.busy:
            return
        self.busy = "plan"
        yield
        self.planned = False
        self._clear_problems()
        found: NoticePlan | None = None
        try:
            group = notice_group(**{name: form.get(field) for name, field in GROUP.items()})
            said = check_notice({lang: str(form.get(lang) or "") for lang in LANGUAGES})
            found = await self._ask_here(notice_plan, group=group)
        except DomainError as refusal:
            self._show(refusal)
        self.busy = ""
        if found is not None:
            self._group, self._key, self.preview = group, str(uuid4()), said
            self.marketing = form.get("kind") == MARKETING
            self.count, self.muted, self.too_many, self.planned = found.count, found.muted, found.more, True

    @rx.event
    async def order(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Let the group of the dry run be told; a second press is the same run."""
        if self.busy or not self.planned:
            return
        self.busy = "order"
        yield
        group = self._group

        def told(uow: UnitOfWork, **asked: Any) -> Any:
            return order_bulk_notice(uow, group=group, words=words_of(uow, group), **asked)

        run = await self._do(
            told,
            said=dict(self.preview),
            marketing=self.marketing,
            typed_count=str(form.get("people") or ""),
            idempotency_key=self._key,
        )
        self.busy = ""
        if run is not None:
            self.planned = False
            yield rx.redirect(routes.bulk_run(run.id))


def _choice() -> rx.Component:
    problems = BulkNoticeState.field_problems
    roles = [("", attr("bulk.everybody")), *[(r, attr(f"people.role.{r}")) for r in ROLES]]
    standings = [("", attr("bulk.any_standing"))]
    standings += [(s.value, attr(f"bulk.standing.{s.value}")) for s in (UserStatus.ACTIVE, UserStatus.SUSPENDED)]
    states = [("", attr("bulk.any_campaign")), *[(s.value, attr(f"campaign.{s.value}")) for s in CampaignStatus]]
    kinds = [("service", attr("bulk.kind.service")), (MARKETING, attr("bulk.kind.marketing"))]
    texts = [
        text_area(
            lang,
            t("bulk.words_in", language=language_name(lang)),
            max_length=LIMITS.notice_length[1],
            error=problems[lang],
        )
        for lang in LANGUAGES
    ]
    return rx.el.form(
        rx.el.div(
            select_field("role", t("bulk.role"), roles),
            select_field("standing", t("bulk.standing"), standings),
            select_field("campaignStatus", t("bulk.campaign_status"), states),
            text_field("place", t("bulk.place"), hint=t("bulk.q_hint"), max_length=200),
            text_field("campaignId", t("bulk.campaign"), error=problems["campaignId"]),
            select_field("kind", t("bulk.kind"), kinds),
            class_name="grid gap-4 md:grid-cols-3 items-start",
        ),
        rx.el.div(*texts, class_name="grid gap-4 md:grid-cols-3 items-start"),
        button(t("bulk.look"), kind="line", icon_name="eye", type="submit", class_name="self-start",
               busy=BulkNoticeState.busy == "plan", busy_label=t("bulk.looking")),
        on_submit=BulkNoticeState.plan,
        no_validate=True,
        class_name="flex flex-col gap-4",
    )  # fmt: skip


def _plan() -> rx.Component:
    state = BulkNoticeState
    muted = rx.cond(state.marketing & (state.muted > 0), note(t("bulk.notice_muted", n=state.muted), "info"),
                    rx.fragment())  # fmt: skip
    read = [
        rx.el.div(rx.el.dt(language_name(lang), class_name="t-sm mute"), rx.el.dd(state.preview[lang], lang=lang,
                  class_name="whitespace-pre-line break-words"))
        for lang in LANGUAGES
    ]  # fmt: skip
    confirm = rx.el.form(
        text_field("people", t("bulk.count", number=state.count), hint=t("bulk.notice_count_hint"),
                   input_mode="numeric", auto_complete="off", error=state.field_problems["count"]),
        button(t("bulk.tell", n=state.count), size="l", block=True, icon_name="bell", type="submit",
               busy=state.busy == "order", busy_label=t("bulk.ordering")),
        on_submit=state.order,
        no_validate=True,
        class_name="flex flex-col gap-4 mt-2",
    )  # fmt: skip
    some = rx.fragment(rx.el.p(t("bulk.notice_plan", n=state.count), class_name="bb num"), muted, confirm)
    refused = note(t("bulk.notice_many", n=LIMITS.bulk_people), "warn")
    shown = rx.el.div(
        rx.el.h3(t("bulk.preview"), class_name="t-h3"),
        rx.el.dl(*read, class_name="grid gap-4 md:grid-cols-3"),
        rx.cond(state.too_many, refused, rx.cond(state.count > 0, some, note(t("bulk.notice_none"), "info"))),
        class_name="flex flex-col gap-3 border-t border-chuna-200 pt-4 mt-4",
        role="status",
    )
    return rx.cond(state.planned, shown, rx.fragment())


def notice_to_many() -> rx.Component:
    """The part of the page that tells a group of people something."""
    state = BulkNoticeState
    general = (state.problem != "") & (state.field_problems.length() == 0)
    return rx.el.section(
        rx.el.h2(t("bulk.notices"), class_name="t-h2"),
        rx.el.p(t("bulk.notices_means"), class_name="soft mt-1 mb-4"),
        rx.cond(general, note(words(state.problem), "err", role="alert"), rx.fragment()),
        _choice(),
        _plan(),
        class_name="card pad mt-5",
    )
