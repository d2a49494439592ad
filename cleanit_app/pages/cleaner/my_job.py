"""One job in a cleaner's hand: the time left, what to do, and what happens after the photo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button, opens
from cleanit_app.components.chips import state_chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import error_line, option, options, text_field
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.live import countdown
from cleanit_app.components.navigation import CLEANER, bottom_bar
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import photo, stone
from cleanit_app.components.progress import Disc, day_blocks, money_rail
from cleanit_app.components.text import Text, t, words
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import say, say_in
from cleanit_app.pages.cleaner.gates import for_cleaners, gone, job_key, problem_at, refusal
from cleanit_app.pages.cleaner.work.state import WorkState
from cleanit_app.pages.cleaner.work.view import EMPTY, WorkView, work_view
from cleanit_app.pages.frame import cleaner_page
from cleanit_app.reads.jobs.work import work_item
from cleanit_app.services.jobs.jobs import unclaim_job
from cleanit_app.state.base import PageState
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.work("[job_id]"), "title.my_job"
REASONS = ("sick", "far", "big", "unsafe", "other")
LEAVE = "leave-job"


class MyJobState(PageState, rx.State):
    """The job of this address, when it is this cleaner's."""

    view: WorkView = EMPTY
    found: bool = False
    leaving: bool = False

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        """Read the job of this address, and hear what happens to it."""
        self._clear_problems()
        if self.view.id != str(self.job_id):
            self.loaded, self.view = False, EMPTY
            yield
        await self._look()
        self.leaving, self.loaded = False, True

    @rx.event
    async def refresh(self) -> Any:
        """Something happened to this job."""
        await self._look()
        return CleanerDashboardState.arrive

    @rx.event
    async def leave(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Give the job back with a reason."""
        key, reason = job_key(self.job_id), self._reason(form)
        if self.leaving or key is None or not reason:
            return
        self.leaving = True
        yield
        left = await self._do(unclaim_job, job_id=key, reason=reason)
        self.leaving = False
        if left is not None:
            (await self.get_state(WorkState)).said = say("work.left")
            yield rx.redirect(routes.WORK)
        else:
            await self._look()

    def _reason(self, form: object) -> str:
        """The reason in words for who reads it later; empty, with the problem at its field, when it is missing."""
        given = form if isinstance(form, dict) else {}
        why, note_ = given.get("why"), str(given.get("note") or "").strip()
        self._clear_problems()
        if why not in REASONS:
            self.field_problems = {"why": say("work.leave_pick")}
            return ""
        if why == "other" and not note_:
            self.field_problems = {"note": say("work.leave_write")}
            return ""
        return ": ".join(part for part in (say_in("en", f"work.leave_{why}"), note_) if part)

    async def _look(self) -> None:
        key, parts = job_key(self.job_id), self._parts()
        try:
            item = await self._ask(work_item, job_id=key) if key else None
        except DomainError:
            item = None
        self.found = item is not None
        if item is not None:
            self.view = work_view(item, parts.clock.now(), parts.settings.public_url, parts.house_known.limits)
            self._hear_of("campaign", [item.campaign_id], MyJobState.refresh)


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, MyJobState.load]
V = MyJobState.view


def _clock() -> rx.Component:
    """The time left, always on top."""
    left = countdown(V.until_at, on_over=MyJobState.refresh, class_name="rs text-[1.875rem] leading-tight block")
    until = rx.el.p(t("work.until", when=V.until), class_name="t-sm text-genda-800 mb-2.5")
    inside = rx.el.div(left, until, day_blocks(V.gone_blocks, V.gone_days), class_name="narrow py-3.5")
    return rx.cond(
        V.until_at != "",
        rx.el.div(inside, class_name="bg-genda-50 border-b border-genda-100"),
        rx.fragment(),
    )


def _pair() -> rx.Component:
    """Before, and after or the slot for it."""
    label = rx.el.span(t("photo.before"), class_name="lab l")
    before = photo(
        V.before, V.before_alt, sized=True, first=True, opens=True, ratio="aspect-square rounded-md", children=(label,)
    )
    done = rx.el.span(t("photo.after"), class_name="lab r")
    after = photo(V.after, V.after_alt, sized=True, opens=True, ratio="aspect-square rounded-md", children=(done,))
    slot = rx.el.div(
        icon("camera", 32),
        rx.el.span(t("work.after_here"), class_name="t-sm b"),
        class_name="waits-none aspect-square rounded-md border-[2.5px] border-dashed border-chuna-500 mute p-2 "
        "flex flex-col items-center justify-center text-center gap-1",
    )
    waits = rx.el.div(
        rx.el.span(t("work.waits_here"), class_name="lab l"),
        class_name="waits-here waits-photo photo aspect-square rounded-md",
    )
    none = rx.fragment(slot, waits)
    return rx.el.div(before, rx.cond(V.after != "", after, none), class_name="grid grid-cols-2 gap-3")


def _step(number: str, text: Text, cap: Any = "genda") -> rx.Component:
    return rx.el.li(stone(number, cap, "s"), rx.el.span(text), class_name="row gap-3")


def _steps() -> rx.Component:
    return rx.el.ol(
        _step("1", t("work.step1")),
        _step("2", t("work.step2")),
        _step("3", t("work.step3", amount=rx.el.b(V.pay, class_name="bb num")), "neem"),
        class_name="flex flex-col gap-2 b",
    )


def _ways() -> rx.Component:
    route = link_button(t("work.route"), V.geo, kind="line", icon_name="navigation", class_name="!px-2")
    calendar = link_button(
        t("work.calendar"),
        V.calendar,
        kind="line",
        icon_name="calendar-plus",
        class_name="!px-2",
        download="cleanit.ics",
    )
    return rx.el.div(route, calendar, class_name="grid grid-cols-[repeat(auto-fit,minmax(140px,1fr))] gap-2.5")


def _leave_link() -> rx.Component:
    press = rx.el.button(
        t("work.leave", when=V.leave_until),
        class_name="btn btn-quiet btn-block !text-geru-600 !text-[1.0625rem]",
        type="button",
        custom_attrs=opens(LEAVE),
    )
    return rx.cond(V.may_leave, press, rx.el.p(t("work.leave_late"), class_name="t-sm mute text-center"))


def _leave_dialog() -> rx.Component:
    choices = [option("why", name, t(f"work.leave_{name}")) for name in REASONS]
    form = rx.el.form(
        options(t("work.leave_why"), *choices),
        error_line("why", problem_at(MyJobState, "why")),
        text_field("note", t("work.leave_note"), error=problem_at(MyJobState, "note"), max_length=200),
        refusal(MyJobState.problem),
        button(
            t("work.leave_go"),
            kind="danger",
            block=True,
            type="submit",
            busy=MyJobState.leaving,
            busy_label=t("work.leave_busy"),
        ),
        on_submit=MyJobState.leave,
        class_name="flex flex-col gap-3",
    )
    return dialog(LEAVE, t("work.leave_title"), rx.el.p(t("work.leave_more"), class_name="soft mb-4"), form)


def _again() -> rx.Component:
    """Why the photo was not accepted, until when to do it again."""
    why = rx.el.p(words(V.reason), rx.cond(V.notes != "", ": " + V.notes, ""), class_name="break-words")
    more = rx.el.div(why, rx.el.p(t("work.until", when=V.until), class_name="b mt-1"))
    return rx.cond(
        V.stage == "REDO",
        note(rx.el.b(t("work.again"), class_name="bb"), "err", "refresh-cw", more=more, role="alert"),
        rx.fragment(),
    )


def _in_hand() -> rx.Component:
    over = note(t("work.over"), "err", role="alert")
    return rx.fragment(
        _again(),
        rx.cond(V.over, over, rx.fragment()),
        _pair(),
        _steps(),
        _ways(),
        rx.cond(V.over, rx.fragment(), _leave_link()),
    )


def _handed_in() -> rx.Component:
    """After the photo: where it is now, and where the money is."""
    rail = money_rail(
        [
            Disc(t("work.rail_photo"), "camera", "done"),
            Disc(t("work.rail_check"), "eye", V.rail_check),
            Disc(t("work.rail_bank", amount=V.bank), "indian-rupee", V.rail_bank),
        ]
    )
    why = rx.el.p(words(V.reason), rx.cond(V.notes != "", ": " + V.notes, ""), class_name="break-words")
    passed = rx.cond(
        V.under_review,
        note(t("work.review", amount=V.bank), "warn", "eye", role="status"),
        rx.cond(
            V.kept,
            note(words(V.pay_now), "warn", "eye", role="status"),
            note(t("work.passed", amount=V.bank), "ok", more=rx.el.p(words(V.pay_now)), role="status"),
        ),
    )
    doubt = link_button(
        t("disputes.question_rejection"), routes.questioning(DisputeAbout.REJECTION, V.id), kind="quiet", block=True
    )
    said = rx.match(
        V.status,
        ("COMPLETED", note(t("work.checking"), "warn", "eye", role="status")),
        ("VERIFIED", passed),
        ("PAID", note(t("work.paid", amount=V.bank), "ok", role="status")),
        (
            "FAILED",
            rx.fragment(note(rx.el.b(t("work.failed"), class_name="bb"), "err", more=why, role="status"), doubt),
        ),
        note(t("work.cancelled"), "plain", role="status"),
    )
    pay = link_button(t("work.see_pay"), V.payout_href, kind="line", icon_name="wallet", block=True)
    return rx.fragment(
        rx.el.div(state_chip("job", V.status)),
        _pair(),
        rail,
        said,
        rx.cond(V.payout_href != "", pay, rx.fragment()),
    )


def _job() -> rx.Component:
    body = rx.el.div(
        rx.el.div(rx.el.h1(V.title, class_name="t-h3"), rx.el.p(V.place, class_name="soft hidden lg:block")),
        rx.cond(V.status == "CLAIMED", _in_hand(), _handed_in()),
        class_name="narrow flex flex-col gap-4 py-4 pb-8",
    )
    return rx.fragment(_clock(), body, _leave_dialog())


def _dock() -> rx.Component:
    def way(words_: Text, icon_name: str, when: str) -> rx.Component:
        return link_button(words_, V.proof_href, kind="sun", size="l", icon_name=icon_name, block=True, class_name=when)

    go = rx.fragment(
        way(t("work.take_photo"), "camera", "waits-none"), way(t("work.send_photo"), "upload", "waits-here")
    )
    ready = (
        CleanerDashboardState.is_cleaner
        & ~CleanerDashboardState.suspended
        & MyJobState.found
        & (V.status == "CLAIMED")
        & ~V.over
    )
    return rx.cond(ready, rx.el.div(go, class_name="dock"), bottom_bar(CLEANER, "work"))


def _waiting() -> rx.Component:
    return rx.el.div(
        loading(skeleton("h-24 w-full"), skeleton("h-44 w-full"), skeleton("h-32 w-full")),
        class_name="narrow flex flex-col gap-4 py-4",
    )


def page() -> rx.Component:
    """The page."""
    known = rx.cond(MyJobState.found, _job(), gone(t("desk.gone"), t("desk.gone_more")))
    content = for_cleaners(rx.cond(MyJobState.loaded, known, _waiting()), waiting=_waiting())
    return cleaner_page(content, active="work", title=V.place, back=routes.WORK, deadline=False, dock=_dock())
