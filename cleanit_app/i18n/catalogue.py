"""Sentences by key, and the ways to say one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from string import Formatter
from types import MappingProxyType
from typing import Any

from cleanit_app.i18n.amounts import rupees
from cleanit_app.i18n.house_figures import CHANGEABLE, house_figures, with_figures
from cleanit_app.i18n.locales import ENGLISH, LANGUAGES, Forms, Language, messages, plural_index
from cleanit_app.i18n.suffixes import joined

_LONGEST_HEADER = 500
"""So many letters of what a browser asks for are read."""


@lru_cache
def forms_in(language: Language) -> MappingProxyType[str, Forms]:
    """Key → plural forms of every sentence of a language, with the figures that the house was built with."""
    figures = house_figures()
    said = messages(language).items()
    return MappingProxyType({key: tuple(with_figures(form, figures) for form in forms) for key, forms in said})


@lru_cache
def changing_forms_in(language: Language) -> MappingProxyType[str, Forms]:
    """The sentences in which a figure stands that may change while Cleanit runs, with that figure as `{house.name}`."""
    figures = house_figures() | {name: f"{{house.{name}}}" for name in CHANGEABLE}
    said = {key: tuple(with_figures(form, figures) for form in forms) for key, forms in messages(language).items()}
    return MappingProxyType({key: forms for key, forms in said.items() if any("{house." in form for form in forms)})


CHANGING: frozenset[str] = frozenset(changing_forms_in(ENGLISH))
"""The keys of sentences with such a figure."""


class _Known:
    """Where this process learns which figures differ from those it was built with; from nowhere at first."""

    source: Callable[[], Mapping[str, str]] = staticmethod(dict)


def figures_from(source: Callable[[], Mapping[str, str]]) -> None:
    """Say sentences of this process with the figures that `source` gives when they are said; it must ask nobody."""
    _Known.source = staticmethod(source)


def figures_known() -> Mapping[str, str]:
    """The figures that differ from those the house was built with."""
    return _Known.source()


KEYS: frozenset[str] = frozenset(forms_in(ENGLISH))
"""The keys of all sentences."""


def sentence(key: str, lang: Language, n: Any = None) -> str:
    """The raw sentence of a key, in the form that goes with ``n``; KeyError names an unknown key."""
    if key not in KEYS:
        raise KeyError(f"no such words: {key}")
    forms = forms_in(lang)[key]
    if key in CHANGING and (changed := figures_known()):
        figures = {**house_figures(), **changed}
        forms = tuple(with_figures(form, figures) for form in changing_forms_in(lang)[key])
    return forms[plural_index(lang, n)] if len(forms) > 1 and isinstance(n, int) else forms[-1]


def counts(key: str) -> bool:
    """Whether a key has words of its own for one of a thing."""
    return len(forms_in(ENGLISH)[key]) > 1


def placeholders(text: str) -> set[str]:
    """The names in braces of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


_spoken: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def spoken_language() -> Language:
    """The language that what is said now is said in: that of the event, request or paper one is in."""
    return _spoken.get()


def speak(language: Language) -> None:
    """Say everything of this task from now on in a language, as for one event of a tab."""
    _spoken.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say everything inside in a language, as for one paper."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def say(key: str, **values: object) -> str:
    """The sentence of a key in the language spoken now, filled with values; KeyError when one is missing."""
    return say_in(spoken_language(), key, **values)


def say_in(lang: Language, key: str, **values: object) -> str:
    """The sentence of a key in one language, filled with values; KeyError when one is missing."""
    said = sentence(key, lang, values.get("n"))
    return joined(said.format(**_with_rupees(values)), lang) if values else said.format()


def _with_rupees(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a sentence takes them: ``x_paise`` also as ``x`` in rupees."""
    amounts = {k: v for k, v in values.items() if k.endswith("_paise") and isinstance(v, int)}
    return {k.removesuffix("_paise"): rupees(v) for k, v in amounts.items()} | dict(values)


def keys_below(prefix: str) -> list[str]:
    """All keys that begin with ``prefix``, sorted; KeyError when none does."""
    found = sorted(key for key in KEYS if key.startswith(prefix))
    if not found:
        raise KeyError(f"no words begin with {prefix}")
    return found


def language_of(cookie: str | None, accept_language: str | None = None) -> Language:
    """The reader's language: the ``lang`` cookie, else what the browser asks for first and we speak, else English."""
    if cookie in LANGUAGES:
        return cookie
    return next((tag for tag in _asked_for(accept_language or "") if tag in LANGUAGES), ENGLISH)


def _asked_for(accept_language: str) -> list[Language]:
    """The languages of an ``Accept-Language`` header, without countries, most wanted first (RFC 9110, 12.5.4)."""
    wanted = []
    for part in accept_language[:_LONGEST_HEADER].split(","):
        tag, _, weight = part.partition(";")
        quality = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", weight)
        wanted.append((float(quality[1]) if quality else 0.0 if weight else 1.0, tag.strip().lower().split("-")[0]))
    return [tag for quality, tag in sorted(wanted, key=lambda one: -one[0]) if quality > 0]
