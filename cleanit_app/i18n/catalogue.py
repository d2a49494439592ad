"""One catalogue ``key → (English, Hindi)`` and the ways to say something from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Literal

from cleanit_app.i18n.amounts import rupees
from cleanit_app.i18n.house_figures import house_figures, with_figures
from cleanit_app.i18n.words import (
    account,
    admin,
    admins,
    audit,
    books,
    campaign,
    citizen,
    cleaner,
    common,
    disputes,
    entrance,
    errors,
    helping,
    islands,
    legal,
    notifications,
    paying,
    public,
    receipts,
)

Language = Literal["en", "hi"]


@dataclass(frozen=True)
class Both:
    """The same thing said in both languages; a page shows the one its reader chose."""

    en: str
    hi: str


def _merge(*areas: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """All words in one, with the figures of the house in their places."""
    figures, merged = house_figures(), dict[str, tuple[str, str]]()
    for area in areas:
        if twice := merged.keys() & area.keys():
            raise ValueError(f"the catalogue says these keys twice: {sorted(twice)}")
        merged |= {key: (with_figures(en, figures), with_figures(hi, figures)) for key, (en, hi) in area.items()}
    return merged


WORDS: dict[str, tuple[str, str]] = _merge(
    common.WORDS,
    public.WORDS,
    entrance.WORDS,
    account.WORDS,
    campaign.WORDS,
    legal.WORDS,
    citizen.WORDS,
    cleaner.WORDS,
    admin.WORDS,
    admins.WORDS,
    audit.WORDS,
    books.WORDS,
    islands.WORDS,
    notifications.WORDS,
    paying.WORDS,
    helping.WORDS,
    disputes.WORDS,
    receipts.WORDS,
    errors.WORDS,
)


def sentence(key: str, lang: Language, n: Any = None) -> str:
    """The raw sentence of a key, its ``.one`` form when ``n`` is 1; KeyError names an unknown key."""
    if isinstance(n, int) and n == 1 and f"{key}.one" in WORDS:
        key = f"{key}.one"
    if key not in WORDS:
        raise KeyError(f"no such words: {key}")
    return WORDS[key][0 if lang == "en" else 1]


def has_one(key: str) -> bool:
    """Whether a key has words of its own for one of a thing."""
    return f"{key}.one" in WORDS


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
    found = {key[len(prefix) :]: words for key, words in WORDS.items() if key.startswith(prefix)}
    if not found:
        raise KeyError(f"no words begin with {prefix}")
    return found


def language_of(cookie: str | None, accept_language: str | None = None) -> Language:
    """The reader's language: the ``lang`` cookie, else what the browser asks for first, else English."""
    if cookie in ("en", "hi"):
        return "hi" if cookie == "hi" else "en"
    return "hi" if (accept_language or "").strip().lower().startswith("hi") else "en"
