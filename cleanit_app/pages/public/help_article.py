"""One help article that came out of a question, in the reader's language or in one it has (OPS-02)."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.text import t, words
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.help_articles import read_in
from cleanit_app.i18n import say
from cleanit_app.i18n.catalogue import spoken_language
from cleanit_app.i18n.formats import dated_time
from cleanit_app.i18n.locales import language_name
from cleanit_app.pages.frame import citizen_page
from cleanit_app.reads.support.help_articles import HelpArticleItem, published_article
from cleanit_app.state.admin_desk import as_id
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.help_article("[article_id]"), "guide.one"


class HelpArticleState(PageState, rx.State):
    """The article of an address; `instead` says in which language it is given, where that is another."""

    gone: bool = False
    title: str = ""
    text: str = ""
    lang: str = ""
    instead: str = NOTHING
    when: str = NOTHING

    @rx.event
    async def load(self) -> None:
        """Read the address."""
        self.gone, self.loaded = False, False
        try:
            self._take(await self._ask(published_article, article_id=as_id(self.article_id)))
        except NotFound:
            self.gone = True
        self.loaded = True

    def _take(self, one: HelpArticleItem) -> None:
        wanted = spoken_language()
        self.lang = read_in(one.words, wanted)
        self.title, self.text = one.words[self.lang].title, one.words[self.lang].text
        self.when = say("article.written", when=dated_time(one.written_at))
        self.instead = NOTHING
        if self.lang != wanted:
            self.instead = say("article.instead", language=language_name(self.lang))


ON_LOAD = [CurrentUserState.arrive, HelpArticleState.load]


def page() -> rx.Component:
    """One article."""
    state = HelpArticleState
    again = link_button(t("guide.all"), routes.HELP)
    gone = empty_state(t("guide.gone"), icon_name="search", action=again, whole=True)
    article = rx.el.article(
        rx.cond(state.instead != "", note(words(state.instead), "info"), rx.fragment()),
        rx.el.div(
            rx.el.h1(state.title, class_name="t-h1 [overflow-wrap:anywhere]"),
            rx.el.p(state.text, class_name="whitespace-pre-line [overflow-wrap:anywhere]"),
            custom_attrs={"lang": state.lang},
            class_name="flex flex-col gap-4",
        ),
        rx.el.p(words(state.when), class_name="t-sm mute num"),
        class_name="flex flex-col gap-4",
    )
    content = rx.el.div(
        rx.cond(
            state.loaded,
            rx.cond(state.gone, gone, article),
            loading(skeleton("h-10 w-2/3"), skeleton("h-40 w-full")),
        ),
        rx.el.section(
            rx.el.h2(t("guide.still"), class_name="t-h3"),
            rx.el.div(
                link_button(t("nav.ask_support"), routes.SUPPORT, kind="line", icon_name="life-buoy"),
                link_button(t("guide.all"), routes.HELP, kind="quiet"),
                class_name="flex flex-wrap gap-2.5",
            ),
            class_name="flex flex-col gap-3 mt-10",
        ),
        class_name="narrow py-6 pb-12",
    )
    return citizen_page(content, title=t("guide.one"), back=routes.HELP)
