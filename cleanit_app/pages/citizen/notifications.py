"""Everything Cleanit told this person, newest first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import pill, pills, switch
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.notices import notice_group, notice_list
from cleanit_app.components.text import t
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.rules import ist_date
from cleanit_app.formats import ago
from cleanit_app.i18n import Both, pair
from cleanit_app.i18n.notices import notice_words, tone_of
from cleanit_app.pages.citizen.pieces import heading, more_button, own_frame
from cleanit_app.reads.notifications.inbox import NotificationItem, notice_choices, notifications
from cleanit_app.services.notifications.relay import choose_notices, mark_read
from cleanit_app.state.base import Page
from cleanit_app.state.cleaner_dashboard import Desk
from cleanit_app.state.current_user import NoticeView, Who
from cleanit_app.state.live import hub

ROUTE, TITLE = "/notifications", "Notifications, Cleanit"


@dataclass(frozen=True)
class ChoiceView:
    """A kind of news that can be switched off."""

    category: str
    on: bool
    label: Both
    note: Both


class Notices(Page, rx.State):
    """The full list, in two heaps: today and earlier."""

    today: list[NoticeView] = []
    earlier: list[NoticeView] = []
    only_unread: bool = False
    unread: int = 0
    broken: bool = False
    busy: bool = False
    has_more: bool = False
    choices: list[ChoiceView] = []
    _cursor: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the first page, and again whenever there is news."""
        await self._first()
        self.loaded = True
        if not self.broken:
            await self._read_choices()
            who = await self.get_state(Who)
            hub.leave(self.router.session.client_token, "campaign")
            hub.listen(self.router.session.client_token, f"user:{who.user_id}", Notices.hear)

    @rx.event
    async def hear(self) -> None:
        """There is news for bell and list (sent by the live wire, harmless from anybody)."""
        await (await self.get_state(Who))._learn(arriving=False)
        if self.loaded and self.router.url.path == ROUTE:
            await self._first()

    @rx.event
    async def show_all(self) -> None:
        """Show all notices."""
        await self._filter(only_unread=False)

    @rx.event
    async def show_unread(self) -> None:
        """Show unread notices only."""
        await self._filter(only_unread=True)

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """Read the next page."""
        if self.busy or not self.has_more:
            return
        self.busy = True
        yield
        await self._read(self._cursor)
        self.busy = False

    @rx.event
    async def open_notice(self, notice_id: str) -> None:
        """Mark one of the notices shown as read."""
        if any(n.id == notice_id and n.unread for n in [*self.today, *self.earlier]):
            await self._do(mark_read, notification_id=UUID(notice_id))
            await self._after_reading()

    @rx.event
    async def read_all(self) -> AsyncIterator[None]:
        """Mark every notice as read."""
        if self.busy:
            return
        self.busy = True
        yield
        await self._do(mark_read)
        await self._after_reading()
        self.busy = False

    @rx.event
    async def switch_category(self, category: str) -> None:
        """Switch one kind of news on or off."""
        known = {choice.category: choice.on for choice in self.choices}
        if category in known:
            off = [c for c, on in known.items() if on == (c == category)]
            await self._do(choose_notices, off=off)
            await self._read_choices()

    async def _read_choices(self) -> None:
        mine = await self._ask(notice_choices)
        self.choices = [
            ChoiceView(c.category.value, c.on, pair(f"about.{c.category}"), pair(f"about.{c.category}.note"))
            for c in mine
        ]

    async def _after_reading(self) -> None:
        await self._first()
        await (await self.get_state(Who))._learn(arriving=False)

    async def _filter(self, *, only_unread: bool) -> None:
        self.only_unread = only_unread
        await self._first()

    async def _first(self) -> None:
        self._cursor = ""
        await self._read(None)

    async def _read(self, cursor: str | None) -> None:
        try:
            inbox = await self._ask(notifications, unread_only=self.only_unread, cursor=cursor)
        except DomainError:
            self.broken = True
            return
        now, before = self._parts().clock.now(), [*self.today, *self.earlier] if cursor else []
        day, known = ist_date(now), {n.id for n in before}
        read = inbox.page.each(lambda item: (item, notice_view(item, now)))
        fresh = [(item, view) for item, view in read if view.id not in known]
        today = [view for item, view in fresh if ist_date(item.created_at) == day]
        earlier = [view for item, view in fresh if ist_date(item.created_at) != day]
        self.today = [*self.today, *today] if cursor else today
        self.earlier = [*self.earlier, *earlier] if cursor else earlier
        self.unread, self.broken = inbox.unread_count, False
        self._cursor, self.has_more = inbox.page.next_cursor or "", inbox.page.next_cursor is not None


def notice_view(item: NotificationItem, now: datetime) -> NoticeView:
    """A notification in the reader's words."""
    words = notice_words(item.kind, item.values)
    return NoticeView(
        str(item.id), words, ago(item.created_at, now), tone_of(item.kind), item.read_at is None, item.link
    )


ON_LOAD = [Who.arrive_signed_in, Desk.arrive, Notices.load]


def _body() -> rx.Component:
    listed = rx.fragment(
        rx.cond(
            Notices.today.length() > 0,
            notice_group(t("inbox.today"), notice_list(Notices.today, on_open=Notices.open_notice)),
        ),
        rx.cond(
            (Notices.earlier.length() > 0) | (Notices.today.length() == 0),
            rx.cond(
                Notices.earlier.length() > 0,
                notice_group(t("inbox.earlier"), notice_list(Notices.earlier, on_open=Notices.open_notice)),
                notice_list(Notices.earlier),
            ),
        ),
        more_button(Notices.has_more, Notices.busy, Notices.more),
    )
    waiting = loading(rx.el.div(*[skeleton("h-16 w-full") for _ in range(5)], class_name="flex flex-col gap-3"))
    broken = note(t("error.SOMETHING_BROKE"), "err", role="alert")
    return rx.cond(Who.signed_in & Notices.loaded, rx.cond(Notices.broken, broken, listed), waiting)


def _tools() -> rx.Component:
    read = button(
        t("notice.read_all"), kind="quiet", size="s", busy=Notices.busy, busy_label=t("state.loading"),
        on_click=Notices.read_all,
    )  # fmt: skip
    return rx.el.div(
        pills(
            pill(t("inbox.all"), on=~Notices.only_unread, on_click=Notices.show_all),
            pill(t("inbox.unread", n=Notices.unread), on=Notices.only_unread, on_click=Notices.show_unread),
        ),
        rx.el.span(class_name="grow"),
        rx.cond(Notices.unread > 0, read),
        class_name="flex items-center gap-2 mb-2 flex-wrap",
    )


def _choices() -> rx.Component:
    always = rx.el.div(
        rx.el.span(
            rx.el.span(t("notice.always"), class_name="b block"),
            rx.el.span(t("notice.always_note"), class_name="t-sm mute"),
            class_name="grow",
        ),
        icon("lock"),
        class_name="flex items-center gap-4 min-h-[64px] py-2",
    )

    def one(choice: Any) -> rx.Component:
        return switch(
            f"about-{choice.category}",
            choice.label,
            choice.note,
            checked=choice.on,
            on_change=lambda _on: Notices.switch_category(choice.category),
        )

    return rx.el.section(
        rx.el.h2(t("notice.choices"), class_name="t-h3 mb-2"),
        rx.el.div(
            each(Notices.choices, one, key=lambda choice: choice.category),
            always,
            class_name="card px-4 divide-y divide-chuna-200",
        ),
        class_name="mt-8",
    )


def page() -> rx.Component:
    """The page."""
    only_here = rx.el.p(icon("shield-check"), rx.el.span(t("brand.only_here")), class_name="note mt-6")
    choices = rx.cond(Notices.loaded, _choices())
    content = rx.el.div(
        heading("notice.title"), _tools(), _body(), choices, only_here, class_name="narrow max-w-[720px] py-4"
    )
    return own_frame(content, title=t("notice.title"), back=routes.ME)
