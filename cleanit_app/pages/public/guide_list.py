"""The guides with their search, as the help page lists them (OPS-02)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import text_field
from cleanit_app.components.text import t
from cleanit_app.domain.actors import Role
from cleanit_app.domain.guides import GUIDES, Guide, GuideGroup
from cleanit_app.domain.reading.signs import folded
from cleanit_app.i18n import KEYS, say, say_in
from cleanit_app.pages.public.guide_recording import recorded_steps
from cleanit_app.pages.public.help_article_list import HelpArticleListState, help_article_list
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState

LONGEST_SEARCH = 100


class GuideListState(PageState, rx.State):
    """Which guides a search has found; all of them while nobody searches."""

    searching: bool = False
    found: list[str] = []

    @rx.event
    async def load(self) -> None:
        """Begin with all of them."""
        self.searching, self.found, self.loaded = False, [], True

    @rx.event
    async def search(self, form: dict[str, Any]) -> None:
        """Find guides by words, in the language of this tab and in English."""
        asked = folded(str(form.get("q") or "")[:LONGEST_SEARCH]).casefold().split()
        self.searching = bool(asked)
        self.found = [one.slug for one in GUIDES if asked and all(word in _all_words(one) for word in asked)]


def steps_of(one: Guide) -> list[str]:
    """The keys of a guide's steps, in their order."""
    found: list[str] = []
    while (key := f"guide.{one.name}.{len(found) + 1}") in KEYS:
        found.append(key)
    return found


def _all_words(one: Guide) -> str:
    keys = (f"guide.{one.name}.title", f"guide.{one.name}.short", *steps_of(one), *recorded_steps(one))
    return " ".join(folded(text) for key in keys for text in (say(key), say_in("en", key))).casefold()


def _card(one: Guide) -> rx.Component:
    card = rx.el.li(
        rx.el.a(
            rx.el.b(t(f"guide.{one.name}.title"), class_name="b"),
            rx.el.p(t(f"guide.{one.name}.short"), class_name="t-sm soft"),
            href=routes.guide(one.slug),
            class_name="card pad flex flex-col gap-1 min-h-[44px]",
        )
    )
    shown: Any = ~GuideListState.searching | GuideListState.found.contains(one.slug)
    return rx.cond(shown, card, rx.fragment())


def _group(group: GuideGroup) -> rx.Component:
    mine = [one for one in GUIDES if one.group is group]
    wanted: Any = ~GuideListState.searching
    for one in mine:
        wanted = wanted | GuideListState.found.contains(one.slug)
    listed = rx.el.section(
        rx.el.h2(t(f"guide.group.{group.value}"), class_name="t-h2 mb-3"),
        rx.el.ul(*[_card(one) for one in mine], class_name="grid gap-3 sm:grid-cols-2"),
    )
    return rx.cond(wanted, listed, rx.fragment())


def guide_list() -> rx.Component:
    """Search, guides and articles, for the help page; it loads the States of both lists."""
    form = rx.el.form(
        text_field("q", t("guide.search"), max_length=LONGEST_SEARCH, kind="search", auto_complete="off"),
        button(t("guide.search_now"), kind="line", type="submit"),
        on_submit=[GuideListState.search, HelpArticleListState.search],
        no_validate=True,
        role="search",
        class_name="flex flex-wrap items-end gap-2.5 [&>div]:grow",
    )
    found: Any = GuideListState.found.length() + HelpArticleListState.rows.length()
    none: Any = GuideListState.searching & (found == 0)
    admins: Any = CurrentUserState.role == Role.ADMIN.value
    return rx.fragment(
        form,
        rx.el.div(rx.cond(none, note(t("guide.none"), "info"), rx.fragment()), role="status"),
        _group(GuideGroup.TROUBLE),
        _group(GuideGroup.CITIZENS),
        _group(GuideGroup.CLEANERS),
        help_article_list(),
        rx.cond(admins, _group(GuideGroup.ADMINS), rx.fragment()),
    )
