"""Results that neighbours question: both photos, their words, and the decision (OPS-03)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button, opens
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import text_area
from cleanit_app.components.lists import each
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import photo
from cleanit_app.components.text import t, words
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, day_time, rupees
from cleanit_app.pages.frame import admin_page
from cleanit_app.pages.public.support.pieces import ticket_card
from cleanit_app.reads.paging import LARGEST_LIMIT
from cleanit_app.reads.review.dispute_pages import waiting_disputes
from cleanit_app.reads.review.disputes import OpenDispute, open_disputes
from cleanit_app.services.review.disputes import decide_dispute
from cleanit_app.state.admin_desk import DeskState, as_id, row_of
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.dispute_view import DisputeRow, dispute_row

ROUTE, TITLE = routes.ADMIN_DISPUTES, "admin.disputes"
STANDS, RIGHT, SIZE, NOTE_LENGTH = "work-stands", "not-clean", 20, 1000


@dataclass(frozen=True)
class DisputeView:
    """A dispute that waits; `others` is empty when nobody else says the same."""

    id: str
    href: str
    page: str
    title: str
    address: str
    reason: str
    line: str
    due: str
    late: bool
    work: str
    others: str
    before: str
    after: str
    before_alt: str
    after_alt: str
    own: bool
    mine: bool


class DisputesState(DeskState, rx.State):
    """Open disputes, the oldest first."""

    rows: list[DisputeView] = []
    cursor: str = ""
    others: list[DisputeRow] = []
    chosen: str = ""
    title: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the list; hear of changes."""
        self._hear_everything(DisputesState.refresh)
        self.busy, self.rows = False, []
        self._clear_problems()
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next part of the list."""
        if self.cursor:
            async for _ in self._read_on(lambda: self._list(SIZE, self.cursor)):
                yield

    @rx.event
    async def pick(self, dispute_id: str) -> None:
        """Open a dialog about one of them."""
        known = row_of(self.rows, dispute_id)
        if known:
            self.chosen, self.title = known.id, known.title
            self._clear_problems()

    @rx.event
    async def dismiss(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """The work stands."""
        async for _ in self._settle(form, uphold=False):
            yield

    @rx.event
    async def uphold(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """It is not clean."""
        async for _ in self._settle(form, uphold=True, cancel_campaign=bool(form.get("cancel"))):
            yield

    async def _settle(self, form: dict[str, Any], **arguments: Any) -> AsyncIterator[None]:
        said, why = say("disputes.done", title=self.title), str(form.get("note") or "").strip()
        if self.chosen:
            async for _ in self._decide(
                decide_dispute, lambda _: said, dispute_id=as_id(self.chosen), note=why, **arguments
            ):
                yield

    def _put_down(self) -> None:
        self.chosen = ""

    async def _read(self) -> None:
        await self._list(min(max(len(self.rows), SIZE), LARGEST_LIMIT), "")

    async def _list(self, size: int, cursor: str) -> None:
        if not cursor:
            await self._list_others()
        who = await self.get_state(CurrentUserState)
        if self.refused or Permission.VERIFY_JOBS.value not in who.may:
            self.loaded = True
            return
        page = await self._ask_here(open_disputes, cursor=cursor or None, limit=size)
        if page is not None:
            now = self._parts().clock.now()
            fresh = page.each(lambda one: _row(one, now))
            self.rows = [*self.rows, *fresh] if cursor else fresh
            self.cursor, self.loaded = page.next_cursor or "", True

    async def _list_others(self) -> None:
        """Everything but results, which have both photos beside them."""
        page = await self._ask_here(waiting_disputes, limit=LARGEST_LIMIT)
        if page is not None:
            now = self._parts().clock.now()
            rows = page.each(lambda one: (one.about, dispute_row(one, now, routes.admin_dispute)))
            self.others = [row for about, row in rows if about is not DisputeAbout.RESULT]


ON_LOAD = [CurrentUserState.arrive_signed_in, DisputesState.load]


def _row(one: OpenDispute, now: datetime) -> DisputeView:
    by = "disputes.by_creator" if one.by_creator else "disputes.by_giver"
    return DisputeView(
        id=str(one.id),
        href=routes.campaign(one.campaign_id),
        page=routes.admin_dispute(one.id),
        title=one.title,
        address=one.address,
        reason=one.reason,
        line=say(by, name=one.raised_by_name, ago=ago(one.raised_at, now)),
        due=say("disputes.late") if one.late else say("disputes.due", when=day_time(one.hear_by, now)),
        late=one.late,
        work=say(
            "disputes.work",
            name=one.cleaner_name,
            admin=one.approved_by_name,
            when=day_time(one.verified_at, now),
            amount=rupees(one.amount_paise),
        ),
        others=say("disputes.others", n=one.others) if one.others else NOTHING,
        before=routes.photo(one.before.base_key),
        after=routes.photo(one.after.base_key),
        before_alt=say("work.photo_before", place=one.address),
        after_alt=say("work.photo_after", place=one.address),
        own=one.own_interest,
        mine=one.approved_by_me,
    )


def _photos(row: Any) -> rx.Component:
    def one(src: Any, alt: Any, label: str, side: str) -> rx.Component:
        name = rx.el.span(t(label), class_name=f"lab {side}")
        return photo(src, alt, sized=True, opens=True, ratio="aspect-[4/3] rounded-md", children=(name,))

    return rx.el.div(
        one(row.before, row.before_alt, "photo.before", "l"),
        one(row.after, row.after_alt, "photo.after", "r"),
        class_name="grid sm:grid-cols-2 gap-3 mt-3",
    )


def _card(row: Any) -> rx.Component:
    acts = rx.el.div(
        button(t("disputes.stands"), kind="ok", on_click=DisputesState.pick(row.id), custom_attrs=opens(STANDS)),
        button(t("disputes.right"), kind="danger", on_click=DisputesState.pick(row.id), custom_attrs=opens(RIGHT)),
        link_button(t("disputes.open_page"), row.page, kind="line"),
        class_name="flex flex-wrap gap-2.5 mt-3",
    )
    return rx.el.article(
        rx.el.div(
            rx.el.h2(rx.el.a(row.title, href=row.href, class_name="link"), class_name="t-h3"),
            rx.el.span(words(row.due), class_name=rx.cond(row.late, "t-sm b text-geru-600", "t-sm mute")),
            class_name="flex flex-wrap justify-between gap-2",
        ),
        rx.el.p(row.address, class_name="t-sm mute"),
        rx.el.blockquote(row.reason, class_name="b mt-3 whitespace-pre-line [overflow-wrap:anywhere]"),
        rx.el.p(words(row.line), class_name="t-sm soft mt-1"),
        rx.cond(row.others != "", rx.el.p(words(row.others), class_name="t-sm b"), rx.fragment()),
        _photos(row),
        rx.el.p(words(row.work), class_name="t-sm soft mt-3"),
        rx.cond(row.mine, rx.el.div(note(t("disputes.mine"), "plain"), class_name="mt-3"), rx.fragment()),
        rx.cond(row.own, rx.el.div(note(t("check.own"), "warn"), class_name="mt-3"), acts),
        class_name="card pad",
    )


def _form(kind: str, act: Any, look: Any, *extra: rx.Component) -> rx.Component:
    problem = rx.cond(
        DisputesState.problem != "", note(words(DisputesState.problem), "err", role="alert"), rx.fragment()
    )
    said = t("disputes.stands_means") if kind == STANDS else t("disputes.right_means")
    label = t("disputes.stands_now") if kind == STANDS else t("disputes.right_now")
    return rx.el.form(
        rx.el.p(DisputesState.title, class_name="b"),
        rx.el.p(said, class_name="t-sm soft"),
        problem,
        text_area("note", t("disputes.note"), max_length=NOTE_LENGTH, id=f"{kind}-note"),
        *extra,
        button(
            label, kind=look, size="l", block=True, type="submit", busy=DisputesState.busy, busy_label=t("ending.busy")
        ),
        on_submit=act,
        no_validate=True,
        class_name="flex flex-col gap-3",
    )


def _dialogs() -> rx.Component:
    cancel = rx.el.label(
        rx.el.input(type="checkbox", id="dispute-cancel", name="cancel", value="1", class_name="cb"),
        rx.el.span(t("check.cancel"), class_name="grow"),
        class_name="check",
    )
    return rx.el.div(
        dialog(STANDS, t("disputes.stands"), _form(STANDS, DisputesState.dismiss, "ok")),
        dialog(RIGHT, t("disputes.right"), _form(RIGHT, DisputesState.uphold, "danger", cancel)),
        key=DisputesState.turn.to_string(),
    )


def page() -> rx.Component:
    """The page."""
    more = button(
        t("disputes.more"),
        kind="line",
        busy=DisputesState.busy,
        busy_label=t("state.loading"),
        on_click=DisputesState.more,
    )
    listed = rx.cond(
        DisputesState.rows.length() > 0,
        rx.el.div(each(DisputesState.rows, _card), class_name="flex flex-col gap-4"),
        rx.cond(
            DisputesState.others.length() > 0,
            rx.fragment(),
            empty_state(t("disputes.none"), t("disputes.none_more"), icon_name="check"),
        ),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.disputes"), class_name="t-h1 mb-2"),
        rx.el.p(t("disputes.what"), class_name="soft mb-5"),
        rx.cond(
            DisputesState.others.length() > 0,
            rx.el.section(
                rx.el.h2(t("disputes.questions"), class_name="t-h2 mb-3"),
                rx.el.div(each(DisputesState.others, ticket_card), class_name="flex flex-col gap-3"),
                class_name="mb-6",
            ),
            rx.fragment(),
        ),
        rx.cond(DisputesState.loaded, listed, loading(skeleton("h-64 w-full"))),
        rx.cond(DisputesState.cursor != "", rx.el.div(more, class_name="mt-4 text-center"), rx.fragment()),
        _dialogs(),
        class_name="p-4 lg:p-7 max-w-[900px]",
    )
    return admin_page(body, active="disputes", refused=DisputesState.refused)
