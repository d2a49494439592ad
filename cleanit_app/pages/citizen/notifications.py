"""Everything Cleanit told this person, newest first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import pill, pills, switch
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.notifications import notification_group, notification_list
from cleanit_app.components.text import t
from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import say
from cleanit_app.pages.citizen.pieces import heading, more_button, own_frame
from cleanit_app.reads.notifications.inbox import notification_choices, notifications
from cleanit_app.services.notifications.relay import choose_notifications
from cleanit_app.state.base import PageState
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState, NotificationView, notification_view

ROUTE, TITLE = routes.NOTIFICATIONS, "notification.title"


@dataclass(frozen=True)
class ChoiceView:
    """A kind of news that can be switched off."""

    category: str
    on: bool
    label: str
    note: str


class NotificationsState(PageState, rx.State):
    """The full list, in two heaps: today and earlier."""

    today: list[NotificationView] = []
    earlier: list[NotificationView] = []
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
            who = await self.get_state(CurrentUserState)
            self._hear_no_more("campaign")
            self._hear_of("user", [who.user_id], NotificationsState.hear)

    @rx.event
    async def hear(self) -> None:
        """There is news for bell and list (sent by the live wire, harmless from anybody)."""
        await (await self.get_state(CurrentUserState))._learn(arriving=False)
        if self.loaded and self.router.url.path == ROUTE:
            await self._first()

    @rx.event
    async def show_all(self) -> None:
        """Show all notifications."""
        await self._filter(only_unread=False)

    @rx.event
    async def show_unread(self) -> None:
        """Show unread notifications only."""
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
    async def open_notification(self, notification_id: str) -> None:
        """Mark one of the notifications shown as read."""
        if any(n.id == notification_id and n.unread for n in [*self.today, *self.earlier]):
            await self._mark_read(notification_id=UUID(notification_id))
            await self._after_reading()

    @rx.event
    async def read_all(self) -> AsyncIterator[None]:
        """Mark every notification as read."""
        if self.busy:
            return
        self.busy = True
        yield
        await self._mark_read()
        await self._after_reading()
        self.busy = False

    @rx.event
    async def switch_category(self, category: str) -> None:
        """Switch one kind of news on or off."""
        known = {choice.category: choice.on for choice in self.choices}
        if category in known:
            off = [c for c, on in known.items() if on == (c == category)]
            await self._do(choose_notifications, off=off)
            await self._read_choices()

    async def _read_choices(self) -> None:
        mine = await self._ask(notification_choices)
        self.choices = [
            ChoiceView(c.category.value, c.on, say(f"about.{c.category}"), say(f"about.{c.category}.note"))
            for c in mine
        ]

    async def _mark_read(self, **which: Any) -> None:
        await (await self.get_state(CurrentUserState))._mark_read(**which)

    async def _after_reading(self) -> None:
        await self._first()
        await (await self.get_state(CurrentUserState))._learn(arriving=False)

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
        read = inbox.page.each(lambda item: (item, notification_view(item, now)))
        fresh = [(item, view) for item, view in read if view.id not in known]
        today = [view for item, view in fresh if ist_date(item.created_at) == day]
        earlier = [view for item, view in fresh if ist_date(item.created_at) != day]
        self.today = [*self.today, *today] if cursor else today
        self.earlier = [*self.earlier, *earlier] if cursor else earlier
        self.unread, self.broken = inbox.unread_count, False
        self._cursor, self.has_more = inbox.page.next_cursor or "", inbox.page.next_cursor is not None


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, NotificationsState.load]


def _body() -> rx.Component:
    listed = rx.fragment(
        rx.cond(
            NotificationsState.today.length() > 0,
            notification_group(
                t("inbox.today"),
                notification_list(NotificationsState.today, on_open=NotificationsState.open_notification),
            ),
        ),
        rx.cond(
            (NotificationsState.earlier.length() > 0) | (NotificationsState.today.length() == 0),
            rx.cond(
                NotificationsState.earlier.length() > 0,
                notification_group(
                    t("inbox.earlier"),
                    notification_list(NotificationsState.earlier, on_open=NotificationsState.open_notification),
                ),
                notification_list(NotificationsState.earlier),
            ),
        ),
        more_button(NotificationsState.has_more, NotificationsState.busy, NotificationsState.more),
    )
    waiting = loading(rx.el.div(*[skeleton("h-16 w-full") for _ in range(5)], class_name="flex flex-col gap-3"))
    broken = note(t("error.SOMETHING_BROKE"), "err", role="alert")
    return rx.cond(
        CurrentUserState.signed_in & NotificationsState.loaded,
        rx.cond(NotificationsState.broken, broken, listed),
        waiting,
    )


def _tools() -> rx.Component:
    read = button(
        t("notification.read_all"), kind="quiet", size="s", busy=NotificationsState.busy, busy_label=t("state.loading"),
        on_click=NotificationsState.read_all,
    )  # fmt: skip
    return rx.el.div(
        pills(
            pill(t("inbox.all"), on=~NotificationsState.only_unread, on_click=NotificationsState.show_all),
            pill(
                t("inbox.unread", n=NotificationsState.unread),
                on=NotificationsState.only_unread,
                on_click=NotificationsState.show_unread,
            ),
        ),
        rx.el.span(class_name="grow"),
        rx.cond(NotificationsState.unread > 0, read),
        class_name="flex items-center gap-2 mb-2 flex-wrap",
    )


def _choices() -> rx.Component:
    always = rx.el.div(
        rx.el.span(
            rx.el.span(t("notification.always"), class_name="b block"),
            rx.el.span(t("notification.always_note"), class_name="t-sm mute"),
            class_name="grow",
        ),
        icon("bell-ring"),
        class_name="flex items-center gap-4 min-h-[64px] py-2",
    )

    def one(choice: Any) -> rx.Component:
        return switch(
            f"about-{choice.category}",
            choice.label,
            choice.note,
            checked=choice.on,
            on_change=lambda _on: NotificationsState.switch_category(choice.category),
        )

    return rx.el.section(
        rx.el.h2(t("notification.choices"), class_name="t-h3 mb-2"),
        rx.el.div(
            each(NotificationsState.choices, one, key=lambda choice: choice.category),
            always,
            class_name="card px-4 divide-y divide-chuna-200",
        ),
        class_name="mt-8",
    )


def page() -> rx.Component:
    """The page."""
    only_here = rx.el.p(icon("shield-check"), rx.el.span(t("brand.only_here")), class_name="note mt-6")
    choices = rx.cond(NotificationsState.loaded, _choices())
    content = rx.el.div(
        heading("notification.title"), _tools(), _body(), choices, only_here, class_name="narrow max-w-[720px] py-4"
    )
    return own_frame(content, title=t("notification.title"), back=routes.ME)
