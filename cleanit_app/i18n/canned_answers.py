"""Answers that are ready at the support desk in words: the shipped ones of the catalogue, and those of seniors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cleanit_app.domain.canned_answers import SHIPPED, CannedVersion, CannedWords, newest, spoken_instead
from cleanit_app.domain.help_articles import ArticleWords, read_in
from cleanit_app.i18n.catalogue import figures_known, language_of, say, say_in, spoken_language
from cleanit_app.i18n.house_figures import house_figures, with_figures
from cleanit_app.i18n.locales import LANGUAGES, Language, language_name, messages


@dataclass(frozen=True)
class ReadyAnswer:
    """One answer to put in: `name` for who answers, `text` in `language`, which is another where words are missing."""

    answer: str
    name: str
    text: str
    language: Language


def shipped_words(answer: str) -> dict[Language, CannedWords]:
    """The catalogue's words of an answer in every language, figures of the house as `{house.name}`; none for others."""
    if answer not in SHIPPED:
        return {}
    key = f"canned.{answer}"
    return {lang: CannedWords(messages(lang)[key][-1], messages(lang)[f"{key}.text"][-1]) for lang in LANGUAGES}


def words_that_count(answer: str, own: Mapping[Language, CannedWords]) -> dict[Language, CannedWords]:
    """An answer's words by language: a senior's, else the shipped ones; a language may have neither."""
    return shipped_words(answer) | dict(own)


def own_words(answer: str, typed: Mapping[str, Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """What was typed without the languages in which it is what is shipped, so that they follow the next release."""
    shipped = {lang: {"topic": one.topic, "text": one.text} for lang, one in shipped_words(answer).items()}
    return {lang: one for lang, one in typed.items() if {k: _plain(v) for k, v in one.items()} != shipped.get(lang)}


def ready_answers(versions: Sequence[CannedVersion], asked_in: str) -> list[ReadyAnswer]:
    """Every answer that is not retired, in the language of who asked, named in the one spoken now.

    Where an answer has no words in that language it comes in another, and its name says in which.
    """
    changed = newest(versions)
    names = [*SHIPPED, *(name for name in changed if name not in SHIPPED)]
    offered = [name for name in names if name not in changed or not changed[name].retired]
    return [_ready(name, changed.get(name), language_of(asked_in)) for name in offered]


def _ready(answer: str, version: CannedVersion | None, asked_in: Language) -> ReadyAnswer:
    words = words_that_count(answer, version.words if version else {})
    language = spoken_instead(words, asked_in)
    name = words[spoken_instead(words, spoken_language())].topic
    if language != asked_in:
        name = say("canned_desk.in_language", name=name, language=language_name(language))
    return ReadyAnswer(
        answer, name, with_figures(words[language].text, {**house_figures(), **figures_known()}), language
    )


def _plain(value: object) -> str:
    return str(value or "").strip().replace("\r\n", "\n")


def answers_for(
    versions: Sequence[CannedVersion], article: Mapping[Language, ArticleWords] | None, address: str, asked_in: str
) -> list[ReadyAnswer]:
    """As `ready_answers`; where a help article came out of the question, first the answer that leads to it."""
    ready = ready_answers(versions, asked_in)
    return [_leading(article, address, language_of(asked_in)), *ready] if article else ready


def _leading(words: Mapping[Language, ArticleWords], address: str, asked_in: Language) -> ReadyAnswer:
    language = read_in(words, asked_in)
    name = say("article.ready", title=words[read_in(words, spoken_language())].title)
    text = say_in(asked_in, "article.read_it", title=words[language].title, address=address)
    return ReadyAnswer("article", name, text, language)
