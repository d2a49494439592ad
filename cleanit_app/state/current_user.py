"""Who is here, and the bell: known to every page, rebuilt from the cookie whenever a page is opened."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

import reflex as rx
from reflex.state import BaseState

from cleanit_app import routes
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.terms import TERMS
from cleanit_app.i18n.formats import ago, initials
from cleanit_app.i18n.house_figures import changed_figures
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.notification_kinds import kind_named
from cleanit_app.reads.auth.session_snapshot import SHOWN, Arrival, BellNotification, arrival
from cleanit_app.reads.notifications.inbox import NotificationItem
from cleanit_app.services.notifications.relay import mark_delivered, mark_read
from cleanit_app.state.banner import BannerView, banner_view
from cleanit_app.state.base import PageState
from cleanit_app.state.toasts import ToastView, popped_up, still_to_be_seen, toast
from cleanit_app.state.trouble import PageTrouble
from cleanit_app.wiring import is_outage


@dataclass(frozen=True)
class NotificationView:
    """A notification as the drawer shows it."""

    id: str
    text: str
    when: str
    tone: str
    unread: bool
    href: str
    before: str = ""  # the addresses of two small pictures, or none
    after: str = ""


def notification_view(told: NotificationItem | BellNotification, now: datetime) -> NotificationView:
    """A notification in the reader's words, with its pictures (JOB-12)."""
    return NotificationView(
        str(told.id), notification_words(told.kind, told.values, now), ago(told.created_at, now),
        kind_named(told.kind).tone.value, told.read_at is None, told.link,
        *(routes.smallest_photo(photo.base_key, photo.widths) for photo in told.pictures or ()),
    )  # fmt: skip


class CurrentUserState(PageState, rx.State):
    """The person behind this tab and what the bell says."""

    signed_in: bool = False
    here: str = ""  # in or out, once that is known
    user_id: str = ""
    name: str = ""
    initials: str = ""
    role: str = ""
    may: list[str] = []
    kyc: str = ""
    suspended_for: str = ""
    unread: int = 0
    notifications: list[NotificationView] = []
    toasts: list[ToastView] = []
    counts: dict[str, int] = {}
    factor_way: str = ""  # where an admin shows the second factor that a page asked for
    banner: BannerView = BannerView()
    figures: dict[str, str] = {}  # of the house, that are others than those the page was built with
    terms_version: str = TERMS.version
    _document: str = ""  # the socket of the document that shows them; another one comes with every reload
    _shown_once: list[str] = []
    _looked: bool = False  # whether `notifications` is what the inbox held at the last look
    _half_in: bool = False
    _terms_due: bool = False
    _asked_for_terms: bool = False
    _came_from: str = ""  # the page before that of support, for who asks there
    _account_goes: bool = False  # its owner has just asked for that here: the sign-in page says so

    @rx.event
    async def arrive(self) -> Any:
        """Learn who is here; runs first on every page. Once in a tab new terms are shown to who must accept them."""
        return await self._arrive()

    async def _arrive(self) -> Any:
        await self._put_away()
        (await self.get_state(PageTrouble))._over()
        self._forget_toasts_of_before()
        await self._learn(arriving=True)
        if self.signed_in:
            self._account_goes = False
        here = self.router.url.path or "/"
        if not here.startswith(routes.SUPPORT):
            self._came_from = here
        if self._terms_due and not self._asked_for_terms and here not in routes.READ_BEFORE_TERMS:
            self._asked_for_terms = True
            return rx.redirect(f"{routes.ACCEPT_TERMS}?next={quote(here)}")
        return None

    @rx.event
    async def arrive_signed_in(self) -> Any:
        """Learn who is here and send a stranger to the sign-in page; the page's own events check again."""
        asked = await self._arrive()
        here = quote(self.router.url.path or "/")
        if not self.signed_in:
            return rx.redirect(f"{routes.LOGIN}?next={here}")
        if self._half_in and self.router.url.path != routes.SECOND_FACTOR:
            return rx.redirect(f"{routes.SECOND_FACTOR}?next={here}")
        return asked

    @rx.event
    async def hear(self) -> None:
        """There is news: look at it (sent by the live wire, harmless from anybody)."""
        await self._learn(arriving=False)

    @rx.event
    async def leave(self) -> Any:
        """The session behind this tab has ended somewhere."""
        await self._learn(arriving=False)
        if self.signed_in:
            return None
        return rx.redirect(routes.after_login(routes.KEPT) if self._account_goes else routes.LOGIN)

    @rx.event
    async def open_notification(self, notification_id: str) -> None:
        """Mark one notification as read."""
        known = next((n for n in self.notifications if n.id == notification_id), None)
        if known and known.unread:
            await self._mark_read(notification_id=UUID(known.id))
            await self._learn(arriving=False)

    @rx.event
    async def read_all(self) -> None:
        """Mark every notification as read."""
        if self.signed_in:
            await self._mark_read()
            await self._learn(arriving=False)

    @rx.event
    async def toast_gone(self, toast_id: str) -> None:
        """Forget a toast that was shown."""
        self.toasts = [t for t in self.toasts if t.id != toast_id]

    def _pop_up(self, tone: str, text: str, href: str = "", notification_id: str = "") -> None:
        """Let one line be seen now, before whatever is still there to be seen."""
        self.toasts = popped_up(toast(tone, text, href, notification_id, seen_here=self._is_here(href)), self.toasts)

    def _is_here(self, link: str) -> bool:
        path = urlsplit(link).path
        return path not in ("", routes.HOME) and path == self.router.url.path  # the first page is about nothing

    def _forget_toasts_of_before(self) -> None:
        """A new document begins without them, a new page without those that no notification stands behind."""
        document = self.router.session.session_id
        same = document == self._document
        self.toasts = [t for t in self.toasts if same and (t.of_notification or not t.stays)]
        self._document = document

    async def _mark_read(self, **which: Any) -> None:
        """Mark one's notifications as read, and let one's other tabs hear of it."""
        await self._do(mark_read, **which)
        await asyncio.to_thread(self._parts().live.wake, [self.user_id], [])

    async def _see(self, here: Arrival) -> Arrival:
        """What leads to the page that is opened now has been seen with it."""
        seen = {n.link for n in here.notifications if n.read_at is None and self._is_here(n.link)}
        if not seen:
            return here
        await self._mark_read(links=seen)
        answer: Arrival = await self._ask(arrival)
        return answer

    def _will_put_away(self, page: PageState) -> None:
        """What this page shows now is for this moment only; the next arrival anywhere takes it away."""
        self._shown_once = sorted({*self._shown_once, type(page).get_full_name()})

    async def _put_away(self) -> None:
        if self._shown_once:
            gone, self._shown_once = set(self._shown_once), []
            for state in _states_of(rx.State):
                if state.get_full_name() in gone:
                    (await self.get_state(state)).reset()

    async def _start_over(self) -> None:
        """Whoever was here is gone: nothing of theirs may stay in any state of this tab."""
        goes = self._account_goes  # the sign-in page, which comes next, says so
        for state in _states_of(rx.State):
            (await self.get_state(state)).reset()
        self._account_goes = goes

    async def _learn(self, *, arriving: bool) -> None:
        try:
            here: Arrival = await self._ask(arrival)
        except DomainError:
            here = Arrival()
        if self.user_id and self.user_id != str(here.user_id or ""):
            await self._start_over()
        self._take_person(here)
        await self._see_banner(arriving=arriving)
        self._see_house()
        if here.user_id is None:
            return
        if arriving:
            self._listen(here)
            here = await self._see(here)
            self.unread = here.unread
        fresh = self._not_seen(here)
        self.notifications = [notification_view(one, here.now) for one in here.notifications]
        self._looked = not here.half_in  # whoever is half in was shown an empty list
        self.toasts = still_to_be_seen(self.toasts, {str(n.id) for n in here.notifications if n.read_at is None})
        self._toast([n for n in fresh if n.read_at is None and kind_named(n.kind).urgent and not arriving])
        if here.undelivered:
            await self._do(mark_delivered)

    def _not_seen(self, here: Arrival) -> list[BellNotification]:
        """What came since the last look. Workers write side by side, so the newest to come may be an older one."""
        if not self._looked:
            return []
        seen = {notification.id for notification in self.notifications}
        oldest = min(seen) if len(seen) >= SHOWN else ""  # below a full list lie old ones that were never shown
        return [n for n in here.notifications if str(n.id) not in seen and str(n.id) > oldest]

    def _take_person(self, here: Arrival) -> None:
        self.signed_in = here.user_id is not None
        self.here = "in" if self.signed_in else "out"
        self.user_id = str(here.user_id or "")
        self.name, self.initials = here.name, initials(here.name) if here.name else ""
        self.role, self.kyc = here.role, here.kyc
        self.may = list(here.may)
        self._half_in, self._terms_due = here.half_in, here.terms_due
        self.suspended_for = here.suspended_for
        self.unread, self.counts = here.unread, dict(here.counts)
        if not self.signed_in:
            self.notifications, self._looked = [], False

    async def _see_banner(self, *, arriving: bool) -> None:
        """What stands on every page now or next, in the language of this tab; an outage leaves what was there."""
        if arriving:
            self._hear_of("site", ["all"], CurrentUserState.hear)
        try:
            found = await asyncio.to_thread(lambda: self._parts().banner)
        except Exception as trouble:
            if not is_outage(trouble):
                raise
            return
        self.banner = banner_view(found)

    def _see_house(self) -> None:
        """The numbers and terms that hold now, in the words of this page."""
        house = self._parts().house_known
        self.figures, self.terms_version = dict(changed_figures(house)), house.terms.version

    def _listen(self, here: Arrival) -> None:
        self._hear_no_more("desk")
        self._hear_of("user", [here.user_id], CurrentUserState.hear)
        self._hear_of("session", [here.session_id], CurrentUserState.leave)

    def _toast(self, fresh: list[BellNotification]) -> None:
        for notification in reversed(fresh[:3]):
            tone = {"problem": "problem", "done": "good"}.get(kind_named(notification.kind).tone.value, "info")
            text = notification_words(notification.kind, notification.values, self._parts().clock.now())
            self._pop_up(tone, text, notification.link, str(notification.id))


def _states_of(kind: type[BaseState]) -> list[type[BaseState]]:
    ours = [s for s in kind.get_substates() if not s.__module__.startswith(("reflex.", "reflex_"))]
    return [*ours, *(deeper for s in ours for deeper in _states_of(s))]
