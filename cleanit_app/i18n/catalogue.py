"""Sentences by key, and the ways to say one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from types import MappingProxyType
from typing import Any

from cleanit_app.i18n.amounts import rupees
from cleanit_app.i18n.house_figures import house_figures, with_figures
from cleanit_app.i18n.locales import ENGLISH, Forms, Language, messages, plural_index


@dataclass(frozen=True)
class Both:
    """The same thing said in both languages; a page shows the one its reader chose."""

    en: str
    hi: str


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


def spoken(values: Mapping[str, Any], lang: Language) -> dict[str, Any]:
    """Values as a sentence takes them: of a ``Both`` its half, ``x_paise`` also as ``x`` in rupees."""
    mine = {k: getattr(v, lang) if isinstance(v, Both) else v for k, v in values.items()}
    amounts = {k: v for k, v in mine.items() if k.endswith("_paise") and isinstance(v, int)}
    return {k.removesuffix("_paise"): rupees(v) for k, v in amounts.items()} | mine


def say(key: str, lang: Language, **values: object) -> str:
    """The sentence of a key in one language, filled with values; KeyError when one is missing."""
    return sentence(key, lang, values.get("n")).format(**spoken(values, lang))


def pair(key: str, **values: object) -> Both:
    """The sentence of a key in both languages, for a reader whose choice is not known yet."""
    return Both(en=say(key, "en", **values), hi=say(key, "hi", **values))


def group(prefix: str) -> dict[str, tuple[str, str]]:
    """All words whose key begins with ``prefix``, under the rest of their key."""
    found = {k[len(prefix) :]: (sentence(k, "en"), sentence(k, "hi")) for k in KEYS if k.startswith(prefix)}
    if not found:
        raise KeyError(f"no words begin with {prefix}")
    return found


def language_of(cookie: str | None, accept_language: str | None = None) -> Language:
    """The reader's language: the ``lang`` cookie, else what the browser asks for first, else English."""
    if cookie in ("en", "hi"):
        return "hi" if cookie == "hi" else "en"
    return "hi" if (accept_language or "").strip().lower().startswith("hi") else "en"
