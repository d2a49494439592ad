"""Help articles that the support desk writes out of what it found: their words by language, and who reads which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "hi", "mr")
"""In which an article is written, in the order in which one takes the place of another that is missing."""


@dataclass(frozen=True)
class ArticleWords:
    """An article in one language, plain text."""

    title: str
    text: str


def read_in(words: Mapping[str, ArticleWords], language: str) -> str:
    """The language in which an article is given to who reads `language`: that one, else the first with words."""
    return language if language in words else next(one for one in LANGUAGES if one in words)


def names_somebody(text: str, name: str, contacts: tuple[str, ...]) -> bool:
    """Whether a text says whose question it came from: the name, its first part, a number or mailbox of theirs."""
    first = name.split()[0] if len(name.split()) > 1 and len(name.split()[0]) > 2 else ""
    if any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for one in (name, first) if one):
        return True
    digits, plain = re.sub(r"[\s().-]", "", text), text.casefold()
    return any((one.removeprefix("+91") in digits) or (one.casefold() in plain) for one in contacts if one)
