"""What was found for a question becomes a help article: written, published, withdrawn, with its history (OPS-02)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import text_area, text_field
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.help_articles import LANGUAGES
from cleanit_app.i18n import language_of, say
from cleanit_app.i18n.formats import dated_time
from cleanit_app.i18n.locales import language_name
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.support.help_articles import ArticleMoment, DeskArticle, desk_article
from cleanit_app.services.support.help_articles import publish_article, withdraw_article, write_article
from cleanit_app.state.admin_desk import RecordState, as_id
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.admin_article("[ticket_id]"), "article.title"


@dataclass(frozen=True)
class Written:
    """What stands in the form of one language."""

    title: str = ""
    text: str = ""


class ArticleDeskState(RecordState, rx.State):
    """The article of one question; `proposed` while the form still begins with the desk's own answer."""

    status: str = ""
    status_line: str = NOTHING
    edition: str = ""
    article_href: str = ""
    thread_href: str = ""
    written: list[Written] = []
    proposed: bool = False
    history: list[str] = []

    @rx.event
    async def load(self) -> None:
        """Read the article, or what it may begin with."""
        self.reset()
        await self._read()

    @rx.event
    async def save(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Keep what was written."""
        given = {lang: {part: form.get(f"{lang}{part.title()}") for part in ("title", "text")} for lang in LANGUAGES}
        seen, said = str(form.get("seen") or ""), say("article.saved")
        async for _ in self._act("save", write_article, said, ticket_id=self._ticket(), words=given, seen=seen):
            yield

    @rx.event
    async def publish(self) -> AsyncIterator[None]:
        """Show it to everybody."""
        async for _ in self._act("publish", publish_article, say("article.published"), ticket_id=self._ticket()):
            yield

    @rx.event
    async def withdraw(self) -> AsyncIterator[None]:
        """Show it to nobody any more."""
        async for _ in self._act("withdraw", withdraw_article, say("article.withdrawn"), ticket_id=self._ticket()):
            yield

    def _ticket(self) -> Any:
        return as_id(self.ticket_id)

    async def _read(self) -> None:
        one = await self._read_one(desk_article, ticket_id=self._ticket())
        if one is not None:
            self._take(one)

    def _take(self, one: DeskArticle) -> None:
        self.status, self.edition = one.status.value if one.status else "", str(one.edition or "")
        self.status_line = say(f"article.status.{one.status.value}") if one.status else NOTHING
        self.thread_href = routes.admin_ticket(one.ticket_id)
        self.article_href = routes.help_article(one.id) if one.id and self.status == "PUBLISHED" else ""
        self.proposed = not one.words and one.proposed != ""
        self.written = [_written(one, lang) for lang in LANGUAGES]
        self.history = [_line(moment) for moment in one.history]


def _written(one: DeskArticle, lang: str) -> Written:
    if lang in one.words:
        return Written(one.words[lang].title, one.words[lang].text)
    return Written(text=one.proposed if not one.words and lang == language_of(one.language) else "")


def _line(moment: ArticleMoment) -> str:
    did = say(f"article.moved.{moment.status.value}" if moment.status else "article.moved.words")
    return say("article.line", name=moment.name, did=did, when=dated_time(moment.at))


ON_LOAD = [CurrentUserState.arrive_signed_in, ArticleDeskState.load]


def _form() -> rx.Component:
    state, texts = ArticleDeskState, []
    for place, lang in enumerate(LANGUAGES):
        title, text = (state.field_problems[f"{lang}{part}"] for part in ("Title", "Text"))
        written = state.written[place]
        texts.append(
            rx.el.div(
                text_field(
                    f"{lang}Title",
                    t("article.title_in", language=language_name(lang)),
                    error=title,
                    lang=lang,
                    max_length=LIMITS.article_title_length[1],
                    default_value=written.title,
                ),
                text_area(
                    f"{lang}Text",
                    t("article.text_in", language=language_name(lang)),
                    error=text,
                    lang=lang,
                    rows=10,
                    max_length=LIMITS.article_length[1],
                    default_value=written.text,
                ),
                class_name="flex flex-col gap-3 min-w-0",
            )
        )
    return rx.el.form(
        rx.el.input(type="hidden", name="seen", value=state.edition, read_only=True),
        rx.cond(state.proposed, note(t("article.proposed"), "warn"), rx.fragment()),
        rx.el.div(*texts, class_name="grid gap-4 lg:grid-cols-3 items-start"),
        button(t("article.save"), type="submit", class_name="self-start", busy=state.busy == "save",
               busy_label=t("people.working")),
        on_submit=state.save,
        no_validate=True,
        key="article-" + state.edition,
        class_name="card pad flex flex-col gap-4",
    )  # fmt: skip


def _acts() -> rx.Component:
    state = ArticleDeskState
    publish = button(t("article.publish"), kind="line", busy=state.busy == "publish", busy_label=t("people.working"),
                     on_click=state.publish)  # fmt: skip
    withdraw = button(t("article.withdraw"), kind="line", busy=state.busy == "withdraw",
                      busy_label=t("people.working"), on_click=state.withdraw)  # fmt: skip
    shown = link_button(t("article.look"), state.article_href, kind="quiet")
    acts = rx.el.div(
        rx.cond(state.status != "PUBLISHED", publish, rx.fragment()),
        rx.cond(state.status != "WITHDRAWN", withdraw, rx.fragment()),
        rx.cond(state.article_href != "", shown, rx.fragment()),
        class_name="flex flex-wrap gap-2.5",
    )
    return rx.cond(
        state.status != "",
        rx.el.div(rx.el.p(words(state.status_line), class_name="b"), acts, class_name="card pad flex flex-col gap-3"),
        rx.fragment(),
    )


def page() -> rx.Component:
    """The page."""
    state = ArticleDeskState
    refusal = rx.cond(
        (state.problem != "") & (state.field_problems.length() == 0),
        note(words(state.problem), "err", role="alert"),
        rx.fragment(),
    )
    told = rx.cond(
        state.history.length() > 0,
        rx.el.section(
            rx.el.h2(t("settings.history"), class_name="t-h3 mb-1"),
            rx.el.ul(each(state.history, lambda line: rx.el.li(line, class_name="t-sm py-1"))),
        ),
        rx.fragment(),
    )
    shown = rx.el.div(
        rx.el.a(t("article.thread"), href=state.thread_href, class_name="link inline-flex items-center min-h-[44px]"),
        rx.el.h1(t("article.title"), class_name="t-h1"),
        rx.el.p(t("article.what"), class_name="soft max-w-[720px]"),
        _form(),
        refusal,
        _acts(),
        told,
        class_name="flex flex-col gap-4",
    )
    gone = empty_state(
        t("support.gone"), t("support.gone_more"), icon_name="search", whole=True,
        action=link_button(t("admin.support"), routes.ADMIN_SUPPORT),
    )  # fmt: skip
    waiting = loading(skeleton("h-10 w-1/2"), skeleton("h-64 w-full"))
    body = rx.el.div(
        rx.cond(state.loaded, rx.cond(state.missing, gone, shown), waiting), class_name="p-4 lg:p-7 max-w-[1180px]"
    )
    return admin_page(body, active="support", refused=state.refused)
