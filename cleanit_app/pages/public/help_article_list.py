"""Help articles that came out of questions, as the help page lists and finds them beside the guides (OPS-02)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.domain.help_articles import read_in
from cleanit_app.domain.reading.signs import folded
from cleanit_app.i18n import say
from cleanit_app.i18n.catalogue import spoken_language
from cleanit_app.i18n.locales import language_name
from cleanit_app.reads.support.help_articles import HelpArticleItem, published_articles
from cleanit_app.state.base import NOTHING, PageState

LONGEST_SEARCH, SIZE = 100, 10


@dataclass(frozen=True)
class ArticleCard:
    """An article in the list; `instead` says in which language it is, where that is another than the reader's."""

    id: str
    href: str
    title: str
    lang: str
    instead: str


class HelpArticleListState(PageState, rx.State):
    """Published articles, or those that a search has found."""

    rows: list[ArticleCard] = []
    cursor: str = ""
    busy: bool = False
    _sought: list[str] = []

    @rx.event
    async def load(self) -> None:
        """Begin with the newest of all."""
        self._sought = []
        await self._list("")
        self.loaded = True

    @rx.event
    async def search(self, form: dict[str, Any]) -> None:
        """Find articles by words, in every language they have."""
        self._sought = folded(str(form.get("q") or "")[:LONGEST_SEARCH]).casefold().split()
        await self._list("")

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next part of the list."""
        if self.cursor and not self.busy:
            self.busy = True
            yield
            await self._list(self.cursor)
            self.busy = False

    async def _list(self, cursor: str) -> None:
        page = await self._ask(published_articles, words=self._sought, cursor=cursor or None, limit=SIZE)
        fresh = page.each(_card_of)
        self.rows = [*self.rows, *fresh] if cursor else fresh
        self.cursor = page.next_cursor or ""


def _card_of(one: HelpArticleItem) -> ArticleCard:
    wanted = spoken_language()
    spoken = read_in(one.words, wanted)
    instead = NOTHING if spoken == wanted else say("article.in_language", language=language_name(spoken))
    return ArticleCard(str(one.id), routes.help_article(one.id), one.words[spoken].title, spoken, instead)


def _card(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.b(row.title, class_name="b [overflow-wrap:anywhere]", custom_attrs={"lang": row.lang}),
            rx.cond(row.instead != "", rx.el.span(words(row.instead), class_name="t-sm soft"), rx.fragment()),
            href=row.href,
            class_name="card pad flex flex-col gap-1 min-h-[44px]",
        )
    )


def help_article_list() -> rx.Component:
    """The articles under their own heading; nothing while there are none."""
    state = HelpArticleListState
    more = button(t("support.more"), kind="line", busy=state.busy, busy_label=t("state.loading"), on_click=state.more)
    listed = rx.el.section(
        rx.el.h2(t("article.list"), class_name="t-h2 mb-3"),
        rx.el.ul(each(state.rows, _card), class_name="grid gap-3 sm:grid-cols-2"),
        rx.cond(state.cursor != "", rx.el.div(more, class_name="mt-3"), rx.fragment()),
    )
    return rx.cond(state.rows.length() > 0, listed, rx.fragment())
