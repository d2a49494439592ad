"""The banner of the site: what everybody reads for a while, in every language, and what stood before (OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import pill_choice, text_area, text_field
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.domain.banners import BannerTone
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import IST
from cleanit_app.i18n import say
from cleanit_app.i18n.catalogue import spoken_language
from cleanit_app.i18n.formats import dated_time
from cleanit_app.i18n.locales import LANGUAGES, language_name
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.operations.banners import BannerItem, banners
from cleanit_app.services.operations.banners import end_banner, set_banner
from cleanit_app.state.admin_desk import AdminDeskState, as_id, row_of
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_BANNER, "banner.title"
SHOWN = 20


@dataclass(frozen=True)
class BannerRow:
    """One banner of the list."""

    id: str
    text: str
    when: str
    who: str
    ended: str
    stands: bool


class BannerState(AdminDeskState, rx.State):
    """The banners there were; `turn` draws the form anew."""

    rows: list[BannerRow] = []
    busy: str = ""
    turn: int = 0

    @rx.event
    async def load(self) -> None:
        """Which stood, stand and come."""
        self.reset()
        await self._read()

    @rx.event
    async def put_up(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Let everybody see these words."""
        if self.busy:
            return
        self.busy = "new"
        yield
        done = await self._do(
            set_banner,
            said={lang: form.get(lang) or "" for lang in LANGUAGES},
            tone=form.get("tone") or BannerTone.INFO,
            from_at=_in_india(form.get("fromAt")),
            until_at=_in_india(form.get("untilAt")),
            link=form.get("link") or "",
        )
        if done is not None:
            self.turn += 1
            await self._toast(say("banner.set"))
            await self._read()
        self.busy = ""

    @rx.event
    async def take_down(self, banner_id: str) -> AsyncIterator[None]:
        """Take one away before its time."""
        known = row_of(self.rows, banner_id)
        if self.busy or known is None:
            return
        self.busy = known.id
        yield
        if await self._do(end_banner, banner_id=as_id(known.id)) is not None:
            await self._toast(say("banner.ended"))
        await self._read()
        self.busy = ""

    async def _read(self) -> None:
        found = await self._ask_here(banners, limit=SHOWN)
        if found is not None:
            now = self._parts().clock.now()
            self.rows, self.loaded = found.each(lambda one: _row(one, now)), True


def _in_india(typed: object) -> str:
    """A day and time as a browser's field gives them, as a moment in India; anything else as it is."""
    try:
        return datetime.fromisoformat(str(typed or "")).replace(tzinfo=IST).isoformat()
    except ValueError:
        return str(typed or "")


def _row(one: BannerItem, now: datetime) -> BannerRow:
    ended = ""
    if one.ended_at is not None:
        ended = say("banner.ended_by", name=one.ended_by_name or "", when=dated_time(one.ended_at))
    return BannerRow(
        id=str(one.id),
        text=one.said.get(spoken_language(), ""),
        when=say("banner.span", begin=dated_time(one.from_at), end=dated_time(one.until_at)),
        who=say("banner.set_by", name=one.made_by_name, when=dated_time(one.made_at)),
        ended=ended,
        stands=one.stands(now),
    )


ON_LOAD = [CurrentUserState.arrive_signed_in, BannerState.load]


def _form() -> rx.Component:
    problems = BannerState.field_problems
    texts = [
        text_area(lang, t("bulk.words_in", language=language_name(lang)), max_length=LIMITS.banner_length[1],
                  error=problems[lang])
        for lang in LANGUAGES
    ]  # fmt: skip
    tones = [
        pill_choice("tone", tone.value, t(f"banner.tone.{tone.value}"), default_checked=tone is BannerTone.INFO)
        for tone in BannerTone
    ]
    refusal = rx.cond(
        (BannerState.problem != "") & (problems.length() == 0),
        note(words(BannerState.problem), "err", role="alert"),
        rx.fragment(),
    )
    return rx.el.form(
        rx.el.div(*texts, class_name="grid gap-4 lg:grid-cols-3 items-start"),
        rx.el.fieldset(
            rx.el.legend(t("banner.tone"), class_name="label"), rx.el.div(*tones, class_name="flex flex-wrap gap-2")
        ),
        rx.el.div(
            text_field("fromAt", t("banner.from"), kind="datetime-local", hint=t("banner.from_hint"),
                       error=problems["fromAt"]),
            text_field("untilAt", t("banner.until"), kind="datetime-local", error=problems["untilAt"]),
            text_field("link", t("banner.link"), hint=t("banner.link_hint"), max_length=300, error=problems["link"]),
            class_name="grid gap-4 lg:grid-cols-3 items-start",
        ),
        refusal,
        button(t("banner.go"), type="submit", class_name="self-start", busy=BannerState.busy == "new",
               busy_label=t("people.working")),
        on_submit=BannerState.put_up,
        no_validate=True,
        key=f"banner-{BannerState.turn}",
        class_name="card pad flex flex-col gap-4",
    )  # fmt: skip


def _banner(row: Any) -> rx.Component:
    end = button(
        t("banner.end"), kind="line", size="s", of=row.text, busy=BannerState.busy == row.id,
        busy_label=t("people.working"), on_click=BannerState.take_down(row.id),
    )  # fmt: skip
    return rx.el.li(
        rx.el.p(row.text, class_name="b break-words"),
        rx.el.p(row.when, class_name="t-sm num"),
        rx.el.p(row.who, class_name="t-sm mute"),
        rx.cond(row.ended != "", rx.el.p(row.ended, class_name="t-sm mute"), rx.fragment()),
        rx.cond(
            row.stands,
            rx.el.div(
                chip(t("banner.stands"), "rel", "check"), end, class_name="flex flex-wrap items-center gap-3 mt-2"
            ),
            rx.fragment(),
        ),
        class_name="py-3",
    )


def page() -> rx.Component:
    """The page."""
    listed = rx.cond(
        BannerState.rows.length() > 0,
        rx.el.ul(each(BannerState.rows, _banner), class_name="divide-y divide-chuna-200 card pad"),
        empty_state(t("banner.none"), icon_name="bell-ring"),
    )
    body = rx.el.div(
        rx.el.h1(t("banner.title"), class_name="t-h1 mb-2"),
        rx.el.p(t("banner.what"), class_name="soft mb-1 max-w-[720px]"),
        rx.el.a(
            t("banner.announce"), href=routes.ADMIN_BULK, class_name="link min-h-[44px] inline-flex items-center mb-3"
        ),
        _form(),
        rx.el.h2(t("banner.before"), class_name="t-h3 mt-7 mb-2"),
        rx.cond(BannerState.loaded, listed, loading(skeleton("h-40 w-full"))),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="banner", refused=BannerState.refused)
