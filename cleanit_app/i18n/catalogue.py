"""Sentences by key, and the ways to say one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from string import Formatter
from types import MappingProxyType
from typing import Any

from cleanit_app.i18n.amounts import rupees
from cleanit_app.i18n.house_figures import house_figures, with_figures
from cleanit_app.i18n.locales import ENGLISH, LANGUAGES, Forms, Language, messages, plural_index

_LONGEST_HEADER = 500
"""So many letters of what a browser asks for are read."""


@lru_cache
def forms_in(language: Language) -> MappingProxyType[str, Forms]:
    """Key → plural forms of every sentence of a language, with the figures of the house in their places."""
    figures = house_figures()
    said = messages(language).items()
    return MappingProxyType({key: tuple(with_figures(form, figures) for form in forms) for key, forms in said})


KEYS: frozenset[str] = frozenset(forms_in(ENGLISH))
"""The keys of all sentences."""


def sentence(key: str, lang: Language, n: Any = None) -> str:
    """The raw sentence of a key, in the form that goes with ``n``; KeyError names an unknown key."""
    if key not in KEYS:
        raise KeyError(f"no such words: {key}")
    forms = forms_in(lang)[key]
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
    return sentence(key, lang, values.get("n")).format(**_with_rupees(values))


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
