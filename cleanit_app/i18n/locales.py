"""The gettext catalogues: one file a language, English the template they are all translated from."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

Language: TypeAlias = str
"""A language as documents name it (BCP 47): ``en``, ``hi``, ``mr``."""

DEVANAGARI: frozenset[Language] = frozenset({"hi", "mr"})
"""Languages that read a place's Hindi name as their own."""

Forms: TypeAlias = tuple[str, ...]
"""A sentence's plural forms in the order of `plural_categories`; one alone when it does not count."""

FOLDER = Path(__file__).parent / "locales"
TEMPLATE = FOLDER / "cleanit.pot"
ENGLISH: Language = "en"


def catalogue_file(language: Language) -> Path:
    """Where the sentences of a language stand; English is the template."""
    return TEMPLATE if language == ENGLISH else FOLDER / language / "LC_MESSAGES" / "cleanit.po"


def _languages() -> tuple[Language, ...]:
    return (ENGLISH, *sorted(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/cleanit.po")))


LANGUAGES: tuple[Language, ...] = _languages()
"""Every language Cleanit speaks, English first: those that have a file."""


@lru_cache
def locale_of(language: Language) -> Locale:
    """The language as India speaks it, for numbers, days and plurals (CLDR)."""
    return Locale.parse(f"{language}_IN")


def language_name(language: Language) -> str:
    """A language as it calls itself: ``हिन्दी``."""
    return str(locale_of(language).language_name).capitalize()


@lru_cache
def plural_categories(language: Language) -> tuple[str, ...]:
    """The plural categories of a language in CLDR's order, ``other`` last: ``("one", "other")``."""
    return (
        *(tag for tag in ("zero", "one", "two", "few", "many") if tag in locale_of(language).plural_form.tags),
        "other",
    )


def plural_index(language: Language, n: int) -> int:
    """Which form a language takes for so many of a thing."""
    return plural_categories(language).index(locale_of(language).plural_form(n))


@lru_cache
def catalogue(language: Language) -> Catalog:
    """The file of a language as Babel reads it. FileNotFoundError for a language without one."""
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language, domain="cleanit")


@lru_cache
def messages(language: Language) -> MappingProxyType[str, Forms]:
    """Key → forms of every sentence of a language; a key is the message's context.

    A sentence that is not translated yet, or whose English has changed since, is said in English.
    """
    english = {message.context: _forms(message.id) for message in catalogue(ENGLISH) if message.context}
    if language == ENGLISH:
        return MappingProxyType(english)
    translated = {
        message.context: _forms(message.string or "")
        for message in catalogue(language)
        if message.context and not message.fuzzy and _forms(message.id) == english.get(message.context)
    }
    return MappingProxyType({key: said if all(said := translated.get(key, ("",))) else english[key] for key in english})


def _forms(said: str | tuple[str, ...] | list[str]) -> Forms:
    return (said,) if isinstance(said, str) else tuple(said)
