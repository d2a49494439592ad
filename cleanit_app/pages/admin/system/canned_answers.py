"""The answers that are ready at the support desk: their words in each language, new ones, their history (OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.domain.canned_answers import FIGURES, LANGUAGES, CannedWords, spoken_instead
from cleanit_app.i18n import say
from cleanit_app.i18n.canned_answers import own_words, shipped_words, words_that_count
from cleanit_app.i18n.catalogue import spoken_language
from cleanit_app.i18n.formats import dated_time
from cleanit_app.i18n.locales import language_name
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.support.canned_answers import CannedChange, CannedItem, canned_answers_with_history
from cleanit_app.services.support.canned_answers import add_canned_answer, change_canned_answer
from cleanit_app.state.admin_desk import AdminDeskState, row_of
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_CANNED, "canned_desk.title"
NEW = "new"


@dataclass(frozen=True)
class LanguageView:
    """An answer in one language; `instead` says which words are given where there are none of its own."""

    lang: str
    topic: str = ""
    text: str = ""
    instead: str = ""


@dataclass(frozen=True)
class ChangeView:
    """One change: who and when and why, and a line for each language that says something else now."""

    line: str
    parts: list[str]


@dataclass(frozen=True)
class AnswerView:
    """One answer on the page; `version` is the one that is changed."""

    id: str
    topic: str
    version: str
    retired: bool
    languages: list[LanguageView]
    history: list[ChangeView] = field(default_factory=list)


class CannedAnswersState(AdminDeskState, rx.State):
    """Every answer; `trouble` is the one whose form was refused, `turn` draws the forms anew."""

    rows: list[AnswerView] = []
    busy: str = ""
    trouble: str = ""
    turn: int = 0

    @rx.event
    async def load(self) -> None:
        """Every answer, and who changed what."""
        self.reset()
        await self._read()

    @rx.event
    async def add(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Make another answer ready."""
        async for _ in self._write(NEW, add_canned_answer, form, words=_typed(form)):
            yield

    @rx.event
    async def save(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Keep what was written into the form of one answer."""
        known = row_of(self.rows, str(form.get("answer")))
        if known is None:
            return
        given = {
            "answer": known.id,
            "words": own_words(known.id, _typed(form)),
            "retired": bool(form.get("retired")),
            "seen": str(form.get("seen") or ""),
        }
        async for _ in self._write(known.id, change_canned_answer, form, **given):
            yield

    async def _write(self, name: str, service: Any, form: dict[str, Any], **given: Any) -> AsyncIterator[None]:
        if self.busy:
            return
        self.busy, self.trouble = name, ""
        yield
        if await self._do(service, why=form.get("why"), **given) is None:
            self.trouble = name
        else:
            self.turn += 1
            await self._toast(say("canned_desk.saved"))
            await self._read()
        self.busy = ""

    async def _read(self) -> None:
        found = await self._ask_here(canned_answers_with_history)
        if found is not None:
            self.rows, self.loaded = [_view(one) for one in found], True


def _typed(form: Mapping[str, Any]) -> dict[str, dict[str, object]]:
    """Topic and text of each language as they were typed."""
    return {lang: {part.lower(): form.get(f"{lang}{part}") for part in ("Topic", "Text")} for lang in LANGUAGES}


def _view(one: CannedItem) -> AnswerView:
    counting = words_that_count(one.answer, one.words)
    return AnswerView(
        id=one.answer,
        topic=counting[spoken_instead(counting, spoken_language())].topic,
        version=str(one.version or ""),
        retired=one.retired,
        languages=[_language(lang, one, counting) for lang in LANGUAGES],
        history=[_change(one.answer, change) for change in one.changes],
    )


def _language(lang: str, one: CannedItem, counting: Mapping[str, CannedWords]) -> LanguageView:
    if lang in one.words:
        return LanguageView(lang, one.words[lang].topic, one.words[lang].text)
    if lang in counting:
        return LanguageView(lang, counting[lang].topic, counting[lang].text, say("canned_desk.shipped"))
    other = language_name(spoken_instead(counting, lang))
    return LanguageView(lang, instead=say("canned_desk.instead", language=other))


def _change(answer: str, change: CannedChange) -> ChangeView:
    version = change.version
    line = say("canned_desk.line", name=change.made_by_name, when=dated_time(version.made_at), why=change.why)
    parts = [
        say("canned_desk.changed", language=language_name(lang), was=was, value=now)
        for lang in LANGUAGES
        if (was := _said(answer, change.was.get(lang), lang)) != (now := _said(answer, version.words.get(lang), lang))
    ]
    if version.retired != change.was_retired:
        parts.append(say("canned_desk.now_retired" if version.retired else "canned_desk.now_back"))
    return ChangeView(line, parts)


def _said(answer: str, own: CannedWords | None, lang: str) -> str:
    """What an answer said in a language, in one line; that it said nothing, where it has no words."""
    found = own or shipped_words(answer).get(lang)
    return f"{found.topic}: {found.text}" if found else say("canned_desk.nothing")


ON_LOAD = [CurrentUserState.arrive_signed_in, CannedAnswersState.load]


def _input(key: Any, label: rx.Component, control: Callable[..., rx.Component], problem: Any, **props: Any) -> Any:
    """A labelled control of one answer's form; its complaint stands below while this form is the one in trouble."""
    return rx.el.div(
        rx.el.label(label, html_for=key, class_name="label"),
        control(id=key, class_name="input", auto_complete="off", **props),
        rx.cond(problem != "", rx.el.p(problem, class_name="ermsg", role="alert"), rx.fragment()),
    )


def _words_in(lang: str, name: Any, view: Any, problem: Callable[[str], Any]) -> rx.Component:
    """Topic and text of one language; where it has none of its own, which are given instead."""
    topic, text = ("", "") if view is None else (view.topic, view.text)
    parts = [
        _input(f"{lang}Topic-" + name, t("canned_desk.topic", language=language_name(lang)), rx.el.input,
               problem(f"{lang}Topic"), name=f"{lang}Topic", default_value=topic, lang=lang),
        _input(f"{lang}Text-" + name, t("canned_desk.text", language=language_name(lang)), rx.el.textarea,
               problem(f"{lang}Text"), name=f"{lang}Text", default_value=text, rows=6, lang=lang),
    ]  # fmt: skip
    if view is not None:
        parts.append(rx.cond(view.instead != "", rx.el.p(view.instead, class_name="hint"), rx.fragment()))
    return rx.el.div(*parts, class_name="flex flex-col gap-3 min-w-0")


def _form(row: Any, name: Any, *more: rx.Component, on_submit: Any, go: str) -> rx.Component:
    state = CannedAnswersState
    trouble = state.trouble == name

    def problem(field_name: str) -> Any:
        said = state.field_problems[field_name]
        return rx.cond(trouble & rx.cond(said, True, False), said, "")

    views = [None if row is None else row.languages[place] for place in range(len(LANGUAGES))]
    texts = [_words_in(lang, name, view, problem) for lang, view in zip(LANGUAGES, views, strict=True)]
    refusal = rx.cond(
        trouble & (state.field_problems.length() == 0), note(words(state.problem), "err", role="alert"), rx.fragment()
    )
    return rx.el.form(
        rx.el.div(*texts, class_name="grid gap-4 lg:grid-cols-3 items-start"),
        *more,
        _input("why-" + name, t("settings.why"), rx.el.input, problem("why"), name="why"),
        refusal,
        button(t(go), type="submit", class_name="self-start", busy=state.busy == name, busy_label=t("people.working")),
        on_submit=on_submit,
        no_validate=True,
        key=f"{name}-{state.turn}",
        class_name="flex flex-col gap-4 mt-3",
    )


def _history(row: Any) -> rx.Component:
    def change(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.p(one.line, class_name="b t-sm"),
            each(one.parts, lambda part: rx.el.p(part, class_name="t-sm break-words")),
            class_name="py-2",
        )

    lines = rx.el.ul(each(row.history, change), class_name="divide-y divide-chuna-200")
    return rx.el.div(
        rx.el.h3(t("settings.history"), class_name="label mt-5"),
        rx.cond(row.history.length() > 0, lines, rx.el.p(t("settings.never"), class_name="t-sm mute")),
    )


def _card(row: Any) -> rx.Component:
    head = rx.el.summary(
        rx.el.h2(row.topic, class_name="b grow"),
        rx.cond(row.retired, chip(t("canned_desk.retired"), "plain"), rx.fragment()),
        class_name="flex items-center gap-3 min-h-[44px] cursor-pointer",
    )
    hidden = rx.fragment(
        rx.el.input(type="hidden", name="answer", value=row.id, read_only=True),
        rx.el.input(type="hidden", name="seen", value=row.version, read_only=True),
    )
    retired = rx.el.label(
        rx.el.input(type="checkbox", name="retired", default_checked=row.retired, class_name="cb"),
        rx.el.span(t("canned_desk.retire"), class_name="grow"),
        class_name="check",
    )
    form = _form(row, row.id, hidden, retired, on_submit=CannedAnswersState.save, go="canned_desk.save")
    return rx.el.details(head, form, _history(row), class_name="card pad")


def _new() -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.h2(t("canned_desk.new"), class_name="b grow"),
            class_name="flex items-center gap-3 min-h-[44px] cursor-pointer",
        ),
        _form(None, NEW, on_submit=CannedAnswersState.add, go="canned_desk.add"),
        class_name="card pad",
    )


def page() -> rx.Component:
    """The page."""
    figures = ", ".join(f"{{house.{name}}}" for name in sorted(FIGURES))
    body = rx.el.div(
        rx.el.a(
            t("admin.settings"), href=routes.ADMIN_SETTINGS, class_name="link inline-flex items-center min-h-[44px]"
        ),
        rx.el.h1(t("canned_desk.title"), class_name="t-h1 mb-2"),
        rx.el.p(t("canned_desk.what"), class_name="soft mb-1 max-w-[720px]"),
        rx.el.p(t("canned_desk.figures", figures=figures), class_name="t-sm mute mb-3 max-w-[720px] break-words"),
        rx.cond(
            CannedAnswersState.loaded,
            rx.el.div(_new(), each(CannedAnswersState.rows, _card), class_name="flex flex-col gap-3"),
            loading(skeleton("h-64 w-full")),
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="settings", refused=CannedAnswersState.refused)
